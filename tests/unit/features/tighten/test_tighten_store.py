"""Tightening clips and recordings of the store: one entry in the history, a list, each cut back by itself."""

from __future__ import annotations

import pytest
from support import stored

from viralclip_desktop.core.errors import BadInput, NotFound
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.tightening import is_made, listed
from viralclip_desktop.features.tighten import (
    cut_again,
    listen,
    listen_to_clip,
    outcome,
    planned,
    restore_cut,
    tighten_clip,
    tighten_source,
    untighten,
)

from .conftest import Project


def tightened(project: Project, strength: float = 0.5, clip_id: str = "clip_whole") -> Clip:
    store = project.services.store
    heard = listen_to_clip(store, project.services.paths, store.clip(clip_id))
    return tighten_clip(store, clip_id, heard, strength)


def test_a_clip_is_tightened_as_one_edit_that_can_be_undone(project: Project) -> None:
    store = project.services.store
    after = tightened(project)
    assert [cut.kind for cut in listed(after)] == ["silence", "filler", "repeat", "silence"]
    assert after.duration < project.whole.duration
    assert all(is_made(after, cut) for cut in listed(after))
    assert store.clip("clip_whole") == after
    assert store.undo("proj_1") == "Tighten clip"
    assert store.clip("clip_whole") == project.whole


def test_what_is_planned_is_what_happens(project: Project) -> None:
    heard = listen_to_clip(project.services.store, project.services.paths, project.whole)
    told = planned(project.whole, heard, 0.5)
    assert project.services.store.clip("clip_whole") == project.whole
    after = tightened(project)
    assert outcome(after) == told
    saved = sum(cut.range.duration.seconds for cut in told.cuts)
    assert told.before.seconds - told.after.seconds == pytest.approx(saved)


def test_one_cut_is_brought_back_and_left_alone_from_then_on(project: Project) -> None:
    store = project.services.store
    after = tightened(project)
    [um] = [cut for cut in listed(after) if cut.kind == "filler"]
    back = restore_cut(store, "clip_whole", um.id)
    assert back.duration == after.duration + um.range.duration
    assert [is_made(back, cut) for cut in listed(back)] == [True, False, True, True]
    again = tightened(project, 0.6)
    assert um in listed(again)
    assert not is_made(again, um)
    assert cut_again(store, "clip_whole", um.id).duration == again.duration - um.range.duration


def test_every_cut_can_be_brought_back_in_any_order(project: Project) -> None:
    store = project.services.store
    after = tightened(project, 1.0)
    for cut in reversed(listed(after)):
        restore_cut(store, "clip_whole", cut.id)
    assert store.clip("clip_whole").duration == project.whole.duration
    assert store.clip("clip_whole").kept[0].start == project.whole.kept[0].start


def test_less_strength_brings_back_what_more_cut(project: Project) -> None:
    hard = tightened(project, 1.0)
    soft = tightened(project, 0.2)
    assert soft.duration > hard.duration
    assert tightened(project, 1.0) == hard


def test_what_was_cut_by_hand_stays_cut(project: Project) -> None:
    from viralclip_desktop.features.editing import cut

    [word] = [word for word in project.talk.heard_by() if word.text == "bridges"]
    store = project.services.store
    by_hand = cut(store, "clip_whole", [stored.ranges((word.start.seconds, word.end.seconds))[0].range])
    tightened(project)
    assert untighten(store, "clip_whole").parts == by_hand.parts


def test_a_filler_at_a_clips_start_goes_and_comes_back(project: Project) -> None:
    store = project.services.store
    after = tightened(project, clip_id="clip_half")
    first = listed(after)[0]
    assert first.kind == "filler"
    assert after.kept[0].start.seconds >= project.talk.of("filler")[0].end_s - 0.01
    back = restore_cut(store, "clip_half", first.id)
    assert back.kept[0].start == project.half.kept[0].start


def test_all_clips_of_a_recording_at_once(project: Project) -> None:
    store = project.services.store
    heard = listen(store, project.services.paths, store.source("src_1"))
    clips, told = tighten_source(store, heard, 0.5)
    assert [clip.id for clip in clips] == ["clip_whole", "clip_half"]
    assert told.before == store.source("src_1").info.duration
    assert len(told.cuts) == 4
    assert listed(clips[0]) == told.cuts
    assert clips[0].duration == told.after
    assert store.undo("proj_1") == "Tighten all clips"
    assert store.clip("clip_half") == project.half


def test_a_gesture_is_one_entry(project: Project) -> None:
    store = project.services.store
    heard = listen_to_clip(store, project.services.paths, project.whole)
    for strength in (0.2, 0.4, 0.9):
        tighten_clip(store, "clip_whole", heard, strength, merge_key="slider")
    store.undo("proj_1")
    assert store.clip("clip_whole") == project.whole


def test_no_transcript_no_tightening(project: Project) -> None:
    store, known = project.services.store, project.services.store.source("src_1")
    with store.transaction("Add recording", "proj_1") as tx:
        tx.put(stored.source("src_2", path=known.path, info=known.info))
    with pytest.raises(BadInput, match="transcript"):
        listen(store, project.services.paths, store.source("src_2"))


def test_a_cut_that_is_not_there(project: Project) -> None:
    with pytest.raises(NotFound, match="silence-1-2"):
        restore_cut(project.services.store, "clip_whole", "silence-1-2")
