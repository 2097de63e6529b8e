"""How clips were reviewed, and the order in which they are listed after that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viralclip_desktop.domain.clip import Clip, Review


def reviewed(clip: Clip, review: Review) -> Clip:
    """The clip with what the user thinks of it."""
    return replace(clip, review=review)


def is_dropped(clip: Clip) -> bool:
    """Whether the user does not want it."""
    return clip.review is Review.DROPPED


def best_first(clips: Iterable[Clip]) -> list[Clip]:
    """By rank; those that were dropped come last."""
    return sorted(clips, key=lambda clip: (is_dropped(clip), clip.rank))
