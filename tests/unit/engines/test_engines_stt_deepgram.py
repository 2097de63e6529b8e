"""Deepgram as a recogniser: speakers, what is billed, and its three ways of telling an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.loopback_deepgram import KEY, listened, listening
from support.loopback_http import FakeTime, LoopbackService, answer, cut, loopback_service
from support.speech import write_speech

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.stt.base import (
    SttEvent,
    SttLanguage,
    SttRequest,
    SttSegment,
    SttSetup,
    SttUsed,
)
from viralclip_desktop.engines.stt.deepgram import DeepgramEngine

WORDS = [("Why", 0.5, 0.7), ("not?", 0.7, 1.0), ("Because.", 1.2, 1.7)]


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as service:
        service.usual = listening(listened(WORDS, "es", speakers=(0, 0, 1)))
        yield service


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_speech(tmp_path_factory.mktemp("deepgram") / "talk.wav", [0.5, "Why not? Because.", 0.5])


def heard(service: LoopbackService, talk: Path, **request: Any) -> tuple[list[SttEvent], list[Word]]:
    setup = SttSetup(
        talk.parent, options={"providers.deepgram.address": service.url}, secrets={"DEEPGRAM_API_KEY": KEY}
    )
    events: list[SttEvent] = []
    engine = DeepgramEngine(setup, Policy(attempts=3), FakeTime().clock)
    engine.transcribe(SttRequest(talk, **request), events.append, CancelToken())
    return events, [word for event in events if isinstance(event, SttSegment) for word in event.words]


def test_words_come_with_marks_speakers_and_the_language(service: LoopbackService, talk: Path) -> None:
    events, words = heard(service, talk)
    assert [(word.text, word.speaker) for word in words] == [
        ("Why", "Speaker 1"),
        ("not?", "Speaker 1"),
        ("Because.", "Speaker 2"),
    ]
    assert SttLanguage("es") in events
    assert [event.units["minute"] for event in events if isinstance(event, SttUsed)] == [1.7 / 60]


def test_a_known_language_is_told_the_service(service: LoopbackService, talk: Path) -> None:
    heard(service, talk, language="fr")
    assert "language=fr" in service.heard[0].path


def test_from_a_later_start_speakers_have_no_numbers(service: LoopbackService, talk: Path) -> None:
    _, words = heard(service, talk, start=Time.from_seconds(0.2))
    assert {word.speaker for word in words} == {""}, "the numbers begin anew in each piece"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials.", "request_id": "r"}, "the key"),
        (402, {"category": "ASR_PAYMENT_REQUIRED", "message": "Not enough credit"}, "no credit left"),
        (429, {"err_code": "TOO_MANY_REQUESTS", "err_msg": "Too many requests."}, "too many requests"),
        (400, "Bad Request: failed to process audio", "did not take the request"),
        (500, {"category": "INTERNAL", "message": "x", "details": "y", "request_id": "r"}, "has trouble"),
        (200, {}, "makes no sense"),
        (200, {"results": {"channels": [{"alternatives": []}]}}, "makes no sense"),
        (200, {"results": {"channels": [{"alternatives": [{"transcript": "Why"}]}]}}, "makes no sense"),
        (200, {"results": {"channels": [{"alternatives": [{"words": [{"word": "a"}]}]}]}}, "makes no sense"),
        (200, b"<html>", "makes no sense"),
    ],
)
def test_errors_are_one_sentence(
    service: LoopbackService, talk: Path, status: int, body: Any, words: str
) -> None:
    service.usual = answer(body, status)
    with pytest.raises(Fault, match=words) as caught:
        heard(service, talk)
    assert KEY not in f"{caught.value} {caught.value.hint} {caught.value.details}"


def test_a_cut_connection_is_tried_again(service: LoopbackService, talk: Path) -> None:
    service.script = [cut(b"{", kind="application/json"), answer({}, 503, retry_after="1")]
    _, words = heard(service, talk)
    assert len(words) == 3
    assert len(service.heard) == 3
