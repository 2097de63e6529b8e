"""The draft recogniser on real talk, and what it must leave out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.speech import RATE_HZ, write_wav

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.base import SttEvent, SttProgress, SttRequest, SttSegment, SttSetup
from viralclip_desktop.engines.stt.sphinx import SphinxEngine

TALK = (
    "hello this is an example video for your convenience and pleasure you are allowed to use this voice for "
    "any purpose including commercial use on the bottom right you can see the time when the time reaches "
    "forty seconds i will say banana banana"
)


def heard(wav: Path, start_s: float = 0) -> tuple[list[SttEvent], list[Word]]:
    events: list[SttEvent] = []
    request = SttRequest(wav, None, Time.from_seconds(start_s))
    SphinxEngine(SttSetup(Path())).transcribe(request, events.append, CancelToken())
    return events, [word for event in events if isinstance(event, SttSegment) for word in event.words]


def word_errors(said: list[str], found: list[str]) -> int:
    """The edit distance in words."""
    row = list(range(len(found) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


@pytest.mark.media
def test_real_talk_is_nearly_word_perfect(test_media: Path, tmp_path: Path) -> None:
    from viralclip_desktop.media.audio import extract_speech
    from viralclip_desktop.media.probe import probe

    film = test_media / "talk-sample-42s.mp4"
    wav = extract_speech(film, probe(film).audio[0].index, tmp_path / "talk.wav")
    events, words = heard(wav)
    assert word_errors(TALK.split(), [word.text for word in words]) <= 2
    assert words[-1].text == "banana"
    assert words[-1].start.seconds == pytest.approx(40.0, abs=0.3)
    assert sum(word.confidence for word in words) / len(words) > 0.6
    assert len([event for event in events if isinstance(event, SttProgress)]) >= 3


def test_noise_is_not_words(tmp_path: Path) -> None:
    noise = np.random.default_rng(4).normal(0, 800, 2 * RATE_HZ)
    write_wav(tmp_path / "noise.wav", noise)
    assert len(heard(tmp_path / "noise.wav")[1]) <= 1


def test_it_knows_english_only(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.zeros(100))
    with pytest.raises(BadInput, match="English only"):
        SphinxEngine(SttSetup(Path())).transcribe(
            SttRequest(tmp_path / "a.wav", "id"), lambda event: None, CancelToken()
        )
