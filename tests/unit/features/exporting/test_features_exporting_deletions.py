"""Deleting a clip stops its exports, and leaves nothing half-written; an undo brings the clip back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.projects import add_project, make_recording, make_services

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.exports import LANE, export_clip, retry_export

ORDER = ExportSettings(resolution=Resolution.P1080, encoder="libx264")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


def files_of(services: Services) -> list[Path]:
    """Everything in the folder of finished clips."""
    return [path for path in (services.paths.home / "media").rglob("*") if path.is_file()]


def test_running_and_queued_exports_of_a_deleted_clip_are_cancelled(
    services: Services, tmp_path: Path
) -> None:
    source = add_project(services, make_recording(tmp_path / "talk.mp4"), clips=2)
    doomed, other = sorted(services.store.clips(source.id), key=lambda clip: clip.rank)
    begun = threading.Event()

    def note(job: Job) -> None:
        if job.state is WorkState.RUNNING and job.stage == "render":
            begun.set()

    services.jobs.listen(note)
    orders = [export_clip(services, doomed.id, ORDER) for _ in range(4)]
    assert begun.wait(60)
    services.jobs.pause(LANE)
    kept = export_clip(services, other.id, ORDER)

    editing.delete_clips(services.store, [doomed.id])
    states = [services.jobs.wait(order.job_id, 30).state for order in orders]
    assert states == [WorkState.CANCELLED] * 4
    assert files_of(services) == []
    assert services.jobs.get(kept.job_id).state is WorkState.QUEUED, "other clips' exports stay"

    assert services.store.undo(source.project_id) == "Delete clip"
    assert services.store.clip(doomed.id) == doomed
    back = [services.store.export(order.id).status for order in orders]
    assert back == [WorkState.CANCELLED] * 4, "they can be ordered again"
    assert retry_export(services, orders[0].id).status is WorkState.QUEUED


def test_an_order_is_never_stored_without_its_job(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = add_project(services, make_recording(tmp_path / "talk.mp4", 6), clips=1)
    [clip] = services.store.clips(source.id)
    services.jobs.pause(LANE)
    cancelled = export_clip(services, clip.id, ORDER)
    services.jobs.cancel(cancelled.job_id)
    before = services.store.export(cancelled.id)

    def die(_job: Job, _owner: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services.store.jobs, "add", die)
    with pytest.raises(KeyboardInterrupt):
        export_clip(services, clip.id, ORDER)
    with pytest.raises(KeyboardInterrupt):
        retry_export(services, cancelled.id)
    assert services.store.exports() == [before]


def test_a_retried_order_is_told_as_queued(services: Services, tmp_path: Path) -> None:
    source = add_project(services, make_recording(tmp_path / "talk.mp4", 6), clips=1)
    [clip] = services.store.clips(source.id)
    services.jobs.pause(LANE)
    order = export_clip(services, clip.id, ORDER)
    services.jobs.cancel(order.job_id)
    told: list[WorkState] = []
    services.store.changes.subscribe(
        lambda changes: told.extend(item.after.status for item in changes.items if item.kind == "export")
    )
    again = retry_export(services, order.id)
    assert again.job_id != order.job_id
    assert set(told) == {WorkState.QUEUED}
    assert services.jobs.get(again.job_id).state is WorkState.QUEUED
    services.jobs.cancel(again.job_id)


def test_a_finished_export_is_left_alone(services: Services, tmp_path: Path) -> None:
    source = add_project(services, make_recording(tmp_path / "talk.mp4", 6), clips=1)
    [clip] = services.store.clips(source.id)
    order = export_clip(services, clip.id, ExportSettings(audio_only=True))
    assert services.jobs.wait(order.job_id, 60).state is WorkState.COMPLETED
    editing.delete_clips(services.store, [clip.id])
    assert [path.suffix for path in files_of(services)] == [".m4a"]
    services.store.undo(source.project_id)
    assert services.store.export(order.id).status is WorkState.COMPLETED
