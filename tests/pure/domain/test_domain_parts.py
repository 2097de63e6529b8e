"""The parts of a clip: split, joined, moved, trimmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.edited import a_clip, a_layer, s, span

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_time, to_clip_time, to_source_time
from viralclip_desktop.domain.edits import arrange, cuts, parts
from viralclip_desktop.domain.layers import LayerKind

LONG = s(60)


def split_at(*seconds: float) -> Clip:
    clip = a_clip()
    for moment in seconds:
        clip = parts.split(clip, s(moment))
    return clip


def test_a_split_makes_two_parts_and_changes_nothing_else() -> None:
    clip = split_at(20)
    assert clip.kept == (span(10, 20), span(20, 40))
    assert clip.duration == a_clip().duration
    assert parts.join(clip, s(20)) == a_clip()


@pytest.mark.parametrize("moment", [5, 10, 10.05, 39.95, 40, 50])
def test_nothing_is_split_at_an_edge_or_outside(moment: float) -> None:
    assert not parts.can_split(a_clip(), s(moment))
    assert parts.split(a_clip(), s(moment)) == a_clip()


def test_a_part_between_two_splits_can_be_taken_out_and_comes_back() -> None:
    clip = split_at(20, 25)
    gone = cuts.cut(clip, [span(20, 25)])
    assert gone.kept == (span(10, 20), span(25, 40))
    assert cuts.restore(gone, span(20, 25)) == a_clip()


def test_a_moved_part_plays_where_it_was_put() -> None:
    clip = parts.move(split_at(20, 25), 2, 0)
    assert clip.kept == (span(25, 40), span(10, 20), span(20, 25))
    assert to_clip_time(clip, s(25)) == s(0)
    assert to_clip_time(clip, s(10)) == s(15)
    assert to_source_time(clip, s(15)) == s(10)
    assert parts.move(clip, 0, 2) == split_at(20, 25)


def test_cuts_and_trims_of_a_reordered_clip_keep_its_order() -> None:
    clip = parts.move(split_at(20), 1, 0)
    assert cuts.cut(clip, [span(30, 32)]).kept == (span(20, 30), span(32, 40), span(10, 20))
    longer = parts.trim(clip, 1, s(8), s(20), LONG)
    assert longer.kept == (span(20, 40), span(8, 20))
    shorter = parts.trim(clip, 0, s(22), s(40), LONG)
    assert shorter.kept == (span(22, 40), span(10, 20))
    assert parts.trim(shorter, 0, s(15), s(40), LONG).kept == (span(20, 40), span(10, 20))


def test_a_moment_in_a_cut_lies_where_its_own_block_goes_on() -> None:
    clip = cuts.cut(parts.move(split_at(20), 1, 0), [span(38, 40)])
    assert clip.kept == (span(20, 38), span(10, 20))
    assert nearest_clip_time(clip, s(39)) == s(18)
    assert nearest_clip_time(clip, s(5)) == s(18)


def test_an_edge_is_held_by_its_neighbours_and_leaves_a_visible_part() -> None:
    clip = split_at(20, 25)
    assert parts.trim(clip, 1, s(12), s(30), LONG).kept == clip.kept
    assert parts.trim(clip, 1, s(20), s(20), LONG).kept[1].duration == parts.SHORTEST_PART
    closed = parts.trim(parts.trim(clip, 1, s(21), s(25), LONG), 1, s(20.01), s(25), LONG)
    assert closed.kept == clip.kept


def test_the_last_second_of_a_clip_stays() -> None:
    clip = a_clip(start_s=10, end_s=11.5)
    assert parts.trim(clip, 0, s(11), s(11.5), LONG) == clip


def test_layers_go_with_the_words_they_lie_on_and_music_stays() -> None:
    picture, music = a_layer(16, 18), a_layer(0, 30, LayerKind.MUSIC, "music")
    clip = parts.split(a_clip(layers=(picture, music)), s(25))
    moved = parts.move(clip, 1, 0)
    assert [layer.range for layer in moved.layers] == [span(1, 3), span(0, 30)]


def test_a_reordered_clip_is_divided_where_it_plays() -> None:
    clip = parts.move(split_at(20), 1, 0)
    first, second = arrange.split(clip, s(30), "clip_2", 7.0)
    assert first.kept == (span(20, 30),)
    assert second.kept == (span(30, 40), span(10, 20))
    assert (first.id, second.id) == ("clip_1", "clip_2")


@given(
    st.lists(st.integers(11, 39), max_size=5, unique=True),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4),
    st.integers(0, 29_999),
)
def test_moving_parts_loses_no_moment(
    edges: list[int], moves: list[tuple[int, int]], milliseconds: int
) -> None:
    clip = split_at(*edges)
    for index, to in moves:
        clip = parts.move(clip, index, to)
    assert clip.duration == s(30)
    assert sorted(part.start.ticks for part in clip.kept) == [s(t).ticks for t in sorted({10, *edges})]
    at = Time.from_seconds(milliseconds / 1000)
    assert to_clip_time(clip, to_source_time(clip, at)) == at
    assert nearest_clip_time(clip, to_source_time(clip, at)) == at
