"""Which page of the window is in view, and the ways from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.gui.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.core.time import Time
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded


class Page(StrEnum):
    """The pages of the window."""

    HOME = "home"
    WORKING = "working"
    CLIPS = "clips"
    REVIEW = "review"
    EDITOR = "editor"
    STUDIO = "studio"


@dataclass(frozen=True)
class _Visit:
    """A recording that was asked for and is being read; ``at``: the moment in it, source time."""

    source_id: str
    at: Time | None = None


class Navigation(QObject):
    """Features ask for a page here; the window shows it."""

    leaving = Signal(object, object)
    """From one :class:`Page` to another, while the first is still in view."""
    entered = Signal(object, str)
    """A :class:`Page` and its title."""
    went_home = Signal()
    """The start page was asked for: what it lists is read anew."""
    job_watched = Signal(object)
    """The progress of a :class:`Job` is to be shown."""
    word_asked = Signal(object, object)
    """A clip and a moment of the recording (source time), to be shown in the editor."""
    panel_asked = Signal(str, object)
    """The id of a panel, and what of its content is to be brought into view, or None."""
    title_asked = Signal()
    """The user wants to rename the clip: the title in view takes the keyboard."""
    batch_asked = Signal(object)
    """Something is to be made of several recordings (paths): the user is asked what."""
    find_asked = Signal(object)
    """Clips are to be found in several recordings (paths), and nothing more."""
    export_asked = Signal(str)
    """An export under way, by its id, is to be shown among all work."""
    tab_asked = Signal(str)
    """The id of a tab of the audio studio, to be shown there."""
    point_asked = Signal(str)
    """The user sets the ``in`` or ``out`` point on the page of the clips."""

    def __init__(self, session: ClipSession) -> None:
        super().__init__(session)
        self._session = session
        self._awaited: _Visit | None = None
        self.page = Page.HOME
        self.to_review: tuple[Clip, ...] = ()
        """Clips, of whichever recordings, that are reviewed; none of them: those of the open recording."""
        self._review_title = ""
        self.editor_leads_to = Page.CLIPS
        """Where the editor was opened, and leaving it leads back to."""
        self.studio_leads_to = Page.HOME
        """Where the audio studio was opened, and leaving it leads back to."""
        self._title = ""
        self._title_behind = ""
        self.activity: QWidget | None = None
        """The panel with all work under way, once it is made."""

    def follow(self) -> None:
        """Go where the session leads, from now on: the pages follow it too, and must have done so before
        they come in sight."""
        session = self._session
        session.opened.connect(self._opened)
        session.listed.connect(self._listed)
        session.selected.connect(self._selected)

    @property
    def activity_in_view(self) -> bool:
        """Whether the user sees the work under way."""
        return self.activity is not None and self.activity.isVisible()

    def show_page(self, page: Page, title: str = "") -> None:
        """Show one of the pages."""
        self.leaving.emit(self.page, page)
        self.page, self._title = page, title
        self.entered.emit(page, title)

    def go_home(self) -> None:
        """The start page."""
        self.show_page(Page.HOME)
        self.went_home.emit()

    def open_source(self, source_id: str, clip_id: str = "", at: Time | None = None) -> None:
        """The clips of a recording; with ``at`` (source time) a clip of it in the editor, at that word."""
        self._awaited = _Visit(source_id, at)
        self._session.open(source_id, clip_id)

    def show_clips(self) -> None:
        """The clips of the open recording."""
        loaded = self._session.loaded
        if loaded is not None:
            self.show_page(Page.CLIPS, loaded.project.name)

    def open_editor(self) -> None:
        """The selected clip in the editor."""
        if self._session.clip is not None:
            self.editor_leads_to = Page.REVIEW if self.page is Page.REVIEW else Page.CLIPS
            self.show_page(Page.EDITOR)

    def leave_editor(self) -> None:
        """Back to where the editor was opened."""
        if self.editor_leads_to is Page.REVIEW:
            self.show_page(Page.REVIEW, self._review_title)
        else:
            self.show_clips()

    def open_studio(self, tab_id: str = "") -> None:
        """The audio studio, with one of its tabs in front; without an id the one that was there last."""
        if self.page is not Page.STUDIO:
            self.studio_leads_to, self._title_behind = self.page, self._title
            self.show_page(Page.STUDIO, tr("Audio studio"))
        if tab_id:
            self.tab_asked.emit(tab_id)

    def leave_studio(self) -> None:
        """Back to where the studio was opened; to the start page where that shows nothing any more."""
        back, needs_clip = self.studio_leads_to, (Page.CLIPS, Page.REVIEW, Page.EDITOR)
        if back is Page.HOME or (back in needs_clip and self._session.loaded is None):
            self.go_home()
        elif back is Page.EDITOR and self._session.clip is None:
            self.show_clips()
        else:
            self.show_page(back, self._title_behind)

    def open_review(self) -> None:
        """The clips of the open recording one after the other, to keep or to drop."""
        loaded = self._session.loaded
        if loaded is not None:
            self._review((), tr("Review: {name}", name=loaded.project.name))

    def review_these(self, clips: Sequence[Clip]) -> None:
        """Some clips, of whichever recordings, one after the other."""
        self._review(tuple(clips), tr("Review"))

    def leave_review(self) -> None:
        """Back to where the clips come from."""
        if self.to_review:
            self.go_home()
        else:
            self.show_clips()

    def _review(self, clips: tuple[Clip, ...], title: str) -> None:
        self.to_review, self._review_title = clips, title
        self.show_page(Page.REVIEW, title)

    def watch_job(self, job: Job) -> None:
        """The progress of a recording's main job, or of a batch, which makes files of its clips, too."""
        self.job_watched.emit(job)
        self.show_page(Page.WORKING, tr("Making the clips") if BATCH.is_of(job) else tr("Finding clips"))

    def show_panel(self, panel_id: str, content: object = None) -> None:
        """A panel of the editor, brought to the front, with a part of its content in view."""
        self.panel_asked.emit(panel_id, content)

    def _opened(self, loaded: Loaded) -> None:
        awaited = self._awaited
        if awaited is not None and awaited.source_id == loaded.source.id:
            self.show_page(Page.CLIPS, loaded.project.name)

    def _listed(self) -> None:
        if self.page is Page.EDITOR and not self._session.clips:
            self.show_clips()  # the last clip was deleted: there is nothing to edit

    def _selected(self, clip: Clip | None) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None and awaited.at is not None and clip is not None:
            self.open_editor()
            self.word_asked.emit(clip, awaited.at)
