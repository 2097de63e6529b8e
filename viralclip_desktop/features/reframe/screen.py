"""A screen with a small camera picture in a corner: lessons, games, demonstrations."""

from __future__ import annotations

import numpy as np

from viralclip_desktop.domain.sight import GRID_COLUMNS, GRID_ROWS
from viralclip_desktop.features.reframe.scenes import Scene

_SMALL = 0.24  # of the picture's height: a face in a camera picture is smaller
_OUTER = 0.27  # the middle of its face lies this near to the left or the right edge
_UPPER, _LOWER = 0.36, 0.6  # and above or below these
_STEADY = 0.04  # of the picture: it doesn't wander
_STILL = 2.0  # of 255: a screen changes in jumps, and stands still in between
_WRITTEN = 6.0  # of 255: letters and lines differ from pixel to pixel, walls and skies don't
_SCREEN_SHARE = 0.5  # of the parts away from the face are still most of the time
_WRITTEN_SHARE = 0.25


def camera_on_a_screen(scene: Scene) -> int | None:
    """The number of the person whose face is the small camera picture of a screen; None if it is no
    screen."""
    if len(scene.persons) != 1:
        return None
    person = scene.persons[0]
    box = person.box(0, scene.count)
    if box is None or box.bottom - box.top > _SMALL:
        return None
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    in_a_corner = min(x, 1 - x) < _OUTER and (y < _UPPER or y > _LOWER)
    wanders = float(np.nanstd(person.x)) > _STEADY
    return 0 if in_a_corner and not wanders and _is_a_screen(scene, x, y) else None


def _is_a_screen(scene: Scene, x: float, y: float) -> bool:
    grids = [look.grid for look in scene.looks if look.grid]
    if not grids:
        return False
    moved, detail = np.array(grids, float).reshape(len(grids), 2, GRID_ROWS, GRID_COLUMNS).swapaxes(0, 1)
    rows, columns = np.mgrid[0:GRID_ROWS, 0:GRID_COLUMNS]
    far = (np.abs((columns + 0.5) / GRID_COLUMNS - x) > 0.2) | (np.abs((rows + 0.5) / GRID_ROWS - y) > 0.3)
    still = np.median(moved, axis=0)[far] < _STILL
    written = np.median(detail, axis=0)[far] > _WRITTEN
    return bool(still.mean() > _SCREEN_SHARE and written.mean() > _WRITTEN_SHARE)
