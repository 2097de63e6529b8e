"""A kind of job: a name, what is asked, what comes of it, and the plain function between the two.

``run`` knows no toolkit and gets all it needs in its arguments, so the same function can run anywhere.
Requests and results are dataclasses; in the database they are JSON, read and written by cattrs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from cattrs import Converter

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.jobs import Job

Request = TypeVar("Request")
Result = TypeVar("Result")


class Update(Protocol):
    """What a job calls to make something known before its end."""

    def __call__(self, *, project_id: str | None = None, result: dict[str, Any] | None = None) -> None:
        """Set the job's project, add to its result (JSON values); stored and reported at once."""


@dataclass(frozen=True)
class JobContext:
    """How a running job talks to the queue."""

    job: Job
    """As it stood at this start."""
    progress: Progress
    cancel: CancelToken
    update: Update


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
    converter.register_structure_hook(Fraction, lambda text, _: Fraction(text))
    converter.register_unstructure_hook(Time, lambda time: time.ticks)
    converter.register_structure_hook(Time, lambda ticks, _: Time(int(ticks)))
    return converter
