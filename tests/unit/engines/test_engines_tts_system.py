"""The voices of the system: which there are, what reaches their programs, and what is told when they fail."""

from __future__ import annotations

import threading
import wave
from pathlib import Path

import pytest
from support import system_speech
from support.command_line import CommandLine, make_services
from support.patience import patiently

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts.base import Line, TextToSpeech, TtsSetup, Voice


def provider(folder: Path, monkeypatch: pytest.MonkeyPatch, door: str) -> TextToSpeech:
    monkeypatch.setenv("PATH", str(system_speech.install(folder, door)))
    return TTS.make("system", TtsSetup(folder))


def listed(voices: list[Voice]) -> list[tuple[str, str, str, str]]:
    return [(voice.name, voice.language, voice.accent, voice.gender) for voice in voices]


def test_those_of_macos_are_read_from_the_list_of_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listed(provider(tmp_path, monkeypatch, "say").voices()) == [
        ("Majed", "ar", "", ""),
        ("Eddy (German (Germany))", "de", "DE", ""),
        ("Zoe (Premium)", "en", "US", ""),
        ("Samantha", "en", "US", ""),
        ("Fiona", "en", "GB", ""),
        ("Albert", "en", "US", ""),
        ("Bad News", "en", "US", ""),
        ("Tünde (Enhanced)", "hu", "HU", ""),
    ], "the best of each language first, those that are jokes last"


def test_those_of_windows_come_with_their_gender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(provider(tmp_path, monkeypatch, "sapi").voices()) == [
        ("Microsoft David Desktop", "en", "US", "male"),
        ("Microsoft Hëdda Desktop", "de", "DE", "female"),
    ]


def test_modules_of_speech_dispatcher_are_asked_that_hand_over_their_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listed(provider(tmp_path, monkeypatch, "speech-dispatcher").voices()) == [
        ("hum/Kal One", "en", "US", "male"),
        ("hum/Rosa", "es", "", "female"),
    ], "not those that only play, and not espeak-ng, which is built in"


@pytest.mark.parametrize("door", system_speech.PROGRAMS)
def test_what_is_said_never_reaches_a_shell_or_the_synthesiser_as_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    voices = provider(tmp_path, monkeypatch, door)
    voice = next(one for one in voices.voices() if one.language == "en")
    out = tmp_path / "line.wav"
    text = "`touch owned`; $(touch owned) \"'& <b> [[slnc 9000]] über\n.\n-v Zoe"
    spoken = voices.speak(Line(text, voice.name), out, CancelToken())
    with wave.open(str(out), "rb") as wav:
        assert wav.getnframes() == spoken.duration.samples(wav.getframerate())
    assert spoken.duration.seconds == pytest.approx(len(text) / 15, abs=2)
    assert not list(tmp_path.rglob("owned"))
    assert {path.name for path in tmp_path.iterdir()} <= {"bin", "lib", "line.wav"}, "nothing is left"


def test_a_program_that_fails_is_told_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = provider(tmp_path, monkeypatch, "say")
    assert voices.voices()
    (tmp_path / "bin" / "say").write_text("#!/bin/sh\necho out of order >&2\nexit 3\n", "utf-8")
    with pytest.raises(Fault, match="did not speak") as told:
        voices.speak(Line("Hello.", "Samantha"), tmp_path / "line.wav", CancelToken())
    assert "out of order" in told.value.details
    assert not (tmp_path / "line.wav").exists()


@pytest.mark.parametrize("door", ["say", "speech-dispatcher"])
def test_a_cancel_ends_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    voices = provider(tmp_path, monkeypatch, door)
    name = next(one.name for one in voices.voices() if one.language == "en")
    begun = tmp_path / "begun"
    stuck = f"#!/bin/sh\n: > '{begun}'\nexec /bin/sleep 600\n"
    for program in (tmp_path / "bin" / "say", tmp_path / "lib" / "speech-dispatcher-modules" / "sd_hum"):
        if program.exists():
            program.write_text(stuck, "utf-8")
    cancel, ended = CancelToken(), list[BaseException]()

    def speak() -> None:
        try:
            voices.speak(Line("Hello.", name), tmp_path / "line.wav", cancel)
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=speak)
    thread.start()
    assert patiently(begun.exists)
    cancel.cancel()
    thread.join(200)
    assert len(ended) == 1


def test_without_one_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = system_speech.install(tmp_path / "there", "speech-dispatcher")
    services = make_services(tmp_path / "home")
    viralclip = CommandLine(services, capsys)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = viralclip("voices", "list", "--provider", "system")
    assert (code, "Speech Dispatcher is not installed." in err) == (4, True)
    monkeypatch.setenv("PATH", str(programs))
    assert {one["id"] for one in viralclip.json("voices", "list", "--provider", "system")["voices"]} == {
        "system:hum/Kal One",
        "system:hum/Rosa",
    }
    out = tmp_path / "line.wav"
    spoken = ("speak", "Hello to everybody.", "--voice", "system:hum/Kal One", "--speed", "1.2")
    assert viralclip.json(*spoken, "--out", str(out))["words"] == []
    assert out.is_file()
    for module in ("sd_hum", "sd_old"):
        (tmp_path / "there" / "lib" / "speech-dispatcher-modules" / module).unlink()
    _, _, err = viralclip("voices", "list", "--provider", "system")
    assert "no voices besides espeak-ng, which is built in." in err
    services.close()
