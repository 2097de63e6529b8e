"""Markers on a clip. Times are source time, so a marker stays on its word whatever is cut.

add       |---^-------|   ->   |---^---v---|
move      |---^-------|   ->   |-----^-----|
rename, remove: the one at a time
Two markers within half a frame are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Marker
from viralclip_desktop.domain.clip_time import SAME_MOMENT


def add(clip: Clip, marker: Marker) -> Clip:
    """Set a marker, clamped to the clip's range; one that is there already takes the new label."""
    placed = replace(_labelled(marker, marker.label), at=marker.at.clamped(clip.range.start, clip.range.end))
    return _with(clip, [*_others(clip, placed.at), placed])


def remove(clip: Clip, at: Time) -> Clip:
    """Take the marker at a time away; where there is none, nothing changes."""
    return _with(clip, _others(clip, at))


def rename(clip: Clip, at: Time, label: str) -> Clip:
    """Give the marker at a time another label; white space is tidied, an empty label is one, too."""
    return _with(
        clip,
        [_labelled(marker, label) if _near(marker, at) else marker for marker in clip.markers],
    )


def move(clip: Clip, at: Time, to: Time) -> Clip:
    """Put the marker at a time elsewhere, clamped to the clip's range; one that is there already goes."""
    moved = next((marker for marker in clip.markers if _near(marker, at)), None)
    return clip if moved is None else add(remove(clip, at), replace(moved, at=to))


def _with(clip: Clip, markers: Iterable[Marker]) -> Clip:
    return replace(clip, markers=tuple(sorted(markers, key=lambda marker: marker.at)))


def _others(clip: Clip, at: Time) -> list[Marker]:
    return [marker for marker in clip.markers if not _near(marker, at)]


def _near(marker: Marker, at: Time) -> bool:
    return -SAME_MOMENT < marker.at - at < SAME_MOMENT


def _labelled(marker: Marker, label: str) -> Marker:
    return replace(marker, label=" ".join(label.split()))
