"""Where a moving crop is."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Easing, FrameKey, parts_of
from viralclip_desktop.domain.crop_path import crop_at, crop_shares, held_inside

KEYS = (FrameKey(Time.from_seconds(2), 0.2), FrameKey(Time.from_seconds(4), 0.8, zoom=2.0))


def _clip(*keys: FrameKey) -> Clip:
    within = TimeRange.from_seconds(0, 10)
    parts = parts_of("a", within)
    return Clip(
        "c", "p", "s", "b", 1, parts, "", 0, (), "", "", centre_x=0.4, frame_keys=keys, asset_id="a"
    )  # fmt: skip


def test_without_keys_the_crop_stands_at_the_clips_centre() -> None:
    assert crop_at(_clip(), Time.from_seconds(3)).centre_x == 0.4


def test_outside_the_keys_it_stands_still() -> None:
    assert crop_at(_clip(*KEYS), Time.from_seconds(0)).centre_x == 0.2
    assert crop_at(_clip(*KEYS), Time.from_seconds(9)).zoom == 2.0


@pytest.mark.parametrize(
    ("easing", "quarter", "middle"),
    [(Easing.LINEAR, 0.35, 0.5), (Easing.SMOOTH, 0.29375, 0.5), (Easing.HOLD, 0.2, 0.2)],
)
def test_between_two_keys_the_easing_decides(easing: Easing, quarter: float, middle: float) -> None:
    first = FrameKey(KEYS[0].at, 0.2, easing=easing)
    clip = _clip(first, KEYS[1])
    assert crop_at(clip, Time.from_seconds(2.5)).centre_x == pytest.approx(quarter)
    assert crop_at(clip, Time.from_seconds(3)).centre_x == pytest.approx(middle)
    assert crop_at(clip, Time.from_seconds(4)).centre_x == 0.8


def test_a_crop_is_held_inside_the_picture() -> None:
    width, height = crop_shares(Size(1920, 1080), 9 / 16, 2.0)
    assert (width, height) == pytest.approx((0.158, 0.5), abs=0.001)
    held = held_inside(FrameKey(Time(0), 0.0, 1.0, 2.0), width, height)
    assert (held.centre_x, held.centre_y) == (width / 2, 0.75)
