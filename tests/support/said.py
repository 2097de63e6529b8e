"""A talk of nine seconds with sentences at known times, and services that know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from support import stored
from support.makers import make_video

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.media.probe import probe

Said = Sequence[tuple[float, float, str]]
SAID: Said = (
    (0.5, 2.2, "We began it long ago."),
    (3.0, 4.4, "Nobody else would."),
    (5.2, 7.6, "So we did it all by ourselves."),
)
"""Sentences with their starts and ends in seconds."""


def transcript(said: Said = SAID, language: str = "en") -> Transcript:
    """The words of each sentence spread evenly over its time."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    for start, end, text in said:
        parts = text.split()
        step = (end - start) / len(parts)
        first = len(words)
        words += [
            Word(part, Time.from_seconds(start + n * step), Time.from_seconds(start + (n + 0.9) * step))
            for n, part in enumerate(parts)
        ]
        sentences.append(Sentence(first, len(words)))
    return Transcript("whisper", language, tuple(words), tuple(sentences))


def put_talk(services: Services, folder: Path, said: Said, clip: tuple[float, float]) -> None:
    """The talk as source ``src_1`` with one clip of it, exported small."""
    film = make_video(folder / "talk.mp4", seconds=9.0)
    source = stored.with_file(stored.source(), path=str(film), info=probe(film), fingerprint="f")
    with services.store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(source)
        tx.put_transcript(source.id, transcript(said))
        tx.put(stored.batch())
        tx.put(replace(stored.clip(), parts=stored.ranges(clip), layers=(), markers=()))
    services.settings.set(resolution=Resolution.P720)
