"""Clips while a recording is still being heard."""

from __future__ import annotations

from dataclasses import replace

from support import stored
from support.planted import long_talk
from support.spoken import end_s

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.partial import find_provisional, heard_part, settle_clips
from viralclip_desktop.features.moments.ranker import rank

LONG = long_talk(5)
OPTIONS = FindOptions(count=6, min_length_s=12.0, max_length_s=60.0)


def test_nothing_is_shown_before_ten_minutes_are_heard() -> None:
    assert end_s(LONG) > 700
    assert find_provisional(LONG, 500.0, OPTIONS) == []


def test_the_first_clips_stand_after_ten_minutes_and_lie_in_what_was_heard() -> None:
    early = find_provisional(LONG, 620.0, OPTIONS)
    assert len(early) == 6
    assert all(moment.range.end.seconds <= 620.0 for moment in early)


def test_what_comes_later_makes_no_difference_to_what_is_found_so_far() -> None:
    cut = heard_part(LONG, 640.0)
    assert find_provisional(cut, 620.0, OPTIONS) == find_provisional(LONG, 620.0, OPTIONS)


def test_a_sentence_still_being_heard_is_left_out() -> None:
    part = heard_part(LONG, 100.0)
    assert part.words[-1].end.seconds <= 100.0
    assert part.sentences[-1].last == len(part.words)


def test_the_settled_set_is_that_of_one_uninterrupted_run_and_keeps_what_was_touched() -> None:
    def clips(moments: list[object], prefix: str) -> list[object]:
        blank = stored.clip()
        return [
            replace(blank, id=f"{prefix}{m.rank}", rank=m.rank, parts=parts_of(blank.asset_id, m.range))
            for m in moments
        ]

    shown = clips(find_provisional(LONG, 620.0, OPTIONS), "early")
    found = clips(rank(LONG, end_s(LONG), OPTIONS), "late")
    assert settle_clips(shown, found, ()) == found
    settled = settle_clips(shown, found, {"early2"})
    assert "early2" in {clip.id for clip in settled}
    kept = next(clip for clip in settled if clip.id == "early2")
    others = [clip for clip in settled if clip.id != "early2"]
    assert all(clip in found for clip in others)
    assert not any(_overlap(kept.range, clip.range) > 0.5 for clip in others)


def _overlap(one: TimeRange, other: TimeRange) -> float:
    shared = min(one.end, other.end).ticks - max(one.start, other.start).ticks
    return max(0, shared) / (max(one.end, other.end).ticks - min(one.start, other.start).ticks)
