"""A kind of job: a name, what is asked, what comes of it, and the plain function between the two.

``run`` knows no toolkit and gets all it needs in its arguments, so the same function can run anywhere.
Requests and results are dataclasses; in the database they are JSON, read and written by cattrs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from cattrs import Converter

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.core.rates import fraction_of
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.jobs import Job

Request = TypeVar("Request")
Result = TypeVar("Result")
T = TypeVar("T")


class Update(Protocol):
    """What a job calls to make something known before its end."""

    def __call__(self, *, project_id: str | None = None, result: dict[str, Any] | None = None) -> None:
        """Set the job's project, add to its result (JSON values); stored and reported at once."""


class Host(Protocol):
    """What runs jobs, as a running job sees it; the queue is one."""

    def stages(self, job_id: str) -> dict[str, Any]:
        """The stages a job has finished, with what came of each (JSON values)."""

    def put_stage(self, job_id: str, name: str, result: Any) -> None:
        """Note that a job has finished a stage."""

    def part(self, parent: Job, kind: JobKind[Any, Any], request: Any, depends_on: Sequence[str]) -> Job:
        """Queue a part of a job, or take up the one that is there for the same request."""

    def wait_for_parts(self, parent: Job, parts: Sequence[Job], context: JobContext) -> list[Job]:
        """Wait until parts have ended."""


@dataclass(frozen=True)
class JobContext:
    """How a running job talks to the queue."""

    job: Job
    """As it stood at this start."""
    progress: Progress
    cancel: CancelToken
    update: Update
    host: Host
    kind_lane: str

    def stage(self, name: str, result: type[T], work: Callable[[], T]) -> T:
        """Do a part of the work once: what came of it (``result`` says its type) is kept, so that a job that
        was interrupted or failed goes on after its last finished stage."""
        done = self.host.stages(self.job.id)
        if name in done:
            return _converter().structure(done[name], result)
        self.cancel.raise_if_cancelled()
        made = work()
        self.host.put_stage(self.job.id, name, _converter().unstructure(made))
        return made

    def part(self, kind: JobKind[Request, Any], request: Request, *, depends_on: Sequence[Job] = ()) -> Job:
        """Queue a job that is a part of this one, in another lane. Where this job runs again, the part that
        is there for the same request is taken up: one that failed is tried again, one that is done stays."""
        if kind.lane == self.kind_lane:
            raise ValueError(f"a part of {self.job.kind!r} would wait for its own lane {kind.lane!r}")
        return self.host.part(self.job, kind, request, [job.id for job in depends_on])

    def wait(self, parts: Sequence[Job]) -> list[Job]:
        """Wait until parts have ended, as they ended (some may have failed); this job shows the sum of their
        progress meanwhile. Raises :class:`Cancelled`, and then the parts are cancelled too."""
        return self.host.wait_for_parts(self.job, parts, self)


@dataclass(frozen=True)
class JobKind(Generic[Request, Result]):
    """One kind of work. ``run`` gets what the queue was built with (the services), the request and the
    context; it raises a ``Fault`` for troubles, ``Cancelled`` when it was asked to stop."""

    name: str
    """In the database: it never changes."""
    lane: str
    """Jobs of one lane run in order."""
    request: type[Request]
    result: type[Result]
    run: Callable[[Any, Request, JobContext], Result]
    remembered: bool = False
    """Whether its ended jobs are kept for good: they tell what has been done."""

    def is_of(self, job: Job) -> bool:
        """Whether a job is of this kind."""
        return job.kind == self.name

    def payload(self, request: Request) -> dict[str, Any]:
        """A request as JSON values, for the job's row."""
        plain: dict[str, Any] = _converter().unstructure(request)
        return plain

    def request_of(self, job: Job) -> Request:
        """What a job of this kind was asked."""
        return self.request_from(job.payload)

    def request_from(self, payload: dict[str, Any]) -> Request:
        """A request from JSON values."""
        return _converter().structure(payload, self.request)

    def result_of(self, job: Job) -> Result:
        """What came of a completed job of this kind."""
        return _converter().structure(job.result, self.result)

    def plain_result(self, result: Result) -> dict[str, Any]:
        """A result as JSON values."""
        plain: dict[str, Any] = _converter().unstructure(result)
        return plain


@cache
def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(Path, str)
    converter.register_structure_hook(Path, lambda text, _: Path(text))
    converter.register_unstructure_hook(Fraction, str)
    converter.register_structure_hook(Fraction, lambda text, _: fraction_of(str(text)))
    converter.register_unstructure_hook(Time, lambda time: time.ticks)
    converter.register_structure_hook(Time, lambda ticks, _: Time(int(ticks)))
    return converter
