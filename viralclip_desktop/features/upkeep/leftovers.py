"""What a program that was killed has left: jobs that nobody works on, and what they were writing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.files import drop_abandoned
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.media import workdir


def clear_leftovers(services: Services) -> None:
    """Let the jobs of programs that have died wait for whoever resumes them, and remove what they had half
    written. Quick, for every start; a disk that can't be written keeps nobody from reading."""
    with suppress(Fault, OSError):
        services.jobs.settle()
        for target in _half_written(services):
            drop_abandoned(target.parent, target.name)
        for folder in _written_into(services):
            drop_abandoned(folder)
        for folder in _cache_folders(services.paths):
            drop_abandoned(folder)
        workdir.drop_abandoned(services.paths.render_work)


def _half_written(services: Services) -> list[Path]:
    """The files that unended jobs which nobody works on were to write, or read."""
    left = services.jobs.left_behind()
    exports = services.store.exports() if left else []
    asked = (services.jobs.get(job_id).payload.get("path") for job_id in left)
    targets = [one.output_path for one in exports if one.job_id in left]
    return [Path(path) for path in (*targets, *asked) if isinstance(path, str)]


def _written_into(services: Services) -> Iterator[Path]:
    """The folders that such jobs were given for all that they make, and those right within them."""
    for job_id in services.jobs.left_behind():
        folder = services.jobs.get(job_id).payload.get("folder")
        if isinstance(folder, str) and folder:
            yield Path(folder)
            yield from _folders_in(Path(folder))


def _cache_folders(paths: DataPaths) -> Iterator[Path]:
    """The cache and the folders of recordings and sounds in it, as they are listed quickest."""
    yield paths.cache
    for kind in _folders_in(paths.cache):
        yield kind
        if kind != paths.render_work:
            yield from _folders_in(kind)


def _folders_in(folder: Path) -> list[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if entry.is_dir()]
    return []
