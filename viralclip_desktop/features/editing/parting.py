"""Splitting a clip into parts, and placing and trimming them. A part is told by its place in the order of
play, from 0; times are source time."""

from __future__ import annotations

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import parts
from viralclip_desktop.features.editing.edit import drag_clip, edit_clip
from viralclip_desktop.store.store import Store


def split(store: Store, clip_id: str, at: Time) -> Clip:
    """Make two parts of one. Raises :class:`UsageError` at less than a tenth of a second from an edge."""

    def change(clip: Clip) -> Clip:
        if not parts.can_split(clip, at):
            raise UsageError(
                "There is nothing to split here.", "Move the playhead away from the edge of the part."
            )
        return parts.split(clip, at)

    return edit_clip(store, clip_id, "Split", change)


def join(store: Store, clip_id: str, at: Time) -> Clip:
    """Make one part of two that meet at a moment."""
    return edit_clip(store, clip_id, "Join", lambda clip: parts.join(clip, at))


def move_part(store: Store, clip_id: str, index: int, to: int) -> Clip:
    """Play a part earlier or later: at place ``to``."""
    return edit_clip(store, clip_id, "Move part", lambda clip: parts.move(clip, index, to))


def trim_part(
    store: Store, clip_id: str, index: int, start: Time, end: Time, *, merge_key: str | None = None
) -> Clip:
    """Give a part another start and end; what a drag takes out comes back when it comes back."""
    duration = store.source(store.clip(clip_id).source_id).info.duration
    return drag_clip(
        store, clip_id, "Trim part", lambda clip: parts.trim(clip, index, start, end, duration), merge_key
    )
