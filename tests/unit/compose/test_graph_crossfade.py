"""What is heard where tightening cut: the room goes over from one side to the other, nothing clicks, nothing
drifts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import stored
from support.edited import span
from support.rendered import RATE_HZ, samples_of
from support.speech import write_wav

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.parts import runs, whole
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import TICKS_PER_SECOND, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.edits.tightening import tighten
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.tightening import CutKind, TightCut, crossfade
from viralclip_desktop.media.probe import probe


def noise(path: Path, *levels: tuple[float, float]) -> Source:
    """A recording of noise at some levels: seconds and amplitude."""
    rng = np.random.default_rng(3)
    parts = [rng.normal(0, level, round(seconds * 16_000)) for seconds, level in levels]
    write_wav(path, np.concatenate(parts) * 32767)
    return stored.source(path=str(path), info=probe(path))


def tight(source: Source, end_s: float, *cuts: tuple[float, float]) -> Clip:
    plain = replace(stored.clip(), parts=parts_of("asset_1", span(0, end_s)))
    return tighten(plain, [TightCut("asset_1", span(*cut), CutKind.SILENCE) for cut in cuts])


def plan(source: Source, clip: Clip) -> RenderPlan:
    made = plan_clip(source, None, clip, None)
    return replace(made, fade_in=Time(0), fade_out=Time(0))


def rms_db(samples: NDArray[np.float32], at_s: float, seconds: float = 0.01) -> float:
    part = samples[round(at_s * RATE_HZ) : round((at_s + seconds) * RATE_HZ)]
    return float(10 * np.log10(np.mean(part**2)))


@pytest.mark.parametrize(("seconds", "fade_ms"), [(0.1, 50), (0.5, 75), (4.0, 120)])
def test_how_long_it_is(seconds: float, fade_ms: int) -> None:
    assert crossfade(span(1, 1 + seconds)).seconds * 1000 == pytest.approx(fade_ms)


def test_a_step_in_the_rooms_noise_becomes_a_slope(tmp_path: Path) -> None:
    source = noise(tmp_path / "room.wav", (3, 0.1), (3, 0.01))
    heard = samples_of(plan(source, tight(source, 6, (2.5, 3.5))))
    by_hand = samples_of(plan(source, replace(tight(source, 6, (2.5, 3.5)), tightened=())))
    assert len(heard) == len(by_hand) == 5 * RATE_HZ
    levels = [rms_db(heard, 2.5 + offset / 1000) for offset in range(-70, 70, 10)]
    assert levels[0] - levels[-1] == pytest.approx(20, abs=3)
    assert max(a - b for a, b in pairwise(levels[2:-3])) < 6
    assert rms_db(by_hand, 2.48) - rms_db(by_hand, 2.51) > 15


def test_between_rooms_alike_the_level_stays(tmp_path: Path) -> None:
    source = noise(tmp_path / "room.wav", (6, 0.03))
    heard = samples_of(plan(source, tight(source, 6, (2.5, 3.5))))
    assert rms_db(heard, 2.45, 0.1) == pytest.approx(rms_db(heard, 1, 1.0), abs=1.5)


def test_a_window_hears_what_the_whole_does(tmp_path: Path) -> None:
    source = noise(tmp_path / "room.wav", (6, 0.03))
    made = plan(source, tight(source, 6, (1.5, 2.0), (3.5, 4.0)))
    heard = samples_of(made)
    part = samples_of(made, Window(30, 120))
    first = round(30 * RATE_HZ / 30)
    assert np.abs(part - heard[first : first + len(part)]).max() < 1e-3


def test_pieces_shorter_than_the_crossfade(tmp_path: Path) -> None:
    source = noise(tmp_path / "room.wav", (6, 0.03))
    clip = tight(source, 6, (1.0, 2.0), (2.05, 3.0), (3.034, 4.0))
    assert len(samples_of(plan(source, clip))) == pytest.approx(clip.duration.seconds * RATE_HZ, abs=1700)


def test_three_hundred_cuts_drift_by_less_than_a_frame() -> None:
    fps = Fraction(30000, 1001)
    length = Time.from_frames(30 * 700, fps)
    info = replace(stored.media_info(), duration=length)
    source = stored.source(info=info)
    frames = [(60 * number + 31, 60 * number + 31 + 7 + number % 9) for number in range(300)]
    cuts = [
        TightCut("asset_1", TimeRange(Time.from_frames(a, fps), Time.from_frames(b, fps)), CutKind.FILLER)
        for a, b in frames
    ]
    clip = tighten(replace(stored.clip(), parts=parts_of("asset_1", TimeRange(Time(0), length))), cuts)
    assert len(clip.parts) == 301
    made = plan(source, clip)
    shown = 0
    for run in runs(made, whole(made)):
        for part in run.parts:
            apart = abs((part.heard - part.start).ticks) / TICKS_PER_SECOND
            assert apart * fps <= 1
            wanted = sum(one.duration.ticks for one in clip.kept if one.end <= part.planned.range.start)
            assert abs(Time(wanted).nearest_frame(fps) - shown) <= 1
            shown += part.frames
    removed = sum(b - a for a, b in frames)
    assert shown == 30 * 700 - removed
