"""What is known about the speech models, read off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.models import INSTALL_MODEL, model_shop

if TYPE_CHECKING:
    from viralclip_desktop.engines.downloads.models import ModelEntry
    from viralclip_desktop.features.common.services import Services


@dataclass(frozen=True)
class ModelState:
    """One model of the list. ``own``: not from the catalogue, so it is not ours to remove."""

    entry: ModelEntry
    own: bool
    in_use: bool


@dataclass(frozen=True)
class Standing:
    """All of them, and the downloads under way."""

    models: tuple[ModelState, ...]
    jobs: tuple[Job, ...]
    offline: bool
    choosing: bool
    """The program chooses the best installed one."""


def look_up(services: Services) -> Standing:
    """Read the models folder and the queue."""
    from viralclip_desktop.engines.downloads.catalogue import catalogue_model
    from viralclip_desktop.engines.downloads.models import own_model
    from viralclip_desktop.engines.stt.whisper_models import find_model

    wanted = services.settings.values.whisper_model
    used = find_model(services.paths.models, wanted)
    entries = list(model_shop(services.paths, services.gate).list())
    if used is not None and used not in {entry.path for entry in entries}:
        entries.append(replace(own_model(str(used), used), name=used.name))
    models = tuple(
        ModelState(
            entry,
            own=catalogue_model(entry.id) is None,
            in_use=entry.installed and entry.path == used,
        )
        for entry in entries
    )
    jobs = tuple(job for job in services.jobs.list(active_only=True) if INSTALL_MODEL.is_of(job))
    return Standing(models, jobs, services.gate.offline, choosing=not wanted)


def is_whole(services: Services, folder: Path) -> Path:
    """Check that a folder is a model; returns it. Raises BadInput that says what is missing."""
    return model_shop(services.paths, services.gate).verify(str(folder))
