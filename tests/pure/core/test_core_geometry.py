"""Picture shapes and crops in whole pixels."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.geometry import Aspect, Resolution, Size, cover_crop, frame_size, preview_size


@pytest.mark.parametrize(
    ("aspect", "resolution", "size"),
    [
        ("9:16", "720p", "720x1280"),
        ("9:16", "1080p", "1080x1920"),
        ("4:5", "1080p", "1080x1350"),
        ("1:1", "1440p", "1440x1440"),
        ("16:9", "1080p", "1920x1080"),
        ("16:9", "2160p", "3840x2160"),
    ],
)
def test_export_sizes(aspect: str, resolution: str, size: str) -> None:
    assert str(frame_size(Aspect(aspect), Resolution(resolution).short_side_px)) == size


def test_preview_keeps_the_shape() -> None:
    assert preview_size(Aspect.VERTICAL, 540) == Size(540, 960)


@given(
    st.integers(2, 4000),
    st.integers(2, 4000),
    st.sampled_from([aspect.ratio for aspect in Aspect]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_crop_lies_inside_and_has_the_shape(w: int, h: int, ratio: Fraction, x: float, y: float) -> None:
    crop = cover_crop(Size(w, h), ratio, x, y)
    assert 0 <= crop.x <= w - crop.width
    assert 0 <= crop.y <= h - crop.height
    assert crop.width == w or crop.height == h
    assert abs(crop.width - crop.height * ratio) <= max(1, ratio)
