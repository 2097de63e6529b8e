"""What the job queue needs of a database; ``store.jobs`` is one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.owner import Owner


class JobStore(Protocol):
    """Called from any thread; each call is a commit of its own."""

    def add(self, job: Job, owner: Owner) -> None:
        """A new job, queued by ``owner``."""

    def put(self, job: Job) -> None:
        """Store where a job stands."""

    def get(self, job_id: str) -> Job:
        """One job; raises ``NotFound``."""

    def list(self, states: Collection[WorkState] | None = None) -> Sequence[Job]:
        """Jobs in some states, oldest first."""

    def children(self, parent_id: str) -> Sequence[Job]:
        """The jobs that are parts of one, oldest first."""

    def stages(self, job_id: str) -> dict[str, Any]:
        """The stages a job has finished, with what came of each."""

    def put_stage(self, job_id: str, name: str, result: Any) -> None:
        """Note that a job has finished a stage."""

    def startable(self, owner: Owner) -> Sequence[str]:
        """``owner``'s queued jobs that may start now, in the order in which they should."""

    def next_start(self, owner: Owner) -> float | None:
        """When the next of ``owner``'s queued jobs that wait for a time may start (Unix seconds)."""

    def stuck(self) -> Sequence[Job]:
        """Queued jobs that can never start: a job they wait for did not complete."""

    def claim(self, job_id: str, owner: Owner) -> Job | None:
        """Start a queued job, if ``owner`` still may."""

    def adopt(self, job_id: str, old: Owner | None, new: Owner) -> Job | None:
        """Queue an unended job of ``old`` again, for ``new``."""

    def release(self, job_id: str) -> Job | None:
        """Leave an unended job queued for whoever starts next."""

    def restart(self, job_id: str, owner: Owner) -> Job | None:
        """Queue an ended job again."""

    def schedule(self, job_id: str, run_at: float | None) -> Job:
        """Let an unended job start no earlier than a Unix time."""

    def put_off(self, job_ids: Collection[str]) -> set[str]:
        """Which jobs are not to run before a time that has not come."""

    def request_cancel(self, job_id: str) -> Job:
        """Cancel a queued job, or ask whoever runs it to stop."""

    def cancel_requested(self, job_ids: Collection[str]) -> set[str]:
        """Which jobs somebody wants to stop."""

    def owners(self) -> Mapping[str, Owner | None]:
        """Who has which unended job, oldest first."""
