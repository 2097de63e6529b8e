"""Small pictures for the networks: exact where they can be, and never shifted."""

from __future__ import annotations

import numpy as np
import pytest

from viralclip_desktop.engines.vision.pixels import letterbox, square


def slope(width: int, height: int) -> np.ndarray:
    """Red grows with x, green with y, blue stays."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 255 / width, y * 255 / height, np.full_like(x, 77)], axis=-1).astype(np.uint8)


@pytest.mark.parametrize("side", [30.0, 96.0, 150.5])
def test_a_square_shows_what_lies_there(side: float) -> None:
    picture = slope(300, 200)
    red, green, blue = square(picture, 120.5, 90.25, side, 96)
    assert red.shape == (96, 96)
    assert red[:, 48].mean() == pytest.approx(120.5 * 255 / 300, abs=1.5)
    assert green[48].mean() == pytest.approx(90.25 * 255 / 200, abs=1.5)
    assert np.diff(red.mean(axis=0)).mean() == pytest.approx(side / 96 * 255 / 300, rel=0.05)
    assert blue == pytest.approx(np.full((96, 96), 77), abs=0.01)


def test_outside_a_picture_its_edge_goes_on() -> None:
    red, _, _ = square(slope(300, 200), 0, 100, 80, 40)
    assert red[:, :19].max() <= 1.0


@pytest.mark.parametrize("size", [(640, 360), (641, 363), (360, 640), (200, 120)])
def test_a_letterbox_holds_all_of_it_in_its_shape(size: tuple[int, int]) -> None:
    width, height = size
    planes, across, down = letterbox(slope(width, height), 192, 192, 127.5)
    wide, tall = round(across * 192), round(down * 192)
    assert max(across, down) == 1.0
    assert across / down == pytest.approx(width / height, rel=0.01)
    middles = (np.arange(wide) + 0.5) / wide * 255
    assert planes[0, :tall, :wide].mean(axis=0)[2:-2] == pytest.approx(middles[2:-2], abs=2.5)
    middles = (np.arange(tall) + 0.5) / tall * 255
    assert planes[1, :tall, :wide].mean(axis=1)[2:-2] == pytest.approx(middles[2:-2], abs=2.5)
    assert np.all(planes[:, tall:] == 127.5)
    assert np.all(planes[:, :, wide:] == 127.5)
