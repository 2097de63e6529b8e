"""What a feature declares of itself, in ``features/<name>/feature.py``. One list in ``app.py`` names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from viralclip_desktop.features.common.services import Services
from viralclip_desktop.jobs.kinds import JobKind


@dataclass(frozen=True)
class Feature:
    """One capability of the program. Names of modules are whole (``viralclip_desktop.cli.make``); nothing of
    them is imported before it is needed."""

    name: str
    job_kinds: tuple[JobKind[Any, Any], ...] = ()
    lane_workers: Callable[[], dict[str, int]] = dict
    """Lane -> how many of its jobs run at once, where that is not one."""
    start: Callable[[Services], object] = lambda _services: None
    """Called once when the services are built: what the feature listens to."""
