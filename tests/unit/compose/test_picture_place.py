"""Where the picture lies in the frame: told by pixels of what the graph renders."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers, stored
from support.rendered import frames_of, plan_of, playing

from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.compose.picture_place import picture_place
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Easing, FrameKey, Framing

# A blue box on a plain picture: its left, top, right and bottom as shares.
BOX = (0.40, 0.30, 0.55, 0.60)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("place") / "box.mp4"
    left, top, right, bottom = BOX
    box = f"drawbox=x=iw*{left}:y=ih*{top}:w=iw*{right - left}:h=ih*{bottom - top}:color=blue:t=fill"
    filters = f"lutyuv=y=200:u=128:v=128,{box}"
    return makers.make_video(path, 4.0, "640x360", audio=None, extra=("-vf", filters))


def shown(plan: RenderPlan, at_s: float) -> tuple[float, float, float, float]:
    """The blue box's edges in the frame at a time, in pixels."""
    size = frame_size(plan.aspect, 360)
    frame = frames_of(plan, size)[round(at_s * float(plan.fps))].astype(int)
    blue = (frame[..., 2] > 200) & (frame[..., 0] < 90)
    rows, columns = np.flatnonzero(blue.any(axis=1)), np.flatnonzero(blue.any(axis=0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def told(plan: RenderPlan, at_s: float) -> tuple[float, float, float, float]:
    size = frame_size(plan.aspect, 360)
    video = plan.video_at(ZERO)
    assert video is not None
    place = picture_place(plan, video, size, Time.from_seconds(at_s))
    left, right = (min(size.width, max(0, place.left + place.width * x)) for x in (BOX[0], BOX[2]))
    top, bottom = (min(size.height, max(0, place.top + place.height * y)) for y in (BOX[1], BOX[3]))
    return left, top, right, bottom


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("framing", list(Framing))
@pytest.mark.parametrize("centre", [0.5, 0.3])
def test_a_crop_and_a_fitted_picture(film: Path, aspect: Aspect, framing: Framing, centre: float) -> None:
    plan = plan_of(film, 0, 0.2, aspect=aspect, framing=framing, centre_x=centre)
    assert told(plan, 0) == pytest.approx(shown(plan, 0), abs=3)


@pytest.mark.parametrize("easing", list(Easing))
def test_a_moving_and_zooming_crop(film: Path, easing: Easing) -> None:
    keys = (
        FrameKey(Time.from_seconds(0.5), 0.3, 0.5, 1.0, easing),
        FrameKey(Time.from_seconds(2.5), 0.55, 0.4, 1.5, easing),
    )
    clip = replace(stored.clip(), parts=stored.ranges((0, 1), (1.4, 4)), frame_keys=keys)
    plan = playing(plan_of(film, 0, 4, moves=moves_of(clip), aspect=Aspect.VERTICAL), *clip.kept)
    for at_s in (0.0, 0.8, 1.2, 1.8, 3.0):
        assert told(plan, at_s) == pytest.approx(shown(plan, at_s), abs=5), at_s
