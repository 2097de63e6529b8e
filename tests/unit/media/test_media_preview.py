"""Playing: the stream's frames are the exact frames, its sound is in step, and it ends when told."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import NUMBERED, RATE_HZ, clicks, make_numbered, numbers, plan_of

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media.preview import PreviewAudio, PreviewStream, PreviewVideo
from viralclip_desktop.media.render import render_frame


def play(
    plan: RenderPlan, size: Size, start: Time, work: Path
) -> tuple[list[PreviewVideo], list[PreviewAudio]]:
    with PreviewStream(plan, size, start, work) as stream:
        items = list(stream)
    frames = [item for item in items if isinstance(item, PreviewVideo)]
    return frames, [item for item in items if isinstance(item, PreviewAudio)]


def as_picture(frame: PreviewVideo) -> np.ndarray:
    return np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 4)


@pytest.mark.parametrize("fps", [Fraction(30), Fraction(30000, 1001)])
@pytest.mark.parametrize("start_frame", [0, 47])
def test_frames_and_sound_from_any_point(fps: Fraction, start_frame: int, tmp_path: Path) -> None:
    plan = plan_of(make_numbered(tmp_path / "film.mp4"), 2.5, 6.5, fps=fps)
    start = Time.from_frames(start_frame, fps)
    frames, sound = play(plan, NUMBERED, start, tmp_path / "work")
    assert [frame.time for frame in frames] == [
        Time.from_frames(number, fps) for number in range(start_frame, plan.frame_count)
    ]
    shown = numbers(np.stack([as_picture(frame) for frame in frames]))
    assert shown[0] == 75 + int(start.seconds * 30 + 1e-6)
    assert shown[-1] == 75 + int((plan.duration.seconds - 1 / 30) * 30 + 0.01)
    samples = np.frombuffer(b"".join(block.samples for block in sound), np.int16).reshape(-1, 2)
    assert sound[0].time == Time.from_samples(start.samples(RATE_HZ), RATE_HZ)
    assert len(samples) == plan.duration.samples(RATE_HZ) - start.samples(RATE_HZ)
    heard = clicks(samples.astype(np.float32) / 32768)
    expected = [at - start.seconds for at in (0.5, 1.5, 2.5, 3.5) if at > start.seconds]
    assert heard == pytest.approx(expected, abs=0.003)
    for block, following in pairwise(sound):
        assert following.time == block.time + Time.from_samples(len(block.samples) // 4, RATE_HZ)


@pytest.mark.parametrize("aspect", [Aspect.VERTICAL, Aspect.SQUARE])
def test_a_playing_frame_is_the_exact_frame(aspect: Aspect, tmp_path: Path) -> None:
    words = tuple(
        Word(text, Time.from_seconds(n * 0.3), Time.from_seconds(n * 0.3 + 0.28))
        for n, text in enumerate(["what", "you", "see", "is", "what", "you", "get"])
    )
    plan = plan_of(makers.make_video(tmp_path / "film.mp4", 4.0), 0.5, 3.0, aspect=aspect)
    plan = replace(plan, words=words, style=caption_styles()["karaoke"])
    size = frame_size(aspect, 270)
    frames, _ = play(plan, size, Time.from_seconds(0.4), tmp_path / "work")
    for frame in (frames[0], frames[20], frames[-1]):
        still = np.frombuffer(render_frame(plan, size, frame.time, tmp_path / "work"), np.uint8)
        picture = as_picture(frame)
        assert (picture[..., 3] == 255).all()
        assert np.array_equal(picture[..., 2::-1].reshape(-1), still)


def test_pictures_and_sound_come_together(tmp_path: Path) -> None:
    """Neither runs ahead by more than a moment, or a player would have to keep much of it."""
    plan = plan_of(make_numbered(tmp_path / "film.mp4"), 1.0, 9.0)
    pictured = heard = Time(0)
    with PreviewStream(plan, NUMBERED, Time(0), tmp_path / "work") as stream:
        for item in stream:
            if isinstance(item, PreviewVideo):
                pictured = item.time
            else:
                heard = item.time
            assert abs((pictured - heard).seconds) < 1.0


def test_closing_from_another_thread_ends_it(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4", 20.0, "640x360"), 0, 20)
    stream = PreviewStream(plan, frame_size(Aspect.WIDE, 720), Time(0), tmp_path / "work")
    seen = 0
    for seen, _ in enumerate(stream, start=1):
        if seen == 5:
            closing = threading.Thread(target=stream.close)
            closing.start()
            closing.join()
        assert seen < 60, "went on after it was closed"
    assert seen >= 5
    stream.close()


def test_leaving_it_unread_and_closing_leaves_no_process(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4", 4.0), 0, 4)
    with PreviewStream(plan, Size(640, 360), Time(0), tmp_path / "work") as stream:
        process = stream._process
    assert process.poll() is not None


def test_a_source_that_vanished_is_told(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    plan = plan_of(film, 0, 2)
    film.unlink()
    with pytest.raises(Fault), PreviewStream(plan, NUMBERED, Time(0), tmp_path / "work") as stream:
        list(stream)


def test_sound_alone_plays(tmp_path: Path) -> None:
    plan = plan_of(makers.make_sound(tmp_path / "talk.flac", 3.0, "noise"), 0.5, 2.5, aspect=Aspect.VERTICAL)
    frames, sound = play(plan, frame_size(Aspect.VERTICAL, 180), Time.from_seconds(1), tmp_path / "work")
    assert len(frames) == 30
    assert sum(len(block.samples) for block in sound) == RATE_HZ * 4
