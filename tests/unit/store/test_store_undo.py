"""Undo that never forgets: named entries, across restarts, through deletions, without touching work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.errors import NotApplied
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.store import Store

ME = (1234, 5.0)


@pytest.fixture
def clock() -> stored.Clock:
    return stored.Clock()


@pytest.fixture
def store(tmp_path: Path, clock: stored.Clock) -> Iterator[Store]:
    with stored.new_store(tmp_path, clock) as store:
        stored.fill(store)
        yield store


def rename(store: Store, title: str, merge_key: str | None = None) -> None:
    with store.transaction(f"Rename to {title}", "proj_1", merge_key=merge_key) as tx:
        tx.put(replace(tx.clip("clip_1"), title=title))


def labels(store: Store) -> list[tuple[str, bool]]:
    return [(entry.label, entry.undone) for entry in store.history("proj_1")]


def test_undo_and_redo_walk_through_named_edits(store: Store) -> None:
    rename(store, "A")
    rename(store, "B")
    assert store.undo("proj_1") == "Rename to B"
    assert store.clip("clip_1").title == "A"
    assert store.undo("proj_1") == "Rename to A"
    assert store.clip("clip_1") == stored.clip()
    assert store.redo("proj_1") == "Rename to A"
    assert labels(store) == [("Make project", False), ("Rename to A", False), ("Rename to B", True)]
    assert store.redo("proj_1") == "Rename to B"
    assert store.redo("proj_1") is None
    assert store.clip("clip_1").title == "B"


def test_undo_survives_a_restart(store: Store, tmp_path: Path) -> None:
    rename(store, "A")
    store.close()
    with stored.new_store(tmp_path) as again:
        assert again.undo("proj_1") == "Rename to A"
        again.close()
        assert again.redo("proj_1") == "Rename to A"
        assert again.clip("clip_1").title == "A"


def test_a_new_edit_after_undo_drops_what_could_be_redone(store: Store) -> None:
    rename(store, "A")
    store.undo("proj_1")
    rename(store, "C")
    assert store.redo("proj_1") is None
    assert labels(store) == [("Make project", False), ("Rename to C", False)]


def test_projects_have_separate_histories(store: Store) -> None:
    with store.transaction("Other project") as tx:
        tx.put(stored.project("proj_2"))
    rename(store, "A")
    assert store.undo("proj_2") == "Other project"
    assert store.clip("clip_1").title == "A"
    assert store.undo("proj_2") is None
    assert store.undo("nowhere") is None


def test_a_drag_is_one_edit_until_there_is_a_pause(store: Store, clock: stored.Clock) -> None:
    for title in ("A", "B", "C"):
        clock.now += 1.0
        rename(store, title, merge_key="drag")
    clock.now += 2.0
    rename(store, "D", merge_key="drag")
    rename(store, "E", merge_key="other")
    assert [label for label, _ in labels(store)][1:] == ["Rename to C", "Rename to D", "Rename to E"]
    store.undo("proj_1")
    store.undo("proj_1")
    assert store.clip("clip_1").title == "C"
    store.undo("proj_1")
    assert store.clip("clip_1") == stored.clip()
    for _ in range(3):
        store.redo("proj_1")
    assert store.clip("clip_1").title == "E"


def test_a_drag_after_undo_is_a_new_edit(store: Store) -> None:
    rename(store, "A", merge_key="drag")
    with store.transaction("Score", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), score=1))
    store.undo("proj_1")
    rename(store, "B", merge_key="drag")
    store.undo("proj_1")
    assert store.clip("clip_1").title == "A"


def test_a_drag_back_to_where_it_began(store: Store) -> None:
    rename(store, "A", merge_key="drag")
    rename(store, stored.clip().title, merge_key="drag")
    store.undo("proj_1")
    assert store.clip("clip_1") == stored.clip()


@pytest.mark.parametrize(
    ("kind", "entity_id"), [("project", "proj_1"), ("source", "src_1"), ("batch", "batch_1")]
)
def test_undoing_a_deletion_brings_everything_back(store: Store, kind: str, entity_id: str) -> None:
    with store.transaction(f"Delete {kind}", "proj_1") as tx:
        tx.delete(kind, entity_id)
    assert store.clips("src_1") == []
    assert store.exports() == []
    assert store.undo("proj_1") == f"Delete {kind}"
    assert store.source("src_1") == stored.source()
    assert store.transcript("src_1") == stored.transcript("Why did nobody tell me?", "Now I know.")
    assert store.batches("src_1") == [stored.batch()]
    assert store.clip("clip_1") == stored.clip()
    assert [export.id for export in store.exports()] == ["exp_1"]
    assert store.redo("proj_1") == f"Delete {kind}"
    assert store.clips("src_1") == []
    assert store.undo("proj_1") == f"Delete {kind}"
    assert store.clip("clip_1") == stored.clip()


def test_all_the_way_back_and_forth(store: Store) -> None:
    rename(store, "A")
    with store.transaction("Delete clip", "proj_1") as tx:
        tx.delete("clip", "clip_1")
    while store.undo("proj_1"):
        pass
    assert store.projects() == []
    while store.redo("proj_1"):
        pass
    assert [project.id for project in store.projects()] == ["proj_1"]
    assert store.clips("src_1") == []
    store.undo("proj_1")
    assert store.clip("clip_1").title == "A"
    assert [export.id for export in store.exports()] == ["exp_1"]


def test_undo_leaves_the_state_of_exports_alone(store: Store) -> None:
    with store.transaction("Title and export", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), title="A"))
        tx.put(stored.export("exp_2"))
    with store.transaction("", "proj_1", undoable=False) as tx:
        tx.put(replace(tx.export("exp_2"), status=WorkState.COMPLETED, output_path="/out.mp4"))
    store.undo("proj_1")
    assert store.clip("clip_1") == stored.clip()
    assert store.export("exp_2").status is WorkState.COMPLETED
    assert [label for label, _ in labels(store)] == ["Make project", "Title and export"]


def test_an_export_made_between_undo_and_redo_of_a_deletion_is_not_lost(store: Store) -> None:
    with store.transaction("Delete clip", "proj_1") as tx:
        tx.delete("clip", "clip_1")
    store.undo("proj_1")
    with store.transaction("Export", "proj_1") as tx:
        tx.put(stored.export("exp_2", status=WorkState.COMPLETED))
    store.redo("proj_1")
    assert store.exports() == []
    store.undo("proj_1")
    assert [(export.id, export.status) for export in store.exports()] == [
        ("exp_1", WorkState.CANCELLED),
        ("exp_2", WorkState.COMPLETED),
    ]


def test_an_export_somebody_still_works_on_comes_back_as_it_was(store: Store) -> None:
    store.jobs.add(Job("job_1", "export", {}), ME)
    with store.transaction("", "proj_1", undoable=False) as tx:
        tx.put(replace(tx.export("exp_1"), status=WorkState.RUNNING, job_id="job_1"))
    with store.transaction("Delete clip", "proj_1") as tx:
        tx.delete("clip", "clip_1")
    store.undo("proj_1")
    assert store.export("exp_1").status is WorkState.RUNNING


def test_deleting_an_export_can_be_undone(store: Store) -> None:
    with store.transaction("Remove export", "proj_1") as tx:
        tx.delete("export", "exp_1")
    assert store.exports() == []
    assert store.undo("proj_1") == "Remove export"
    assert [export.id for export in store.exports()] == ["exp_1"]


def test_undo_changes_only_the_fields_the_edit_changed(store: Store) -> None:
    rename(store, "A")
    with store.transaction("Rescore", "proj_1", undoable=False) as tx:
        tx.put(replace(tx.clip("clip_1"), score=3))
    store.undo("proj_1")
    assert store.clip("clip_1") == replace(stored.clip(), score=3)


def test_a_project_deleted_for_good_leaves_no_journal(store: Store) -> None:
    rename(store, "A")
    with store.transaction("Forget", "proj_1", undoable=False) as tx:
        tx.delete("project", "proj_1")
    assert store.history("proj_1") == []
    assert store.undo("proj_1") is None


def test_an_edit_of_something_that_is_gone_is_passed_over_and_told(store: Store) -> None:
    with store.transaction("Rename project", "proj_1") as tx:
        tx.put(replace(tx.project("proj_1"), name="Other"))
    rename(store, "A")
    with store.transaction("Purge", "proj_1", undoable=False) as tx:
        tx.delete("source", "src_1")
    with pytest.raises(NotApplied, match=r"“Rename to A” could not be undone\. What it changed is gone"):
        store.undo("proj_1")
    assert store.clips("src_1") == []
    assert store.undo("proj_1") == "Rename project", "the next undo goes on"
    assert store.project("proj_1").name == "Talk"
    assert store.redo("proj_1") == "Rename project"
    with pytest.raises(NotApplied, match="redone"):
        store.redo("proj_1")


def test_an_edit_of_words_that_are_others_now_is_told(store: Store) -> None:
    for text in ("One two.", "One and two."):
        with store.transaction(f"Say {text}", "proj_1") as tx:
            tx.put_transcript("src_1", stored.transcript(text))
    with store.transaction("Transcribe again", "proj_1", undoable=False) as tx:
        tx.put_transcript("src_1", stored.transcript("All else."))
    with pytest.raises(NotApplied, match="changed otherwise"):
        store.undo("proj_1")
    assert store.transcript("src_1") == stored.transcript("All else.")


def test_transcript_edits_are_undone_sentence_by_sentence(store: Store) -> None:
    first = stored.transcript("One two.", "Three four.", "Five six.")
    edits = [
        first,
        stored.transcript("One two.", "Three and four.", "Five six."),
        stored.transcript("One two.", "Five six."),
        stored.transcript("Zero.", "One two.", "Five six.", "Seven."),
        stored.transcript("One two. Five six."),
    ]
    for number, version in enumerate(edits):
        with store.transaction(f"Edit {number}", "proj_1") as tx:
            tx.put_transcript("src_1", version)
        assert store.transcript("src_1") == version
    for version in reversed(edits[:-1]):
        store.undo("proj_1")
        assert store.transcript("src_1") == version
    for version in edits[1:]:
        store.redo("proj_1")
        assert store.transcript("src_1") == version


def test_deleting_a_transcript(store: Store) -> None:
    with store.transaction("Delete transcript", "proj_1") as tx:
        tx.delete("transcript", "src_1")
    assert store.transcript("src_1") is None
    store.undo("proj_1")
    assert store.transcript("src_1") is not None


def test_a_transaction_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    told: list[Changes] = []
    store.changes.subscribe(told.append)
    rename(store, stored.clip().title)
    with store.transaction("Nothing", "proj_1"):
        pass
    assert [label for label, _ in labels(store)] == ["Make project"]
    assert told == []


@pytest.mark.logs_errors
def test_listeners_hear_what_changed_after_it_is_stored(store: Store) -> None:
    told: list[tuple[Changes, str]] = []
    stop = store.changes.subscribe(lambda changes: told.append((changes, store.clip("clip_1").title)))
    store.changes.subscribe(lambda changes: 1 / 0)
    rename(store, "A")
    store.undo("proj_1")
    stop()
    rename(store, "B")
    changes, title = told[0]
    assert title == "A"
    assert (changes.label, changes.project_id) == ("Rename to A", "proj_1")
    assert changes.ids("clip") == {"clip_1"}
    assert (changes.items[0].before, changes.items[0].after.title) == (stored.clip(), "A")
    assert told[1][1] == stored.clip().title
    assert len(told) == 2


def test_a_listener_may_store_something_itself(store: Store) -> None:
    order: list[str] = []

    def listener(changes: Changes) -> None:
        order.append(changes.label)
        if changes.label == "Rename to A":
            rename(store, "B")

    store.changes.subscribe(listener)
    rename(store, "A")
    assert order == ["Rename to A", "Rename to B"]
    assert store.clip("clip_1").title == "B"


def test_deletion_is_published_with_everything_that_went(store: Store) -> None:
    told: list[Changes] = []
    store.changes.subscribe(told.append)
    with store.transaction("Delete", "proj_1") as tx:
        tx.delete("project", "proj_1")
    kinds = [(change.kind, change.after) for change in told[0].items]
    assert kinds == [(kind, None) for kind in ("project", "source", "transcript", "batch", "clip", "export")]
    assert told[0].items[2].before.words[0].text == "Why"


def test_moving_in_and_out_points_is_exact(store: Store) -> None:
    with store.transaction("Trim clip", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), parts=stored.ranges((1 / 3, 2 / 3))))
    assert store.clip("clip_1").range == TimeRange.from_seconds(1 / 3, 2 / 3)
    store.undo("proj_1")
    assert store.clip("clip_1").range == stored.clip().range
