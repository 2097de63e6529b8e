"""``viralclip voices`` and ``viralclip speak``: which voices there are, and a text in a file."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.command_line import CommandLine
from support.kokoro import toy_kokoro

from viralclip_desktop.engines.tts import espeak_voices
from viralclip_desktop.engines.tts.base import Line
from viralclip_desktop.features.voices import find_voice, speaking

TEXT = "Two cups of coffee, and nobody spoke."


def listed(viralclip: CommandLine, *args: str) -> list[dict[str, Any]]:
    code, out, err = viralclip("voices", "list", *args, "--json")
    assert code == 0, err
    voices: list[dict[str, Any]] = json.loads(out)["voices"]
    return voices


def test_the_built_in_voices_are_there_without_any_model(viralclip: CommandLine) -> None:
    voices = listed(viralclip)
    assert {"id", "provider", "name", "language", "gender", "accent"} <= set(voices[0])
    assert {voice["provider"] for voice in voices} == {"espeak"}
    assert len({voice["language"] for voice in voices}) > 70


def test_they_are_chosen_by_language_and_by_provider(viralclip: CommandLine) -> None:
    toy_kokoro(viralclip.services.paths.models)
    assert listed(viralclip)[0]["id"] == "kokoro:af_heart", "the best provider comes first"
    assert {voice["language"] for voice in listed(viralclip, "--language", "id")} == {"id"}
    assert {voice["language"] for voice in listed(viralclip, "--language", "Spanish")} == {"es"}
    assert {voice["provider"] for voice in listed(viralclip, "--provider", "kokoro")} == {"kokoro"}
    assert [voice["gender"] for voice in listed(viralclip, "--provider", "kokoro")] == [
        "female",
        "male",
        "female",
    ]


def test_a_provider_without_its_model_says_so(viralclip: CommandLine) -> None:
    code, _, err = viralclip("voices", "list", "--provider", "kokoro")
    assert code == 4
    assert "voices.npz" in err


def test_a_text_becomes_a_file_with_the_times_of_its_words(viralclip: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "line.wav"
    code, text, err = viralclip("speak", TEXT, "--voice", "espeak:en-us", "--out", str(out), "--json")
    assert code == 0, err
    document = json.loads(text)
    assert document["path"] == str(out)
    with wave.open(str(out), "rb") as wav:
        assert document["duration_s"] == pytest.approx(wav.getnframes() / wav.getframerate(), abs=1e-5)
    assert [word["text"] for word in document["words"]] == TEXT.split()
    assert document["words"][-1]["end_s"] <= document["duration_s"]


def test_nothing_is_spoken_twice(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = ("speak", TEXT, "--voice", "espeak:en-us", "--out")
    assert viralclip(*ask, str(tmp_path / "a.wav"))[0] == 0

    def no_worker(*_: Any, **__: Any) -> Any:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(speaking, "run_in_worker", no_worker)
    assert viralclip(*ask, str(tmp_path / "b.wav"))[0] == 0
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    damaged = next((viralclip.services.paths.cache / "speech").glob("*.json"))
    damaged.write_text("{", "utf-8")
    with pytest.raises(AssertionError, match="a worker"):  # what is damaged is spoken again
        speaking.speak_lines(
            viralclip.services, find_voice(viralclip.services, "espeak:en-us"), [Line(TEXT, "en-us")]
        )


def test_voices_are_mixed_and_a_blend_is_one_voice_however_it_is_typed(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy_kokoro(viralclip.services.paths.models)
    out = str(tmp_path / "line.wav")
    for typed in ("af_heart*0.6+bm_george*0.4", "2 * bm_george + 3*af_heart", "bm_george(4)+af_heart(6)"):
        code, _, err = viralclip("speak", TEXT, "--voice", f"kokoro:{typed}", "--out", out)
        assert code == 0, err
    kept = list((viralclip.services.paths.cache / "speech").glob("*.wav"))
    assert len(kept) == 1, "spoken once"
    voice = find_voice(viralclip.services, "kokoro:bm_george*2+af_heart*3")
    assert (voice.id, voice.language) == ("kokoro:af_heart*0.6+bm_george*0.4", "en")
    assert (voice.accent, voice.gender, voice.label) == ("US", "", "Heart + George")
    assert find_voice(viralclip.services, "kokoro:af_heart*2").name == "af_heart"


def test_how_to_mix_them_is_said_in_the_help(
    viralclip: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (("speak", "--help"), ("voices", "list", "--help")):
        with pytest.raises(SystemExit):
            viralclip(*command)
        assert "kokoro:af_heart*0.6+af_bella*0.4" in "".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("voice", "told"),
    [
        ("kokoro:af_heart*0.6+af_nobody*0.4", "Kokoro has no voice named af_nobody"),
        ("kokoro:af_heart+ef_dora", "Only voices of one language can be mixed"),
        ("kokoro:af_heart*0+bm_george*1", "There is no voice af_heart*0+bm_george*1"),
        ("kokoro:af_heart*-1+bm_george*2", "Write a blend as af_heart*0.6+af_bella*0.4"),
        ("kokoro:af_heart*", "Write a blend as"),
        ("espeak:en-us+nobody", "no voice espeak:en-us+nobody"),
    ],
)
def test_what_cannot_be_mixed_is_said(viralclip: CommandLine, tmp_path: Path, voice: str, told: str) -> None:
    toy_kokoro(viralclip.services.paths.models)
    code, _, err = viralclip("speak", TEXT, "--voice", voice, "--out", str(tmp_path / "line.wav"))
    assert told in err
    assert code == 2


def test_a_line_that_comes_twice_is_spoken_once(
    viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, voice = viralclip.services, find_voice(viralclip.services, "espeak:en-us")
    asked: list[int] = []
    real = speaking.run_in_worker

    def counting(target: str, request: Any, **kwargs: Any) -> Any:
        asked.append(len(request["lines"]))
        return real(target, request, **kwargs)

    monkeypatch.setattr(speaking, "run_in_worker", counting)
    lines = [Line("Yes.", "en-us"), Line("No.", "en-us"), Line("Yes.", "en-us")]
    first, other, again = speaking.speak_lines(services, voice, lines)
    assert asked == [2]
    assert first == again != other
    for one in (first, other):
        with wave.open(str(one.path), "rb") as wav:
            assert wav.getnframes() == one.spoken.duration.samples(wav.getframerate())


def test_pitch_moves_the_voice_and_not_the_length(viralclip: CommandLine, tmp_path: Path) -> None:
    toy_kokoro(viralclip.services.paths.models)

    def spoken(name: str, *args: str) -> tuple[float, float]:
        out = tmp_path / name
        code, _, err = viralclip("speak", TEXT, "--voice", "kokoro:af_heart", "--out", str(out), *args)
        assert code == 0, err
        with wave.open(str(out), "rb") as wav:
            samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(float)
            rate = wav.getframerate()
        return len(samples) / rate, float(np.argmax(np.abs(np.fft.rfft(samples))) * rate / len(samples))

    length, hum_hz = spoken("plain.wav")
    higher_length, higher_hz = spoken("higher.wav", "--pitch", "12")
    assert hum_hz == pytest.approx(240, rel=0.03)
    assert higher_hz == pytest.approx(480, rel=0.03)
    assert higher_length == pytest.approx(length, abs=0.05)


def test_a_text_file_is_spoken(viralclip: CommandLine, tmp_path: Path) -> None:
    script, out = tmp_path / "script.txt", tmp_path / "script.wav"
    script.write_bytes(b"\xef\xbb\xbf" + b"Dua kata.\n\nTiga kata lagi.")
    code, text, err = viralclip(
        "speak", "--file", str(script), "--voice", "espeak:id+f3", "--out", str(out), "--json"
    )
    assert code == 0, err
    assert [word["text"] for word in json.loads(text)["words"]] == ["Dua", "kata.", "Tiga", "kata", "lagi."]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("...", "--voice", "espeak:id"), 3, "nothing to speak"),
        (("a", "--voice", "espeak:nobody"), 2, "no voice espeak:nobody"),
        (("a", "--voice", "nobody:x"), 2, "no voice named nobody"),
        (("a", "--voice", "heart"), 2, "heart is no voice"),
        (("a", "--voice", "espeak:id", "--speed", "3"), 2, "0.5 to 2"),
        (("a", "--voice", "espeak:id", "--pitch", "13"), 2, "-12 to 12"),
        (("--file", "missing.txt", "--voice", "espeak:id"), 3, "missing.txt"),
        (("a" * 100_001, "--voice", "espeak:id"), 3, "too long"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    viralclip: CommandLine, tmp_path: Path, args: tuple[str, ...], code: int, told: str
) -> None:
    try:
        ended, _, err = viralclip("speak", *args, "--out", str(tmp_path / "out.wav"))
    except SystemExit as usage:  # argparse's own
        ended, err = int(str(usage.code)), told
    assert ended == code
    assert told in err
    assert not (tmp_path / "out.wav").exists()


def test_only_wav_and_never_over_a_recording(viralclip: CommandLine, tmp_path: Path) -> None:
    code, _, err = viralclip("speak", "a", "--voice", "espeak:id", "--out", str(tmp_path / "out.mp3"))
    assert (code, ".wav" in err) == (2, True)
    database = viralclip.services.paths.home / "x.wav"
    code, _, err = viralclip("speak", "a", "--voice", "espeak:id", "--out", str(database))
    assert code == 3


def test_the_built_in_voices_have_a_woman_and_a_man_each() -> None:
    voices = espeak_voices.EspeakVoices(None).voices()  # type: ignore[arg-type]
    by_language = {voice.language: set[str]() for voice in voices}
    for voice in voices:
        by_language[voice.language].add(voice.gender)
    assert all(genders == {"male", "female"} for genders in by_language.values())
