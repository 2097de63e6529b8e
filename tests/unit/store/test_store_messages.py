"""Messages in the database: stored as template and values, shown in the language of whoever reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.languages import catalogue

from viralclip_desktop.compose.captions.presets import caption_style
from viralclip_desktop.core.messages import Length, say, say_n
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Reason
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.store import Store

THAI = catalogue("th")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        yield store


def _edit(store: Store, label: str, merge_key: str | None = None) -> None:
    with store.transaction(label, "proj_1", merge_key=merge_key) as tx:
        tx.put(replace(tx.clip("clip_1"), title=f"Title for {label}"))


def test_a_history_made_in_english_reads_in_thai(store: Store, tmp_path: Path) -> None:
    _edit(store, "Trim clip")
    _edit(store, say_n(3, "Delete {n} clip", "Delete {n} clips"))
    _edit(store, say("Delete {name}", name="Export"))
    _edit(store, say("Add {kind}", kind=say("music")))
    store.close()
    with stored.new_store(tmp_path) as again:
        labels = [entry.label for entry in again.history("proj_1")][1:]
        undone = again.undo("proj_1")
    assert labels == ["Trim clip", "Delete 3 clips", "Delete Export", "Add music"]
    said = [THAI.message(label) for label in labels]
    assert said == [THAI.text("Trim clip"), "ลบ 3 คลิป", "ลบ Export", THAI.message(labels[3])]
    assert said[3] == THAI.text("Add {kind}").format(kind=THAI.text("music"))
    assert not any("Trim" in text or "music" in text for text in said)
    assert THAI.message(undone or "") == said[3]


def test_a_name_that_is_a_word_of_ours_is_never_translated(store: Store) -> None:
    assert THAI.text("Export") != "Export"
    _edit(store, say("Delete {name}", name="Export"))
    assert "Export" in THAI.message(store.history("proj_1")[-1].label)


def test_a_style_of_the_users_keeps_its_name(store: Store) -> None:
    style = replace(caption_style("karaoke"), id="style_1", label="Export")
    assert THAI.text(style.label) != style.label
    with store.transaction("Save caption style", "proj_1") as tx:
        tx.put(style)
    (kept,) = store.caption_styles()
    assert kept == style
    assert THAI.message(kept.label) == "Export"


def test_labels_of_earlier_versions_still_read(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "app.db") as connection:
        connection.execute("UPDATE edits SET label = 'Trim clip'")
    connection.close()
    label = store.history("proj_1")[0].label
    assert label == "Trim clip"
    assert THAI.message(label) == THAI.text("Trim clip") != "Trim clip"


def test_merged_edits_take_the_newest_message(store: Store) -> None:
    for name in ("A", "B"):
        _edit(store, say("Import {title}", title=name), "typing")
    assert [entry.label for entry in store.history("proj_1")] == ["Make project", "Import B"]
    assert THAI.message(store.history("proj_1")[-1].label) == THAI.text("Import {title}").format(title="B")


def test_a_failed_job_and_its_export_keep_their_message(store: Store) -> None:
    error = say("No speech found in “{title}”.", title="sound")
    hint = say("{name} has no {what}.", name="a.mp4", what=say("sound"))
    length = Length(Time.from_seconds(80))
    message = say("{engine}  ·  {at} of {duration}", engine="Whisper", at="0:10.0", duration=length)
    job = Job("job_1", "transcribe", {}, "proj_1", WorkState.FAILED, message=message, error=error, hint=hint)
    store.jobs.put(job)
    with store.transaction("Export", "proj_1", undoable=False) as tx:
        tx.put(replace(tx.export("exp_1"), status=WorkState.FAILED, error=error, hint=hint))
    kept, export = store.jobs.get("job_1"), store.export("exp_1")
    for one in (kept, export):
        assert (one.error, one.hint) == ("No speech found in “sound”.", "a.mp4 has no sound.")
        assert THAI.message(one.error) == THAI.text("No speech found in “{title}”.").format(title="sound")
        assert THAI.text("sound") in THAI.message(one.hint)
    assert THAI.message(kept.message) == "Whisper  ·  0:10.0 จาก 1 นาที 20 วินาที".replace(
        "นาที 20 วินาที", f"{THAI.text('min')} 20 {THAI.text('s')}"
    )


def test_reasons_of_a_clip_keep_their_message_through_undo(store: Store) -> None:
    reason = Reason("hook", 0.9, say("Opens with a number: “{quote}”", quote="One clip"))
    with store.transaction("Find clips", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), reasons=(reason,)))
    store.undo("proj_1")
    store.redo("proj_1")
    (kept,) = store.clip("clip_1").reasons
    assert kept == reason
    assert kept.text == "Opens with a number: “One clip”"
    assert THAI.message(kept.text) == THAI.text("Opens with a number: “{quote}”").format(quote="One clip")
