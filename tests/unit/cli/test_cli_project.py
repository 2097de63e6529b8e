"""``viralclip project``, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.cli_desk import CommandLine, make_desk
from support.makers import make_video

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    desk = make_desk(tmp_path / "home")
    stored.fill(desk.store)
    yield CommandLine(desk, capsys)
    desk.close()


def test_list(viralclip: CommandLine) -> None:
    (project,) = viralclip.json("project", "list")
    assert project.pop("updated_at") > 0
    assert project == {"id": "proj_1", "name": "Talk", "sources": 1, "clips": 1}
    assert "Talk  (1 recording, 1 clip)" in viralclip("project", "list")[1]


def test_out_and_in_again(viralclip: CommandLine, tmp_path: Path) -> None:
    exported = viralclip.json("project", "export", "proj_1", "--out", str(tmp_path))
    assert exported["path"] == str(tmp_path / "Talk.viralclip")
    assert exported["size_bytes"] == (tmp_path / "Talk.viralclip").stat().st_size
    imported = viralclip.json("project", "import", exported["path"])
    assert (imported["name"], imported["sources"], imported["clips"]) == ("Talk (2)", 1, 1)
    assert len(imported["missing"]) == 1
    assert [project["name"] for project in viralclip.json("project", "list")] == ["Talk (2)", "Talk"]


def test_an_imported_project_is_seen_and_heard(
    viralclip: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = make_video(tmp_path / "talk.mp4", 1.0)
    with viralclip.desk.store.transaction("Point at it", "proj_1") as tx:
        known = replace(stored.source(), path=str(recording), info=probe(recording))
        tx.put(replace(known, fingerprint=fingerprint(recording)))
    file = viralclip.json("project", "export", "proj_1", "--out", str(tmp_path / "x"), "--with-media")
    recording.unlink()
    other = make_desk(tmp_path / "other")
    imported = CommandLine(other, capsys).json("project", "import", file["path"])
    assert imported["missing"] == []
    assert other.source_thumbnail("src_1")
    assert other.peaks("src_1")
    other.close()


def test_delete_undo_redo_history(viralclip: CommandLine) -> None:
    viralclip.desk.trim_clip("clip_1", Time.from_seconds(6), Time.from_seconds(20))
    assert viralclip.json("project", "undo", "proj_1") == {"project_id": "proj_1", "label": "Trim clip"}
    history = viralclip.json("project", "history", "proj_1")
    assert [(entry["label"], entry["undone"]) for entry in history] == [
        ("Make project", False),
        ("Trim clip", True),
    ]
    assert viralclip("project", "redo", "proj_1")[1] == "Redone: Trim clip\n"
    assert viralclip.json("project", "redo", "proj_1")["label"] is None
    assert viralclip.json("project", "delete", "proj_1")["deleted"] is True
    assert viralclip.json("project", "list") == []
    assert viralclip("project", "undo", "proj_1")[1] == "Undone: Delete Talk\n"
    assert len(viralclip.json("project", "list")) == 1


@pytest.mark.parametrize("action", ["export", "delete", "undo", "redo", "history"])
def test_a_project_that_is_not_there(viralclip: CommandLine, action: str) -> None:
    code, _, told = viralclip("project", action, "proj_none")
    assert code == 3
    assert "There is no project called" in told


def test_keeping_safe_copies_and_forgets_old_jobs(viralclip: CommandLine) -> None:
    desk = viralclip.desk
    for name, state, at in (
        ("old", WorkState.FAILED, 1.0),
        ("waiting", WorkState.QUEUED, 1.0),
        ("new", WorkState.COMPLETED, 9e9),
    ):
        desk.store.jobs.put(Job(name, "export", {}, state=state, created_at=at, updated_at=at))
    desk.keep_safe()
    assert {job.id for job in desk.store.jobs.list()} == {"waiting", "new"}
    assert len(desk.store.backups()) == 1
    desk.keep_safe()
    assert len(desk.store.backups()) == 1


def test_a_backup_that_fails_is_told_and_stops_nothing(viralclip: CommandLine) -> None:
    told: list[str] = []
    viralclip.desk.notices.listen(lambda notice: told.append(notice.message))
    (viralclip.desk.paths.backups).write_text("in the way", encoding="utf-8")
    viralclip.desk.keep_safe()
    assert len(told) == 1
    assert told[0].startswith("The projects were not backed up")
