"""A job while it runs: what is held back is never stored over a later start."""

from itertools import pairwise
from typing import Any

import pytest

from viralclip_desktop.core.progress import UNKNOWN_S, ProgressEvent, no_time_left, staged
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


def test_what_is_short_says_nothing_about_what_is_long() -> None:
    now, lefts = [0.0], list[float | None]()
    work = RunningJob(
        Job("job_1", "toy", {}, state=WorkState.RUNNING),
        report=lambda job: lefts.append(job.time_left_s),
        save=lambda _job: None,
        clock=lambda: now[0],
        now=lambda: now[0],
    )
    reading = no_time_left(staged(work.progress, "import", 0.0, 0.12))
    for second in range(1, 21):
        now[0] = float(second)
        reading(ProgressEvent("sound", second / 20, time_left_s=20.0 - second))
    assert set(lefts) == {None}
    listening = staged(work.progress, "transcribe", 0.12, 0.9)
    for minute in range(1, 88):
        now[0] = 20.0 + 60.0 * minute
        listening(ProgressEvent("transcribe", minute / 88, time_left_s=60.0 * (88 - minute)))
    shown = [left for left in lefts if left is not None]
    assert len(shown) == 87
    assert all(later < 3 * before for before, later in pairwise(shown))
    listening(ProgressEvent("transcribe", 1.0, time_left_s=UNKNOWN_S))
    assert work.left() is None
