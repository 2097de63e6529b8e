"""Proxies: what is shown out of one is the recording's own frame, by the number that every frame carries."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import NUMBERED, frames_of, make_numbered, numbers, plan_of, playing, samples_of

from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.proxies import Proxy, is_far, proxy_size, through_proxies
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Framing, Transition
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.proxies import make_proxy

ONE_KEYFRAME = ("-g", "9999", "-keyint_min", "9999", "-sc_threshold", "0")
UNEVEN = ("-vf", "select='gt(random(7),0.4)'", "-fps_mode", "vfr")
STRETCH = TimeRange.from_seconds(2, 9)
FILMS = {
    "B-frames": ("film.mp4", "30", ONE_KEYFRAME),
    "an odd rate": ("film.mov", "30000/1001", ONE_KEYFRAME),
    "whole milliseconds": ("film.mkv", "60000/1001", ONE_KEYFRAME),
    "a variable rate": ("film.mp4", "30", (*ONE_KEYFRAME, *UNEVEN)),
    "a variable rate in whole milliseconds": ("film.mkv", "60", (*ONE_KEYFRAME, *UNEVEN)),
    "a transport stream that begins at 7.3 s": (
        "film.ts",
        "25",
        ("-g", "75", "-sc_threshold", "0", "-output_ts_offset", "7.3"),
    ),
    "fields": ("film.mkv", "25", (*ONE_KEYFRAME, "-flags", "+ildct+ilme", "-vf", "setfield=tff")),
}


def proxied(plan: RenderPlan, folder: Path, stretch: TimeRange = STRETCH) -> RenderPlan:
    """The plan out of a proxy of its one recording."""
    (recording,) = plan.recordings
    proxy = folder / "proxy.mp4"
    first = make_proxy(Path(recording.path), recording.info, stretch, proxy)
    assert first is not None
    assert stretch.start <= first < stretch.start + Time.from_seconds(0.5)
    return through_proxies(plan, {recording: Proxy(str(proxy), stretch.start)})


@pytest.mark.parametrize("kind", FILMS)
def test_every_frame_is_the_recordings(kind: str, tmp_path: Path) -> None:
    name, fps, extra = FILMS[kind]
    plan = plan_of(make_numbered(tmp_path / name, fps=fps, extra=extra), 3.0, 8.0)
    plan = replace(plan, fps=max(plan.fps, Fraction(30)))
    small = proxied(plan, tmp_path)
    shown = numbers(frames_of(plan, NUMBERED))
    assert len(set(shown)) > 60
    assert numbers(frames_of(small, NUMBERED)) == shown
    for frame in (0, 1, 37, plan.frame_count - 1):  # each found by a jump of its own
        assert numbers(frames_of(small, NUMBERED, Window(frame, frame + 1))) == [shown[frame]]
    assert np.array_equal(samples_of(small), samples_of(plan)), "the sound stays the recording's"


def test_frames_are_those_of_a_film_of_constant_rate(tmp_path: Path) -> None:
    plan = plan_of(make_numbered(tmp_path / "film.mp4", extra=ONE_KEYFRAME), 2.0, 9.0)
    assert numbers(frames_of(proxied(plan, tmp_path), NUMBERED)) == list(range(60, 270))


def test_parts_are_counted_from_where_they_were(tmp_path: Path) -> None:
    """Parts that are read together, a jump back, another speed and a transition."""
    film = make_numbered(tmp_path / "film.mp4", fps="30000/1001", extra=(*ONE_KEYFRAME, *UNEVEN))
    ranges = [TimeRange.from_seconds(*one) for one in ((3.01, 4.0), (4.513, 5.2), (2.2, 3.7), (6.1, 8.9))]
    plan = playing(plan_of(film, 0.0, 9.0), *ranges)
    first, second, third, last = plan.parts
    third = replace(third, part=replace(third.part, speed=Fraction(3, 2)))
    last = replace(last, part=replace(last.part, transition=Transition.DISSOLVE))
    plan = replace(plan, parts=(first, second, third, last))
    small = proxied(plan, tmp_path)
    assert numbers(frames_of(small, NUMBERED)) == numbers(frames_of(plan, NUMBERED))


def test_it_looks_the_same_but_softer(tmp_path: Path) -> None:
    """A turned picture of standard definition: place, shape and colours."""
    film = makers.make_rotated(tmp_path / "film.mp4")
    (recording,) = plan_of(film, 0.0, 2.0).recordings
    assert recording.info.video is not None
    assert proxy_size(recording.info.video) == Size(180, 320)
    for framing, aspect in ((Framing.CROP, Aspect.SQUARE), (Framing.FIT, Aspect.WIDE)):
        plan = plan_of(film, 0.2, 1.8, framing=framing, aspect=aspect)
        size, window = Size(320, 320) if aspect is Aspect.SQUARE else NUMBERED, Window(20, 21)
        small = proxied(plan, tmp_path, TimeRange.from_seconds(0, 2))
        one, other = (frames_of(each, size, window).astype(int) for each in (plan, small))
        assert abs(one - other).mean() < 3.0


def test_a_stretch_whose_frames_do_not_come_out_one_for_one_is_left_alone(tmp_path: Path) -> None:
    """A cut in the middle of a group: what is stored before the next keyframe cannot be decoded."""
    whole = make_numbered(tmp_path / "whole.ts", extra=("-g", "90", "-sc_threshold", "0"))
    data = whole.read_bytes()
    cut = tmp_path / "cut.ts"
    cut.write_bytes(data[len(data) // 8 // 188 * 188 :])
    info = probe(cut)
    assert make_proxy(cut, info, TimeRange.from_seconds(0, 5), tmp_path / "proxy.mp4") is None
    assert make_proxy(cut, info, TimeRange.from_seconds(4, 8), tmp_path / "proxy.mp4") is not None


def test_far_is_what_costs_a_seek_much(tmp_path: Path) -> None:
    (near,) = plan_of(makers.make_video(tmp_path / "near.mp4", 4.0), 0.0, 4.0).recordings
    assert near.info.video is not None

    def film(gap_s: float | None, size: Size, container: str = "mp4", minutes: int = 60) -> bool:
        video = replace(near.info.video, keyframe_gap_s=gap_s, coded_size=size, fps=Fraction(30))
        length = Time.from_seconds(60 * minutes)
        return is_far(replace(near.info, video=video, container=container, duration=length))

    full, ultra, small = Size(1920, 1080), Size(3840, 2160), Size(640, 360)
    assert film(10.0, full)
    assert film(None, full)
    assert film(1.0, ultra)
    assert film(2.0, full, "mpegts"), "no index: a seek lands early and decodes on"
    assert not film(2.0, full)
    assert not film(10.0, small)
    assert not is_far(near.info)
