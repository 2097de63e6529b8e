"""Edits of a clip are pure, clamp at the ends, and leave everything else alone."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Framing, parts_of
from viralclip_desktop.domain.edits import clips

CLIP = Clip(
    "clip_1", "proj_1", "src_1", "batch_1", 1, parts_of("asset_1", TimeRange.from_seconds(10, 40)), "A title",
    90, (), "First.", "Last.", asset_id="asset_1",
)  # fmt: skip
HUNDRED = Time.from_seconds(100)


@given(st.floats(-50, 150), st.floats(-50, 150))
def test_trim_always_gives_a_usable_range(start_s: float, end_s: float) -> None:
    trimmed = clips.trim(CLIP, Time.from_seconds(start_s), Time.from_seconds(end_s), HUNDRED)
    assert Time(0) <= trimmed.range.start < trimmed.range.end <= HUNDRED
    assert trimmed.range.duration >= clips.SHORTEST_CLIP
    assert replace(trimmed, parts=CLIP.parts) == CLIP


def test_an_in_point_past_the_out_point_stops_before_it() -> None:
    trimmed = clips.trim(CLIP, Time.from_seconds(60), CLIP.range.end, HUNDRED)
    assert trimmed.range == TimeRange.from_seconds(39, 40)


def test_a_source_shorter_than_the_shortest_clip_is_taken_whole() -> None:
    half = Time.from_seconds(0.5)
    assert clips.trim(CLIP, Time(0), half, half).range == TimeRange(Time(0), half)


def test_other_edits_change_one_thing() -> None:
    assert clips.rename(CLIP, "  New \n title ").title == "New title"
    assert clips.rename(CLIP, "Nul\x00l and \x1b[31mred").title == "Nul l and [31mred"
    assert clips.rename(CLIP, "   ") == CLIP
    assert clips.restyle(CLIP, "pop") == replace(CLIP, caption_style="pop")
    assert clips.reshape(CLIP, Aspect.SQUARE) == replace(CLIP, aspect=Aspect.SQUARE)
    assert clips.switch_captions(CLIP, False) == replace(CLIP, captions_on=False)
    assert clips.reframe(CLIP, Framing.FIT, 1.7) == replace(CLIP, framing=Framing.FIT, centre_x=1.0)
