"""Recordings and project files that come in: by dialog, by drop, by command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.orders import new_clip_look
from viralclip_desktop.features.links.fetching import link_of
from viralclip_desktop.features.workflows.link import open_link
from viralclip_desktop.features.workflows.main_job import (
    MAIN_JOB,
    import_recording,
    open_recording,
    submit_main_job,
)
from viralclip_desktop.features.workflows.to_the_end import take_link_to_the_end, take_to_the_end
from viralclip_desktop.gui.common.incoming import Incoming, dialog_filter, sort_incoming
from viralclip_desktop.gui.text import tr, tr_message

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.common.orders import MainJobOptions
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.session.workspace import Workspace

_BY_HAND = Time.from_seconds(30)


def choose_files(work: Workspace) -> None:
    """Ask for recordings with the system's dialog."""
    memory = work.memory
    chosen, _filter = QFileDialog.getOpenFileNames(
        work.window, tr("Open a recording"), memory.last_folder, dialog_filter()
    )
    if chosen:
        memory.last_folder = str(Path(chosen[0]).parent)
        open_files(work, (Path(name) for name in chosen))


def choose_project(work: Workspace) -> None:
    """Ask for project files."""
    from viralclip_desktop.gui.projects.home_page import HomePage

    work.part(HomePage).project_actions.choose_import()


def open_files(work: Workspace, paths: Iterable[Path]) -> None:
    """Find clips in recordings (of folders too), take in project files. A bad one is reported in one
    sentence, and nothing else happens."""
    found = list(paths)
    work.context.tasks.run(lambda: sort_incoming(found), lambda incoming: _take_in(work, incoming))


def _take_in(work: Workspace, incoming: Incoming) -> None:
    from viralclip_desktop.gui.projects.home_page import HomePage

    if work.part(HomePage).hands_off.wanted:
        do_it_all(work, incoming.recordings)
    elif len(incoming.recordings) > 1:
        work.navigation.batch_asked.emit(list(incoming.recordings))
    else:
        find_in(work, incoming.recordings)
    for path in incoming.projects:
        work.part(HomePage).project_actions.take_in(path)


def find_in(work: Workspace, recordings: Sequence[Path]) -> None:
    """Find clips in recordings; the first of them comes into view."""
    services = work.context.services
    for number, path in enumerate(recordings):
        then = partial(_show, work) if number == 0 else None
        work.context.tasks.run(partial(open_recording, services, path, _options(services)), then)


def do_it_all(work: Workspace, recordings: Sequence[Path]) -> None:
    """Clips of the recordings, tightened, finished and exported, as one batch. If all of them are known, the
    first one opens meanwhile."""
    services = work.context.services

    def start() -> Source | Job:
        services.settings.set(hands_off=True)  # as it was shown, also from the second start on
        return take_to_the_end(services, recordings)

    if recordings:
        work.context.tasks.run(start, partial(_show, work))


def _show(work: Workspace, opened: Source | Job) -> None:
    if isinstance(opened, Job):
        work.navigation.watch_job(opened)
    else:
        work.navigation.open_source(opened.id)


def paste_link(work: Workspace) -> None:
    """Get the video whose address is on the clipboard."""
    from viralclip_desktop.gui.projects.home_page import HomePage

    work.part(HomePage).link.take(QGuiApplication.clipboard().text())


def open_address(work: Workspace, text: str) -> None:
    """Find clips in a video on a site, or do it all. What is no address is said at the field, and nothing
    else happens."""
    from viralclip_desktop.gui.projects.home_page import HomePage

    services, home = work.context.services, work.part(HomePage)
    field, to_the_end = home.link, home.hands_off.wanted

    def start() -> Source | Job:
        link = link_of(services.settings, text)
        if not to_the_end:
            return open_link(services, link, _options(services))
        services.settings.set(hands_off=True)
        return take_link_to_the_end(services, link)

    def opened(what: Source | Job) -> None:
        field.clear()
        _show(work, what)

    def failed(error: Exception) -> None:
        if isinstance(error, Fault):
            field.show_trouble(f"{tr_message(error.message)} {tr_message(error.hint)}")
        else:
            work.context.trouble(error)

    work.context.tasks.run(start, opened, failed)


def cut_by_hand(work: Workspace, job: Job) -> None:
    """For a recording that nothing can be found in: import it with one clip to trim."""
    services, asked = work.context.services, MAIN_JOB.request_of(job)

    def make() -> Clip:
        source = import_recording(services, asked.path, ignore_progress, CancelToken(), site=asked.site)
        return _add_clip(services, source)

    work.context.tasks.run(make, lambda clip: work.navigation.open_source(clip.source_id, clip.id))


def use_subtitles(work: Workspace, job: Job) -> None:
    """For a recording in which nothing was heard: ask for a file with its words, and search those."""
    services, asked = work.context.services, MAIN_JOB.request_of(job)
    kinds = f"{tr('Subtitles')} (*.srt *.vtt *.ass *.json)"
    name, _kind = QFileDialog.getOpenFileName(
        work.window, tr("Subtitle file of the recording"), str(asked.path.parent), kinds
    )
    if name:
        options = replace(asked.options, subtitles=name)
        work.context.tasks.run(
            lambda: submit_main_job(services, asked.path, options, asked.site), work.navigation.watch_job
        )


def _add_clip(services: Services, source: Source) -> Clip:
    within, look = (
        TimeRange(ZERO, min(_BY_HAND, source.info.duration)),
        new_clip_look(services.settings.values),
    )
    return editing.add_clip(services.store, source.id, within, look=look)


def _options(services: Services) -> MainJobOptions:
    """What the settings say about new clips."""
    from viralclip_desktop.features.common.orders import main_job_options

    return main_job_options(services.settings.values)
