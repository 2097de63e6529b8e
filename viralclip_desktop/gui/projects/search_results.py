"""What was said and where: the results of a search over every transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.projects.highlight import matches
from viralclip_desktop.gui.text import clock_time, plural, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.painting import paint_card, paint_line

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.records import SearchHit

Index = QModelIndex | QPersistentModelIndex
HitRole = Qt.ItemDataRole.UserRole
_ROW = QSize(200, 60)
_GAP_PX = 4


@dataclass(frozen=True)
class Hit:
    """One sentence that was found, or a project by its name. ``at``: source time of the first matching
    word."""

    project: str
    source_id: str
    clip_id: str
    clip_title: str
    at: Time
    snippet: str
    marked: tuple[tuple[int, int], ...]
    clips: int | None = None
    """Of a project that is called so, how many clips it has; None for a sentence."""


def find_hits(services: Services, text: str) -> list[Hit]:
    """Search, and say for each hit which clip plays it. Blocks: called off the GUI thread."""
    names = {project.id: project.name for project in services.store.projects()}
    clips: dict[str, list[Clip]] = {}
    hits = [hit for project_id, name in names.items() if (hit := _named(services, project_id, name, text))]
    for found in services.store.search(text):
        if found.source_id not in clips:
            clips[found.source_id] = sorted(services.store.clips(found.source_id), key=lambda clip: clip.rank)
        hits.append(_hit(found, names.get(found.project_id, ""), clips[found.source_id], text))
    return hits


def _named(services: Services, project_id: str, name: str, text: str) -> Hit | None:
    """A project whose name holds all that was typed; one without a recording can't be opened."""
    folded, sources = name.casefold(), services.store.sources(project_id)
    if not sources or not all(word in folded for word in text.casefold().split()):
        return None
    count = sum(len(services.store.clips(source.id)) for source in sources)
    return Hit(name, sources[0].id, "", "", ZERO, name, tuple(matches(name, text)), count)


def _hit(found: SearchHit, project: str, clips: list[Clip], text: str) -> Hit:
    clip = next((c for c in clips if any(part.contains(found.start) for part in c.kept)), None)
    marked = tuple(matches(found.snippet, text))
    clip_id, title = (clip.id, clip.title) if clip else ("", "")
    return Hit(project, found.source_id, clip_id, title, found.start, found.snippet, marked)


def where_words(hit: Hit) -> str:
    """The quiet line below the sentence, or the name of a project."""
    if hit.clips is not None:
        clips = plural(hit.clips, "{n} clip", "{n} clips") if hit.clips else tr("No clips yet")
        return f"{tr('Project')}  ·  {clips}"
    where = tr("in “{title}”", title=hit.clip_title) if hit.clip_title else tr("in no clip yet")
    return f"{hit.project}  ·  {clock_time(hit.at)}  ·  {where}"


class HitModel(QAbstractListModel):
    """The hits, best first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        """Other results."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many hits there are."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A hit's parts by role."""
        if not index.isValid() or index.row() >= len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.snippet
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.snippet}, {where_words(hit)}"
        return hit if role == HitRole else None


class HitDelegate(QStyledItemDelegate):
    """Paints a sentence with what was searched for in bold, and where it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return _ROW + QSize(0, _GAP_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One row."""
        hit: Hit = index.data(HitRole)
        box = QRect(option.rect.left(), option.rect.top(), option.rect.width(), _ROW.height())
        state = option.state
        painter.save()
        paint_card(
            painter,
            box,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=False,
        )
        sentence = QRect(box.left() + 16, box.top() + 9, box.width() - 32, 20)
        self._paint_sentence(painter, sentence, hit)
        note = sentence.translated(0, 22)
        paint_line(painter, note, where_words(hit), theme().sized(tokens.TYPE_NOTE), "quiet")
        painter.restore()

    @staticmethod
    def _paint_sentence(painter: QPainter, box: QRect, hit: Hit) -> None:
        x, right = box.left(), box.right()
        for text, strong in _pieces(hit):
            font = theme().sized(tokens.TYPE_BODY, strong=strong)
            width = QFontMetrics(font).horizontalAdvance(text)
            part = QRect(x, box.top(), min(width, right - x) + 1, box.height())
            if part.width() <= 1 or paint_line(painter, part, text, font, "text" if strong else "quiet"):
                return
            x += width


def _pieces(hit: Hit) -> list[tuple[str, bool]]:
    pieces, place = [], 0
    for start, end in hit.marked:
        pieces += [(hit.snippet[place:start], False), (hit.snippet[start:end], True)]
        place = end
    return [*((text, strong) for text, strong in pieces if text), (hit.snippet[place:], False)]


def results_view(model: HitModel) -> QListView:
    """The list of results."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(HitDelegate(view))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(tr("What was found"))
    return view
