"""Edits of clips through the real store: named, stored at once, and undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from support import stored
from support.bound_editing import Editing
from support.edited import a_layer, s, span

from viralclip_desktop.core.errors import BadInput, NotFound, UsageError
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, FrameKey, Marker, Review
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.store import Store


def everything(store: Store) -> dict[str, Any]:
    """All that an edit may touch."""
    return {
        "clips": store.clips("src_1"),
        "transcript": store.transcript("src_1"),
        "kits": store.brand_kits(),
        "styles": store.caption_styles(),
        "exports": store.exports(),
    }


def labels(store: Store) -> list[str]:
    """The names in the history."""
    return [entry.label for entry in store.history("proj_1")]


EDITS: dict[str, Callable[[Editing], object]] = {
    "Trim clip": lambda e: e.trim_clip("clip_1", s(12), s(38)),
    "Cut": lambda e: e.cut("clip_1", [span(15, 16), span(20, 22)]),
    "Cut word": lambda e: e.cut_words("clip_1", [20]),
    "Cut words": lambda e: e.cut_words("clip_1", range(20, 23)),
    "Ripple delete": lambda e: e.ripple_delete("clip_1", span(1, 3)),
    "Split": lambda e: e.split("clip_1", s(20)),
    "Trim part": lambda e: e.trim_part("clip_1", 0, s(12), s(40)),
    "Add card": lambda e: e.add_card("clip_1", "Later", s(3)),
    "Add part": lambda e: e.add_recording("clip_1", "src_1", span(50, 55), at=0),
    "Change speed": lambda e: e.set_speed("clip_1", 0, Fraction(3, 2)),
    "Split clip": lambda e: e.split_clip("clip_1", s(20)),
    "Duplicate clip": lambda e: e.duplicate_clip("clip_1"),
    "Delete clip": lambda e: e.delete_clips(["clip_1"]),
    "Delete 2 clips": lambda e: e.delete_clips(["clip_1", "clip_3"]),
    "Reorder clips": lambda e: e.reorder_clips(["clip_3", "clip_1", "clip_2"]),
    "Keep clip": lambda e: e.review_clip("clip_1", Review.KEPT),
    "Drop clip": lambda e: e.review_clip("clip_1", Review.DROPPED),
    "Set keyframe": lambda e: e.set_frame_key("clip_1", FrameKey(s(20), 0.2)),
    "Add picture": lambda e: e.put_layer("clip_1", a_layer(1, 4)),
    "Add music": lambda e: e.put_layer("clip_1", a_layer(0, 30, LayerKind.MUSIC)),
    "Add 2 layers": lambda e: e.put_layers(
        "clip_1", [a_layer(1, 4, layer_id="a"), a_layer(0, 9, LayerKind.MUSIC, "b")]
    ),
    "Replace words": lambda e: e.replace_words("src_1", 0, 3, ["Nobody,", "ever,", "told", "you"]),
    "Add marker": lambda e: e.add_marker("clip_1", Marker(s(20), "turn")),
    "Correct word": lambda e: e.correct_word("src_1", 0, "You all"),
    "Correct words": lambda e: e.correct_words("src_1", {0: "You", 3: "Old"}),
    "Remove words": lambda e: e.drop_words("src_1", [0, 1]),
    "Retime word": lambda e: e.retime_word("src_1", 1, s(0.7), s(1.9)),
    "Nudge captions": lambda e: e.nudge_words("src_1", 0, 6, s(0.1)),
    "Split sentence": lambda e: e.split_sentence("src_1", 3),
    "Merge sentences": lambda e: e.merge_sentence("src_1", 0),
    "Find and replace": lambda e: e.find_replace("src_1", "New York", "NYC"),
    "Assign speaker": lambda e: e.assign_speaker("src_1", [0, 2], "Bob"),
}


@pytest.mark.parametrize("label", EDITS)
def test_undo_and_redo_restore_exactly(store: Store, editing: Editing, label: str) -> None:
    before = everything(store)
    EDITS[label](editing)
    after = everything(store)
    assert after != before
    assert labels(store) == [label]
    assert store.undo("proj_1") == label
    assert everything(store) == before
    assert store.redo("proj_1") == label
    assert everything(store) == after


def test_split_parts_are_moved_joined_and_undone(store: Store, editing: Editing) -> None:
    start, end = store.clip("clip_1").range.start, store.clip("clip_1").range.end
    editing.split("clip_1", s(20))
    moved = editing.move_part("clip_1", 1, 0)
    assert [part.start for part in moved.kept] == [s(20), start]
    assert editing.move_part("clip_1", 0, 1).kept[0].start == start
    assert editing.join("clip_1", s(20)).kept == (TimeRange(start, end),)
    assert labels(store) == ["Split", "Move part", "Move part", "Join"]
    with pytest.raises(UsageError, match="nothing to split"):
        editing.split("clip_1", end)


def test_a_whole_afternoon_is_undone_step_by_step(store: Store, editing: Editing) -> None:
    states = [everything(store)]
    for label in ("Cut", "Add picture", "Set keyframe", "Find and replace", "Split clip", "Delete 2 clips"):
        EDITS[label](editing)
        states.append(everything(store))
    for state in reversed(states[:-1]):
        store.undo("proj_1")
        assert everything(store) == state
    for state in states[1:]:
        store.redo("proj_1")
        assert everything(store) == state


def test_a_replacement_shares_out_the_time_of_what_it_replaces(store: Store, editing: Editing) -> None:
    before = store.transcript("src_1")
    assert before is not None
    start, end = before.words[0].start, before.words[2].end
    for texts in (["Nobody", "ever", "told", "you"], ["Nobody"]):
        words = editing.replace_words("src_1", 0, 3, texts).words
        assert [word.text for word in words[: len(texts)]] == texts
        assert (words[0].start, words[len(texts) - 1].end) == (start, end)
        assert words[len(texts) :] == before.words[3:]
        assert labels(store).count("Replace words") == 1, "one entry for one replacement"
        store.undo("proj_1")
        assert store.transcript("src_1") == before
    assert editing.replace_words("src_1", 0, 3, []).words == before.words[3:]
    assert "Replace words" not in [entry.label for entry in store.history("proj_1") if not entry.undone]


def test_one_layer_is_named_and_loops_unless_told(store: Store, editing: Editing) -> None:
    clip = editing.put_layers("clip_1", [a_layer(0, 30, LayerKind.MUSIC)])
    assert labels(store) == ["Add music"]
    assert clip.layers[0].loop
    quiet = replace(clip.layers[0], loop=False)
    assert editing.put_layer("clip_1", quiet).layers == (quiet,)
    assert store.clip("clip_1").layers == (quiet,)


def test_cuts_come_back_one_by_one_by_word_or_all(store: Store, editing: Editing) -> None:
    clip = editing.cut("clip_1", [span(15, 16), span(20, 22)])
    assert clip.duration == s(27)
    assert editing.restore("clip_1", span(15, 16)).cuts == (span(20, 22),)
    cut = editing.cut_words("clip_1", [25, 26, 30])
    assert cut.cuts == (span(20, 22), span(24.85, 26.75), span(29.85, 30.75))
    assert editing.restore_words("clip_1", [26, 25]).cuts == (span(20, 22), span(29.85, 30.75))
    assert editing.restore_all("clip_1").cuts == ()
    assert store.clip("clip_1").cuts == ()


def test_a_clip_is_not_cut_away(store: Store, editing: Editing) -> None:
    with pytest.raises(UsageError, match="At least one second"):
        editing.cut_words("clip_1", range(10, 40))
    assert labels(store) == []


def test_ripple_delete_counts_in_clip_time(editing: Editing) -> None:
    editing.cut("clip_1", [span(12, 15)])
    assert editing.ripple_delete("clip_1", span(1, 3)).cuts == (span(11, 16),)


def test_lifting_leaves_the_clip_as_long_as_it_was(store: Store, editing: Editing) -> None:
    editing.put_layer("clip_1", a_layer(1, 9))
    clip = editing.lift("clip_1", span(3, 5))
    assert [layer.range for layer in clip.layers] == [span(1, 3), span(5, 9)]
    assert len({layer.id for layer in clip.layers}) == 2
    assert clip.duration == s(30)
    assert editing.remove_layer("clip_1", "layer_1").layers == clip.layers[1:]


def test_a_drag_brings_back_what_it_pushed_away(store: Store, editing: Editing, clock: stored.Clock) -> None:
    editing.cut("clip_1", [span(15, 16)])
    before = editing.put_layer("clip_1", a_layer(1, 3))
    for start in (12, 18, 25):
        clock.now += 0.1
        assert editing.trim_clip("clip_1", s(start), s(40), merge_key="drag").range.start == s(start)
    assert store.clip("clip_1").cuts == store.clip("clip_1").layers == ()
    back = editing.trim_clip("clip_1", s(10.5), s(40), merge_key="drag")
    assert (back.cuts, back.layers[0].range) == (before.cuts, span(0.5, 2.5))
    assert labels(store).count("Trim clip") == 1
    store.undo("proj_1")
    assert store.clip("clip_1") == before


def test_a_drag_after_an_undo_starts_anew(store: Store, editing: Editing) -> None:
    editing.trim_clip("clip_1", s(20), s(40), merge_key="drag")
    store.undo("proj_1")
    editing.add_marker("clip_1", Marker(s(30)))
    assert editing.trim_clip("clip_1", s(12), s(40), merge_key="drag").markers == (Marker(s(30)),)


def test_dragging_a_key_and_a_layer_is_one_edit_each(
    store: Store, editing: Editing, clock: stored.Clock
) -> None:
    editing.set_frame_key("clip_1", FrameKey(s(20)))
    editing.set_frame_key("clip_1", FrameKey(s(25)))
    editing.put_layer("clip_1", a_layer(1, 4))
    for at in (24.9, 25, 26, 27):
        clip = editing.move_frame_key("clip_1", s(20), s(at), merge_key="key")
    assert [key.at for key in clip.frame_keys] == [s(25), s(27)]
    for at in (2, 5, 9):
        clip = editing.move_layer("clip_1", "layer_1", span(at, at + 3), merge_key="layer")
    assert clip.layers[0].range == span(9, 12)
    assert labels(store)[-2:] == ["Move keyframe", "Move layer"]
    assert editing.remove_frame_key("clip_1", s(25)).frame_keys == (FrameKey(s(27)),)
    assert editing.clear_frame_keys("clip_1").frame_keys == ()


def test_markers(editing: Editing) -> None:
    editing.add_marker("clip_1", Marker(s(20), "one"))
    assert editing.rename_marker("clip_1", s(20), "two").markers == (Marker(s(20), "two"),)
    assert editing.move_marker("clip_1", s(20), s(30)).markers == (Marker(s(30), "two"),)
    assert editing.remove_marker("clip_1", s(30)).markers == ()


def test_what_changes_nothing_leaves_no_entry(store: Store, editing: Editing) -> None:
    editing.remove_layer("clip_1", "none")
    editing.restore("clip_1", span(0, 60))
    editing.clear_frame_keys("clip_1")
    editing.correct_word("src_1", 0, "I")
    editing.reorder_clips(["clip_1", "clip_2", "clip_3"])
    editing.delete_clips([])
    assert editing.find_replace("src_1", "nowhere", "x") == 0
    assert labels(store) == []


def by_rank(store: Store) -> list[Clip]:
    """The clips, once their ranks are 1..n."""
    clips = sorted(store.clips("src_1"), key=lambda clip: clip.rank)
    assert [clip.rank for clip in clips] == list(range(1, len(clips) + 1))
    return clips


def test_a_split_makes_a_clip_right_behind(store: Store, editing: Editing) -> None:
    first, second = editing.split_clip("clip_2", s(22))
    assert [clip.id for clip in by_rank(store)] == ["clip_1", "clip_2", second.id, "clip_3"]
    assert (store.clip("clip_2"), store.clip(second.id)) == (first, second)
    assert (first.range, second.range, second.title) == (span(10, 22), span(22, 40), "Clip 2 (2)")
    assert (first.quote_last, second.quote_first) == ("This is sentence 2.", "This is sentence 3.")
    with pytest.raises(UsageError):
        editing.split_clip("clip_2", s(10.2))


def test_copies_deletions_and_order_keep_the_ranks(store: Store, editing: Editing) -> None:
    copy = editing.duplicate_clip("clip_1")
    again = editing.duplicate_clip(copy.id)
    assert [copy.title, again.title] == ["Clip 1 (2)", "Clip 1 (3)"]
    assert [clip.id for clip in by_rank(store)] == ["clip_1", copy.id, again.id, "clip_2", "clip_3"]
    assert editing.reorder_clips(["clip_3", "clip_1"])[0].id == "clip_3"
    left = editing.delete_clips([copy.id, "clip_2"])
    assert left == by_rank(store)
    assert [clip.id for clip in left] == ["clip_3", again.id, "clip_1"]


def test_deleting_takes_all_or_nothing(store: Store, editing: Editing) -> None:
    with pytest.raises(NotFound):
        editing.delete_clips(["clip_1", "none"])
    assert len(store.clips("src_1")) == 3


def test_undoing_a_deletion_brings_exports_back(store: Store, editing: Editing) -> None:
    editing.delete_clips(["clip_1"])
    assert store.exports() == []
    store.undo("proj_1")
    assert [export.clip_id for export in store.exports()] == ["clip_1"]


def test_without_a_transcript_there_are_no_words_to_cut(store: Store, editing: Editing) -> None:
    with store.transaction("Forget words", "proj_1") as tx:
        tx.delete("transcript", "src_1")
    with pytest.raises(BadInput, match="no transcript"):
        editing.cut_words("clip_1", [20])
    with pytest.raises(BadInput, match="no transcript"):
        editing.correct_word("src_1", 0, "x")


def test_the_transcript_is_found_and_held_inside_the_recording(store: Store, editing: Editing) -> None:
    assert [(hit.first, hit.last) for hit in editing.find("src_1", "new york")] == [(3, 5), (6, 8)]
    last = len(store.transcript("src_1").words) - 1  # type: ignore[union-attr]
    assert editing.retime_word("src_1", last, s(59), s(99)).words[last].end == s(60)


def test_a_corrected_word_stores_its_sentence_alone(store: Store, editing: Editing) -> None:
    heard = []
    store.changes.subscribe(heard.append)
    editing.correct_word("src_1", 7, "Yorck")
    [changes] = heard
    assert changes.ids("transcript") == {"src_1"}
    assert store.transcript("src_1").words[7].confidence == 1.0  # type: ignore[union-attr]
    assert store.transcript("src_1").words[7].start == Time.from_seconds(7)  # type: ignore[union-attr]
