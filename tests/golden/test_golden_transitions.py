"""Transitions between parts: no frame more or less, and the same in every window of the clip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import stored
from support.edited import span
from support.rendered import RATE_HZ, frames_of, make_numbered, numbers, samples_of

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.transitions import with_lead
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.clip import Part, Transition
from viralclip_desktop.media.probe import probe

SIZE = Size(320, 180)
CUT = 30  # the second part's first frame
KINDS = [kind for kind in Transition if kind is not Transition.CUT]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_numbered(tmp_path_factory.mktemp("transitions") / "film.mp4", 8.0, "30")


def a_plan(film: Path, kind: Transition, *, start_s: float = 4.0) -> RenderPlan:
    source = stored.source(path=str(film), info=probe(film))
    parts = (
        Part("asset_1", span(0.5, 1.5)),
        Part("asset_1", span(start_s, start_s + 2), transition=kind),
    )
    clip = replace(stored.clip(), parts=parts, aspect=Aspect.WIDE)
    return replace(plan_clip(source, None, clip, None), fade_in=ZERO, fade_out=ZERO)


@pytest.mark.parametrize("kind", KINDS)
def test_it_changes_frames_around_the_cut_alone_and_no_length(film: Path, kind: Transition) -> None:
    plain, made = a_plan(film, Transition.CUT), a_plan(film, kind)
    before, after = frames_of(plain, SIZE), frames_of(made, SIZE)
    assert len(before) == len(after) == plain.frame_count == made.frame_count
    assert len(samples_of(made)) == made.duration.samples(RATE_HZ)
    changed = np.flatnonzero(np.abs(before.astype(int) - after).mean(axis=(1, 2, 3)) > 2)
    assert len(changed) >= 4
    assert CUT - 8 <= changed[0] <= CUT <= changed[-1] <= CUT + 13


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("window", [(26, 35), (30, 33), (34, 35), (33, 90), (0, 31)])
def test_each_window_shows_what_the_whole_does(film: Path, kind: Transition, window: tuple[int, int]) -> None:
    plan, part = a_plan(film, kind), Window(*window)
    whole, shown = frames_of(plan, SIZE), frames_of(plan, SIZE, part)
    assert len(shown) == part.frames
    apart = np.abs(whole[part.first : part.last].astype(int) - shown).mean(axis=(1, 2, 3))
    assert apart.max() < 1.5
    assert len(samples_of(plan, part)) > 0


def test_a_dissolve_goes_from_the_last_frame_to_the_running_picture(film: Path) -> None:
    shown = frames_of(a_plan(film, Transition.DISSOLVE), SIZE)
    assert numbers(shown[CUT : CUT + 1]) == [44]  # the first part's last frame
    assert numbers(shown[CUT + 12 : CUT + 14]) == [132, 133]


def test_a_transition_stands_at_a_split_that_plays_on(film: Path) -> None:
    plan = a_plan(film, Transition.ZOOM, start_s=1.5)
    assert len(plan.parts) == 2
    assert len(a_plan(film, Transition.CUT, start_s=1.5).parts) == 1


def test_only_what_holds_a_frame_is_read_from_before_its_window(film: Path) -> None:
    inside = Window(CUT + 2, CUT + 4)
    assert with_lead(a_plan(film, Transition.WHIP), inside) == Window(CUT - 1, CUT + 4)
    assert with_lead(a_plan(film, Transition.ZOOM), inside) == inside
    assert with_lead(a_plan(film, Transition.WHIP), Window(60, 70)) == Window(60, 70)


def test_sounds_overlap_longer_than_at_a_cut(film: Path) -> None:
    assert (
        a_plan(film, Transition.DISSOLVE).parts[1].crossfade > a_plan(film, Transition.CUT).parts[1].crossfade
    )
