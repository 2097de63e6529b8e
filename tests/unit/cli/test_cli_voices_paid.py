"""Voices of services on the command line: a text is paid for once, at every speed, within a budget."""

from __future__ import annotations

import json
import wave
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest
from support.command_line import CommandLine
from support.loopback_http import Handler, LoopbackService, answer, loopback_service
from support.loopback_voices import KEY, SERVICES

from viralclip_desktop.features.workflows.dub import voice_for

TEXT = "Two cups of coffee, and nobody spoke."


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as service:
        service.usual = SERVICES["elevenlabs"]
        yield service


@pytest.fixture
def viralclip(
    viralclip: CommandLine, service: LoopbackService, monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """Online, with a key and the address of the service on loopback."""
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    viralclip.services.gate.offline = False
    viralclip.services.settings.set(**{"providers.elevenlabs.address": service.url})
    return viralclip


def speeches(service: LoopbackService) -> list[str]:
    """The texts that were asked for."""
    return [json.loads(one.body)["text"] for one in service.heard if one.method == "POST"]


def spend(viralclip: CommandLine) -> list[Any]:
    return [(usage.provider, dict(usage.units)) for usage in viralclip.services.store.usage.list()]


def speak(viralclip: CommandLine, tmp_path: Path, *more: str) -> dict[str, Any]:
    voice = "elevenlabs:21m00Tcm4TlvDq8ikWAM"
    document: dict[str, Any] = viralclip.json(
        "speak", TEXT, "--voice", voice, "--out", str(tmp_path / "line.wav"), *more
    )
    return document


def test_a_text_is_paid_for_once_at_every_speed(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    natural = speak(viralclip, tmp_path)
    faster = speak(viralclip, tmp_path, "--speed", "1.25")
    again = speak(viralclip, tmp_path, "--speed", "1.25")
    assert speeches(service) == [TEXT]
    assert spend(viralclip) == [("elevenlabs", {"character": float(len(TEXT))})]
    assert faster == again
    assert faster["duration_s"] == pytest.approx(natural["duration_s"] / 1.25, abs=1e-4)
    with wave.open(str(tmp_path / "line.wav"), "rb") as wav:
        assert wav.getnframes() / wav.getframerate() == pytest.approx(faster["duration_s"], abs=1e-4)
    assert [word["text"] for word in faster["words"]] == TEXT.split()
    for slow, quick in zip(natural["words"], faster["words"], strict=True):
        assert quick["start_s"] == pytest.approx(slow["start_s"] / 1.25, abs=0.001)


def test_over_the_budget_nothing_is_asked(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    viralclip.services.settings.set(budget_day_usd=0.001)
    voice = "elevenlabs:21m00Tcm4TlvDq8ikWAM"
    code, _, err = viralclip("speak", TEXT, "--voice", voice, "--out", str(tmp_path / "line.wav"))
    assert code == 4
    assert "budget" in err
    assert speeches(service) == []
    assert spend(viralclip) == []


def test_of_a_speech_that_failed_nothing_is_written_down(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    usual, out_of_credit = SERVICES["elevenlabs"], answer({"detail": {"status": "quota_exceeded"}}, 401)
    service.usual = lambda handler: (out_of_credit if handler.command == "POST" else usual)(handler)
    voice = "elevenlabs:21m00Tcm4TlvDq8ikWAM"
    code, _, err = viralclip("speak", TEXT, "--voice", voice, "--out", str(tmp_path / "line.wav"))
    assert code == 4
    assert "The ElevenLabs account has no credit left." in err
    assert KEY not in err
    assert spend(viralclip) == []
    assert not (tmp_path / "line.wav").exists()


def test_its_voices_stand_with_those_of_the_language(viralclip: CommandLine) -> None:
    def listed(*args: str) -> list[dict[str, Any]]:
        voices: list[dict[str, Any]] = viralclip.json("voices", "list", *args)["voices"]
        return voices

    spanish = [voice for voice in listed("--language", "es") if voice["provider"] == "elevenlabs"]
    assert [(voice["name"], voice["language"]) for voice in spanish] == [("Rachel", "es"), ("Mía", "es")]
    assert listed("--language", "es")[0]["provider"] == "espeak", "what costs is never taken by itself"
    assert [voice["language"] for voice in listed("--provider", "elevenlabs")] == ["en", "es"]


def test_a_service_that_is_away_takes_no_other_voice_along(
    viralclip: CommandLine, service: LoopbackService
) -> None:
    service.usual = answer({"detail": "no"}, 403)
    voices = viralclip.json("voices", "list")["voices"]
    assert {voice["provider"] for voice in voices} == {"espeak"}
    code, _, err = viralclip("voices", "list", "--provider", "elevenlabs")
    assert code == 4
    assert "ElevenLabs does not allow this" in err


def test_another_model_speaks_anew_and_another_price_does_not(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    settings = viralclip.services.settings
    speak(viralclip, tmp_path)
    settings.set(**{"providers.elevenlabs.price_usd": 99.0})
    speak(viralclip, tmp_path)
    assert speeches(service) == [TEXT]
    settings.set(**{"providers.elevenlabs.voice_model": "eleven_flash_v2_5"})
    speak(viralclip, tmp_path)
    assert [json.loads(one.body)["model_id"] for one in service.heard if one.method == "POST"] == [
        "eleven_multilingual_v2",
        "eleven_flash_v2_5",
    ]


def test_the_best_voice_is_found_without_asking_a_service(
    viralclip: CommandLine, service: LoopbackService
) -> None:
    assert voice_for(viralclip.services, "es").provider == "espeak"
    assert service.heard == []


def test_what_the_account_has_used_is_told(viralclip: CommandLine, service: LoopbackService) -> None:
    used = {"tier": "creator", "character_count": 17_231, "character_limit": 110_000, "status": "active"}
    service.usual = answer(used | {"next_character_count_reset_unix": 1_800_000_000})
    told = viralclip.json("voices", "quota")
    assert told == {
        "quotas": [{"provider": "elevenlabs", "used": 17_231, "limit": 110_000, "resets_at": 1_800_000_000.0}]
    }
    assert [one.path for one in service.heard] == ["/v1/user/subscription"]
    assert "17,231 of 110,000 characters, anew on 2027-01-15" in viralclip("voices", "quota")[1]
    service.usual = answer({"detail": {"status": "missing_permissions", "message": "user_read"}}, 401)
    code, _, err = viralclip("voices", "quota")
    assert (code, "ElevenLabs" in err, KEY in err) == (4, True, False)
    viralclip.services.gate.offline = True
    assert "No account here tells it" in viralclip("voices", "quota")[1]


def test_an_account_that_takes_one_request_at_a_time_is_waited_for(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    one_at_a_time, refused = Lock(), list[str]()
    busy = {"detail": {"status": "too_many_concurrent_requests", "message": "Upgrade for more."}}

    def strict(handler: Handler) -> None:
        if handler.command != "POST":
            SERVICES["elevenlabs"](handler)
        elif one_at_a_time.acquire(blocking=False):
            try:
                both.wait(30)
                SERVICES["elevenlabs"](handler)
            finally:
                one_at_a_time.release()
        else:
            refused.append(json.loads(handler.request_heard.body)["text"])
            both.set()
            answer(busy, 429, retry_after="0.2")(handler)

    both = Event()
    service.usual = strict
    words = ("one", "two", "three", "four", "five", "six")
    text = "\n\n".join(f"Here is {word}. " + f"It says {word} and no more. " * 12 for word in words)
    voice = "elevenlabs:21m00Tcm4TlvDq8ikWAM"
    told = viralclip.json("speak", text, "--voice", voice, "--out", str(tmp_path / "line.wav"))
    assert refused
    assert [word["text"] for word in told["words"]] == text.split()
    (paid,) = spend(viralclip)
    assert paid[1]["character"] == pytest.approx(len(text), abs=60)
