"""Crop keys and markers of a clip. Their times are source time."""

from __future__ import annotations

from collections.abc import Sequence

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, FrameKey, Marker
from viralclip_desktop.domain.edits import framing_keys, markers
from viralclip_desktop.features.editing.edit import drag_clip, edit_clip
from viralclip_desktop.store.store import Store


def set_frame_key(store: Store, clip_id: str, key: FrameKey, *, merge_key: str | None = None) -> Clip:
    """Set a key, or change the one at its time."""
    return drag_clip(store, clip_id, "Set keyframe", lambda clip: framing_keys.put(clip, key), merge_key)


def set_frame_keys(
    store: Store, clip_id: str, keys: Sequence[FrameKey], *, merge_key: str | None = None
) -> Clip:
    """The same for several keys, as one entry in the history."""

    def change(clip: Clip) -> Clip:
        for key in keys:
            clip = framing_keys.put(clip, key)
        return clip

    return drag_clip(store, clip_id, "Set keyframe", change, merge_key)


def move_frame_key(store: Store, clip_id: str, at: Time, to: Time, *, merge_key: str | None = None) -> Clip:
    """Put the key at ``at`` (where it was before the drag) elsewhere."""
    return drag_clip(store, clip_id, "Move keyframe", lambda clip: framing_keys.move(clip, at, to), merge_key)


def remove_frame_key(store: Store, clip_id: str, at: Time) -> Clip:
    """Take the key at a time away."""
    return edit_clip(store, clip_id, "Remove keyframe", lambda clip: framing_keys.remove(clip, at))


def clear_frame_keys(store: Store, clip_id: str) -> Clip:
    """Take all keys away: the crop stands still again."""
    return edit_clip(store, clip_id, "Clear keyframes", framing_keys.clear)


def add_marker(store: Store, clip_id: str, marker: Marker) -> Clip:
    """Set a marker, or relabel the one at its time."""
    return edit_clip(store, clip_id, "Add marker", lambda clip: markers.add(clip, marker))


def move_marker(store: Store, clip_id: str, at: Time, to: Time, *, merge_key: str | None = None) -> Clip:
    """Put the marker at ``at`` (where it was before the drag) elsewhere."""
    return drag_clip(store, clip_id, "Move marker", lambda clip: markers.move(clip, at, to), merge_key)


def rename_marker(store: Store, clip_id: str, at: Time, label: str, *, merge_key: str | None = None) -> Clip:
    """Give the marker at a time another label."""
    return edit_clip(store, clip_id, "Rename marker", lambda clip: markers.rename(clip, at, label), merge_key)


def set_cover(store: Store, clip_id: str, at: Time, asset_id: str = "") -> Clip:
    """Make the frame at a time of a recording (empty: the home one) the clip's cover."""
    return edit_clip(store, clip_id, "Choose cover", lambda clip: markers.set_cover(clip, at, asset_id))


def clear_cover(store: Store, clip_id: str) -> Clip:
    """Let the cover be found by itself again."""
    return edit_clip(store, clip_id, "Clear cover", markers.clear_cover)


def remove_marker(store: Store, clip_id: str, at: Time) -> Clip:
    """Take the marker at a time away."""
    return edit_clip(store, clip_id, "Remove marker", lambda clip: markers.remove(clip, at))
