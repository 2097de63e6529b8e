"""``viralclip dub``: a clip and a recording in other languages, as typed."""

from __future__ import annotations

import hashlib
import json
import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from support import stored
from support.command_line import CommandLine, make_services
from support.kokoro import toy_kokoro
from support.loopback_http import loopback_service
from support.loopback_voices import KEY, SERVICES, options_of
from support.said import SAID, put_talk
from support.toy_translation import SPANISH, opus_folder

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.frame_plan import FramePlan, FrameShot, PictureKnown, ShotMode
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.domain.mix import Bus, Mix, OwnSound
from viralclip_desktop.engines.tts import espeak, worker
from viralclip_desktop.features.voices import speaking
from viralclip_desktop.features.workflows import dub, dub_mixing
from viralclip_desktop.media.probe import probe

SRT = """1
00:00:00,400 --> 00:00:02,400
Empezamos hace mucho.

2
00:00:02,900 --> 00:00:04,600
Nadie más quería.

3
00:00:05,100 --> 00:00:07,900
Así que lo hicimos todo nosotros.
"""


def noting(real: Callable[..., Any], asked: list[str]) -> Callable[..., Any]:
    """``run_in_worker`` that notes what is run."""

    def run(target: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(target)
        return real(target, *args, **kwargs)

    return run


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A talk of nine seconds with a clip of it (0.2 to 8.5 s), and toy voices."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 8.5))
    toy_kokoro(services.paths.models)
    (tmp_path / "talk.es.srt").write_text(SRT, "utf-8")
    yield CommandLine(services, capsys)
    services.close()


def dubbed(viralclip: CommandLine, tmp_path: Path, *args: str) -> dict[str, Any]:
    document: dict[str, Any] = viralclip.json(
        "dub", *args, "--translation", f"es={tmp_path / 'talk.es.srt'}", "--out", str(tmp_path / "out")
    )
    return document


def levels(path: str | Path, *ranges: tuple[float, float]) -> list[float]:
    """The RMS level of ranges (seconds) of a WAV file."""
    with wave.open(str(path), "rb") as wav:
        rate = wav.getframerate()
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(float)
    return [float(np.sqrt(np.mean(samples[round(a * rate) : round(b * rate)] ** 2))) for a, b in ranges]


def test_a_clip_is_dubbed_where_the_original_speaks(viralclip: CommandLine, tmp_path: Path) -> None:
    document = dubbed(viralclip, tmp_path, "clip_1", "--to", "es")
    assert set(document) == {"job_id", "languages"}
    (language,) = document["languages"]
    assert (language["code"], language["status"], language["progress"]) == ("es", "completed", 1.0)
    report = language["report"]
    measured = {"overlap", "onset_median_ms", "speed_p95", "drift_ms", "flagged", "wer"}
    assert set(report) == measured | {"separator", "voice_left_db", "late_ms", "over_s"}
    assert report["onset_median_ms"] <= 50
    assert report["flagged"] == 0
    assert report["wer"] is None, "no recogniser is installed here"
    spoken, silent, after = levels(language["files"]["audio"], (0.4, 1.0), (4.5, 4.9), (7.9, 8.2))
    assert spoken > 1000
    assert silent == after == 0
    film = probe(Path(language["files"]["video"]))
    assert film.duration.seconds == pytest.approx(8.3, abs=0.1)
    with av.open(language["files"]["video"]) as opened:
        assert [one.language for one in opened.streams.audio] == ["spa"]
    captions = Path(language["files"]["captions"]).read_text("utf-8")
    assert "Nadie más quería." in captions
    assert "00:00:02,8" in captions, "clip time, at the voice's own words"
    check_manifest(language)
    assert viralclip.json("dub", "status", document["job_id"]) == document
    gone = viralclip.json("dub", "delete", document["job_id"])
    assert set(gone["languages"][0]["files"].values()) == {None}
    assert not any(path.is_file() for path in (tmp_path / "out").rglob("*"))
    assert (tmp_path / "talk.mp4").is_file()


def check_manifest(language: dict[str, Any]) -> None:
    """Sizes, checksums and every line."""
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert manifest["language"] == "es"
    assert manifest["voice"] == "kokoro:ef_dora"
    for what, entry in manifest["files"].items():
        data = Path(language["files"][what]).read_bytes()
        assert entry["size_bytes"] == len(data)
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
    assert [line["text"] for line in manifest["lines"]] == [
        "Empezamos hace mucho.",
        "Nadie más quería.",
        "Así que lo hicimos todo nosotros.",
    ]
    assert all(line["fit"] == "fits" for line in manifest["lines"])


def test_a_recording_is_dubbed_whole_over_its_own_sound(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ("--translation", f"es={tmp_path / 'talk.es.srt'}", "--out", str(tmp_path / "out"))
    ask = ("dub", "src_1", "--to", "es", "--voice", "es=espeak:es", *files)
    document = viralclip.json(*ask, "--mode", "overlay")
    (language,) = document["languages"]
    film = probe(Path(language["files"]["video"]))
    assert film.duration.seconds == pytest.approx(9.0, abs=0.1)
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert manifest["voice"] == "espeak:es"
    assert manifest["lines"][0]["slot_s"][0] == pytest.approx(0.5, abs=0.01)
    asked: list[str] = []
    monkeypatch.setattr(speaking, "run_in_worker", noting(speaking.run_in_worker, asked))
    viralclip.json(*ask, "--mode", "replace")
    assert worker.TARGET not in asked, "no line is spoken twice"


def test_a_dub_is_framed_as_its_clip_and_replaces_nothing(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(services: Any, clip_id: str, *_: Any) -> PictureKnown:
        looked.append(clip_id)
        shot = FrameShot(TimeRange(Time(0), Time.from_seconds(8.3)), ShotMode.FIT, "nobody is seen")
        return PictureKnown({}, FramePlan((shot,)))

    planned: list[Any] = []
    monkeypatch.setattr(dub, "look_now", look)
    monkeypatch.setattr(dub, "_render", lambda _services, plan, *_: planned.append(plan))
    with viralclip.services.store.transaction("Follow", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), framing=Framing.AUTO, frame_keys=()))
    title = viralclip.services.store.clip("clip_1").title
    own = tmp_path / "out" / "es" / f"{safe_name(title, '')}.es.srt"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    (language,) = dubbed(viralclip, tmp_path, "clip_1", "--to", "es")["languages"]
    assert looked == ["clip_1"]
    assert planned[0].shots
    assert own.read_text("utf-8") == "mine"
    assert Path(language["files"]["captions"]).name.endswith(" 2.es.srt")


def test_captions_end_with_the_film(viralclip: CommandLine, tmp_path: Path) -> None:
    long = SRT.replace("Así que lo hicimos todo nosotros.", "Así que lo hicimos todo nosotros mismos. " * 3)
    (tmp_path / "talk.es.srt").write_text(long, "utf-8")
    (language,) = dubbed(viralclip, tmp_path, "clip_1", "--to", "es")["languages"]
    assert language["report"]["flagged"] >= 1
    film = probe(Path(language["files"]["video"])).duration.seconds
    last = Path(language["files"]["captions"]).read_text("utf-8").rsplit(" --> 00:00:", 1)[1]
    assert film - 0.3 < float(last[:6].replace(",", ".")) <= film + 0.001


def test_of_two_languages_one_that_fails_stops_no_other_and_is_tried_again(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dub.speak_lines

    def broken(services: Any, voice: Any, *args: Any, **kwargs: Any) -> Any:
        if voice.language == "en":
            raise EnvironmentLacks("The disk is full.", "Make room.")
        return real(services, voice, *args, **kwargs)

    monkeypatch.setattr(dub, "speak_lines", broken)
    files = ("--translation", f"es={tmp_path / 'talk.es.srt'}", "--out", str(tmp_path / "out"))
    voice = ("--voice", f"en={dub.voice_for(viralclip.services, 'en').id}")
    code, out, err = viralclip("dub", "clip_1", "--to", "en,es", *voice, *files, "--json")
    assert code == 1
    assert "1 of 2 languages could not be finished." in err
    document = json.loads(out)
    assert [one["status"] for one in document["languages"]] == ["failed", "completed"]
    made = Path(document["languages"][1]["files"]["video"]).stat()
    monkeypatch.setattr(dub, "speak_lines", real)
    spoken: list[str] = []
    monkeypatch.setattr(speaking, "run_in_worker", noting(speaking.run_in_worker, spoken))
    again = viralclip.json("dub", "retry", document["job_id"])
    assert spoken.count(worker.TARGET) == 1, "only the language that failed"
    manifest = json.loads(Path(again["languages"][0]["files"]["manifest"]).read_text("utf-8"))
    assert [line["text"] for line in manifest["lines"]] == [text for _, _, text in SAID], "its own words"
    assert [one["status"] for one in again["languages"]] == ["completed", "completed"]
    assert Path(again["languages"][1]["files"]["video"]).stat().st_mtime_ns == made.st_mtime_ns


def test_a_clip_is_translated_and_dubbed_at_once(viralclip: CommandLine, tmp_path: Path) -> None:
    words = {word: word for _, _, text in SAID for word in text.split()} | SPANISH
    opus_folder(viralclip.services.paths.models / "translation" / "opus-mt-en-es", words)
    document = viralclip.json("dub", "clip_1", "--to", "es", "--out", str(tmp_path / "out"))
    (language,) = document["languages"]
    assert language["status"] == "completed"
    captions = Path(language["files"]["captions"]).read_text("utf-8")
    assert "Nadie más quería." in captions
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert manifest["lines"][0]["text"] == "Lo empezamos hace mucho tiempo."
    (kept,) = viralclip.services.store.translations("src_1")
    assert [line.text for line in kept.lines][1] == "Nadie más quería.", "it shows beside the captions too"


def test_a_clip_beside_one_that_was_translated_is_not_dubbed_in_its_own_language(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    with viralclip.services.store.transaction("Cut", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), id="clip_2", parts=stored.ranges((5.0, 8.5))))
    (tmp_path / "first.srt").write_text(SRT.split("\n\n", maxsplit=1)[0], "utf-8")
    viralclip("translate", "src_1", "--to", "es", "--from-file", str(tmp_path / "first.srt"))
    code, _, err = viralclip("dub", "clip_2", "--to", "es")
    assert code == 3
    assert "No translation engine is set up." in err


def test_the_levels_of_a_dub_are_those_of_its_next_one_too(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[Any] = []
    monkeypatch.setattr(dub_mixing, "dubbed", noting_levels(dub_mixing.dubbed, planned))
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    with viralclip.services.store.transaction("Levels", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), mix=Mix(music=Bus(-3.0), speech=Bus(-60.0))))
    asked = ("--voice", "es=espeak:es", "--separator", "none", "--music-volume", "-9")
    dubbed(viralclip, tmp_path, "clip_1", "--to", "es", *asked)
    again = ("dub", "clip_1", "--to", "es", "--separator", "none")
    with viralclip.services.store.transaction("Levels", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), mix=Mix(music=Bus(-5.0), speech=Bus(-1.0))))
    viralclip.json(*again, "--original-volume", "-6")
    viralclip.json(*again)
    assert planned == [(-12.0, -60.0), (-14.0, -7.0), (-14.0, -7.0)], "against what the clip has by then"
    (kept,) = viralclip.json("clips", "show", "clip_1")["dubs"]
    assert (kept["bgm_volume"], kept["original_volume"]) == (-14.0, -7.0)
    viralclip.json(*again, "--music-volume", "0", "--original-volume", "0")
    assert planned[-1] == (-5.0, -1.0)


def noting_levels(real: Callable[..., Mix], noted: list[Any]) -> Callable[..., Mix]:
    """``dubbed`` that notes the volumes of music and own sound in the mix that it makes."""

    def run(*args: Any) -> Mix:
        mix = real(*args)
        noted.append((mix.music.volume_db, mix.speech.volume_db))
        return mix

    return run


def test_a_recording_is_dubbed_again_by_who_spoke_it(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    dubbed(viralclip, tmp_path, "src_1", "--to", "es", "--voice", "es=espeak:es+f3", "--mode", "overlay")
    (language,) = viralclip.json("dub", "src_1", "--to", "es")["languages"]
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert (manifest["voice"], language["report"]["separator"]) == ("espeak:es+f3", None)


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("clip_1",), 2, "No language is given"),
        (("clip_9", "--to", "es"), 3, "clip_9"),
        (("clip_1", "--to", "xx"), 2, "no language “xx”"),
        (("clip_1", "--to", "fr"), 3, "no French translation"),
        (("clip_1", "--to", "fr"), 3, "none can be made: No translation engine is set up. Put a CTranslate2"),
        (("clip_1", "--to", "fr", "--engine", "wizard"), 2, "no translation engine named wizard"),
        (("clip_1", "--to", "en", "--voice", "en=kokoro:nobody"), 2, "no voice kokoro:nobody"),
        (("clip_1", "--to", "en", "--voice", "es=kokoro:ef_dora"), 2, "es is not among"),
        (("status",), 2, "needs a job"),
        (("status", "job_9"), 3, "job_9"),
        (("clip_1", "job_9", "--to", "en"), 2, "one thing too many"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    viralclip: CommandLine, args: tuple[str, ...], code: int, told: str
) -> None:
    ended, _, err = viralclip("dub", *args)
    assert told in err
    assert ended == code


def test_a_voice_that_is_paid_for_speaks_each_line_once(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    viralclip.services.gate.offline = False
    with loopback_service() as service:
        service.usual = SERVICES["openai"]
        viralclip.services.settings.set(**options_of("openai", service.url))
        args = ("dub", "clip_1", "--to", "es", "--voice", "es=openai:alloy", "--out", str(tmp_path / "out"))
        code, out, err = viralclip(*args, "--translation", f"es={tmp_path / 'talk.es.srt'}", "--json")
        assert code == 0, err
        assert "The voices cost less than a cent" in err
        sent = [json.loads(one.body)["input"] for one in service.heard]
        assert sent == [line for line in SRT.splitlines() if line.endswith(".")]
        (language,) = json.loads(out)["languages"]
        assert language["report"]["onset_median_ms"] <= 150
        assert language["report"]["speed_p95"] <= 1.3
        viralclip.json(*args)
        assert len(service.heard) == 3, "what was spoken is not paid for again"
    (usage,) = viralclip.services.store.usage.list()
    assert usage.units == {"character": float(sum(map(len, sent)))}


def test_the_next_dub_of_a_clip_starts_from_how_it_was_dubbed_last(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[Any] = []
    monkeypatch.setattr(dub, "_render", lambda _services, plan, *_: planned.append(plan))
    espeak.speak("La la la.", tmp_path / "song.wav")
    song = MusicLayer(
        "music_1",
        stored.taken_in(viralclip.services.store, tmp_path / "song.wav"),
        TimeRange.from_seconds(0, 8),
        volume_db=-9.0,
    )
    with viralclip.services.store.transaction("Music", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), layers=(song,), mix=Mix(music=Bus(-3.0), speech=Bus(-2.0))))
    assert viralclip.json("clips", "show", "clip_1")["dubs"] == []
    chosen = ("--voice", "es=espeak:es+f3", "--mode", "overlay")
    dubbed(viralclip, tmp_path, "clip_1", "--to", "es", *chosen)
    kept = {
        "language": "es",
        "voice": "espeak:es+f3",
        "mode": "overlay",
        "bgm_track_id": song.asset_id,
        "bgm_volume": -12.0,
        "original_volume": -2.0,
    }
    assert viralclip.json("clips", "show", "clip_1")["dubs"] == [kept]
    (language,) = viralclip.json("dub", "clip_1", "--to", "es", "--out", str(tmp_path / "again"))["languages"]
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert manifest["voice"] == "espeak:es+f3"
    assert language["report"]["separator"] is None, "over the original"
    (config,) = viralclip.services.store.audio_configs("clip_1")
    assert config.mix.own_sound is OwnSound.ALL
    assert "Dub" not in viralclip("history", "proj_1")[1], "a dub is no edit"
    assert "dubbed in es: espeak:es+f3, overlay" in viralclip("clips", "show", "clip_1")[1]
    monkeypatch.setattr(espeak, "voices", lambda: ["en-us", "es-419"])
    code, _, err = viralclip("dub", "clip_1", "--to", "es", "--mode", "replace", "--separator", "none")
    assert code == 0, err
    assert "espeak:es+f3, which spoke Spanish last time, cannot speak here now." in err
    (config,) = viralclip.services.store.audio_configs("clip_1")
    assert (config.voice_id, config.mode) == ("kokoro:ef_dora", DubMode.REPLACE)
    assert config.mix.own_sound is OwnSound.BACKGROUND
