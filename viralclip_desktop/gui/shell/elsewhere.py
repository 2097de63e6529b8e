"""What other programs on the same data folder (the command line) do, shown in the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from viralclip_desktop.core.errors import Fault, NotFound
from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.session.clip_session import Loaded, load

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.jobs.work_list import WorkList
    from viralclip_desktop.gui.session.clip_session import ClipSession

_LOOK_EVERY_MS = 1000
COUNT_LIVING_EVERY = 10  # looks: a program that has died tells nobody


class Elsewhere(QObject):
    """Asks the store about once a second whether another program has stored something.

    If so, ``events.changed`` comes without items, as after a restored backup; then what differs in the open
    recording follows as changes with items, and every job of another program as ``events.job_moved``.
    """

    def __init__(self, session: ClipSession, work: WorkList, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._work, self._context = session, work, context
        self._asked: Ticket | None = None
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        context.events.changed.connect(self._take_changes)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> None:
        with suppress(Fault):  # what is wrong with the disk is told to whoever asks for something
            self._context.services.store.poll_external()
        self._looks += 1
        if self._looks % COUNT_LIVING_EVERY == 0 and (known := self._work.under_way):
            self._context.tasks.run(lambda: take_over(self._context.services, known))

    def _take_changes(self, changes: Changes) -> None:
        if not changes.items:
            self._read_jobs()
            self._read_recording()

    def _read_jobs(self) -> None:
        if self._asked is not None:
            self._asked.forget()
        services, known = self._context.services, self._work.under_way
        self._asked = self._context.tasks.run(lambda: moved_jobs(services, known), self._tell_jobs)

    def _tell_jobs(self, jobs: list[Job]) -> None:
        self._asked = None
        for job in jobs:
            self._context.events.job_moved.emit(job)

    def _read_recording(self) -> None:
        services, shown, clips = self._context.services, self._session.loaded, tuple(self._session.clips)
        if shown is not None:
            read = self._context.edits.submit(lambda: differences(services, shown, clips))
            read.then(lambda items: self._tell_recording(shown, items))

    def _tell_recording(self, shown: Loaded, items: list[Change]) -> None:
        """What was changed here meanwhile is known already, and newer."""
        if self._session.source_id != shown.source.id:
            return
        now = {clip.id: clip for clip in self._session.clips}
        news = tuple(item for item in items if item.kind != "clip" or now.get(item.id) == item.before)
        if news:
            self._context.events.changed.emit(Changes("", shown.project.id, news))


def take_over(services: Services, known: Sequence[Job]) -> None:
    """Go on with what another program was at when it died. Blocks: called off the GUI thread."""
    for job in known:
        if not job.state.ended:
            services.jobs.take_over(job)


def moved_jobs(services: Services, known: Sequence[Job]) -> list[Job]:
    """The jobs of other programs that stand otherwise than in ``known``. Blocks: called off the GUI
    thread."""
    before = {job.id: job for job in known}
    active = {job.id: job for job in services.jobs.list(active_only=True)}
    for job_id in before.keys() - active.keys():
        with suppress(NotFound):
            active[job_id] = services.jobs.get(job_id)
    moved = [job for job in active.values() if before.get(job.id) != job]
    return [job for job in moved if not services.jobs.is_mine(job.id)]


def differences(services: Services, shown: Loaded, clips: Sequence[Clip]) -> list[Change]:
    """How the store differs from what is shown of a recording; nothing for one that is gone. Blocks: called
    off the GUI thread."""
    try:
        now = load(services, shown.source.id)
    except NotFound:
        return []
    pairs = [
        ("source", shown.source.id, shown.source, now.source),
        ("transcript", shown.source.id, shown.transcript, now.transcript),
        ("caption_style", "", shown.styles, now.styles),
        *_pairs_of_clips(clips, now.clips),
    ]
    return [Change(kind, key, old, new) for kind, key, old, new in pairs if old != new]


def _pairs_of_clips(
    old: Sequence[Clip], new: Sequence[Clip]
) -> Iterator[tuple[str, str, Clip | None, Clip | None]]:
    before, after = ({clip.id: clip for clip in clips} for clips in (old, new))
    for clip_id in before | after:
        yield "clip", clip_id, before.get(clip_id), after.get(clip_id)
