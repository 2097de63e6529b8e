"""Which clips of the open recording may still change while it is being listened to, and what to say of
it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.so_far import clips_so_far, hold_clip, provisional_clips
from viralclip_desktop.features.workflows.main_job import MAIN_JOB, hear_the_rest, heard_share
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context

_CONTENT = ("batch", "clip", "export", "audio_config")


@dataclass(frozen=True)
class Standing:
    """How a recording stands whose clips are not settled. Times in seconds."""

    source_id: str
    clips: frozenset[str]
    """The ids of those that may still change."""
    heard_s: float
    whole_s: float
    job: Job | None
    """The work that listens; None while nothing does."""


def standing(services: Services, source_id: str) -> Standing | None:
    """None where all is settled. Blocks: called off the GUI thread."""
    so_far = clips_so_far(services.store, source_id)
    if so_far is None:
        return None
    jobs = (job for job in services.jobs.list(active_only=True) if listens_to(job, source_id))
    whole_s = services.store.source(source_id).info.duration.seconds
    clips = provisional_clips(services.store, source_id)
    return Standing(source_id, clips, so_far.heard.seconds, whole_s, next(jobs, None))


def listens_to(job: Job, source_id: str) -> bool:
    """Whether a job finds the clips of a recording."""
    return MAIN_JOB.is_of(job) and bool(source_id) and job.result.get("source_id") == source_id


class ProvisionalClips(QObject):
    """Follows the open recording; ``marked`` clips may still change, ``words`` say how far it is heard."""

    changed = Signal()

    def __init__(self, session: ClipSession, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._context = session, context
        self._standing: Standing | None = None
        self.words = ("", "")
        """A sentence and what follows from it; empty where all is settled."""
        session.opened.connect(lambda _loaded: self.reload())
        context.events.changed.connect(self._take_changes)
        context.events.job_moved.connect(self._take_job)

    @property
    def marked(self) -> frozenset[str]:
        """The ids of the clips that may still change: none while nobody listens."""
        here = self._standing
        listening = here is not None and here.job is not None and here.source_id == self._session.source_id
        return here.clips if here is not None and listening else frozenset()

    @property
    def stopped(self) -> bool:
        """Whether a part of the recording was not heard, and nobody is listening."""
        return self._standing is not None and self._standing.job is None

    def hold(self, clip: Clip | None) -> None:
        """Keep the clip that is open in the editor from being taken away; None for none any more."""
        if self._standing is not None and self._session.source_id == self._standing.source_id:
            store, source_id = self._context.services.store, self._standing.source_id
            clip_id = "" if clip is None else clip.id
            self._context.edits.submit(lambda: hold_clip(store, source_id, clip_id))

    def hear_the_rest(self) -> None:
        """Go on listening to the open recording."""
        services, source_id = self._context.services, self._session.source_id
        self._context.tasks.run(lambda: hear_the_rest(services, source_id), lambda _job: self.reload())

    def reload(self) -> None:
        """Read anew how the open recording stands."""
        services, source_id = self._context.services, self._session.source_id
        if source_id:
            self._context.tasks.run(lambda: standing(services, source_id), self._show)

    def _show(self, here: Standing | None) -> None:
        if here is not None and here.source_id != self._session.source_id:
            return
        self._standing = here
        self._say()
        self.changed.emit()

    def _take_changes(self, changes: Changes) -> None:
        elsewhere = not changes.items  # another process wrote, or a backup was put in place
        kinds = {item.kind for item in changes.items}
        if elsewhere or "batch" in kinds or (self._standing is not None and kinds & set(_CONTENT)):
            self.reload()

    def _take_job(self, job: Job) -> None:
        here = self._standing
        if here is None or not listens_to(job, here.source_id):
            return
        if job.state.ended or here.job is None:
            self.reload()
        else:
            self._standing = Standing(here.source_id, here.clips, here.heard_s, here.whole_s, job)
            self._say()

    def _say(self) -> None:
        words = ("", "") if self._standing is None else _words(self._standing)
        if words != self.words:
            self.words = words
            self.changed.emit()


def _words(here: Standing) -> tuple[str, str]:
    job = here.job
    share = None if job is None else heard_share(job)
    heard_s = max(here.heard_s, (share or 0.0) * here.whole_s)
    minutes = {"heard": int(heard_s / 60), "whole": round(here.whole_s / 60)}
    if heard_s >= here.whole_s:
        return tr("All is heard. The clips are still to be settled."), ""
    if job is None or job.paused:
        stopped = tr("Listening stopped.") if job is None else tr("Listening is paused.")
        return stopped, tr("These clips are from the first {heard} of {whole} min.", **minutes)
    stays = tr("These may change. What you edit or export stays.")
    return tr("Still listening: {heard} of {whole} min.", **minutes), stays
