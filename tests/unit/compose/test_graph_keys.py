"""A moving crop: where it is at every frame, read off pictures whose brightness is the place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers, stored
from support.edited import span
from support.rendered import frames_of, luma, plan_of, playing

from viralclip_desktop.compose.expressions import Step, stepwise
from viralclip_desktop.compose.graph import Window, build
from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Easing, FrameKey, Framing, parts_of
from viralclip_desktop.domain.clip_time import to_source_time
from viralclip_desktop.domain.crop_path import crop_at, crop_shares, held_inside
from viralclip_desktop.domain.edits.cuts import outside
from viralclip_desktop.media.run import run_ffmpeg

SOURCE = Size(640, 360)
SIZE = frame_size(Aspect.VERTICAL, 180)
KEYS = (
    FrameKey(Time.from_seconds(1.5), 0.3, 0.5, 1.0, Easing.LINEAR),
    FrameKey(Time.from_seconds(2.5), 0.7, 0.4, 2.0, Easing.SMOOTH),
    FrameKey(Time.from_seconds(4.0), 0.5, 0.6, 1.5, Easing.HOLD),
    FrameKey(Time.from_seconds(4.5), 0.2, 0.2, 3.0),
)
CUTS = ((2.0, 2.2), (3.0, 3.5))


def ramp(path: Path, along: str) -> Path:
    """A film as bright as the place is far right (``X/W``) or down (``Y/H``)."""
    picture = f"nullsrc=s={SOURCE}:r=30:d=6,format=yuv420p,geq=lum='16+219*{along}':cb=128:cr=128"
    picture += ",setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    if not path.exists():
        run_ffmpeg(["-f", "lavfi", "-i", picture, "-qp", "0", "-preset", "ultrafast", "-g", "30", str(path)])
    return path


def keyed(film: Path, keys: tuple[FrameKey, ...] = KEYS) -> tuple[RenderPlan, Clip]:
    played = outside(span(1, 5), [span(*cut) for cut in CUTS])
    clip = replace(stored.clip(), parts=parts_of("asset_1", *played), frame_keys=keys)
    plan = playing(plan_of(film, 1, 5, aspect=Aspect.VERTICAL), *clip.kept)
    return replace(plan, moves=moves_of(clip)), clip


def wanted(clip: Clip, plan: RenderPlan, frame: int) -> tuple[FrameKey, float, float]:
    """The crop as the domain tells it: centre, width and height as shares."""
    key = crop_at(clip, to_source_time(clip, Time.from_frames(frame, plan.fps)))
    width, height = crop_shares(SOURCE, float(SIZE.ratio), key.zoom)
    return held_inside(key, width, height), width, height


@pytest.mark.parametrize("size", [SIZE, frame_size(Aspect.VERTICAL, 360)], ids=str)
def test_the_crop_is_where_the_keys_put_it(size: Size, tmp_path: Path) -> None:
    """Its middle to a pixel and a half of the source. What a crop that stands still shows tells how rounding
    darkens the picture; one step of brightness is three pixels across, which the mean evens out."""
    for along, axis in (("X/W", 1), ("Y/H", 0)):
        plan, clip = keyed(ramp(tmp_path / f"ramp{axis}.mp4", along))
        still = luma(frames_of(replace(plan, moves=()), size, Window(0, 1))[0]).mean() / 255 - 0.5
        frames = frames_of(plan, size)
        assert len(frames) == plan.frame_count == 99
        for number in range(0, 99, 7):
            key, width, height = wanted(clip, plan, number)
            line = luma(frames[number]).mean(axis=1 - axis) / 255 - still
            middle, share = (key.centre_x, width) if axis else (key.centre_y, height)
            pixels = SOURCE.width if axis else SOURCE.height
            assert abs(line.mean() - middle) * pixels < 1.5, (number, along)
            slope = np.polyfit(np.arange(len(line)) / len(line), line, 1)[0]
            assert slope == pytest.approx(share, rel=0.02), (number, along)


def test_a_still_shows_what_the_film_shows_there(tmp_path: Path) -> None:
    plan, _ = keyed(makers.make_video(tmp_path / "film.mp4", 6.0, str(SOURCE), "30"))
    frames = frames_of(plan, SIZE)
    for number in (0, 16, 29, 31, 45, 77, 98):
        still = frames_of(plan, SIZE, Window(number, number + 1))[0]
        assert np.abs(still.astype(int) - frames[number]).max() <= 2


def test_a_slow_move_does_not_jump(tmp_path: Path) -> None:
    """A pan of ten source pixels in two seconds: no step is more than a pixel of the picture."""
    keys = (FrameKey(Time.from_seconds(1), 0.5, easing=Easing.LINEAR), FrameKey(Time.from_seconds(4.7), 0.52))
    plan, _ = keyed(ramp(tmp_path / "ramp.mp4", "X/W"), keys)
    size = frame_size(Aspect.VERTICAL, 720)
    middle = luma(frames_of(plan, size, Window(0, 12))[:, 600]).mean(axis=1) * SOURCE.width / 255
    steps = np.diff(middle) * size.height / SOURCE.height  # in pixels of the clip
    assert np.abs(steps).max() < 2.0
    assert middle[-1] > middle[0]


def test_two_thousand_keys(tmp_path: Path) -> None:
    keys = tuple(
        FrameKey(
            Time.from_seconds(1 + n * 0.002), 0.3 + 0.4 * (n % 7) / 7, 0.5, 1 + (n % 5) / 5, Easing.SMOOTH
        )
        for n in range(2000)
    )
    plan, clip = keyed(ramp(tmp_path / "ramp.mp4", "X/W"), keys)
    graph = build(plan, SIZE, Window(60, 62), audio=False, pixels="gray")
    script = tmp_path / "graph.txt"
    script.write_text(graph.script, encoding="utf-8")
    blocks: list[bytes] = []
    args = [*graph.inputs, "-/filter_complex", str(script), "-map", str(graph.video)]
    run_ffmpeg([*args, "-f", "rawvideo", "pipe:1"], stdout=blocks.append)
    line = np.frombuffer(b"".join(blocks), np.uint8).reshape(2, SIZE.height, SIZE.width)[1].mean(axis=0) / 255
    assert line.mean() == pytest.approx(wanted(clip, plan, 61)[0].centre_x, abs=0.02)


def test_one_key_is_a_still_crop_with_zoom_and_height(tmp_path: Path) -> None:
    plan, _ = keyed(ramp(tmp_path / "ramp.mp4", "Y/H"), (FrameKey(Time.from_seconds(2), 0.5, 0.25, 2.0),))
    line = luma(frames_of(plan, SIZE, Window(3, 4))[0]).mean(axis=1) / 255
    assert (line[0], line[-1]) == (pytest.approx(0.0, abs=0.02), pytest.approx(0.5, abs=0.02))


def test_keys_mean_nothing_where_all_of_the_picture_is_shown(tmp_path: Path) -> None:
    plan, _ = keyed(makers.make_video(tmp_path / "film.mp4", 6.0, str(SOURCE), "30"))
    fitted = replace(plan, framing=Framing.FIT)
    here = frames_of(fitted, SIZE, Window(5, 6))
    assert (here == frames_of(replace(fitted, moves=()), SIZE, Window(5, 6))).all()


def test_cuts_take_their_part_of_a_move_out() -> None:
    clip = replace(stored.clip(), parts=stored.ranges((0, 4), (6, 10)))
    keys = (FrameKey(Time.from_seconds(0), 0.2), FrameKey(Time.from_seconds(10), 0.8))
    moves = moves_of(replace(clip, frame_keys=keys))
    assert [(m.until.seconds, m.one.at.seconds, m.other.at.seconds) for m in moves] == [
        (4, 0, 10),
        (8, -2, 8),
    ]
    assert moves_of(clip) == ()


def test_steps_become_a_balanced_tree() -> None:
    text = stepwise([Step(str(n), f"v{n}") for n in range(1, 9)], "n")
    assert text.startswith("if(lt(n,4),if(lt(n,2),if(lt(n,1),v1,v2)")
    assert max(text[:at].count("(") - text[:at].count(")") for at in range(len(text))) == 4
