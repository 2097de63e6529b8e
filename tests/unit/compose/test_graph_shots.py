"""Shots in one graph: each frame is framed as its shot says, in film, still and window alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support.rendered import frames_of, plan_of

from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.picture_place import picture_windows
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Easing, FrameKey, Framing
from viralclip_desktop.domain.frame_plan import FrameShot, ShotMode
from viralclip_desktop.media.run import run_ffmpeg

SIZE = frame_size(Aspect.VERTICAL, 180)
RED, GREEN, BLUE = 0, 1, 2


def thirds(path: Path) -> Path:
    """A film with a red, a green and a blue third, from the left to the right."""
    parts = ";".join(f"color={name}:s=214x360:r=25:d=8[{name}]" for name in ("red", "lime", "blue"))
    graph = f"{parts};[red][lime][blue]hstack=3,crop=640:360,format=yuv420p"
    run_ffmpeg(["-f", "lavfi", "-i", graph, "-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", str(path)])
    return path


def key(at_s: float, x: float, zoom: float = 1.0, easing: Easing = Easing.HOLD) -> FrameKey:
    return FrameKey(Time.from_seconds(at_s), x, 0.5, zoom, easing)


def shot(start_s: float, end_s: float, mode: ShotMode, *panels: tuple[FrameKey, ...]) -> FrameShot:
    return FrameShot(TimeRange.from_seconds(start_s, end_s), mode, "Because.", panels)


SHOTS = (
    shot(0, 2, ShotMode.CROP, (key(0, 1 / 6),)),
    shot(2, 3, ShotMode.CROP, (key(2, 5 / 6),)),
    shot(3, 4, ShotMode.SPLIT, (key(3, 1 / 6, 2.0),), (key(3, 5 / 6, 2.0),)),
    shot(4, 5, ShotMode.FIT),
    shot(5, 6, ShotMode.CROP, (key(5, 1 / 6, 1.0, Easing.LINEAR), key(6, 5 / 6))),
)


@pytest.fixture
def plan(tmp_path: Path) -> RenderPlan:
    film = thirds(tmp_path / "thirds.mp4")
    return plan_of(film, 0, 6, aspect=Aspect.VERTICAL, framing=Framing.AUTO, shots=SHOTS)


def main_colour(part: NDArray[np.uint8]) -> int:
    return int(part.reshape(-1, 3).mean(axis=0).argmax())


def halves(frame: NDArray[np.uint8]) -> tuple[int, int]:
    half = frame.shape[0] // 2
    return main_colour(frame[:half]), main_colour(frame[half:])


def test_each_frame_is_framed_as_its_shot_says(plan: RenderPlan) -> None:
    frames = frames_of(plan, SIZE)
    assert len(frames) == 150
    assert {halves(frame) for frame in frames[:50]} == {(RED, RED)}
    assert {halves(frame) for frame in frames[50:75]} == {(BLUE, BLUE)}
    assert {halves(frame) for frame in frames[75:100]} == {(RED, BLUE)}
    for frame in frames[100:125]:
        row = frame[SIZE.height // 2]
        assert [main_colour(part) for part in np.array_split(row, 3)] == [RED, GREEN, BLUE]
    assert [main_colour(frames[number]) for number in (125, 137, 149)] == [RED, GREEN, BLUE]


def test_a_window_shows_what_the_film_shows(plan: RenderPlan) -> None:
    whole = frames_of(plan, SIZE)
    for window in (Window(0, 1), Window(48, 53), Window(70, 130), Window(99, 101), Window(140, 150)):
        assert (frames_of(plan, SIZE, window) == whole[window.first : window.last]).all(), window


def test_halves_of_any_size_fill_the_frame(plan: RenderPlan) -> None:
    for size in (Size(270, 482), Size(202, 358), Size(180, 318)):
        (frame,) = frames_of(plan, size, Window(80, 81))
        assert halves(frame) == (RED, BLUE)


def test_a_slow_move_nearer_is_smooth(plan: RenderPlan) -> None:
    creep = shot(0, 6, ShotMode.CROP, (key(0, 1 / 3, 1.2, Easing.LINEAR), key(6, 1 / 3, 1.3)))
    frames = frames_of(replace(plan, shots=(creep,)), frame_size(Aspect.VERTICAL, 360))
    edge = (frames[:, :, :, GREEN].astype(float) > 128).sum(axis=2).mean(axis=1)
    assert np.abs(np.diff(edge)).max() <= 2, "the edge of a colour moves a pixel or two at a time"


def test_a_still_of_a_late_move_nearer_shows_what_the_film_shows(plan: RenderPlan) -> None:
    """A move begun at a still's time of 0 would lie far before its first key, and show more than there is."""
    still, creep = (
        shot(0, 3, ShotMode.SPLIT, (key(0, 1 / 6, 2.0),), (key(0, 5 / 6, 2.0),)),
        shot(3, 6, ShotMode.CROP, (key(3, 1 / 3, 1.2, Easing.LINEAR), key(6, 1 / 3, 1.3))),
    )
    late = replace(plan, shots=(still, creep))
    whole = frames_of(late, SIZE)
    for number in (80, 110, 149):
        assert (frames_of(late, SIZE, Window(number, number + 1)) == whole[number : number + 1]).all()


def test_where_the_picture_lies_is_told_for_both_halves(plan: RenderPlan) -> None:
    video = plan.recordings[0].info.video
    assert video is not None
    upper, lower = picture_windows(plan, video, SIZE, Time.from_seconds(3.5))
    assert (upper.top, upper.bottom, lower.bottom) == (0, lower.top, SIZE.height)
    for window, x in ((upper, 1 / 6), (lower, 5 / 6)):
        middle = window.place.left + x * window.place.width
        assert middle == pytest.approx(SIZE.width / 2, abs=1)
        assert window.place.top + window.place.height / 2 == pytest.approx(
            (window.top + window.bottom) / 2, abs=1
        )
    (whole,) = picture_windows(plan, video, SIZE, Time.from_seconds(4.5))
    assert whole.place.width == SIZE.width
