"""Cuts: always lawful, restorable, and never through a neighbouring word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.edited import a_clip, a_layer, a_transcript, cut_clips, ranges, s, span

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import clips, cuts
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.domain.transcript import Word


def lawful(clip: Clip) -> None:
    """In order, inside, apart, long enough, with a second left."""
    for cut in clip.cuts:
        assert clip.range.start <= cut.start < cut.end <= clip.range.end
        assert cut.duration >= cuts.SHORTEST_CUT
    for before, after in zip(clip.cuts, clip.cuts[1:], strict=False):
        assert after.start - before.end >= cuts.SHORTEST_CUT
    assert clip.duration >= cuts.SHORTEST_CLIP


@given(cut_clips(), st.lists(ranges(), max_size=5))
def test_any_cut_leaves_a_lawful_clip_that_is_not_longer(clip: Clip, taken: list[TimeRange]) -> None:
    after = cuts.cut(clip, taken)
    lawful(after)
    assert after.duration <= clip.duration
    assert (after == clip) or cuts.can_cut(clip, taken)


@given(cut_clips(), ranges())
def test_any_restoring_leaves_a_lawful_clip_that_is_not_shorter(clip: Clip, back: TimeRange) -> None:
    after = cuts.restore(clip, back)
    lawful(after)
    assert after.duration >= clip.duration
    assert not any(
        cut.overlaps(back) and cut.intersection(back).duration >= cuts.SHORTEST_CUT for cut in after.cuts
    )  # type: ignore[union-attr]


@given(st.lists(ranges(), max_size=8))
def test_cuts_in_order_stay_as_they_are(some: list[TimeRange]) -> None:
    once = cuts.normalised(some, span(10, 40))
    assert cuts.normalised(once, span(10, 40)) == once


@given(cut_clips(), ranges(), st.floats(1, 200))
def test_trimming_keeps_cuts_inside_and_a_second_playing(clip: Clip, to: TimeRange, length_s: float) -> None:
    duration = max(s(length_s), clip.range.end)
    lawful(clips.trim(clip, to.start, to.end, duration))
    lawful(clips.trim(clip, to.start, clip.range.end, duration))
    lawful(clips.trim(clip, clip.range.start, to.end, duration))


def test_cuts_add_up_and_each_can_come_back() -> None:
    clip = cuts.cut(cuts.cut(a_clip(), [span(20, 22)]), [span(30, 31), span(21, 24)])
    assert clip.cuts == (span(20, 24), span(30, 31))
    assert cuts.restore(clip, span(30, 31)).cuts == (span(20, 24),)
    assert cuts.restore(clip, span(21, 22)).cuts == (span(20, 21), span(22, 24), span(30, 31))
    assert cuts.restore(clip, clip.range) == a_clip()


def test_flashes_are_not_left_over() -> None:
    assert cuts.cut(a_clip(), [span(20, 21), span(21.01, 22)]).cuts == (span(20, 22),)
    assert cuts.cut(a_clip(), [span(10.01, 12), span(38, 39.99)]).kept == (span(12, 38),)
    assert cuts.cut(a_clip(), [span(20, 20.01)]) == a_clip()


def test_a_clip_is_never_cut_away() -> None:
    assert not cuts.can_cut(a_clip(), [span(0, 99)])
    assert cuts.cut(a_clip(), [span(10.5, 40)]) == a_clip()


def test_a_trimmed_in_point_stops_a_second_of_playing_before_the_out_point() -> None:
    clip = a_clip((35, 39.5))
    assert clips.trim(clip, s(39), clip.range.end, s(100)).range.start == s(34.5)
    assert clips.trim(a_clip((10.5, 30)), s(10), s(20), s(100)).range == span(10, 30.5)


TALK = a_transcript("one two three four five").words


def test_a_cut_word_takes_half_of_the_silence_beside_it_and_at_most_a_little() -> None:
    assert cuts.words_range(TALK, 1, 3) == span(0.85, 2.75)  # gaps of 0.4 s: 0.15 s each
    close = (Word("a", s(0), s(1)), Word("b", s(1.1), s(2)), Word("c", s(2), s(3)))
    assert cuts.words_range(close, 1, 2) == span(1.05, 2)  # half of 0.1 s, and nothing of no gap
    assert cuts.words_range(close, 0, 1) == span(0, 1.05)
    assert cuts.words_range(close, 2, 3) == span(2, 3.15)
    with pytest.raises(IndexError):
        cuts.words_range(TALK, 4, 6)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 1)), min_size=2, max_size=9), st.data())
def test_no_neighbour_is_clipped(shape: list[tuple[float, float]], data: st.DataObject) -> None:
    words, at = [], Time(0)
    for gap_s, length_s in shape:
        words.append(Word("x", at + s(gap_s), at + s(gap_s) + s(length_s)))
        at = words[-1].end
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    cut = cuts.words_range(words, first, last)
    assert cut.start <= words[first].start
    assert cut.end >= words[last - 1].end
    assert not any(word.start < cut.end and cut.start < word.end for word in (*words[:first], *words[last:]))


def test_words_cut_one_by_one_go_like_words_cut_together() -> None:
    clip = a_clip(start_s=0, end_s=5)
    together = cuts.cut(clip, cuts.word_ranges(clip, TALK, [2, 1]))
    first = cuts.cut(clip, cuts.word_ranges(clip, TALK, [1]))
    after = cuts.cut(first, cuts.word_ranges(first, TALK, [2]))
    assert after == together
    assert [cuts.is_cut(after, word) for word in TALK] == [False, True, True, False, False]


def test_separate_words_are_separate_cuts() -> None:
    assert cuts.word_ranges(a_clip(), TALK, [3, 0]) == (span(0, 0.75), span(2.85, 3.75))


def test_layers_stay_on_their_words() -> None:
    shown = a_clip(layers=(a_layer(12, 14),))
    earlier = cuts.cut(shown, [span(15, 20)])
    assert earlier.layers[0].range == span(7, 9)
    assert cuts.restore(earlier, span(15, 20)) == shown
    assert cuts.cut(shown, [span(30, 31)]).layers == shown.layers
    over = cuts.cut(shown, [span(23, 30)])
    assert over.layers[0].range == span(12, 13)


def test_a_layer_whose_head_is_cut_plays_on_from_there() -> None:
    after = cuts.cut(a_clip(layers=(a_layer(10, 16),)), [span(18, 22)])
    assert (after.layers[0].range, after.layers[0].source_start) == (span(8, 12), s(2))


def test_a_layer_on_words_that_go_goes_with_them() -> None:
    assert cuts.cut(a_clip(layers=(a_layer(10, 12),)), [span(19, 23)]).layers == ()


def test_music_over_the_whole_clip_stays_over_the_whole_clip() -> None:
    clip = a_clip(layers=(a_layer(0, 30, LayerKind.MUSIC),))
    after = cuts.cut(clip, [span(10, 12), span(20, 21)])
    assert (after.layers[0].range, after.layers[0].source_start) == (span(0, 27), s(0))
    assert clips.trim(clip, s(5), s(50), s(100)).layers[0].range == span(0, 45)
    assert clips.trim(clip, s(15), s(30), s(100)).layers[0].range == span(0, 15)


def test_a_trim_without_a_move_changes_nothing() -> None:
    clip = replace(a_clip((15, 16)), layers=(a_layer(1, 2),))
    assert clips.trim(clip, clip.range.start, clip.range.end, s(100)) == clip
