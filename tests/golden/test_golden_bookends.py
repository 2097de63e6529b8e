"""The preview holds what the file holds: intro, clip and outro, with the same pictures and the same sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import RATE_HZ, luma, plan_of, rgb_of, sound_of, ssim

from viralclip_desktop.compose.graph import build
from viralclip_desktop.compose.plan import Bookend, RenderPlan
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.media import encoders
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.loudness import measured
from viralclip_desktop.media.preview import PreviewAudio, PreviewStream, PreviewVideo
from viralclip_desktop.media.render import frame_at, render_export, render_frame

SIZE = frame_size(Aspect.VERTICAL, 270)
INTRO, OUTRO = 30, 21
LEAST_SSIM = 0.97


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bookends")


@pytest.fixture(scope="module")
def plan(folder: Path) -> RenderPlan:
    """A clip of three seconds at 30 frames a second between films of other rates and shapes."""
    soft = ("-vf", "gblur=sigma=2", "-bf", "2")
    film = makers.make_video(folder / "film.mp4", 6.0, "640x360", "30", audio="noise", gop=60, extra=soft)
    intro = makers.make_video(folder / "intro.mp4", 1.0, "320x320", "25", gop=25, extra=soft)
    outro = makers.make_video(folder / "outro.mp4", 0.7, "180x320", "30", audio=None, extra=soft)
    ends = (Bookend(str(path), examine(path)) for path in (intro, outro))
    plan = replace(plan_of(film, 1.3, 4.3, aspect=Aspect.VERTICAL), fade_out=Time.from_seconds(0.25))
    plan = replace(plan, **dict(zip(("intro", "outro"), ends, strict=True)))  # type: ignore[arg-type]
    return measured(plan, folder / "work", folder / "work" / "loudness")


@pytest.fixture(scope="module")
def exported(plan: RenderPlan, folder: Path) -> Path:
    out = folder / "out.mp4"
    render_export(plan, SIZE, out, encoders.named(encoders.FALLBACK), folder / "work")
    return out


def still(plan: RenderPlan, frame: int, folder: Path, size: Size = SIZE) -> np.ndarray:
    pixels = render_frame(plan, size, Time.from_frames(frame, plan.fps), folder / "work")
    return np.frombuffer(pixels, np.uint8).reshape(size.height, size.width, 3)


def test_clip_time_runs_from_the_intro_to_the_outro(plan: RenderPlan) -> None:
    assert plan.file_frames == INTRO + 90 + OUTRO
    assert plan.file_range.start == Time.from_seconds(-1)
    assert plan.file_range.end == Time.from_seconds(3) + Time.from_frames(OUTRO, plan.fps)
    far = Time.from_seconds(60)
    assert (frame_at(plan, -far), frame_at(plan, far)) == (-INTRO, 90 + OUTRO - 1)


@pytest.mark.parametrize("frame", [-30, -17, -1, 0, 45, 89, 90, 101, 110])
def test_a_still_is_the_frame_of_the_file(plan: RenderPlan, exported: Path, folder: Path, frame: int) -> None:
    [shown] = rgb_of(exported, SIZE, [frame + INTRO])
    found = still(plan, frame, folder)
    assert ssim(luma(found), luma(shown)) >= LEAST_SSIM
    assert np.abs(found.astype(float).mean() - shown.astype(float).mean()) < 1.5, "colours differ"


def test_intro_clip_and_outro_look_different(plan: RenderPlan, folder: Path) -> None:
    """Else the comparison above would prove nothing."""
    intro, clip, outro = (luma(still(plan, frame, folder)) for frame in (-1, 0, 95))
    assert ssim(intro, clip) < 0.8
    assert ssim(clip, outro) < 0.8


@pytest.mark.parametrize("start", [-30, -11, 60, 97])
def test_playing_shows_and_sounds_like_the_file(
    plan: RenderPlan, exported: Path, folder: Path, start: int
) -> None:
    with PreviewStream(plan, SIZE, Time.from_frames(start, plan.fps), folder / "work") as stream:
        items = list(stream)
    frames = [item for item in items if isinstance(item, PreviewVideo)]
    assert [frame.time for frame in frames] == [
        Time.from_frames(number, plan.fps) for number in range(start, 90 + OUTRO)
    ]
    for number in (start, 91, 110):
        pixels = np.frombuffer(frames[max(0, number - start)].pixels, np.uint8)
        shown = pixels.reshape(SIZE.height, SIZE.width, 4)[..., 2::-1].astype(int)
        assert np.abs(shown - still(plan, max(start, number), folder)).max() <= 3
    sound = [item for item in items if isinstance(item, PreviewAudio)]
    played = np.frombuffer(b"".join(item.samples for item in sound), np.int16).reshape(-1, 2) / 32768
    wanted = sound_of(exported)[(start + INTRO) * RATE_HZ // 30 :]
    assert abs(len(played) - (90 + OUTRO - start) * RATE_HZ // 30) <= 1
    assert np.abs(loudness_of(played) - loudness_of(wanted)[: len(loudness_of(played))]).max() < 0.02


def loudness_of(samples: np.ndarray) -> np.ndarray:
    """The level in tenths of a second, but the first: a limiter needs a moment."""
    blocks = samples[: len(samples) // 4800 * 4800, 0].reshape(-1, 4800)
    return np.sqrt((blocks.astype(float) ** 2).mean(axis=1))[1:]


def test_the_clip_alone_has_neither(plan: RenderPlan) -> None:
    assert "intro" not in build(plan, SIZE).inputs
    assert not any("tro.mp4" in part for part in build(plan, SIZE).inputs)
