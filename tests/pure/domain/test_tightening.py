"""What tightening cut, asked about and brought back, however many cuts there are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import stored

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_time, nearest_clip_times
from viralclip_desktop.domain.edits import tightening
from viralclip_desktop.domain.edits.parts import move
from viralclip_desktop.domain.tightening import CutKind, TightCut

MANY = 300


def _cut(start_s: float, end_s: float) -> TightCut:
    return TightCut(stored.clip().asset_id, TimeRange.from_seconds(start_s, end_s), CutKind.SILENCE)


CUTS = [_cut(2 * n + 1, 2 * n + 1.5) for n in range(MANY)]


@pytest.fixture
def whole() -> Clip:
    return replace(stored.clip(), parts=stored.ranges((0, 2 * MANY + 2)))


@pytest.fixture
def tight(whole: Clip) -> Clip:
    return tightening.tighten(whole, CUTS)


def test_the_work_does_not_grow_with_the_square_of_the_cuts(
    tight: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, asked = Clip.ranges_of, []

    def counted(clip: Clip, asset_id: str) -> tuple[TimeRange, ...]:
        asked.append(asset_id)
        return plain(clip, asset_id)

    monkeypatch.setattr(Clip, "ranges_of", counted)
    tightening.with_state(tight)
    tightening.untightened(tight)
    assert len(asked) < 10


def test_all_comes_back_as_it_was(whole: Clip, tight: Clip) -> None:
    assert len(tight.parts) == MANY + 1
    assert tightening.untightened(tight).parts == whole.parts


def test_cuts_that_meet_at_an_end_and_one_by_hand_are_told_apart(whole: Clip) -> None:
    cuts = [_cut(0, 0.5), _cut(3, 4), _cut(4, 4.5), _cut(10, 11)]
    tight = tightening.tighten(whole, cuts)
    assert tight.parts[0].range.start.seconds == 0.5
    back = tightening.restore(tight, cuts[1].id)
    assert [made for _cut, made in tightening.with_state(back)] == [True, False, True, True]
    assert tightening.untightened(back).parts == whole.parts


def test_parts_in_another_order_come_back_where_they_are(whole: Clip) -> None:
    tight = tightening.tighten(whole, [_cut(3, 4), _cut(10, 11)])
    moved = move(tight, 2, 0)
    restored = tightening.untightened(moved)
    assert restored.duration == whole.duration
    assert not any(made for _cut, made in tightening.with_state(replace(restored, tightened=moved.tightened)))


def test_many_times_are_those_one_by_one(tight: Clip) -> None:
    moments = [cut.range.start for cut in CUTS[:20]]
    expected = [nearest_clip_time(tight, at) for at in moments]
    assert nearest_clip_times(tight, moments, tight.asset_id) == expected
