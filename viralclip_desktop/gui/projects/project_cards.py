"""Recent projects as cards: picture, name, when, how many clips, and what is going on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.derived import source_thumbnail
from viralclip_desktop.features.workflows.link import FETCH_LINK, fetching_address, short_address
from viralclip_desktop.gui.bridge.images import Pictures, read_image
from viralclip_desktop.gui.dates import clock_words, day_words
from viralclip_desktop.gui.text import duration, plain, plural, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.painting import paint_card, paint_cover, paint_line, paint_pill

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

Index = QModelIndex | QPersistentModelIndex

CARD = QSize(240, 206)
GAP_PX = 16
_PICTURE_HEIGHT_PX = 135  # 16:9 at the card's width
EntryRole = Qt.ItemDataRole.UserRole
PictureRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Entry:
    """One card: a project, or a recording that is still being read."""

    name: str
    when_s: float
    project_id: str = ""
    source_id: str = ""
    clips: int = 0
    length: str = ""
    picture: Path | None = None
    media_bytes: int = 0
    missing: bool = False
    """A recording of it is not where it was."""
    job: Job | None = None


def list_entries(services: Services) -> list[Entry]:
    """All projects, the one worked on last first. Blocks: called off the GUI thread."""
    entries = [_entry(services, project) for project in services.store.projects()]
    return sorted(entries, key=lambda entry: entry.when_s, reverse=True)


def _entry(services: Services, project: Any) -> Entry:
    entry = Entry(project.name, project.updated_at, project.id)
    sources = services.store.sources(project.id)
    if not sources:
        return entry
    source = sources[0]
    return replace(
        entry,
        source_id=source.id,
        clips=sum(len(services.store.clips(item.id)) for item in sources),
        length=duration(source.info.duration),
        picture=source_thumbnail(services.paths, source.id),
        media_bytes=sum(item.info.size_bytes for item in sources),
    )


def when_words(then_s: float, now_s: float | None = None) -> str:
    """``Just now``, ``20 min ago``, ``Today, 14:05``, ``Yesterday``, ``3 May 2026``."""
    now_s = time.time() if now_s is None else now_s
    then, today = datetime.fromtimestamp(then_s), date.fromtimestamp(now_s)
    minutes = int((now_s - then_s) / 60)
    if minutes < 1:
        return tr("Just now")
    if minutes < 60:
        return tr("{minutes} min ago", minutes=minutes)
    days = (today - then.date()).days
    if days == 0:
        return tr("Today, {time}", time=clock_words(then_s))
    return tr("Yesterday") if days == 1 else day_words(then_s)


def state_words(entry: Entry) -> str:
    """What the card says below the name."""
    if entry.job is not None:
        share = f"{round(100 * entry.job.fraction)} %"
        doing = tr("Fetching the video") if FETCH_LINK.is_of(entry.job) else tr("Finding clips")
        return f"{doing}  ·  {share}"
    if entry.missing:
        return f"{tr('Recording missing')}  ·  {when_words(entry.when_s)}"
    clips = plural(entry.clips, "{n} clip", "{n} clips") if entry.clips else tr("No clips yet")
    return f"{clips}  ·  {when_words(entry.when_s)}"


class ProjectModel(QAbstractListModel):
    """The cards of the start page: what is being worked on, then the projects."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._projects: list[Entry] = []
        self._jobs: dict[str, Job] = {}
        self._missing: set[str] = set()
        self.entries: list[Entry] = []
        pictures.arrived.connect(self._picture_came)

    def show_entries(self, entries: list[Entry]) -> None:
        """The projects as they stand."""
        self._projects = entries
        self._merge()

    def show_missing(self, project_ids: set[str]) -> None:
        """The projects with a recording that is not where it was."""
        if project_ids != self._missing:
            self._missing = project_ids
            self._merge()

    def show_job(self, job: Job) -> None:
        """A main job moved."""
        ended_before = job.id not in self._jobs and job.state.ended
        if ended_before:
            return
        if job.state.ended:
            self._jobs.pop(job.id, None)
        else:
            self._jobs[job.id] = job
        self._merge()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many cards there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A card's parts by role."""
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        parts: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: entry.name,
            Qt.ItemDataRole.ToolTipRole: lambda: plain(entry.name),
            Qt.ItemDataRole.AccessibleTextRole: lambda: f"{entry.name}, {state_words(entry)}",
            EntryRole: lambda: entry,
            PictureRole: lambda: self._picture(entry),
        }
        return parts[role]() if role in parts else None

    def _picture(self, entry: Entry) -> Any:
        path = entry.picture
        if path is None:
            return None
        return self._pictures.get(("project", str(path)), lambda: read_image(path, CARD * 2))

    def _merge(self) -> None:
        jobs = {job.project_id: job for job in self._jobs.values() if job.project_id}
        known = {entry.project_id for entry in self._projects}
        fresh = [
            Entry(_name_of(job), job.created_at, job=job)
            for job in self._jobs.values()
            if job.project_id not in known
        ]
        merged = fresh + [
            replace(entry, job=jobs.get(entry.project_id), missing=entry.project_id in self._missing)
            for entry in self._projects
        ]
        same_cards = [(e.project_id, e.name) for e in merged] == [
            (e.project_id, e.name) for e in self.entries
        ]
        if same_cards:
            self.entries = merged
            if merged:
                self.dataChanged.emit(self.index(0), self.index(len(merged) - 1))
            return
        self.beginResetModel()
        self.entries = merged
        self.endResetModel()

    def _picture_came(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] == "project" and self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1), [PictureRole])


def _name_of(job: Job) -> str:
    address = fetching_address(job)
    return short_address(address) if address else Path(str(job.payload.get("path", ""))).stem


class ProjectDelegate(QStyledItemDelegate):
    """Paints a project card."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Cards of one size with a gap to the right and below."""
        return CARD + QSize(GAP_PX, GAP_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One card."""
        entry: Entry = index.data(EntryRole)
        card = QRect(option.rect.topLeft(), CARD)
        state = option.state
        painter.save()
        paint_card(
            painter,
            card,
            selected=False,
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        self._paint_picture(painter, card, entry, index)
        colours = theme()
        name = QRect(card.left() + 12, card.top() + _PICTURE_HEIGHT_PX + 14, card.width() - 24, 20)
        paint_line(painter, name, entry.name, colours.sized(tokens.TYPE_BODY, strong=True), "text")
        note = name.translated(0, 23)
        ink = "caution" if entry.missing and entry.job is None else "quiet"
        paint_line(painter, note, state_words(entry), colours.sized(tokens.TYPE_NOTE), ink)
        painter.restore()

    def _paint_picture(self, painter: QPainter, card: QRect, entry: Entry, index: Index) -> None:
        box = QRect(card.left() + 4, card.top() + 4, card.width() - 8, _PICTURE_HEIGHT_PX)
        paint_cover(painter, box, index.data(PictureRole), tokens.RADIUS_CARD - 4)
        if entry.picture is None:
            icon = theme().icon("microphone" if entry.source_id else "film-strip", "faint")
            icon.paint(painter, QRect(box.center().x() - 16, box.center().y() - 16, 32, 32))
        if entry.job is not None:
            groove = QRect(box.left(), box.bottom() - 3, box.width(), 4)
            painter.fillRect(groove, theme().colour("line"))
            painter.fillRect(groove.adjusted(0, 0, -round(groove.width() * (1 - entry.job.fraction)), 0),
                             theme().colour("accent"))  # fmt: skip
        elif entry.length:
            font = theme().sized(tokens.TYPE_NOTE, tabular=True)
            corner = QPointF(box.right() - 6, box.bottom() - 26)
            paint_pill(painter, corner, entry.length, font, ground="window", ink="text", right=True)
