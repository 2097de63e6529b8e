"""The found clips as cards: a model over the session, and the painting of one card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from viralclip_desktop.core.geometry import preview_size
from viralclip_desktop.core.time import Time, format_clock, format_duration
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.bridge.images import Pictures, image_from_rgb
from viralclip_desktop.gui.moments.seen import seen
from viralclip_desktop.gui.moments.session import ClipSession
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.painting import paint_card, paint_cover, paint_line, paint_pill

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

Index = QModelIndex | QPersistentModelIndex

ClipRole = Qt.ItemDataRole.UserRole
PictureRole = Qt.ItemDataRole.UserRole + 1

CARD_HEIGHT_PX = 116
BESIDE_CARDS_PX = 11
"""Room to the right of the cards, for the scroll bar."""
_PICTURE_WIDTH_PX = 180  # rendered once, shown at up to twice the card's 72 px
_INTO_CLIP = Time.from_seconds(1.5)  # past the fade in and the first captions' entrance


class ClipModel(QAbstractListModel):
    """The clips of a session, best first."""

    def __init__(self, session: ClipSession, context: Context, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._context, self._pictures = session, context, pictures
        session.listed.connect(self._relist)
        session.clip_changed.connect(self._refresh)
        pictures.arrived.connect(self._picture_came)
        self._last_pictures: dict[str, QImage] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many clips there are."""
        return 0 if parent.isValid() else len(self._session.clips)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A clip's parts by role."""
        if not index.isValid() or index.row() >= len(self._session.clips):
            return None
        clip = self._session.clips[index.row()]
        parts: dict[int, Callable[[Clip], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda clip: clip.title,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
            Qt.ItemDataRole.ToolTipRole: tooltip,
            ClipRole: lambda clip: clip,
            PictureRole: self._picture,
        }
        return parts[role](clip) if role in parts else None

    def index_of(self, clip: Clip | None) -> QModelIndex:
        """Where a clip is; an invalid index for none."""
        if clip is not None:
            for row, item in enumerate(self._session.clips):
                if item.id == clip.id:
                    return self.index(row)
        return QModelIndex()

    def _picture(self, clip: Clip) -> QImage | None:
        key = ("clip", clip.id, seen(clip))
        desk = self._context.desk

        def render() -> QImage:
            plan = desk.preview_plan(clip.id)
            size = preview_size(clip.aspect, _PICTURE_WIDTH_PX)
            at = min(_INTO_CLIP, Time(plan.duration.ticks // 2)).snapped(plan.fps)
            return image_from_rgb(desk.exact_frame(plan, size, at), size.width, size.height)

        image = self._pictures.get(key, render)
        if image is not None:
            self._last_pictures[clip.id] = image
        return image or self._last_pictures.get(clip.id)

    def _relist(self) -> None:
        self.beginResetModel()
        ids = {clip.id for clip in self._session.clips}
        self._last_pictures = {key: image for key, image in self._last_pictures.items() if key in ids}
        self.endResetModel()

    def _refresh(self, clip: Clip) -> None:
        index = self.index_of(clip)
        self.dataChanged.emit(index, index)

    def _picture_came(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] == "clip":
            rows = [n for n, clip in enumerate(self._session.clips) if clip.id == key[1]]
            for row in rows:
                self.dataChanged.emit(self.index(row), self.index(row), [PictureRole])


def spoken(clip: Clip) -> str:
    """The card in one line, for screen readers."""
    length = format_duration(clip.duration)
    return tr("{title}, score {score}, {length}", title=clip.title, score=clip.score, length=length)


def tooltip(clip: Clip) -> str:
    """The whole title and the reasons, as plain text."""
    lines = [clip.title, "", *(f"•  {reason.text}" for reason in clip.reasons)]
    return "\n".join(lines).strip()


class ClipDelegate(QStyledItemDelegate):
    """Paints a clip: picture, score, title, the two best reasons, where it is and how long."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Cards of one height."""
        return QSize(200, CARD_HEIGHT_PX + tokens.SPACE_8)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One card."""
        clip: Clip = index.data(ClipRole)
        card = QRect(option.rect).adjusted(0, 0, 0, -tokens.SPACE_8)
        if option.widget is not None:  # as wide with the scroll bar as without it
            card.setWidth(option.widget.width() - BESIDE_CARDS_PX)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_card(
            painter,
            card,
            selected=selected,
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=selected and option.widget is not None and option.widget.hasFocus(),
        )
        self._paint_picture(painter, card, clip, index.data(PictureRole))
        self._paint_words(painter, card, clip)
        painter.restore()

    def _paint_picture(self, painter: QPainter, card: QRect, clip: Clip, image: QImage | None) -> None:
        box = QRect(card.left() + 8, card.top() + 8, 72, card.height() - 16)
        paint_cover(painter, box, image, 6)
        font = theme().sized(tokens.TYPE_NOTE, strong=True, tabular=True)
        corner = QPointF(box.left() + 4, box.top() + 4)
        paint_pill(painter, corner, str(clip.score), font, ground="accent_fill", ink="on_accent")

    def _paint_words(self, painter: QPainter, card: QRect, clip: Clip) -> None:
        colours, left = theme(), card.left() + 92
        width = card.right() - left - 10

        def at(top: int) -> QRect:
            return QRect(left, card.top() + top, width, 18)

        paint_line(painter, at(12), clip.title, colours.sized(tokens.TYPE_BODY, strong=True), "text")
        where = f"{format_duration(clip.duration)}  ·  {tr('at')} {format_clock(clip.range.start)}"
        paint_line(painter, at(33), where, colours.sized(tokens.TYPE_NOTE, tabular=True), "quiet")
        strongest = sorted(clip.reasons, key=lambda reason: -reason.strength)[:2]
        note = colours.sized(tokens.TYPE_NOTE)
        lines = [reason.text for reason in strongest] or [clip.quote_first]
        for number, text in enumerate(lines):
            paint_line(painter, at(62 + 20 * number), text, note, "quiet")
