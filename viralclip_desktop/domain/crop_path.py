"""Where a clip's crop is at any moment: the keys, and what lies between them.

Before the first key and after the last one the crop stands still; between two it moves by the easing of
the earlier one: HOLD jumps at the later key, LINEAR is even, SMOOTH is the cubic ``3 t^2 - 2 t^3`` (no speed
at either key).
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction

from viralclip_desktop.core.geometry import Size, cover_crop
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Easing, FrameKey


def keys_of(clip: Clip, asset_id: str) -> tuple[FrameKey, ...]:
    """The keys of one recording, in order."""
    return tuple(key for key in clip.frame_keys if (key.asset_id or clip.asset_id) == asset_id)


def crop_at(clip: Clip, at: Time, asset_id: str | None = None) -> FrameKey:
    """The crop at a moment of a recording (by default the home one), as a key there."""
    keys = keys_of(clip, clip.asset_id if asset_id is None else asset_id)
    if not keys:
        return FrameKey(at, clip.centre_x)
    after = bisect_right([key.at for key in keys], at)
    if after == 0:
        return _at(keys[0], at)
    before = keys[after - 1]
    return _at(before, at) if after == len(keys) else between(before, keys[after], at)


def eased(share: float, easing: Easing) -> float:
    """How far the crop has gone when ``share`` (0..1) of the time between two keys has passed."""
    if easing is Easing.HOLD:
        return 0.0 if share < 1 else 1.0
    return share if easing is Easing.LINEAR else share * share * (3 - 2 * share)


def crop_shares(source: Size, ratio: float, zoom: float) -> tuple[float, float]:
    """Width and height of a crop of a shape (width over height) as shares of the source picture."""
    whole = cover_crop(source, Fraction(ratio))
    return whole.width / source.width / zoom, whole.height / source.height / zoom


def held_inside(key: FrameKey, width: float, height: float) -> FrameKey:
    """The key with its centre where a crop of ``width`` x ``height`` (shares) stays inside the picture."""
    return FrameKey(
        key.at,
        min(1 - width / 2, max(width / 2, key.centre_x)),
        min(1 - height / 2, max(height / 2, key.centre_y)),
        key.zoom,
        key.easing,
    )


def _at(key: FrameKey, at: Time) -> FrameKey:
    return FrameKey(at, key.centre_x, key.centre_y, key.zoom, key.easing)


def between(one: FrameKey, other: FrameKey, at: Time) -> FrameKey:
    """The crop at a moment between two keys, by the first one's easing."""
    span = max(1, other.at.ticks - one.at.ticks)
    share = eased((at.ticks - one.at.ticks) / span, one.easing)

    def mixed(start: float, end: float) -> float:
        return start + (end - start) * share

    return FrameKey(
        at,
        mixed(one.centre_x, other.centre_x),
        mixed(one.centre_y, other.centre_y),
        mixed(one.zoom, other.zoom),
        one.easing,
    )
