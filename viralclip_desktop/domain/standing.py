"""How a found clip stands among those of its recording, in a word; the score itself is for programs."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Transcript, join_words

GOOD: Final = 55
_HIGH = 75  # the best of a talk gets 60 to 96, so that a dull talk has no high one


class Standing(StrEnum):
    """The three words that are shown."""

    HIGH = "High"
    GOOD = "Good"
    FAIR = "Fair"


def standing(score: int | None) -> Standing | None:
    """What a score (0 to 99) is called; None for a clip that was cut by hand."""
    if score is None:
        return None
    return Standing.HIGH if score >= _HIGH else Standing.GOOD if score >= GOOD else Standing.FAIR


def is_as_found(clip: Clip, transcript: Transcript | None) -> bool:
    """Whether a clip still begins and ends with what was quoted of it when its score and reasons were made;
    true where that can't be told."""
    if transcript is None or not clip.quote_first:
        return True
    said = join_words([word.text for word in transcript.words_between(clip.range)])
    return said.startswith(clip.quote_first) and said.endswith(clip.quote_last)
