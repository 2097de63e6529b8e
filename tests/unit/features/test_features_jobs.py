"""Jobs of the features: each with a result, stopped and found again like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.projects import add_project, make_recording, make_services

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features import projects, upkeep
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.models import start_install
from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.job import start_export, start_import
from viralclip_desktop.features.relink.job import start_relink

LONG_S = 30.0


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_recording(tmp_path / "Film.mp4", 2)


def test_a_project_goes_out_comes_in_and_is_whole_again(
    services: Services, film: Path, tmp_path: Path
) -> None:
    source = add_project(services, film, clips=1)
    out = tmp_path / "Film.viralclip"
    job = start_export(services, source.project_id, out, with_media=True)
    assert services.jobs.wait(job.id, LONG_S).result == {"path": str(out)}
    job = start_import(services, out)
    done = services.jobs.wait(job.id, LONG_S)
    assert done.result["name"] == "Film (2)"
    assert len(services.store.projects()) == 2
    moved = tmp_path / "there" / "Film.mp4"
    moved.parent.mkdir()
    film.rename(moved)
    job = start_relink(services, moved.parent)
    done = services.jobs.wait(job.id, LONG_S)
    assert source.project_id in done.result["project_ids"]
    assert done.result["missing"] == 0
    assert Path(services.store.source(source.id).path) == moved


def test_an_import_interrupted_after_it_was_stored_makes_no_second_project(
    services: Services, film: Path, tmp_path: Path
) -> None:
    source, out = add_project(services, film, clips=1), tmp_path / "Film.viralclip"
    export_project(
        services.store, services.paths, source.project_id, out, progress=ignore_progress, cancel=CancelToken()
    )
    done = services.jobs.wait(start_import(services, out).id, LONG_S)
    assert done.project_id == done.result["project_id"], "known as soon as it is stored"
    services.store.jobs.put(replace(done, state=WorkState.CANCELLED, result={}))
    again = services.jobs.wait(services.jobs.retry(done.id).id, LONG_S)
    assert again.result == done.result
    assert len(services.store.projects()) == 2


def test_the_same_work_is_not_done_twice_at_once(services: Services) -> None:
    services.jobs.pause("download")
    first = start_install(services, "tiny")
    assert start_install(services, "tiny").id == first.id
    other = start_install(services, "base")
    assert other.id != first.id
    for job in (first, other):
        services.jobs.cancel(job.id)


def test_offline_an_install_fails_with_a_sentence(services: Services) -> None:
    services.settings.set(offline=True)
    assert services.gate.offline
    job = start_install(services, "tiny")
    done = services.jobs.wait(job.id, LONG_S)
    assert done.state is WorkState.FAILED
    assert "offline switch" in done.error
    services.settings.set(offline=False)
    assert not services.gate.offline


def test_nothing_is_put_back_or_cleared_during_work(services: Services) -> None:
    backup = services.store.backup_now()
    assert [entry.path for entry in services.store.backups()] == [backup]
    services.jobs.pause("files")
    job = start_relink(services, services.paths.home)
    with pytest.raises(UsageError, match="still running"):
        upkeep.clear_cache(services)
    with pytest.raises(UsageError, match="still running"):
        upkeep.restore_backup(services, backup)
    services.jobs.cancel(job.id)
    upkeep.restore_backup(services, backup)
    assert upkeep.clear_cache(services) >= 0


def test_a_project_is_renamed(services: Services, film: Path) -> None:
    source = add_project(services, film, clips=0)
    assert projects.rename_project(services.store, source.project_id, "  Another ").name == "Another"
    assert projects.rename_project(services.store, source.project_id, " ").name == "Another"
    assert services.store.undo(source.project_id) == "Rename project"
    assert services.store.project(source.project_id).name == "Film"
