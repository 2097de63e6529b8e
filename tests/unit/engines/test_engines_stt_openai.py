"""OpenAI transcription against a loopback service that follows the published schema."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from support.loopback_http import FakeTime
from support.loopback_openai import (
    KEY,
    UPLOAD_LIMIT_BYTES,
    LoopbackOpenAi,
    cut_off,
    failing,
    loopback_openai,
    ok,
    silent,
    transcription,
)
from support.speech import write_speech, write_wav

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.stt.base import (
    SttEvent,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttSegment,
    SttSetup,
    SttUsed,
)
from viralclip_desktop.engines.stt.openai_api import OpenAiEngine

POLICY, TIME = Policy(attempts=3), FakeTime()
HELLO = transcription(
    "Hello world. Is this a “video clip”?",
    [
        ("Hello", 0.1, 0.4),
        ("world", 0.4, 0.9),
        ("Is", 1.5, 1.6),
        ("this", 1.6, 1.8),
        ("a", 1.8, 1.9),
        ("video", 1.9, 2.2),
        ("clip", 2.2, 2.5),
    ],
)


@pytest.fixture
def service() -> Iterator[LoopbackOpenAi]:
    with loopback_openai() as running:
        yield running


@pytest.fixture(scope="module")
def wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("openai")
    return write_speech(folder / "speech.wav", [1.0, "Hello world. Is this a video clip?", 1.0])


def engine(
    service: LoopbackOpenAi, key: str = KEY, offline: bool = False, policy: Policy = POLICY
) -> OpenAiEngine:
    setup = SttSetup(
        Path("models"),
        offline=offline,
        options={"openai_base_url": service.url},
        secrets={"OPENAI_API_KEY": key},
    )
    return OpenAiEngine(setup, policy, TIME.clock)


def heard(service: LoopbackOpenAi, wav: Path, language: str | None = None, **made: object) -> list[SttEvent]:
    events: list[SttEvent] = []
    request = SttRequest(wav, language)
    engine(service, **made).transcribe(request, events.append, CancelToken())  # type: ignore[arg-type]
    return events


def segments(events: list[SttEvent]) -> list[SttSegment]:
    return [event for event in events if isinstance(event, SttSegment)]


def test_words_come_with_times_marks_and_language(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = ok(HELLO)
    events = heard(service, wav)
    assert SttLanguage("en") in events
    (segment,) = segments(events)
    assert [word.text for word in segment.words] == ["Hello", "world.", "Is", "this", "a", "“video", "clip”?"]
    assert segment.words[0].start.seconds == pytest.approx(1.0, abs=0.05)  # where the voice is heard
    assert segment.words[-1].end.seconds == pytest.approx(0.7 + 2.5, abs=0.05)  # sent from 0.7 s on
    assert segment.words[0].confidence == pytest.approx(0.819, abs=0.001)
    assert events[-1] == SttProgress(1.0)
    (asked,) = service.asked
    assert "language" not in asked.fields


def test_a_given_language_is_passed_on(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = ok(HELLO)
    assert SttLanguage("id") in heard(service, wav, "id")
    assert service.asked[0].fields["language"] == ["id"]


def test_silence_is_not_sent(service: LoopbackOpenAi, tmp_path: Path) -> None:
    path = write_speech(tmp_path / "silence.wav", [3.0])
    assert not segments(heard(service, path))
    assert not service.asked


def test_long_sound_goes_up_in_pieces_under_the_limit(service: LoopbackOpenAi, tmp_path: Path) -> None:
    import numpy as np

    minute = np.random.default_rng(0).normal(0, 3000, 60 * 16_000)
    minute[-16_000:] = 0
    write_wav(tmp_path / "long.wav", np.tile(minute, 12))
    service.usual = ok(HELLO)
    first, second = segments(heard(service, tmp_path / "long.wav"))
    assert all(asked.size_bytes < UPLOAD_LIMIT_BYTES for asked in service.asked)
    assert sum(asked.seconds for asked in service.asked) == pytest.approx(12 * 60, abs=2)
    assert [asked.fields.get("language") for asked in service.asked] == [None, ["en"]]
    assert first.end > Time.from_seconds(8 * 60)
    assert second.words[0].start >= first.end
    cut_s = first.end.seconds % 60  # in the silent second at the end of a minute
    assert cut_s > 58.5 or cut_s < 0.5


def test_it_starts_again_where_it_is_told(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = ok(HELLO)
    events: list[SttEvent] = []
    request = SttRequest(wav, "en", Time.from_seconds(2))
    engine(service).transcribe(request, events.append, CancelToken())
    assert segments(events)[0].words[0].start >= Time.from_seconds(2)


def test_a_rate_limit_is_waited_for(service: LoopbackOpenAi, wav: Path) -> None:
    service.script = [
        failing(429, "Rate limit reached", "rate_limit_exceeded", {"Retry-After": "40"}),
        ok(HELLO),
    ]
    before = TIME.now
    assert segments(heard(service, wav))[0].words
    assert TIME.now - before == 40


def test_a_server_error_and_a_cut_connection_are_tried_again(service: LoopbackOpenAi, wav: Path) -> None:
    soon = {"Retry-After-Ms": "10"}
    service.script = [failing(500, "trouble", None, soon), cut_off(HELLO), ok(HELLO)]
    assert segments(heard(service, wav))[0].words
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (429, "rate_limit_exceeded", "too many requests"),
        (429, "insufficient_quota", "no credit left"),
        (500, None, "trouble at the moment"),
        (403, None, "does not allow"),
    ],
)
def test_lasting_trouble_is_told(
    service: LoopbackOpenAi, wav: Path, status: int, code: str | None, sentence: str
) -> None:
    service.usual = failing(status, "no", code, {"Retry-After-Ms": "5"})
    with pytest.raises(EnvironmentLacks, match=sentence):
        heard(service, wav)


def test_a_request_the_service_refuses_is_told_in_its_words(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = failing(400, "Invalid language 'xx'.", "invalid_language")
    with pytest.raises(BadInput) as caught:
        heard(service, wav, "xx")
    assert "Invalid language 'xx'." in str(caught.value)


def test_a_wrong_key_is_told_without_the_key(
    service: LoopbackOpenAi, wav: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(EnvironmentLacks, match="did not accept the key") as caught:
        heard(service, wav, key="sk-wrong-secret")
    assert "sk-wrong" not in str(caught.value) + caught.value.details + caplog.text
    assert len(service.asked) == 1


def test_a_silent_service_times_out(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = silent(10)
    with pytest.raises(EnvironmentLacks, match="did not answer in time"):
        heard(service, wav, policy=Policy(read_s=0.1, attempts=1))


def test_no_service_at_all_is_told(wav: Path) -> None:
    with loopback_openai() as gone:
        pass
    with pytest.raises(EnvironmentLacks, match="could not be made"):
        heard(gone, wav)


def test_offline_nothing_is_asked(service: LoopbackOpenAi, wav: Path) -> None:
    with pytest.raises(EnvironmentLacks, match="offline switch"):
        heard(service, wav, offline=True)
    assert not service.asked
    assert "offline" in str(engine(service, offline=True).ready())


def test_without_a_key_it_is_not_ready(service: LoopbackOpenAi) -> None:
    assert "No OpenAI key" in str(engine(service, key="").ready())
    assert engine(service).ready() is None


def test_the_key_is_never_shown() -> None:
    assert KEY not in repr(SttSetup(Path("models"), secrets={"OPENAI_API_KEY": KEY}))


def test_a_server_without_word_times_gets_them_spread(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = ok({**HELLO, "words": None})
    words = segments(heard(service, wav))[0].words
    assert [word.text for word in words][:2] == ["Hello", "world."]
    assert all(a.end <= b.start for a, b in pairwise(words))


def test_the_minutes_that_are_billed_are_told(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = ok(HELLO | {"usage": {"type": "duration", "seconds": 90}})
    used = [event.units for event in heard(service, wav) if isinstance(event, SttUsed)]
    assert used == [{"minute": 1.5}]
    service.usual = ok({**HELLO, "usage": None})
    (used_here,) = [event.units for event in heard(service, wav) if isinstance(event, SttUsed)]
    assert used_here["minute"] * 60 == pytest.approx(service.asked[-1].seconds)


@pytest.mark.parametrize("answer", [{}, {"text": "Hello"}, {"words": []}, {"error": "none"}])
def test_an_answer_that_is_none_is_told(
    service: LoopbackOpenAi, wav: Path, answer: dict[str, object]
) -> None:
    service.usual = ok(answer)
    with pytest.raises(EnvironmentLacks, match="OpenAI gave an answer that makes no sense"):
        heard(service, wav)


_WORDS = transcription("a b", [("a", 0.1, 0.4), ("b", 0.5, 0.9)])


@pytest.mark.parametrize(
    "answer",
    [
        _WORDS | {"words": [{"word": None, "start": 5, "end": 1}]},
        _WORDS | {"words": [{"word": "a", "start": None, "end": 1}]},
        _WORDS | {"words": [{"word": "a", "start": float("nan"), "end": 1}]},
        _WORDS | {"words": [{"word": "a", "start": 0, "end": float("inf")}]},
        _WORDS | {"words": [], "segments": [{"start": 0, "end": 1, "text": 5, "avg_logprob": None}]},
        b"[" * 200_000,
    ],
    ids=["no word", "no start", "no number", "no end", "no text", "nested"],
)
def test_words_that_are_none_are_told(
    service: LoopbackOpenAi, wav: Path, answer: dict[str, object] | bytes
) -> None:
    service.usual = ok(answer)
    with pytest.raises(EnvironmentLacks, match="OpenAI gave an answer that makes no sense"):
        heard(service, wav)


def test_a_bill_that_is_no_number_is_not_taken(service: LoopbackOpenAi, wav: Path) -> None:
    service.usual = ok(HELLO | {"usage": {"type": "duration", "seconds": float("nan")}})
    (used,) = [event.units for event in heard(service, wav) if isinstance(event, SttUsed)]
    assert used["minute"] * 60 == pytest.approx(service.asked[-1].seconds)


def test_its_price_and_model_are_settings(service: LoopbackOpenAi) -> None:
    assert engine(service).info.price_usd({"minute": 10}) == pytest.approx(0.06)
    own = {"providers.openai.transcription_price_usd": 0.0, "providers.openai.transcription_model": "large"}
    free = OpenAiEngine(SttSetup(Path("models"), model="small", options=own))
    assert (free.info.costs, free.model) == ((), "large")
