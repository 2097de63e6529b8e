"""Looking for clips once more, and cutting one by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import to_source_time
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.transcript import join_words
from viralclip_desktop.features.common.orders import new_clip_look
from viralclip_desktop.features.editing import add_clip
from viralclip_desktop.features.workflows.main_job import (
    MAIN_JOB,
    MainJobRequest,
    asked_before,
    find_again,
    submit_main_job,
)
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.moments.new_clips_dialog import Subject, Wish
    from viralclip_desktop.gui.session.workspace import Workspace

_BY_HAND = Time.from_seconds(30)
_TITLE_WORDS = 8


def new_clips(work: Workspace) -> None:
    """Ask what to look for in the open recording."""
    loaded, services = work.session.loaded, work.context.services
    if loaded is not None:
        source = loaded.source
        work.context.tasks.run(
            lambda: _subject_of(services, source), lambda subject: _ask(work, subject, source=source)
        )


def search_anew(work: Workspace, job: Job) -> None:
    """The same for a recording whose search ended without clips."""
    services, request = work.context.services, MAIN_JOB.request_of(job)

    def look() -> tuple[Subject, Source | None]:
        source = _source_of(services, request.source_id or str(job.result.get("source_id", "")))
        return _subject_of(services, source, request), source

    work.context.tasks.run(look, lambda found: _ask(work, found[0], source=found[1], request=request))


def _source_of(services: Services, source_id: str) -> Source | None:
    try:
        return services.store.source(source_id) if source_id else None
    except NotFound:
        return None


def _subject_of(services: Services, source: Source | None, request: MainJobRequest | None = None) -> Subject:
    from viralclip_desktop.gui.moments.new_clips_dialog import Subject

    if source is None:
        assert request is not None
        return Subject(request.path.name, request.options)
    store = services.store
    options = asked_before(services, source.id) if request is None else request.options
    return Subject(source.title, options, store.transcript(source.id), len(store.clips(source.id)))


def _ask(
    work: Workspace, subject: Subject, *, source: Source | None, request: MainJobRequest | None = None
) -> None:
    from viralclip_desktop.gui.moments.new_clips_dialog import NewClipsDialog

    def closed(_result: int) -> None:
        work.drop(NewClipsDialog)
        dialog.deleteLater()

    dialog = work.keep(NewClipsDialog(work.context, subject, work.window))
    dialog.asked.connect(partial(_start, work, source, request))
    dialog.finished.connect(closed)
    dialog.open()


def _start(work: Workspace, source: Source | None, request: MainJobRequest | None, wish: Wish) -> None:
    services = work.context.services

    def start() -> Job:
        if source is not None:
            return find_again(services, source, wish.options, instead=wish.instead)
        assert request is not None
        return submit_main_job(services, request.path, wish.options, request.site)

    work.context.tasks.run(start, work.navigation.watch_job)


def new_clip(work: Workspace) -> None:
    """A clip of the words that are chosen in the transcript in sight; without any, from the playhead on.
    Where there is just that clip already, it is selected."""
    session, services = work.session, work.context.services
    if session.loaded is None:
        return
    within = session.chosen or _from_playhead(work)
    title, look = _title(session.loaded.transcript, within), new_clip_look(services.settings.values)

    known = {clip.id for clip in session.clips}

    def made(clip: Clip) -> None:
        is_new = clip.id not in known and (session.clip is None or session.clip.id != clip.id)
        session.select(clip.id)
        if not is_new:
            return
        text = tr("“{title}” is a new clip.", title=clip.title)
        work.context.tell(ToastText(text, action=tr("Undo"), then=session.undo))

    session.do(add_clip, session.source_id, within, title, look=look, once=True).then(made)


def _from_playhead(work: Workspace) -> TimeRange:
    session = work.session
    assert session.loaded is not None
    end, at = session.loaded.source.info.duration, Time(0)
    if session.clip is not None:
        at = to_source_time(session.clip, work.player.position)
    start = max(Time(0), min(at, end - _BY_HAND))
    return TimeRange(start, min(end, start + _BY_HAND))


def _title(transcript: Transcript | None, within: TimeRange) -> str:
    """The first words said in it; empty for none."""
    said = transcript.words_between(within) if transcript is not None else ()
    return join_words([word.text for word in said[:_TITLE_WORDS]]).rstrip(".,;:")
