"""What lies on the timeline and where: arrays, zoom, snapping and selection, without a window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from support.gui_timeline import at, rich_clip, within
from support.projects import make_transcript

from viralclip_desktop.core.time import TICKS_PER_SECOND, ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.layers import MusicLayer, PictureLayer
from viralclip_desktop.gui.timeline.clip_times import ClipTimes
from viralclip_desktop.gui.timeline.commands import merged
from viralclip_desktop.gui.timeline.geometry import (
    MOST_PX_PER_S,
    RULER_PX,
    SIDE_PX,
    View,
    lay_rows,
    ticking,
)
from viralclip_desktop.gui.timeline.model import Key, Kind, Spoken, build_model, cut_of
from viralclip_desktop.gui.timeline.painting.overlays import badges
from viralclip_desktop.gui.timeline.painting.wave import loudness
from viralclip_desktop.gui.timeline.retiming import neighbours, word_edge, word_span
from viralclip_desktop.gui.timeline.selection import Selection
from viralclip_desktop.gui.timeline.snap import SnapPoints
from viralclip_desktop.gui.timeline.spoken import describe
from viralclip_desktop.media.peaks import Peaks

PLAIN = Clip(
    "clip_x", "project_x", "source_x", "batch_x", 1, parts_of("asset_x", within(2, 22)), "Title", 80,
    (), "", "", asset_id="asset_x",
)  # fmt: skip


@pytest.fixture
def model():
    return build_model(rich_clip(PLAIN), Spoken(make_transcript(24)))


# --- time ------------------------------------------------------------------------------------------------


def test_clip_time_leaves_out_what_was_cut() -> None:
    times = ClipTimes(rich_clip(PLAIN).kept)
    assert times.duration == at(17)
    assert times.to_source(ZERO) == at(2)
    assert times.to_source(at(3.99)) == at(5.99)
    assert times.to_source(at(4)) == at(7.5)  # a join belongs to the later part
    assert times.to_source(at(17)) == at(22)
    assert times.to_clip(at(6.5)) is None
    assert times.nearest_clip(at(6.5)) == at(4)
    assert times.to_clip(at(1)) is None
    assert times.nearest_clip(at(30)) == at(17)


def test_arrays_agree_with_single_times() -> None:
    times = ClipTimes(rich_clip(PLAIN).kept)
    sources = [Time(n * 91_000_017) for n in range(200)]
    ticks = times.clip_ticks(np.array([time.ticks for time in sources]))
    assert ticks.tolist() == [times.nearest_clip(time).ticks for time in sources]


def test_a_range_over_a_cut_is_two_ranges_of_the_recording() -> None:
    times = ClipTimes(rich_clip(PLAIN).kept)
    assert times.source_ranges(within(3, 5)) == [within(5, 6), within(7.5, 8.5)]


# --- items -----------------------------------------------------------------------------------------------


def test_tracks_hold_parts_captions_layers_cuts_and_markers(model) -> None:
    assert [item.range for item in model.video] == [within(0, 4), within(4, 8.5), within(8.5, 17)]
    assert [item.text for lane in model.pictures for item in lane] == ["city at night.mp4", "chart.png"]
    assert [item.range.start for item in model.cuts] == [at(4), at(8.5)]
    assert [(item.text, item.range.start) for item in model.markers] == [
        ("Hook", at(2)),
        ("The turn", at(11)),
    ]
    assert cut_of(model.clip, model.cuts.key(0)) == within(6.0, 7.5)


def test_captions_are_the_sentences_that_play_with_their_words(model) -> None:
    texts = [item.text for item in model.cues.lane]
    assert texts[1].startswith("You will be wrong about")
    spoken = " ".join(texts)
    words = model.spoken.transcript.words
    cut_out = [word.text for word in words if at(6) <= Time((word.start + word.end).ticks // 2) < at(7.5)]
    assert cut_out
    assert all(word not in spoken for word in cut_out if word in ("everything", "lost"))
    assert sum(len(model.words_of(item.key)) for item in model.cues.lane) == len(spoken.split())


def test_what_is_under_a_pixel_is_found_among_ten_thousand() -> None:
    layers = tuple(PictureLayer(f"layer_{n:05d}", "/a.png", within(n, n + 0.8)) for n in range(10_000))
    model = build_model(replace(PLAIN, parts=parts_of("asset_x", within(0, 10_000)), layers=layers), None)
    lane = model.pictures[0]
    assert len(model.pictures) == 1
    assert lane.key(lane.at(at(7123.4).ticks)) == Key(Kind.PICTURE, "layer_07123")
    assert lane.at(at(7123.9).ticks) is None
    assert lane.between(at(5000.9).ticks, at(5003.5).ticks) == (5001, 5004)


def test_layers_over_each_other_get_lanes_of_their_own() -> None:
    layers = tuple(MusicLayer(f"l{n}", "/a.mp3", within(n, n + 2.5)) for n in range(4))
    model = build_model(replace(PLAIN, layers=layers), None)
    assert [[item.key.id for item in lane] for lane in model.music] == [["l0", "l3"], ["l1"], ["l2"]]


def test_items_are_named_in_words(model) -> None:
    caption = model.cues.lane.item(1)
    assert describe(model, caption).startswith("Caption 2 of 7: You will be wrong")
    assert describe(model, caption).endswith(" to 0:04.0")
    assert describe(model, model.cuts.item(0)) == "Cut 1 of 2: 1.5 s taken out at 0:04.0"
    assert describe(model, model.markers.item(0)) == "Marker 1 of 2: Hook, at 0:02.0"
    assert describe(model, model.music[0].item(0)) == "Music 1 of 1: Quiet morning.mp3, 0:00.0 to 0:16.0"


# --- geometry --------------------------------------------------------------------------------------------


def test_zoom_keeps_what_is_under_the_pointer() -> None:
    view = View()
    view.set_room(1000, at(60))
    under = view.time_at(400)
    view.zoom(3.7, 400)
    assert abs(view.x_of(under) - 400) <= 0.5
    assert not view.fitted


def test_zooming_out_ends_where_all_shows_and_stays_fitted() -> None:
    view = View()
    view.set_room(1000, at(60))
    view.zoom(8, 500)
    view.zoom(1 / 1000, 500)
    assert view.fitted
    assert view.x_of(ZERO) == SIDE_PX
    assert view.x_of(at(60)) == pytest.approx(1000 - SIDE_PX)
    view.set_room(1400, at(90))
    assert view.x_of(at(90)) == pytest.approx(1400 - SIDE_PX)


def test_zooming_in_has_an_end() -> None:
    view = View()
    view.set_room(1000, at(60))
    view.zoom(1e9, 500)
    assert view.px_per_s == MOST_PX_PER_S


def test_scrolling_is_held_to_the_clip_and_shows_what_is_asked_for() -> None:
    view = View()
    view.set_room(1000, at(60))
    view.zoom(10, 0)
    view.scroll_to(-500)
    assert view.scroll_px == 0
    view.scroll_to(1e9)
    assert view.x_of(at(60)) == pytest.approx(1000 - SIDE_PX, abs=1)
    view.reveal(within(10, 11))
    assert view.x_of(at(10)) >= 0
    assert view.x_of(at(11)) <= 1000


def test_the_page_turns_only_when_the_playhead_leaves() -> None:
    view = View()
    view.set_room(1000, at(60))
    view.zoom(10, 0)
    assert not view.turn_page(at(1))
    assert view.turn_page(at(30))
    assert 0 <= view.x_of(at(30)) <= 200


def test_ruler_labels_keep_apart_at_every_zoom() -> None:
    for px_per_s in np.geomspace(0.05, MOST_PX_PER_S, 60):
        plan = ticking(float(px_per_s))
        assert plan.major.seconds * px_per_s >= 70
        assert Fraction(plan.major.ticks, plan.minors).denominator == 1
    assert ticking(100).major == at(1)


def test_tracks_lie_below_each_other_and_use_the_room(model) -> None:
    low, high = lay_rows(model, 100), lay_rows(model, 400)
    tops = [row.top_px for row in low.rows]
    assert tops == sorted(tops)
    assert tops[0] >= RULER_PX
    assert all(a.bottom_px <= b.top_px for a, b in zip(low.rows, low.rows[1:], strict=False))
    assert low.height_px < high.height_px <= 400
    assert set(low.tracks) == {Kind.VIDEO, Kind.CAPTION, Kind.PICTURE, Kind.VOICE, Kind.MUSIC}


def test_scissors_do_not_crowd() -> None:
    assert badges([10.0, 12.0, 14.0, 100.0], 0) == [0, 3]
    assert badges([], 0) == []


# --- snapping and selection --------------------------------------------------------------------------------


def test_marks_and_edges_pull_more_than_words(model) -> None:
    points = SnapPoints(model)
    assert points.nearest([at(4.05)], at(0.1)).at == at(4)  # the cut
    assert points.nearest([at(2.02)], at(0.1)).at == at(2)  # a marker, and an overlay's start
    assert points.nearest([at(7.46)], at(0.1), also=[at(7.4)]).at == at(7.4)  # the playhead
    word = model.cues.word_starts[20]
    assert points.nearest([Time(int(word)) + at(0.01)], at(0.015)).at == Time(int(word))
    assert points.nearest([Time(int(word)) + at(0.01)], at(0.015), words=False) is None
    assert points.nearest([at(4.05)], at(0.1), but=[at(4)], words=False) is None  # its own end


def test_the_nearer_end_of_what_moves_snaps(model) -> None:
    snap = SnapPoints(model).nearest([at(3.7), at(8.46)], at(0.1), words=False)
    assert (snap.at, snap.by) == (at(8.5), at(8.5) - at(8.46))


def test_beats_are_resting_points() -> None:
    model = build_model(PLAIN, None)
    assert SnapPoints(model).nearest([at(5.02)], at(0.05)) is None
    timed = build_model(rich_clip(PLAIN), None, np.array([at(5).ticks]))
    assert SnapPoints(timed).nearest([at(5.02)], at(0.05)).at == at(5)


def test_the_next_mark_is_found_both_ways(model) -> None:
    points = SnapPoints(model)
    assert points.beside(at(8), 1) == at(8.5)
    assert points.beside(at(8.5), 1) == at(9)
    assert points.beside(at(8.5), -1) == at(5.5)
    assert points.beside(ZERO, -1) is None


def test_selection_by_click_ctrl_and_shift(model) -> None:
    changes = []
    selection = Selection(lambda: changes.append(1))
    keys = [model.cues.lane.key(n) for n in range(5)]
    selection.only(keys[1])
    selection.extend(model, keys[3])
    assert selection.keys == set(keys[1:4])
    selection.toggle(keys[2])
    assert selection.keys == {keys[1], keys[3]}
    selection.extend(model, model.pictures[0].key(0))
    assert len(selection) == 3
    selection.put(selection.keys)
    assert len(changes) == 4
    selection.keep_existing(build_model(PLAIN, None))
    assert not selection.keys


# --- captions' times ---------------------------------------------------------------------------------------


def test_a_caption_may_move_between_its_neighbours(model) -> None:
    key = model.cues.lane.key(4)
    before, after = model.cues.lane.item(3), model.cues.lane.item(5)
    low, _ = neighbours(model, key, "start")
    _, high = neighbours(model, key, "end")
    assert low >= before.range.end
    assert high == after.range.start
    assert neighbours(model, model.cues.lane.key(3), "end")[1] <= at(8.5)  # never over a join


def test_an_end_of_a_caption_is_an_end_of_a_word(model) -> None:
    item = model.cues.lane.item(4)
    new = replace(item.range, end=item.range.end - at(0.05))
    index, start, end = word_edge(model, item.key, new, "end")
    word = model.spoken.transcript.words[index]
    assert index == word_span(model, item.key)[1] - 1
    assert (start, end) == (word.start, word.end - at(0.05))


def test_ranges_that_touch_are_one() -> None:
    assert merged([within(3, 4), within(1, 2), within(2, 2.5)]) == [within(1, 2.5), within(3, 4)]


# --- wave --------------------------------------------------------------------------------------------------


def test_the_wave_skips_what_was_cut() -> None:
    rate, bucket = 16_000, 128
    loud = np.zeros((24 * rate // bucket, 2), dtype=np.int16)
    loud[int(6 * rate / bucket) : int(7.5 * rate / bucket)] = (-30_000, 30_000)  # only in the first cut
    loud[int(20 * rate / bucket) : int(21 * rate / bucket)] = (-16_384, 16_384)
    levels = [loud]
    while len(levels[-1]) > 16:
        last = levels[-1][: len(levels[-1]) // 4 * 4].reshape(-1, 4, 2)
        levels.append(np.stack([last[:, :, 0].min(axis=1), last[:, :, 1].max(axis=1)], axis=1))
    peaks = Peaks(rate, bucket, tuple(levels))
    times = ClipTimes(rich_clip(PLAIN).kept)
    edges = np.array([at(n / 10).ticks for n in range(171)], dtype=np.int64)
    shown = loudness(peaks, times, edges)
    shown[39:41] = shown[160] = 0  # a column at an edge may catch the rest of its bucket
    assert shown.max() == pytest.approx(0.5)
    assert np.flatnonzero(shown > 0.4).tolist() == list(range(150, 160))


def test_a_word_that_a_split_goes_through_stays_in_one_part() -> None:
    times = ClipTimes((TimeRange.from_seconds(5, 9), TimeRange.from_seconds(1, 5)))
    starts, ends = np.array([4.6, 2]) * TICKS_PER_SECOND, np.array([5.2, 2.5]) * TICKS_PER_SECOND
    begin, end = times.spans(starts.astype(np.int64), ends.astype(np.int64))
    assert (begin / TICKS_PER_SECOND).tolist() == pytest.approx([7.6, 5.0])
    assert (end / TICKS_PER_SECOND).tolist() == pytest.approx([8.0, 5.5])
