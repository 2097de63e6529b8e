"""Real long talks, word by word, where the folder of test media has them beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word


def real_talk(name: str) -> Transcript:
    """A talk by its name, such as ``ama-en``; the test is skipped where it is not there."""
    media = os.environ.get("VIRALCLIP_TEST_MEDIA", "")
    path = Path(media).parent / "moments" / f"{name}.json"
    if not media or not path.is_file():
        pytest.skip(f"there is no talk {name} here")
    talk = json.loads(path.read_text(encoding="utf-8"))
    words: list[Word] = []
    sentences: list[Sentence] = []
    for start_s, end_s, _speaker, text, *_ in talk["sentences"]:
        first = len(words)
        words += _spread(text.split(), start_s, end_s)
        sentences.append(Sentence(first, len(words)))
    return Transcript("told", talk["language"], tuple(words), tuple(sentences))


def _spread(texts: list[str], start_s: float, end_s: float) -> list[Word]:
    """Words that share the time of their sentence by their length."""
    letter_s = (end_s - start_s) / max(1, sum(len(text) + 1 for text in texts))
    words, at_s = [], start_s
    for text in texts:
        next_s = at_s + letter_s * (len(text) + 1)
        words.append(Word(text, Time.from_seconds(at_s), Time.from_seconds(at_s + 0.9 * (next_s - at_s))))
        at_s = next_s
    return words
