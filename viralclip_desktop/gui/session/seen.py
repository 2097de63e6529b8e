"""What of a clip can be seen and heard, and what is only about it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from viralclip_desktop.domain.clip import Clip, Review

_ABOUT: dict[str, Any] = {
    "rank": 0,
    "title": "",
    "score": 0,
    "reasons": (),
    "quote_first": "",
    "quote_last": "",
    "created_at": 0.0,
    "markers": (),
    "review": Review.NOT_YET,
}


def seen(clip: Clip) -> Clip:
    """The clip without what doesn't change its picture or sound: two that are equal look the same."""
    known = {field.name for field in fields(clip)}
    return replace(clip, **{name: empty for name, empty in _ABOUT.items() if name in known})
