"""Clips of several recordings, cards and stills: the right picture at the right time, its sound with it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support import stored
from support.edited import s, span
from support.rendered import (
    RATE_HZ,
    clicks,
    frames_of,
    luma,
    luma_of,
    make_numbered,
    numbers,
    rgb_of,
    samples_of,
    sound_of,
    ssim,
)

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.footage import Footage
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.domain.edits import parts
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.domain.media import Source
from viralclip_desktop.media import encoders
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.preview import PreviewStream, PreviewVideo
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import render_export, render_frame
from viralclip_desktop.media.run import run_ffmpeg

SIZE = Size(320, 180)
LARGER = ("-vf", "scale=640:360:flags=neighbor")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="module")
def sources(folder: Path) -> tuple[Source, Source]:
    """Two numbered films with clicks at whole seconds, of two sizes and rates."""
    home = make_numbered(folder / "home.mp4", 8.0, "30")
    other = make_numbered(folder / "other.mp4", 6.0, "25", LARGER)
    return (
        stored.source(path=str(home), info=probe(home)),
        stored.source("src_2", path=str(other), info=probe(other)),
    )


def planned(sources: tuple[Source, Source], *played: Part, **changes: object) -> RenderPlan:
    clip: Clip = replace(stored.clip(), parts=played, aspect=Aspect.WIDE, **changes)  # type: ignore[arg-type]
    red = sources[0].path.replace("home.mp4", "red.png")
    assets = {}
    if Path(red).exists():
        assets["red"] = Asset("red", AssetKind.PICTURE, red, info=examine(Path(red)))
    plan = plan_clip(sources[0], None, clip, None, others=[Footage(sources[1])], assets=assets)
    return replace(plan, fade_in=ZERO, fade_out=ZERO)


def home(start_s: float, end_s: float, speed: Fraction = Fraction(1)) -> Part:
    return Part("asset_1", span(start_s, end_s), speed)


def other(start_s: float, end_s: float, speed: Fraction = Fraction(1)) -> Part:
    return Part("asset_2", span(start_s, end_s), speed)


def shown_by_other(start: int, count: int, speed: Fraction = Fraction(1)) -> list[int]:
    """The frames of 25 a second that are on screen at 30."""
    return [start + int(Fraction(k * 25, 30) * speed) for k in range(count)]


def test_each_part_shows_its_own_recording(sources: tuple[Source, Source]) -> None:
    plan = planned(sources, home(0.5, 1.5), other(2.6, 4.6), home(6.5, 7.5))
    expected = [*range(15, 45), *shown_by_other(65, 60), *range(195, 225)]
    assert plan.fps == 30, "that of the home recording"
    assert numbers(frames_of(plan, SIZE)) == expected
    for first, last in ((28, 34), (88, 93), (40, 41)):
        assert numbers(frames_of(plan, SIZE, Window(first, last))) == expected[first:last]


def test_its_sound_lies_where_its_picture_does(sources: tuple[Source, Source]) -> None:
    plan = planned(sources, home(0.5, 1.5), other(2.6, 4.6), home(6.5, 7.5))
    heard = samples_of(plan)
    assert len(heard) == plan.duration.samples(RATE_HZ)
    assert clicks(heard, 0.1) == pytest.approx([0.5, 1.4, 2.4, 3.5], abs=0.004)
    later = samples_of(plan, Window(45, 120))
    assert clicks(later, 0.1) == pytest.approx([0.9, 2.0], abs=0.004)


def test_a_faster_part_shows_every_frame_in_its_turn_and_clicks_with_it(
    sources: tuple[Source, Source],
) -> None:
    fast = Fraction(3, 2)
    plan = planned(sources, home(0.5, 1.5), other(2.6, 4.6, fast), home(6.5, 7.5))
    shown = shown_by_other(65, 40, fast)
    assert plan.frame_count == 30 + 40 + 30
    assert numbers(frames_of(plan, SIZE)) == [*range(15, 45), *shown, *range(195, 225)]
    assert numbers(frames_of(plan, SIZE, Window(50, 60))) == shown[20:30]
    heard = samples_of(plan)
    assert len(heard) == plan.duration.samples(RATE_HZ)
    expected = [0.5, 1 + 0.4 / 1.5, 1 + 1.4 / 1.5, 1 + 4 / 3 + 0.5]
    assert clicks(heard, 0.1) == pytest.approx(expected, abs=0.02)


def test_a_slower_part_lasts_longer(sources: tuple[Source, Source]) -> None:
    plan = planned(sources, home(0.5, 1.5, Fraction(1, 2)))
    assert numbers(frames_of(plan, SIZE)) == [15 + k // 2 for k in range(60)]
    assert clicks(samples_of(plan), 0.1) == pytest.approx([1.0], abs=0.05)


def test_fast_parts_of_one_recording_share_an_input(sources: tuple[Source, Source]) -> None:
    fast = Fraction(2)
    plan = planned(sources, home(0.5, 1.5, fast), home(2.5, 3.5, fast), home(4.5, 5.5, fast))
    expected = [first + 2 * k for first in (15, 75, 135) for k in range(15)]
    assert numbers(frames_of(plan, SIZE)) == expected
    assert numbers(frames_of(plan, SIZE, Window(20, 40))) == expected[20:40]
    assert len(samples_of(plan)) == plan.duration.samples(RATE_HZ)


@pytest.fixture(scope="module")
def assembled(sources: tuple[Source, Source], folder: Path) -> RenderPlan:
    """A second of the recording, a card of a second, a red still of half a second, a second of another."""
    red = folder / "red.png"
    run_ffmpeg(["-f", "lavfi", "-i", "color=c=red:s=400x400,format=rgb24", "-frames:v", "1", str(red)])
    card = parts.card("Later that day", s(1))
    title = TitleLayer("title", "Chapter 2", span(2.5, 3.5), y=0.2, size=0.15, outline="#00000000")
    return planned(
        sources, home(0.5, 1.5), card, parts.still("red", s(0.5)), other(2.6, 3.6), layers=(title,)
    )


def still(plan: RenderPlan, frame: int, folder: Path) -> np.ndarray:
    pixels = render_frame(plan, SIZE, Time.from_frames(frame, plan.fps), folder / "work")
    return np.frombuffer(pixels, np.uint8).reshape(SIZE.height, SIZE.width, 3)


def test_a_card_a_still_and_a_title_are_in_the_picture(assembled: RenderPlan, folder: Path) -> None:
    assert assembled.frame_count == 30 + 30 + 15 + 30
    for frame in (30, 45, 59):
        card = still(assembled, frame, folder).astype(int)
        assert np.abs(card[5, 5] - [0x10, 0x14, 0x18]).max() <= 3, frame
        text = card.min(axis=2) > 180
        assert 0.004 < text.mean() < 0.3, frame
        rows, columns = np.nonzero(text)
        assert abs(rows.mean() - 90) < 10, frame
        assert abs(columns.mean() - 160) < 10, frame
    assert numbers(still(assembled, 29, folder)[None]) == [44]
    red = still(assembled, 62, folder).astype(int)
    assert np.abs(red - [255, 0, 0]).max() < 12
    assert numbers(still(assembled, 80, folder)[None]) == [65 + 4], "the title is above the middle"
    titled, bare = still(assembled, 80, folder), still(replace(assembled, titles=()), 80, folder)
    changed = np.abs(titled.astype(int) - bare).max(axis=2) > 60
    assert changed[:70].any()
    assert not changed[80:].any()


def test_nothing_is_heard_of_cards_and_stills(assembled: RenderPlan) -> None:
    heard = samples_of(assembled)
    assert len(heard) == assembled.duration.samples(RATE_HZ)
    assert clicks(heard, 0.1) == pytest.approx([0.5, 2.9], abs=0.004)
    assert np.abs(heard[round(1.02 * RATE_HZ) : round(2.48 * RATE_HZ)]).max() == 0


def test_the_file_holds_all_of_it(assembled: RenderPlan, folder: Path) -> None:
    out = folder / "out.mp4"
    report = render_export(assembled, SIZE, out, encoders.named(encoders.FALLBACK), folder / "work").report
    assert report.frames == assembled.frame_count == len(luma_of(out, SIZE))
    frames = [0, 29, 30, 45, 59, 60, 74, 75, 80, 104]
    for frame, shown in zip(frames, rgb_of(out, SIZE, frames), strict=True):
        assert ssim(luma(still(assembled, frame, folder)), luma(shown)) >= 0.95, frame
    assert clicks(sound_of(out), 0.1) == pytest.approx([0.5, 2.9], abs=0.01)


def test_playing_shows_the_same_frames(assembled: RenderPlan, folder: Path) -> None:
    with PreviewStream(assembled, SIZE, Time.from_frames(25, assembled.fps), folder / "work") as stream:
        shown = [item for item in stream if isinstance(item, PreviewVideo)]
    assert len(shown) == assembled.frame_count - 25
    for frame in (29, 30, 59, 60, 75, 90):
        pixels = np.frombuffer(shown[frame - 25].pixels, np.uint8).reshape(SIZE.height, SIZE.width, 4)
        assert np.abs(pixels[..., 2::-1].astype(int) - still(assembled, frame, folder)).max() <= 3, frame
