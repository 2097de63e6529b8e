"""Markers on a clip. Times are source time, so a marker stays on its word whatever is cut; an
``asset_id`` other than the empty one means another recording than the clip's home one.

add       |---^-------|   ->   |---^---v---|
move      |---^-------|   ->   |-----^-----|
rename, remove: the one at a time
set_cover |---c-------|   ->   |-------c---|   (the frame there is the clip's cover)
Two markers within half a frame are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip, Marker
from viralclip_desktop.domain.clip_time import SAME_MOMENT, to_clip_time


def add(clip: Clip, marker: Marker) -> Clip:
    """Set a marker, clamped to what plays of its recording; one that is there already takes the new label."""
    at = marker.at.clamped(*ends_of(clip, marker.asset_id))
    covers = any(one.is_cover and _near(one, at, marker.asset_id) for one in clip.markers)
    placed = replace(_labelled(marker, marker.label), at=at, is_cover=covers or marker.is_cover)
    return _with(clip, [*_others(clip, placed.at, placed.asset_id), placed])


def remove(clip: Clip, at: Time, asset_id: str = "") -> Clip:
    """Take the marker at a time away; where there is none, nothing changes."""
    return _with(clip, _others(clip, at, asset_id))


def rename(clip: Clip, at: Time, label: str, asset_id: str = "") -> Clip:
    """Give the marker at a time another label; white space is tidied, an empty label is one, too."""
    return _with(
        clip,
        [_labelled(marker, label) if _near(marker, at, asset_id) else marker for marker in clip.markers],
    )


def move(clip: Clip, at: Time, to: Time, asset_id: str = "") -> Clip:
    """Put the marker at a time elsewhere, clamped to what plays of its recording; one that is there already
    goes."""
    moved = next((marker for marker in clip.markers if _near(marker, at, asset_id)), None)
    return clip if moved is None else add(remove(clip, at, asset_id), replace(moved, at=to))


def set_cover(clip: Clip, at: Time, asset_id: str = "") -> Clip:
    """Make the frame at a time the cover, in the place of another one; a marker that is there becomes it."""
    bare = clear_cover(clip)
    there = next((marker for marker in bare.markers if _near(marker, at, asset_id)), Marker(at, "", asset_id))
    return add(bare, replace(there, is_cover=True))


def clear_cover(clip: Clip) -> Clip:
    """Let the cover be found by itself again; a marker with a name stays a marker."""
    kept = [marker for marker in clip.markers if not marker.is_cover or marker.label]
    return _with(clip, [replace(marker, is_cover=False) for marker in kept])


def cover_of(clip: Clip, of: Clip | None = None) -> Time | None:
    """The clip time of the frame that was chosen as the cover; None where none was, or where it doesn't play.
    ``of``: the clip that it was chosen on, where that is another state of the same one."""
    chosen = next((marker for marker in (of or clip).markers if marker.is_cover), None)
    return None if chosen is None else to_clip_time(clip, chosen.at, chosen.asset_id or clip.asset_id)


def ends_of(clip: Clip, asset_id: str) -> tuple[Time, Time]:
    """The first and the last moment that plays of a recording; empty for the home one."""
    ranges = clip.ranges_of(asset_id or clip.asset_id)
    if not ranges:
        return ZERO, ZERO
    return min(one.start for one in ranges), max(one.end for one in ranges)


def _with(clip: Clip, markers: Iterable[Marker]) -> Clip:
    return replace(clip, markers=tuple(sorted(markers, key=lambda marker: (marker.asset_id, marker.at))))


def _others(clip: Clip, at: Time, asset_id: str) -> list[Marker]:
    return [marker for marker in clip.markers if not _near(marker, at, asset_id)]


def _near(marker: Marker, at: Time, asset_id: str) -> bool:
    return marker.asset_id == asset_id and -SAME_MOMENT < marker.at - at < SAME_MOMENT


def _labelled(marker: Marker, label: str) -> Marker:
    return replace(marker, label=" ".join(label.split()))
