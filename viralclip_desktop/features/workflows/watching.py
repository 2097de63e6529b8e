"""A watched folder: which of its recordings are new, and its round of looking and working."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.batches import Settling, Standing, recordings_in, standings
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.batch import exported_files, fingerprint_of
from viralclip_desktop.features.workflows.batch_recording import RECORDING, BatchOrder
from viralclip_desktop.jobs.runner import EXIT_CODE


@dataclass(frozen=True)
class LeftAlone:
    """A recording that never counts: how its file stood, and its content. Another recording may take its
    name, and it may go by another one."""

    standing: Standing
    content: str
    """Its fingerprint; empty where it couldn't be read."""


def as_they_stand(paths: Iterable[Path]) -> dict[Path, LeftAlone]:
    """Files as they are now. Takes a few milliseconds each."""
    return {path: LeftAlone(standing, fingerprint_of(path)) for path, standing in standings(paths).items()}


class FolderWatch:
    """Knows which recordings of a folder are still to be worked on, also those of earlier starts: by the jobs
    in the database."""

    def __init__(
        self,
        services: Services,
        folder: Path,
        order: BatchOrder,
        quiet_s: float,
        *,
        any_order: bool = False,
        left_alone: Mapping[Path, LeftAlone] | None = None,
    ) -> None:
        """``quiet_s``: how long a file has to stand as it is before it counts; ``any_order``: what was made
        by another order is not made again; ``left_alone``: recordings that never count, wherever they are."""
        self._services, self._folder, self._order = services, folder, order
        self._any_order, self._settling = any_order, Settling(quiet_s)
        known = left_alone or {}
        self._seen = {path: one.standing for path, one in known.items()}
        self._left_alone = {one.content for one in known.values()} - {""}

    @property
    def waiting(self) -> bool:
        """Whether files are there that have not come to rest yet."""
        return self._settling.waiting

    def look(self, now_s: float) -> list[Path]:
        """The new recordings that have come to rest, each told once. ``now_s``: on a clock that never goes
        back."""
        there = standings(self.there())
        ready = [path for path in self._settling.settled(there, now_s) if self._seen.get(path) != there[path]]
        if not ready:
            return []
        self._seen.update((path, there[path]) for path in ready)
        done = self._done() | self._left_alone
        new: dict[str, Path] = {}
        for path in ready:
            content = fingerprint_of(path)
            if content not in done:
                new.setdefault(content or str(path), path)
        return list(new.values())

    def there(self) -> list[Path]:
        """The recordings in the folder that may count, as they lie there now."""
        out = Path(self._order.export.folder) if self._order.export.folder else None
        return recordings_in([self._folder], exported_files(self._services.store), out)

    def _done(self) -> set[str]:
        """The fingerprints of recordings that were finished by such an order, or can't be used."""
        jobs = [job for job in self._services.jobs.list() if RECORDING.is_of(job)]
        ended = (
            job
            for job in jobs
            if job.state is WorkState.COMPLETED
            or (job.state is WorkState.FAILED and job.result.get(EXIT_CODE) == BadInput.exit_code)
        )
        same = (job for job in ended if self._any_order or RECORDING.request_of(job).order == self._order)
        return {job.payload["fingerprint"] for job in same} - {""}


def watch_folder(
    watch: FolderWatch,
    work: Callable[[Path], object],
    *,
    once: bool,
    clock: Callable[[], float],
    pause: Callable[[], object],
) -> None:
    """Look, work on what is new, pause, and so on; ``once`` ends when all that is there has come to rest and
    is done. ``clock``: seconds that never go back."""
    while True:
        for path in watch.look(clock()):
            work(path)
        if once and not watch.waiting:
            return
        pause()
