"""Deleting a clip stops its exports, and leaves nothing half-written; an undo brings the clip back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.gui_desk import add_project, make_desk, make_recording

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import export_jobs
from viralclip_desktop.features.desk import Desk

ORDER = ExportSettings(resolution=Resolution.P1080, encoder="libx264")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


def files_of(desk: Desk) -> list[Path]:
    """Everything in the folder of finished clips."""
    return [path for path in (desk.paths.home / "media").rglob("*") if path.is_file()]


def test_running_and_queued_exports_of_a_deleted_clip_are_cancelled(desk: Desk, tmp_path: Path) -> None:
    source = add_project(desk, make_recording(tmp_path / "talk.mp4"), clips=2)
    doomed, other = sorted(desk.store.clips(source.id), key=lambda clip: clip.rank)
    begun = threading.Event()

    def note(job: Job) -> None:
        if job.state is WorkState.RUNNING and job.stage == "render":
            begun.set()

    desk.jobs.listen(note)
    orders = [desk.export_clip(doomed.id, ORDER) for _ in range(4)]
    assert begun.wait(60)
    desk.jobs.pause(export_jobs.LANE)
    kept = desk.export_clip(other.id, ORDER)

    desk.editing.delete_clips([doomed.id])
    states = [desk.jobs.wait(order.job_id, 30).state for order in orders]
    assert states == [WorkState.CANCELLED] * 4
    assert files_of(desk) == []
    assert desk.jobs.get(kept.job_id).state is WorkState.QUEUED, "other clips' exports stay"

    assert desk.undo(source.project_id) == "Delete clip"
    assert desk.store.clip(doomed.id) == doomed
    back = [desk.store.export(order.id).status for order in orders]
    assert back == [WorkState.CANCELLED] * 4, "they can be ordered again"
    assert desk.retry_export(orders[0].id).status is WorkState.QUEUED


def test_a_finished_export_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    source = add_project(desk, make_recording(tmp_path / "talk.mp4", 6), clips=1)
    [clip] = desk.store.clips(source.id)
    order = desk.export_clip(clip.id, ExportSettings(audio_only=True))
    assert desk.jobs.wait(order.job_id, 60).state is WorkState.COMPLETED
    desk.editing.delete_clips([clip.id])
    assert [path.suffix for path in files_of(desk)] == [".m4a"]
    desk.undo(source.project_id)
    assert desk.store.export(order.id).status is WorkState.COMPLETED
