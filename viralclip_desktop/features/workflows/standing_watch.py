"""The watched folder of the settings: what is new in it becomes a batch, also what came while the program was
closed. What was there when the watch began is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.files import from_home, write_whole
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.batch import submit_batch
from viralclip_desktop.features.workflows.batch_orders import everything
from viralclip_desktop.features.workflows.main_job import searched_recording
from viralclip_desktop.features.workflows.watching import FolderWatch, LeftAlone, as_they_stand

QUIET_S = 10.0
"""How long a file has to stand as it is before it counts."""


@dataclass(frozen=True)
class Looked:
    """What a look at the folder came to: that the watch began, or a batch for new recordings."""

    folder: Path
    began: bool = False
    left_alone: int = 0
    """How many recordings were there when it began."""
    new: tuple[Path, ...] = ()
    job: Job | None = None


class StandingWatch:
    """Looks at the folder of the settings. Its memory of what was there is a file in the data folder."""

    def __init__(self, services: Services, clock: Callable[[], float], quiet_s: float = QUIET_S) -> None:
        """``clock``: seconds that never go back."""
        self._services, self._clock, self._quiet_s = services, clock, quiet_s
        self._memory = services.paths.home / "watched.json"
        self._folder: Path | None = None
        self._watch: FolderWatch | None = None

    def look(self) -> Looked | None:
        """Take up what is new; None for nothing to tell."""
        values = self._services.settings.values
        if not values.watch or not values.watch_folder:
            self._forget()
            return None
        folder = from_home(values.watch_folder).absolute()
        if not folder.is_dir():  # a disk that is not there at present
            return None
        if self._watch is None or folder != self._folder:
            began = self._begin(folder)
            if began is not None:
                return began
        return self._take_new(folder)

    def _begin(self, folder: Path) -> Looked | None:
        """What is told of a watch that is new; one of an earlier start goes on."""
        known = self._remembered(folder)
        there = as_they_stand(self._watch_of(folder).there()) if known is None else known
        self._folder, self._watch = folder, self._watch_of(folder, there)
        if known is not None:
            return None
        self._remember(folder, there)
        return Looked(folder, began=True, left_alone=len(there))

    def _watch_of(self, folder: Path, left_alone: Mapping[Path, LeftAlone] | None = None) -> FolderWatch:
        order = everything(self._services.settings.values)
        return FolderWatch(
            self._services, folder, order, self._quiet_s, any_order=True, left_alone=left_alone
        )

    def _take_new(self, folder: Path) -> Looked | None:
        assert self._watch is not None
        services = self._services
        new = [path for path in self._watch.look(self._clock()) if searched_recording(services, path) is None]
        if not new:
            return None
        job = submit_batch(services, new, everything(services.settings.values))
        return Looked(folder, new=tuple(new), job=job)

    def _remember(self, folder: Path, there: Mapping[Path, LeftAlone]) -> None:
        files = [
            {"path": str(path), "standing": one.standing, "content": one.content}
            for path, one in there.items()
        ]
        document = {"folder": str(folder), "left_alone": files}
        write_whole(self._memory, json.dumps(document, ensure_ascii=False).encode())

    def _remembered(self, folder: Path) -> dict[Path, LeftAlone] | None:
        """What was there when the watch of a folder began; None for one that is new."""
        try:
            stored = read_json(self._memory.read_text(encoding="utf-8"))
            if Path(stored["folder"]) != folder:
                return None
            files = stored["left_alone"]
            if files and all(isinstance(one, str) for one in files):  # of an older version of the program
                found = as_they_stand(map(Path, files))
                self._remember(folder, found)
                return found
            return {
                Path(one["path"]): LeftAlone(tuple(map(int, one["standing"])), str(one["content"]))
                for one in files
            }
        except (OSError, UnicodeDecodeError, *JSON_FAULTS):
            return None

    def _forget(self) -> None:
        self._folder = self._watch = None
        with suppress(OSError):
            self._memory.unlink(missing_ok=True)
