"""Jobs from the command line: also what another program was at when it ended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.command_line import CommandLine
from support.makers import make_video

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.exports import EXPORT, export_clip
from viralclip_desktop.media.probe import probe

DEAD = (2**22 + 1, 1.0)  # above Linux's largest process id


@pytest.fixture
def interrupted(viralclip: CommandLine) -> Job:
    """A search for lost recordings that a program was at when it ended."""
    jobs = viralclip.services.store.jobs
    jobs.add(Job("job_1", "relink", {"folder": str(viralclip.services.paths.home)}, created_at=1.0), DEAD)
    job = jobs.claim("job_1", DEAD)
    assert job is not None
    return job


def test_an_interrupted_job_is_resumed_to_its_end(viralclip: CommandLine, interrupted: Job) -> None:
    (done,) = viralclip.json("jobs", "resume")
    assert (done["id"], done["state"]) == (interrupted.id, "completed")
    assert viralclip.json("jobs", "resume") == []


def test_an_interrupted_job_is_cancelled_or_tried_again(viralclip: CommandLine, interrupted: Job) -> None:
    assert viralclip.json("jobs", "cancel", interrupted.id)["state"] == "cancelled"
    assert viralclip.json("jobs", "retry", interrupted.id)["state"] == "completed"


def test_a_paused_job_rests_until_it_is_resumed(viralclip: CommandLine, interrupted: Job) -> None:
    paused = viralclip.json("jobs", "pause", interrupted.id)
    assert (paused["state"], paused["paused"]) == ("queued", True)
    assert [(job["id"], job["paused"]) for job in viralclip.json("jobs", "list")] == [(interrupted.id, True)]
    assert "paused" in viralclip("jobs", "list")[1]
    assert viralclip.services.jobs.resume_interrupted() == [viralclip.services.jobs.get(interrupted.id)]
    assert viralclip.services.jobs.get(interrupted.id).state is WorkState.QUEUED, "also at the next start"
    (done,) = viralclip.json("jobs", "resume", interrupted.id)
    assert (done["state"], done["paused"]) == ("completed", False)
    code, _, err = viralclip("jobs", "pause", interrupted.id)
    assert code == 2, err


def test_an_export_stands_as_its_job_says(viralclip: CommandLine, tmp_path: Path) -> None:
    services = viralclip.services
    film = make_video(tmp_path / "talk.mp4", 8.0)
    with services.store.transaction("Film", "proj_1") as tx:
        tx.put(stored.with_file(services.store.source("src_1"), path=str(film), info=probe(film)))
    services.jobs.pause("export")
    order = export_clip(services, "clip_1", ExportSettings(resolution=Resolution.P720))
    status = lambda: services.store.export(order.id).status  # noqa: E731
    assert status() is WorkState.QUEUED
    services.store.jobs.put(replace(services.jobs.get(order.job_id), state=WorkState.FAILED, error="Full."))
    assert (status(), services.store.export(order.id).error) == (WorkState.FAILED, "Full.")
    done = viralclip.json("jobs", "retry", order.job_id) if not services.jobs.resume("export") else {}
    assert done["state"] == "completed"
    assert (status(), services.store.export(order.id).error) == (WorkState.COMPLETED, "")
    assert EXPORT.result_of(services.jobs.get(order.job_id)).path.is_file()
