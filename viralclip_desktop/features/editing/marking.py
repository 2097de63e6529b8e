"""Crop keys and markers of a clip. Their times are source time."""

from __future__ import annotations

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, FrameKey, Marker
from viralclip_desktop.domain.edits import framing_keys, markers
from viralclip_desktop.features.editing.editor import ClipEditor


class Keying:
    """Edits of a moving crop."""

    def __init__(self, editor: ClipEditor) -> None:
        self._editor = editor

    def set_frame_key(self, clip_id: str, key: FrameKey, merge_key: str | None = None) -> Clip:
        """Set a key, or change the one at its time."""
        return self._editor.drag(clip_id, "Set keyframe", lambda clip: framing_keys.put(clip, key), merge_key)

    def move_frame_key(self, clip_id: str, at: Time, to: Time, merge_key: str | None = None) -> Clip:
        """Put the key at ``at`` (where it was before the drag) elsewhere."""
        return self._editor.drag(
            clip_id, "Move keyframe", lambda clip: framing_keys.move(clip, at, to), merge_key
        )

    def remove_frame_key(self, clip_id: str, at: Time) -> Clip:
        """Take the key at a time away."""
        return self._editor.edit(clip_id, "Remove keyframe", lambda clip: framing_keys.remove(clip, at))

    def clear_frame_keys(self, clip_id: str) -> Clip:
        """Take all keys away: the crop stands still again."""
        return self._editor.edit(clip_id, "Clear keyframes", framing_keys.clear)


class Marking:
    """Edits of markers."""

    def __init__(self, editor: ClipEditor) -> None:
        self._editor = editor

    def add_marker(self, clip_id: str, marker: Marker) -> Clip:
        """Set a marker, or relabel the one at its time."""
        return self._editor.edit(clip_id, "Add marker", lambda clip: markers.add(clip, marker))

    def move_marker(self, clip_id: str, at: Time, to: Time, merge_key: str | None = None) -> Clip:
        """Put the marker at ``at`` (where it was before the drag) elsewhere."""
        return self._editor.drag(clip_id, "Move marker", lambda clip: markers.move(clip, at, to), merge_key)

    def rename_marker(self, clip_id: str, at: Time, label: str, merge_key: str | None = None) -> Clip:
        """Give the marker at a time another label."""
        return self._editor.edit(
            clip_id, "Rename marker", lambda clip: markers.rename(clip, at, label), merge_key
        )

    def remove_marker(self, clip_id: str, at: Time) -> Clip:
        """Take the marker at a time away."""
        return self._editor.edit(clip_id, "Remove marker", lambda clip: markers.remove(clip, at))
