"""One suite over every speech recogniser: what each of them promises, whatever is inside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from support.loopback_deepgram import KEY as DEEPGRAM_KEY
from support.loopback_deepgram import listened, listening
from support.loopback_http import LoopbackService, loopback_service
from support.loopback_openai import KEY, LoopbackOpenAi, loopback_openai, ok, transcription
from support.speech import RATE_HZ, WHISPER_MINI, write_speech, write_wav

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.registry import STT
from viralclip_desktop.engines.stt.base import (
    SpeechToText,
    SttEvent,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttSegment,
    SttSetup,
)
from viralclip_desktop.engines.stt.messages import from_message, to_message

ENGINES = tuple(STT.builtin)
Heard = tuple[list[SttEvent], list[Word]]

WORDS = [
    ("Hello", 0.3, 0.7),
    ("world", 0.7, 1.3),
    ("What", 1.5, 1.7),
    ("is", 1.7, 1.8),
    ("the", 1.8, 1.9),
    ("number", 1.9, 2.3),
]
ANSWER = transcription("Hello world. What is the number?", WORDS)


@pytest.fixture(scope="module")
def service() -> Iterator[LoopbackOpenAi]:
    with loopback_openai() as running:
        running.usual = ok(ANSWER)
        yield running


@pytest.fixture(scope="module")
def deepgram() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        running.usual = listening(listened(WORDS, "en"))
        yield running


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sentences, 4 s of silence, another sentence."""
    path = tmp_path_factory.mktemp("stt") / "talk.wav"
    return write_speech(path, [0.5, "Hello world. What is the number?", 4.0, "Today we play music.", 1.0])


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest,
    service: LoopbackOpenAi,
    deepgram: LoopbackService,
    tmp_path_factory: pytest.TempPathFactory,
) -> SpeechToText:
    models = tmp_path_factory.mktemp("models")
    options = {"openai_base_url": service.url, "providers.deepgram.address": deepgram.url}
    setup = SttSetup(
        models, options=options, secrets={"OPENAI_API_KEY": KEY, "DEEPGRAM_API_KEY": DEEPGRAM_KEY}
    )
    if request.param == "whisper":
        setup = SttSetup(models, model=str(WHISPER_MINI))
    return STT.make(request.param, setup)


@pytest.fixture(scope="module")
def heard(engine: SpeechToText, talk: Path) -> Heard:
    """What the engine makes of the talk: all events, and the words."""
    return listen(engine, talk)


def listen(engine: SpeechToText, wav: Path, start: Time = ZERO, language: str | None = None) -> Heard:
    events: list[SttEvent] = []
    engine.transcribe(SttRequest(wav, language, start), events.append, CancelToken())
    return events, [word for event in events if isinstance(event, SttSegment) for word in event.words]


def test_it_says_who_it_is_and_that_it_is_ready(engine: SpeechToText) -> None:
    assert engine.info.kind == "stt"
    assert engine.info.id in ENGINES
    assert engine.info.name
    assert engine.model
    assert engine.ready() is None


def test_words_are_in_order_within_the_sound_and_believable(heard: Heard) -> None:
    _, words = heard
    assert len(words) >= 6
    assert all(word.start < word.end for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert words[0].start >= ZERO
    assert words[-1].end.seconds <= 20
    assert all(0 <= word.confidence <= 1 for word in words)
    assert all(word.text == word.text.strip() != "" for word in words)


def test_segments_go_forward_and_hold_their_words(heard: Heard) -> None:
    events, _ = heard
    segments = [event for event in events if isinstance(event, SttSegment)]
    ends = [segment.end for segment in segments]
    assert ends == sorted(ends)
    for earlier, segment in zip([ZERO, *ends], segments, strict=False):
        assert all(earlier <= word.start and word.end <= segment.end for word in segment.words)


def test_progress_only_grows_and_reaches_one(heard: Heard) -> None:
    events, _ = heard
    fractions = [event.fraction for event in events if isinstance(event, SttProgress)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_the_language_is_told_once_and_first(heard: Heard) -> None:
    events, _ = heard
    told = [index for index, event in enumerate(events) if isinstance(event, SttLanguage)]
    first_segment = next(index for index, event in enumerate(events) if isinstance(event, SttSegment))
    assert len(told) == 1
    assert told[0] < first_segment
    assert events[told[0]] == SttLanguage("en", pytest.approx(1.0, abs=0.01))


def test_it_starts_where_it_is_asked_to(engine: SpeechToText, talk: Path) -> None:
    start = Time.from_seconds(5.0)
    _, words = listen(engine, talk, start)
    assert words
    assert all(word.start >= start for word in words)


def test_from_the_end_there_is_nothing(engine: SpeechToText, talk: Path) -> None:
    events, words = listen(engine, talk, Time.from_seconds(3600))
    assert not words
    assert events[-1] == SttProgress(1.0)


def test_silence_gives_no_words(engine: SpeechToText, tmp_path: Path) -> None:
    for name, parts in {"quiet": [3.0], "short": [0.05], "empty": [0.0]}.items():
        _, words = listen(engine, write_speech(tmp_path / f"{name}.wav", parts))
        assert not words
    write_wav(tmp_path / "digital.wav", np.zeros(3 * RATE_HZ))
    assert not listen(engine, tmp_path / "digital.wav")[1]


def test_a_cancel_stops_it(engine: SpeechToText, talk: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    events: list[SttEvent] = []
    with pytest.raises(Cancelled):
        engine.transcribe(SttRequest(talk), events.append, cancel)
    assert not [event for event in events if isinstance(event, SttSegment)]


@pytest.mark.parametrize("content", [None, b"", b"not a wav file at all"])
def test_a_file_that_is_no_sound_is_bad_input(
    engine: SpeechToText, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "bad.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput):
        listen(engine, path)


def test_events_survive_the_pipe(heard: Heard) -> None:
    events, _ = heard
    copies = [from_message(json.loads(json.dumps(to_message(event)))) for event in events]
    same: Callable[[SttEvent], str] = lambda event: repr(to_message(event))  # noqa: E731 - confidences are rounded
    assert [same(copy) for copy in copies] == [same(event) for event in events]
