"""A job: work that takes a while, is kept in the database, and survives a restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from viralclip_desktop.domain.exports import WorkState

PAUSED = 253_402_300_799.0
"""As ``run_at`` (the end of the year 9999): it does not start before somebody resumes it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work and where it stands. ``fraction`` is 0..1 of the whole."""

    id: str
    kind: str
    payload: dict[str, Any]
    """What the handler needs; JSON values only."""
    project_id: str = ""
    state: WorkState = WorkState.QUEUED
    stage: str = ""
    fraction: float = 0.0
    message: str = ""
    time_left_s: float | None = None
    heard: str = ""
    """The last words of what is being written down; not stored."""
    error: str = ""
    hint: str = ""
    details: str = ""
    attempts: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    created_at: float = 0.0
    updated_at: float = 0.0
    parent_id: str = ""
    """The job this one is a part of; empty for none."""
    depends_on: tuple[str, ...] = ()
    """Jobs that must be completed before this one starts."""
    run_at: float | None = None
    """Unix time before which it does not start; None for at once."""
    priority: int = 0
    """Of those that wait, the highest goes first."""

    @property
    def paused(self) -> bool:
        """Whether it waits until somebody resumes it."""
        return self.run_at is not None and self.run_at >= PAUSED and not self.state.ended
