"""Kinds of jobs for tests: dictionaries in and out, done by a function of the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.kinds import JobContext, JobKind, Update

Handler = Callable[[Job, Progress, CancelToken, Update], dict[str, Any]]


def kind(name: str, handler: Handler, lane: str = "work") -> JobKind[dict[str, Any], dict[str, Any]]:
    """A kind whose jobs are done by ``handler``."""

    def run(_services: Any, _request: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return handler(context.job, context.progress, context.cancel, context.update)

    return JobKind(name, lane, dict[str, Any], dict[str, Any], run)


def kinds(
    handlers: Mapping[str, Handler], lanes: Mapping[str, str] | None = None
) -> list[JobKind[dict[str, Any], dict[str, Any]]]:
    """Several; ``lanes``: name -> lane, for those that are not in the lane ``work``."""
    return [kind(name, handler, (lanes or {}).get(name, "work")) for name, handler in handlers.items()]
