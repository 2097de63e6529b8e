"""Keyframes of a clip's crop. Times are source time, so a key stays on its picture whatever is cut; an
``asset_id`` other than the empty one means another recording than the clip's home one.

put       |--k-------k--|   ->   |--k---k---k--|      the same moment twice: the later word counts
move      |--k---k------|   ->   |--k------k---|      a key in the way goes
remove    |--k---k---k--|   ->   |--k-------k--|
clear     |--k---k---k--|   ->   |-------------|      the still crop at ``centre_x`` again
Two keys within half a frame are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, FrameKey
from viralclip_desktop.domain.clip_time import SAME_MOMENT
from viralclip_desktop.domain.edits.markers import ends_of

LARGEST_ZOOM = 8.0  # a 1080-line source then has 135 lines left: nothing to see beyond


def put(clip: Clip, key: FrameKey) -> Clip:
    """Set a key; its time is held in what plays of its recording, its centre in the picture, its zoom to
    1..8."""
    placed = replace(
        key,
        at=key.at.clamped(*ends_of(clip, key.asset_id)),
        centre_x=_held(key.centre_x, 0.0, 1.0),
        centre_y=_held(key.centre_y, 0.0, 1.0),
        zoom=_held(key.zoom, 1.0, LARGEST_ZOOM),
    )
    return _with(clip, [*_others(clip, placed.at, placed.asset_id), placed])


def remove(clip: Clip, at: Time, asset_id: str = "") -> Clip:
    """Take the key at a time away; where there is none, nothing changes."""
    return _with(clip, _others(clip, at, asset_id))


def move(clip: Clip, at: Time, to: Time, asset_id: str = "") -> Clip:
    """Put the key at a time elsewhere, clamped to the clip's range; where there is none, nothing changes."""
    moved = next((key for key in clip.frame_keys if _near(key, at, asset_id)), None)
    return clip if moved is None else put(remove(clip, at, asset_id), replace(moved, at=to))


def clear(clip: Clip) -> Clip:
    """Take all keys away."""
    return replace(clip, frame_keys=())


def _with(clip: Clip, keys: Iterable[FrameKey]) -> Clip:
    return replace(clip, frame_keys=tuple(sorted(keys, key=lambda key: (key.asset_id, key.at))))


def _others(clip: Clip, at: Time, asset_id: str) -> list[FrameKey]:
    return [key for key in clip.frame_keys if not _near(key, at, asset_id)]


def _near(key: FrameKey, at: Time, asset_id: str) -> bool:
    return key.asset_id == asset_id and -SAME_MOMENT < key.at - at < SAME_MOMENT


def _held(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
