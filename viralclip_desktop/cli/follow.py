"""Following queued work from the command line: progress to stderr, Ctrl+C cancels, failures are raised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks, Fault, UsageError
from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_POLL_S = 0.2  # how soon Ctrl+C is seen
_CLASSES: dict[int, type[Fault]] = {2: UsageError, 3: BadInput, 4: EnvironmentLacks}


def follow(services: Services, output: Output, jobs: Sequence[Job], label: str = "") -> list[Job]:
    """Wait until all ``jobs`` have ended; returns them as they ended. Raises Cancelled on Ctrl+C, after
    the work has really stopped."""
    with ExitStack() as stack:
        stack.callback(output.end_progress)
        stack.callback(services.jobs.listen(_reporter(services, output, jobs, label)))
        try:
            return [_wait(services, job) for job in jobs]
        except KeyboardInterrupt:
            for job in jobs:
                services.jobs.cancel(job.id)
            for job in jobs:
                services.jobs.wait(job.id, 5.0)
            raise Cancelled() from None


def succeed(job: Job) -> Job:
    """The job itself if it completed; otherwise its failure as a fault."""
    if job.state is WorkState.CANCELLED:
        raise Cancelled()
    if job.state is WorkState.FAILED:
        fault = _CLASSES.get(int(job.result.get("exit_code", 1)), Fault)(job.error, job.hint, job.details)
        if job.result.get("exit_code", 1) == 1:
            fault.exit_code = 1
        raise fault
    return job


def _wait(services: Services, job: Job) -> Job:
    while True:
        now = services.jobs.wait(job.id, _POLL_S)
        if now.state.ended:
            return now


def _reporter(services: Services, output: Output, jobs: Sequence[Job], label: str) -> Callable[[Job], None]:
    ids = {job.id for job in jobs}
    fractions = dict.fromkeys(ids, 0.0)

    def report(job: Job) -> None:
        if job.id not in ids:
            return
        if len(ids) == 1 and not label:
            output.progress(ProgressEvent(job.stage or job.kind, job.fraction, job.message, job.time_left_s))
            return
        fractions[job.id] = 1.0 if job.state.ended else job.fraction
        done = sum(value >= 1.0 for value in fractions.values())
        share = sum(fractions.values()) / len(fractions)
        output.progress(ProgressEvent(label, share, f"{done} of {len(ids)}", services.jobs.time_left()))

    return report
