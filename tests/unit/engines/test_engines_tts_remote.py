"""Voices of services: what goes wrong is one sentence, and what may have been paid is not asked for twice."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.loopback_http import FakeTime, LoopbackService, answer, cut, loopback_service, silent
from support.loopback_voices import KEY, RATE_HZ, SERVICES, options_of, secrets_of, spoken, wav_of

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts.base import Line, TellsModels, TtsSetup
from viralclip_desktop.engines.tts.remote import RemoteVoices, pieces_of

TEXT = "Nobody else would do it."
PROVIDERS = tuple(SERVICES)
QUIET = np.zeros(RATE_HZ, "<i2")

Ask = Callable[..., Any]


@pytest.fixture(params=PROVIDERS)
def provider_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(provider_id: str) -> Iterator[LoopbackService]:
    with loopback_service() as service:
        service.usual = SERVICES[provider_id]
        yield service


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def made(provider_id: str, url: str, folder: Path, time: FakeTime, silence_s: float = 120.0) -> RemoteVoices:
    setup = TtsSetup(folder, options=options_of(provider_id, url), secrets=secrets_of(provider_id))
    maker: Any = type(TTS.make(provider_id, setup))
    voices: RemoteVoices = maker(setup, Policy(read_s=silence_s, total_s=600.0, attempts=3), time.clock)
    return voices


@pytest.fixture
def voices(provider_id: str, service: LoopbackService, time: FakeTime, tmp_path: Path) -> RemoteVoices:
    """The provider, its voices known already, so that the next request is for speech."""
    voices = made(provider_id, service.url, tmp_path, time)
    voices.voices()
    service.heard.clear()
    return voices


@pytest.fixture
def ask(voices: RemoteVoices, tmp_path: Path) -> Ask:
    def ask(text: str = TEXT, cancel: CancelToken | None = None) -> Any:
        line = Line(text, voices.voices()[0].name)
        return voices.speak(line, tmp_path / "line.wav", cancel or CancelToken())

    return ask


def sound_answer(provider_id: str, samples: np.ndarray) -> Any:
    """A success in the provider's shape."""
    if provider_id == "xtts":
        return answer(wav_of(samples), kind="audio/wav")
    if provider_id == "elevenlabs":
        return answer({"audio_base64": base64.b64encode(samples.tobytes()).decode(), "alignment": None})
    return answer(samples.tobytes(), kind="audio/pcm")


def refused(ask: Ask, words: str) -> Fault:
    with pytest.raises(Fault, match=words) as caught:
        ask()
    told = f"{caught.value} {caught.value.hint} {caught.value.details}"
    assert KEY not in told
    assert str(caught.value.hint)
    return caught.value


def test_a_service_that_is_busy_is_asked_again_as_late_as_it_says(
    ask: Ask, service: LoopbackService, time: FakeTime
) -> None:
    busy = {"detail": {"status": "system_busy", "message": "We are busy."}}
    service.script = [answer(busy, 429, retry_after="7"), answer(busy, 503)]
    assert ask().duration.seconds > 0.8
    assert len(service.heard) == 3
    assert time.slept[0] == 7.0


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (
            401,
            {"detail": {"status": "invalid_api_key", "message": "Invalid API key"}},
            "did not accept the key",
        ),
        (401, {"detail": {"status": "quota_exceeded", "message": "0 credits left"}}, "no credit left"),
        (402, {"err_code": "INSUFFICIENT_CREDITS", "err_msg": "Add credit."}, "no credit left"),
        (429, {"error": {"code": "insufficient_quota", "message": "You exceeded."}}, "no credit left"),
        (429, {"err_code": "TOO_MANY_REQUESTS", "err_msg": "Slow down."}, "too many requests"),
        (422, {"detail": [{"loc": ["body", "text"], "msg": "field required"}]}, "did not take the request"),
        (
            400,
            {"category": "INVALID", "message": "No such model", "details": "x"},
            "did not take the request",
        ),
        (404, {"detail": "Not Found"}, "does not know what was asked for"),
        (500, "Internal Server Error", "has trouble at the moment"),
        (403, b"<html>blocked</html>", "does not allow this"),
    ],
)
def test_what_a_service_refuses_is_one_sentence(
    ask: Ask, service: LoopbackService, status: int, body: Any, words: str
) -> None:
    service.usual = answer(body, status)
    refused(ask, words)


def test_what_may_have_been_paid_is_not_asked_again(
    ask: Ask, service: LoopbackService, provider_id: str
) -> None:
    service.usual = cut(b"abc", kind="audio/pcm")
    refused(ask, "broke off|makes no sense")
    paid = provider_id != "xtts"
    assert len(service.heard) == (1 if paid else 3)


def test_a_service_that_says_nothing_is_let_go(
    provider_id: str, service: LoopbackService, time: FakeTime, tmp_path: Path
) -> None:
    service.usual = silent()
    voices = made(provider_id, service.url, tmp_path, time, silence_s=0.5)
    refused(
        lambda: voices.speak(Line(TEXT, "alloy"), tmp_path / "line.wav", CancelToken()),
        "did not answer in time",
    )


@pytest.mark.parametrize(
    "nonsense",
    [
        answer({}),
        answer(b"", kind="audio/pcm"),
        answer(b"<html>Sign in to the network</html>", kind="text/html"),
        answer({"audio_base64": "§§§"}),
        answer([1, 2]),
    ],
)
def test_an_answer_without_speech_is_told(ask: Ask, service: LoopbackService, nonsense: Any) -> None:
    service.usual = nonsense
    refused(ask, "makes no sense")


def test_silence_with_success_is_no_speech(ask: Ask, service: LoopbackService, provider_id: str) -> None:
    service.usual = sound_answer(provider_id, QUIET)
    fault = refused(ask, "makes no sense")
    assert "nothing is heard" in str(fault.details)


def test_offline_and_without_a_key_nothing_is_asked(
    provider_id: str, service: LoopbackService, tmp_path: Path
) -> None:
    options, secrets = options_of(provider_id, service.url), secrets_of(provider_id)
    closed = TTS.make(provider_id, TtsSetup(tmp_path, offline=True, options=options, secrets=secrets))
    assert "ffline" in str(closed.ready())
    with pytest.raises(EnvironmentLacks, match="ffline"):
        closed.speak(Line(TEXT, "alloy"), tmp_path / "line.wav", CancelToken())
    if secrets:
        without = TTS.make(provider_id, TtsSetup(tmp_path, options=options))
        assert "key is given" in str(without.ready())
    assert service.heard == []


def test_a_cancel_ends_the_request_under_way(ask: Ask, service: LoopbackService) -> None:
    cancel = CancelToken()

    def respond(handler: Any) -> None:
        cancel.cancel()
        silent()(handler)

    service.usual = respond
    with pytest.raises(Cancelled):
        ask(TEXT, cancel)


def test_a_long_text_goes_up_in_whole_sentences(
    ask: Ask, service: LoopbackService, voices: RemoteVoices
) -> None:
    text = " ".join(f"This is sentence number {number}, and it says nothing else." for number in range(60))
    ask(text)
    sent = [json.loads(one.body) for one in service.heard]
    pieces = [one.get("text") or one.get("input") for one in sent]
    assert " ".join(pieces) == text
    assert all(len(piece) <= voices.longest and piece.endswith(".") for piece in pieces)


def test_texts_are_parted_between_sentences_then_words() -> None:
    assert list(pieces_of("One. Two! Three?", 9)) == ["One. Two!", "Three?"]
    assert list(pieces_of("one two three four", 9)) == ["one two", "three", "four"]
    assert list(pieces_of("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]
    assert list(pieces_of("これは一つ。これは二つ。", 6)) == ["これは一つ。", "これは二つ。"]
    assert list(pieces_of("  ", 10)) == []


def test_words_without_fitting_letters_have_no_times(tmp_path: Path) -> None:
    with loopback_service() as service:
        service.usual = SERVICES["elevenlabs"]
        setup = TtsSetup(
            tmp_path, options=options_of("elevenlabs", service.url), secrets=secrets_of("elevenlabs")
        )
        provider = TTS.make("elevenlabs", setup)
        voice = provider.voices()[0]
        assert [one.language for one in provider.voices()] == ["en", "es"]
        assert "es" in voice.others
        sound = base64.b64encode(spoken(TEXT)[0].tobytes()).decode()
        for alignment in (
            None,
            {},
            {"characters": list("Other words."), "character_start_times_seconds": [0.0] * 12},
            {
                "characters": list(TEXT),
                "character_start_times_seconds": [-1.0] * len(TEXT),
                "character_end_times_seconds": ["x"] * len(TEXT),
            },
        ):
            service.script = [answer({"audio_base64": sound, "alignment": alignment})]
            told = provider.speak(Line(TEXT, voice.name), tmp_path / "line.wav", CancelToken())
            assert told.words == ()
            assert told.duration.seconds > 0.8


def asked_of(provider_id: str, folder: Path, own: dict[str, Any]) -> dict[str, Any]:
    """What a provider is asked for a line, with some of its own settings."""
    with loopback_service() as service:
        service.usual = SERVICES[provider_id]
        options = options_of(provider_id, service.url)
        options |= {f"providers.{provider_id}.{key}": value for key, value in own.items()}
        provider = TTS.make(provider_id, TtsSetup(folder, options=options, secrets=secrets_of(provider_id)))
        line = Line(TEXT, provider.voices()[0].name)
        provider.speak(line, folder / "line.wav", CancelToken())
        return dict(json.loads(service.heard[-1].body))


def test_how_a_voice_speaks_is_asked_for_only_where_it_was_set(tmp_path: Path) -> None:
    assert "voice_settings" not in asked_of("elevenlabs", tmp_path, {}), "as the account has it"
    asked = asked_of("elevenlabs", tmp_path, {"emotion": 40})
    assert asked["voice_settings"] == {"stability": 0.5, "similarity_boost": 0.75, "style": 0.4}
    assert "instructions" not in asked_of("openai", tmp_path, {"instructions": "  "})
    told = {"instructions": "cheerful and warm"}
    assert asked_of("openai", tmp_path, told)["instructions"] == "cheerful and warm"
    assert "instructions" not in asked_of("openai", tmp_path, told | {"voice_model": "tts-1-hd"})


@pytest.mark.parametrize(
    ("provider_id", "told", "models"),
    [
        ("openai", {"data": [{"id": "tts-1"}, {"id": "gpt-5"}, 7, {"id": "gpt-4o-mini-tts"}]},
         ["gpt-4o-mini-tts", "tts-1"]),
        ("elevenlabs", [{"model_id": "eleven_v3", "can_do_text_to_speech": True}, {"model_id": 3}, None,
                        {"model_id": "scribe", "can_do_text_to_speech": False}], ["eleven_v3"]),
    ],
)  # fmt: skip
def test_a_service_tells_its_models_that_speak(
    provider_id: str, told: Any, models: list[str], tmp_path: Path
) -> None:
    with loopback_service() as service:
        service.usual = answer(told)
        provider = made(provider_id, service.url, tmp_path, FakeTime())
        assert isinstance(provider, TellsModels)
        assert provider.models() == models
