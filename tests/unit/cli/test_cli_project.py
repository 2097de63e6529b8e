"""``viralclip project``, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import stored
from support.command_line import CommandLine, make_services
from support.makers import make_video

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import upkeep
from viralclip_desktop.features.common.derived import source_peaks, source_thumbnail
from viralclip_desktop.features.workflows.batch_recording import RECORDING
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe


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
    with viralclip.services.store.transaction("Point at it", "proj_1") as tx:
        known = stored.source(path=str(recording), info=probe(recording))
        tx.put(stored.with_file(known, fingerprint=fingerprint(recording)))
    file = viralclip.json("project", "export", "proj_1", "--out", str(tmp_path / "x"), "--with-media")
    recording.unlink()
    other = make_services(tmp_path / "other")
    imported = CommandLine(other, capsys).json("project", "import", file["path"])
    assert imported["missing"] == []
    assert source_thumbnail(other.paths, "src_1")
    assert source_peaks(other.paths, "src_1")
    other.close()


def test_show_and_rename(viralclip: CommandLine) -> None:
    shown = viralclip.json("project", "show", "proj_1")
    assert (shown["name"], [one["id"] for one in shown["recordings"]]) == ("Talk", ["src_1"])
    assert shown["recordings"][0]["found"] is False
    assert shown["recordings"][0]["clip_ids"] == ["clip_1"]
    assert "(not found)" in viralclip("project", "show", "proj_1")[1]
    assert viralclip.json("project", "rename", "proj_1", " Talk two ")["name"] == "Talk two"
    assert viralclip("project", "rename", "proj_1", " ")[0] == 2
    assert viralclip.json("undo", "proj_1")["label"] == "Rename project"


def test_deleted_and_back(viralclip: CommandLine) -> None:
    assert viralclip.json("project", "delete", "proj_1")["deleted"] is True
    assert viralclip.json("project", "list") == []
    assert viralclip("undo", "proj_1")[1] == "Undone: Delete Talk\n"
    assert len(viralclip.json("project", "list")) == 1


@pytest.mark.parametrize("action", ["export", "delete", "show"])
def test_a_project_that_is_not_there(viralclip: CommandLine, action: str) -> None:
    code, _, told = viralclip("project", action, "proj_none")
    assert code == 3
    assert "There is no project called" in told


def test_keeping_safe_copies_and_forgets_old_jobs(viralclip: CommandLine) -> None:
    services = viralclip.services
    for name, state, at in (
        ("old", WorkState.FAILED, 1.0),
        ("waiting", WorkState.QUEUED, 1.0),
        ("new", WorkState.COMPLETED, 9e9),
    ):
        services.store.jobs.put(Job(name, "export", {}, state=state, created_at=at, updated_at=at))
    done = Job("done", RECORDING.name, {}, state=WorkState.COMPLETED, created_at=1.0, updated_at=1.0)
    services.store.jobs.put(done)
    upkeep.keep_safe(services)
    kept = {job.id for job in services.store.jobs.list()}
    assert kept == {"waiting", "new", "done"}, "a watched folder asks what was done for as long as it likes"
    assert len(services.store.backups()) == 1
    upkeep.keep_safe(services)
    assert len(services.store.backups()) == 1


def test_a_backup_that_fails_is_told_and_stops_nothing(viralclip: CommandLine) -> None:
    told: list[str] = []
    viralclip.services.notices.listen(lambda notice: told.append(notice.message))
    (viralclip.services.paths.backups).write_text("in the way", encoding="utf-8")
    upkeep.keep_safe(viralclip.services)
    assert len(told) == 1
    assert told[0].startswith("The projects were not backed up")
