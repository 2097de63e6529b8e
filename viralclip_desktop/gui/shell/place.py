"""Where the user is in the window, so that another window can go on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.settings.feature import settings_dialog

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from viralclip_desktop.gui.shell.window import MainWindow


@dataclass(frozen=True)
class Place:
    """A page and what it shows; ``at``: the playhead, clip time."""

    page: Page
    job: Job | None = None
    source_id: str = ""
    clip_id: str = ""
    at: Time = ZERO
    studio_tab: str = ""
    """The tab of the audio studio that is in front; empty outside of it. ``page`` is what lies behind."""
    queue: bool = False
    settings: tuple[int, QPoint] | None = None
    """The section of the settings that is open, and where the dialog is."""


def place_of(window: MainWindow) -> Place:
    """Where the user is now."""
    from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog

    session = window.session
    settings = window.work.made(SettingsDialog)
    in_studio = window.page is Page.STUDIO
    return Place(
        page=window.navigation.studio_leads_to if in_studio else window.page,
        studio_tab=window.studio_page.shown if in_studio else "",
        job=window.working_page.job,
        source_id=session.loaded.source.id if session.loaded else "",
        clip_id=session.clip.id if session.clip else "",
        at=window.player.position,
        queue=window.queue.isVisible(),
        settings=(settings.section, settings.pos())
        if settings is not None and settings.isVisible()
        else None,
    )


def go_to(window: MainWindow, place: Place) -> None:
    """Bring a new window there. What has to be read comes a moment later, as always."""
    window.home_page.reload()
    _show_jobs(window, place.job)
    if place.page is Page.WORKING and place.job is not None:
        window.navigation.watch_job(place.job)
    elif place.page in (Page.CLIPS, Page.EDITOR, Page.REVIEW) and place.source_id:
        _open(window, place)
    elif place.studio_tab:
        window.navigation.open_studio(place.studio_tab)
    if place.queue:
        window.queue.toggle()
    if place.settings is not None:
        section, where = place.settings
        settings = settings_dialog(window.work)
        settings.bring_forward()
        settings.show_section(section)
        settings.move(where)


def _show_jobs(window: MainWindow, watched: Job | None) -> None:
    """What runs, and how the job on the working page went on meanwhile."""
    jobs = window.services.jobs

    def look() -> list[Job]:
        return [*jobs.list(active_only=True), *([jobs.get(watched.id)] if watched else [])]

    def show(found: list[Job]) -> None:
        for job in found:
            window.context.events.job_moved.emit(job)

    window.context.tasks.run(look, show)


def _open(window: MainWindow, place: Place) -> None:
    def arrived(clip: Clip | None) -> None:
        if clip is None or clip.id != place.clip_id:
            return  # on the way there the first card is selected
        window.session.selected.disconnect(arrived)
        if place.page is Page.EDITOR:
            window.navigation.open_editor()
        elif place.page is Page.REVIEW:
            window.navigation.open_review()
        if place.page is not Page.REVIEW:
            window.player.go_when_planned(place.at)
        if place.studio_tab:
            window.navigation.open_studio(place.studio_tab)

    window.session.selected.connect(arrived)
    window.navigation.open_source(place.source_id, place.clip_id)
