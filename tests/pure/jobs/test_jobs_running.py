"""A job while it runs: what is held back is never stored over a later start."""

from typing import Any

import pytest

from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.running import RunningJob


@pytest.mark.parametrize("end", [lambda work: work.end(WorkState.CANCELLED), lambda work: work.drop()])
def test_what_was_held_back_is_dropped_at_the_end(end: Any) -> None:
    now, saved, reported = [0.0], list[Job](), list[Job]()
    work = RunningJob(
        Job("job_1", "toy", {}, state=WorkState.RUNNING),
        report=reported.append,
        save=saved.append,
        clock=lambda: now[0],
        now=lambda: now[0],
    )
    work.progress(ProgressEvent("toy", 0.1))
    work.progress(ProgressEvent("toy", 0.2))  # too soon after the first: held back
    end(work)
    stored, told = len(saved), len(reported)
    now[0] = 60.0
    work.flush()  # the watcher looks once more, perhaps after the job was tried again
    work.flush(at_once=True)
    assert (len(saved), len(reported)) == (stored, told)
