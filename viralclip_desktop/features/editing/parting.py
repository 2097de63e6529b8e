"""Splitting a clip into parts, adding others, placing, trimming and speeding them up. A part is named by its
place in the order of play, from 0; times are source time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.clip import Clip, Part, Transition
from viralclip_desktop.domain.edits import parts
from viralclip_desktop.features.common.assets import add_file
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
    played = store.clip(clip_id).parts[index : index + 1]
    asset_id = played[0].asset_id if played else ""
    duration = store.asset(asset_id).duration if asset_id else ZERO
    return drag_clip(
        store, clip_id, "Trim part", lambda clip: parts.trim(clip, index, start, end, duration), merge_key
    )


def add_recording(
    store: Store, clip_id: str, source_id: str, within: TimeRange | None = None, at: int | None = None
) -> Clip:
    """Add a part of a recording (by default all of it) at a place in the order of play (by default the end).
    Raises :class:`UsageError` for a range outside it."""
    source = store.source(source_id)
    whole = TimeRange(ZERO, source.info.duration)
    wanted = whole.intersection(within) if within is not None else whole
    if wanted is None or wanted.duration < parts.SHORTEST_PART:
        raise UsageError("There is nothing of the recording there.", "Choose a range inside it.")
    return _insert(store, clip_id, "Add part", Part(source.asset_id, wanted), at)


def add_card(store: Store, clip_id: str, text: str, length: Time, at: int | None = None) -> Clip:
    """Add a screen of text at a place in the order of play."""
    return _insert(store, clip_id, "Add card", parts.card(text, length), at)


def add_still(store: Store, clip_id: str, path: Path, length: Time, at: int | None = None) -> Clip:
    """Add a picture at a place in the order of play. Raises :class:`BadInput` for a file that is none."""
    asset = add_file(store, path, AssetKind.PICTURE)
    if asset.info is None or asset.info.video is None or asset.duration:
        raise BadInput(say("{name} is no picture.", name=path.name), "Choose a PNG, JPEG or WebP file.")
    return _insert(store, clip_id, "Add picture", parts.still(asset.id, length), at)


def _insert(store: Store, clip_id: str, label: str, part: Part, at: int | None) -> Clip:
    return edit_clip(store, clip_id, label, lambda clip: parts.insert(clip, part, at))


def remove_part(store: Store, clip_id: str, index: int) -> Clip:
    """Take a part out."""
    return edit_clip(store, clip_id, "Remove part", lambda clip: parts.remove(clip, index))


def remove_parts(store: Store, clip_id: str, indexes: Sequence[int]) -> Clip:
    """Take parts out, as one entry in the history."""

    def change(clip: Clip) -> Clip:
        for index in sorted(indexes, reverse=True):
            clip = parts.remove(clip, index)
        return clip

    return edit_clip(store, clip_id, "Remove part" if len(indexes) == 1 else "Remove parts", change)


def set_transition(store: Store, clip_id: str, index: int, transition: Transition) -> Clip:
    """Have a part come after the one before it by a cut, a dissolve, a whip or a zoom."""
    return edit_clip(
        store, clip_id, "Change transition", lambda clip: parts.come_with(clip, index, transition)
    )


def set_transitions(store: Store, clip_id: str, indexes: Sequence[int], transition: Transition) -> Clip:
    """The same for several parts, as one entry in the history."""

    def change(clip: Clip) -> Clip:
        for index in indexes:
            clip = parts.come_with(clip, index, transition)
        return clip

    return edit_clip(store, clip_id, "Change transition", change)


def set_speed(
    store: Store, clip_id: str, index: int, speed: Fraction, *, merge_key: str | None = None
) -> Clip:
    """Play a part faster (above 1) or slower."""
    return drag_clip(
        store, clip_id, "Change speed", lambda clip: parts.respeed(clip, index, speed), merge_key
    )
