"""Errands: each a job with a result, stopped and found again like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.gui_desk import add_project, make_desk, make_recording

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features import errands
from viralclip_desktop.features.desk import Desk

LONG_S = 30.0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_recording(tmp_path / "Film.mp4", 2)


def test_a_project_goes_out_comes_in_and_is_whole_again(desk: Desk, film: Path, tmp_path: Path) -> None:
    source = add_project(desk, film, clips=1)
    out = tmp_path / "Film.viralclip"
    job = desk.start_errand(
        errands.EXPORT_PROJECT, project_id=source.project_id, path=str(out), with_media=True
    )
    assert desk.jobs.wait(job.id, LONG_S).result == {"path": str(out)}
    job = desk.start_errand(errands.IMPORT_PROJECT, path=str(out))
    done = desk.jobs.wait(job.id, LONG_S)
    assert done.result["name"] == "Film (2)"
    assert len(desk.store.projects()) == 2
    moved = tmp_path / "there" / "Film.mp4"
    moved.parent.mkdir()
    film.rename(moved)
    job = desk.start_errand(errands.RELINK, folder=str(moved.parent))
    done = desk.jobs.wait(job.id, LONG_S)
    assert source.project_id in done.result["project_ids"]
    assert done.result["missing"] == 0
    assert Path(desk.store.source(source.id).path) == moved


def test_an_import_interrupted_after_it_was_stored_makes_no_second_project(
    desk: Desk, film: Path, tmp_path: Path
) -> None:
    source, out = add_project(desk, film, clips=1), tmp_path / "Film.viralclip"
    desk.export_project(source.project_id, out, progress=ignore_progress, cancel=CancelToken())
    done = desk.jobs.wait(desk.start_errand(errands.IMPORT_PROJECT, path=str(out)).id, LONG_S)
    assert done.project_id == done.result["project_id"], "known as soon as it is stored"
    desk.store.jobs.put(replace(done, state=WorkState.CANCELLED, result={}))
    again = desk.jobs.wait(desk.jobs.retry(done.id).id, LONG_S)
    assert again.result == done.result
    assert len(desk.store.projects()) == 2


def test_the_same_errand_is_not_run_twice_at_once(desk: Desk) -> None:
    desk.jobs.pause("download")
    first = desk.start_errand(errands.INSTALL_MODEL, model="tiny")
    assert desk.start_errand(errands.INSTALL_MODEL, model="tiny").id == first.id
    other = desk.start_errand(errands.INSTALL_MODEL, model="base")
    assert other.id != first.id
    for job in (first, other):
        desk.jobs.cancel(job.id)


def test_offline_an_install_fails_with_a_sentence(desk: Desk) -> None:
    desk.settings.set(offline=True)
    assert desk.gate.offline
    job = desk.start_errand(errands.INSTALL_MODEL, model="tiny")
    done = desk.jobs.wait(job.id, LONG_S)
    assert done.state is WorkState.FAILED
    assert "offline switch" in done.error
    desk.settings.set(offline=False)
    assert not desk.gate.offline


def test_nothing_is_put_back_or_cleared_during_work(desk: Desk) -> None:
    backup = desk.store.backup_now()
    assert [entry.path for entry in desk.backups()] == [backup]
    desk.jobs.pause("files")
    job = desk.start_errand(errands.RELINK, folder=str(desk.paths.home))
    with pytest.raises(UsageError, match="still running"):
        desk.clear_cache()
    with pytest.raises(UsageError, match="still running"):
        desk.restore_backup(backup)
    desk.jobs.cancel(job.id)
    desk.restore_backup(backup)
    assert desk.clear_cache() >= 0


def test_a_project_is_renamed(desk: Desk, film: Path) -> None:
    source = add_project(desk, film, clips=0)
    assert desk.rename_project(source.project_id, "  Another ").name == "Another"
    assert desk.rename_project(source.project_id, " ").name == "Another"
    assert desk.undo(source.project_id) == "Rename project"
    assert desk.store.project(source.project_id).name == "Film"
