"""Splitting, ordering and naming clips."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.edited import a_clip, a_layer, a_transcript, cut_clips, s, span

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, FrameKey, Marker
from viralclip_desktop.domain.edits import arrange
from viralclip_desktop.domain.layers import LayerKind


def test_a_split_shares_out_what_lies_on_the_clip() -> None:
    clip = replace(
        a_clip((15, 16), (35, 36), layers=(a_layer(2, 12), a_layer(20, 21, layer_id="layer_2"))),
        markers=(Marker(s(12)), Marker(s(25))),
        frame_keys=tuple(FrameKey(s(at)) for at in (11, 18, 30, 38)),
    )
    first, second = arrange.split(clip, s(20), "clip_2", 7.0)
    assert (first.range, first.cuts) == (span(10, 20), (span(15, 16),))
    assert (second.range, second.cuts) == (span(20, 40), (span(35, 36),))
    assert first.layers == (a_layer(2, 9),)
    assert second.layers == (a_layer(0, 3, source_start=s(7)), a_layer(11, 12, layer_id="layer_2"))
    assert [marker.at for marker in first.markers + second.markers] == [s(12), s(25)]
    assert [key.at.seconds for key in first.frame_keys] == [11, 18, 30]
    assert [key.at.seconds for key in second.frame_keys] == [18, 30, 38]
    assert (first.id, second.id, second.created_at) == ("clip_1", "clip_2", 7.0)


def test_music_plays_under_both_parts() -> None:
    first, second = arrange.split(a_clip(layers=(a_layer(0, 30, LayerKind.MUSIC),)), s(20), "clip_2", 7.0)
    assert [part.layers[0].range for part in (first, second)] == [span(0, 10), span(0, 20)]


def test_a_split_inside_a_cut_steps_out_of_it() -> None:
    first, second = arrange.split(a_clip((18, 22)), s(20), "clip_2", 7.0)
    assert (first.range, second.range) == (span(10, 18), span(22, 40))
    assert first.cuts == second.cuts == ()


@pytest.mark.parametrize("at", [0, 10, 10.9, 39.5, 40, 50])
def test_no_split_close_to_an_end(at: float) -> None:
    with pytest.raises(UsageError):
        arrange.split(a_clip(), s(at), "clip_2", 7.0)


@given(cut_clips(), st.integers(s(10).ticks, s(40).ticks))
def test_the_two_parts_play_what_the_clip_played(clip: Clip, ticks: int) -> None:
    try:
        first, second = arrange.split(clip, Time(ticks), "clip_2", 7.0)
    except UsageError:
        return
    played = first.duration.ticks + second.duration.ticks
    assert 0 <= played - clip.duration.ticks < 2 * s(0.02).ticks  # rests of a cut under 20 ms come back


def clips(*ids: str) -> list[Clip]:
    """Clips with ranks 1..n."""
    return [replace(a_clip(), id=one, rank=rank) for rank, one in enumerate(ids, 1)]


def order(found: list[Clip]) -> str:
    """Their ids, once their ranks are 1..n."""
    assert [clip.rank for clip in found] == list(range(1, len(found) + 1))
    return "".join(clip.id for clip in found)


def test_ranks_follow_the_order() -> None:
    known = clips("a", "b", "c", "d")
    assert order(arrange.renumbered(known[2:])) == "cd"
    assert order(arrange.inserted_after(known, "b", a_clip())) == "abclip_1cd"
    assert order(arrange.reordered(known, ["d", "a", "b", "c"])) == "dabc"
    assert order(arrange.reordered(known, ["d", "b", "d", "x"])) == "adcb"


def test_copies_are_numbered() -> None:
    assert arrange.another_title("Talk", []) == "Talk (2)"
    assert arrange.another_title("Talk (2)", ["Talk", "Talk (2)"]) == "Talk (3)"
    assert arrange.another_title("Numbers (2024)", []) == "Numbers (2024) (2)"


def test_quotes_are_what_is_said() -> None:
    talk = a_transcript(*(f"Sentence number {number}." for number in range(20)))
    clip = arrange.requoted(a_clip((10, 18)), talk)
    assert (clip.quote_first, clip.quote_last) == ("Sentence number 6.", "Sentence number 13.")
    assert arrange.requoted(a_clip(), None) == a_clip()
