"""The found clips as cards: a model over the session, and the painting of one card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from viralclip_desktop.core.geometry import preview_size
from viralclip_desktop.core.marks import in_line
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip, Review
from viralclip_desktop.domain.edits.review import is_dropped
from viralclip_desktop.domain.standing import (
    Standing,
    best_reason,
    doubt_about,
    reasons_in_order,
    standing_of,
)
from viralclip_desktop.features.faces.job import FACES
from viralclip_desktop.features.preview import exact_frame
from viralclip_desktop.features.reframe.job import FRAME
from viralclip_desktop.features.workflows.preview import preview_plan
from viralclip_desktop.gui.bridge.images import Pictures, image_from_rgb
from viralclip_desktop.gui.common.standing_words import standing_words
from viralclip_desktop.gui.moments.finished import FinishedFiles
from viralclip_desktop.gui.moments.provisional import ProvisionalClips
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.session.seen import seen
from viralclip_desktop.gui.text import clock_time, duration, plain, tr, tr_message
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.drag_out import file_data
from viralclip_desktop.gui.widgets.painting import (
    LINE_PX,
    paint_card,
    paint_cover,
    paint_line,
    paint_lines,
    paint_pill,
)

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

Index = QModelIndex | QPersistentModelIndex

ClipRole = Qt.ItemDataRole.UserRole
PictureRole = Qt.ItemDataRole.UserRole + 1
DoneRole = Qt.ItemDataRole.UserRole + 2
"""Whether a finished export of the clip lies on the disk."""
ProvisionalRole = Qt.ItemDataRole.UserRole + 3
"""Whether the clip may still change, as its recording is being listened to."""

CARD_HEIGHT_PX = 126
BESIDE_CARDS_PX = 11
"""Room to the right of the cards, for the scroll bar."""
_DROPPED_OPACITY = 0.5
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
        self.finished = FinishedFiles(context, self)
        self.finished.changed.connect(self._refresh_all)
        self.provisional = ProvisionalClips(session, context, self)
        self.provisional.changed.connect(self._refresh_all)
        self._searches = (
            0  # for faces and who speaks, ended since the start: pictures from before one may be out of date
        )
        context.events.changed.connect(self._take_changes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A clip with a finished export can be dragged into other programs."""
        flags = super().flags(index)
        clip: Clip | None = index.data(ClipRole) if index.isValid() else None
        if clip is not None and self.finished.path_of(clip.id) is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Files are given."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The finished files of some clips."""
        paths = [self.finished.path_of(index.data(ClipRole).id) for index in indexes]
        return file_data([path for path in paths if path is not None])

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
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ToolTipRole: lambda clip: plain(tooltip(clip)),
            ClipRole: lambda clip: clip,
            ProvisionalRole: lambda clip: clip.id in self.provisional.marked,
            DoneRole: lambda clip: self.finished.path_of(clip.id) is not None,
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

    def _spoken(self, clip: Clip) -> str:
        mark = f", {tr('Provisional')}" if clip.id in self.provisional.marked else ""
        mark += f", {doubt}" if (doubt := doubt_badge(clip)) else ""
        review = review_word(clip)
        return spoken(clip) + mark + (f", {review}" if review else "")

    def _picture(self, clip: Clip) -> QImage | None:
        own = clip.caption_override
        watched = clip.follows_people or (own is not None and own.keep_off_faces)
        key = ("clip", clip.id, seen(clip), self._searches if watched else 0)
        services = self._context.services

        def render() -> QImage:
            plan = preview_plan(services.store, services.paths, clip.id)
            size = preview_size(clip.aspect, _PICTURE_WIDTH_PX)
            at = min(_INTO_CLIP, Time(plan.duration.ticks // 2)).snapped(plan.fps)
            return image_from_rgb(exact_frame(services.paths, plan, size, at), size.width, size.height)

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

    def _refresh_all(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _take_changes(self, changes: Changes) -> None:
        if changes.ids(FACES) or changes.ids(FRAME):
            self._searches += 1
            self._refresh_all()

    def _picture_came(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] == "clip":
            rows = [n for n, clip in enumerate(self._session.clips) if clip.id == key[1]]
            for row in rows:
                self.dataChanged.emit(self.index(row), self.index(row), [PictureRole])


def spoken(clip: Clip) -> str:
    """The card in one line, for screen readers."""
    length = duration(clip.duration)
    return ", ".join(part for part in (in_line(clip.title), standing_words(clip), length) if part)


def best_words(clip: Clip) -> str:
    """What speaks first for a clip; its first words where nothing does."""
    best = best_reason(clip)
    return tr_message(best.text) if best is not None else clip.quote_first


def doubt_badge(clip: Clip) -> str:
    """What to do about a clip of doubtful words; empty for another."""
    return tr("Check the words") if doubt_about(clip) is not None else ""


def review_word(clip: Clip) -> str:
    """How a clip was reviewed; empty for not yet."""
    return {Review.KEPT: tr("kept"), Review.DROPPED: tr("dropped"), Review.NOT_YET: ""}[clip.review]


def tooltip(clip: Clip) -> str:
    """The whole title and the reasons, as plain text."""
    reasons = (f"•  {tr_message(reason.text)}" for reason in reasons_in_order(clip))
    lines = [in_line(clip.title), "", *reasons]
    return "\n".join(lines).strip()


class ClipDelegate(QStyledItemDelegate):
    """Paints a clip: picture, how it stands, title, the best reason, where it is and how long.

    ``edit_clicked`` carries the id of the clip whose Edit button was clicked.
    """

    edit_clicked = Signal(str)

    def __init__(self, parent: QWidget, editable: bool = True) -> None:
        super().__init__(parent)
        self._editable = editable

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Cards of one height."""
        return QSize(200, CARD_HEIGHT_PX + tokens.SPACE_8)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One card."""
        clip: Clip = index.data(ClipRole)
        card, state = card_rect(option), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        paint_card(
            painter,
            card,
            selected=selected,
            hovered=hovered,
            focused=selected and option.widget is not None and option.widget.hasFocus(),
        )
        painter.setOpacity(_DROPPED_OPACITY if is_dropped(clip) else 1.0)
        self._paint_picture(painter, card, clip, index.data(PictureRole))
        offers_edit = self._editable and (hovered or selected)
        self._paint_words(painter, card, index)
        painter.setOpacity(1.0)
        if offers_edit:
            self._paint_edit(painter, card)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the card's Edit button."""
        inside = (
            isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and edit_rect(card_rect(option)).contains(event.position().toPoint())
        )
        if not self._editable or not inside:
            return super().editorEvent(event, model, option, index)
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.edit_clicked.emit(index.data(ClipRole).id)
        return True

    def _paint_edit(self, painter: QPainter, card: QRect) -> None:
        box = edit_rect(card)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("line"))
        painter.drawRoundedRect(QRectF(box), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.setFont(theme().sized(tokens.TYPE_NOTE, strong=True))
        painter.setPen(theme().colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("Edit"))

    def _paint_picture(self, painter: QPainter, card: QRect, clip: Clip, image: QImage | None) -> None:
        box = QRect(card.left() + 8, card.top() + 8, 72, card.height() - 16)
        paint_cover(painter, box, image, 6)
        font = theme().sized(tokens.TYPE_NOTE, strong=True, tabular=True)
        corner = QPointF(box.left() + 4, box.top() + 4)
        if stands := standing_words(clip):
            high = standing_of(clip) is Standing.HIGH
            ground, ink = ("accent_fill", "on_accent") if high else ("line", "text")
            paint_pill(painter, corner, stands, font, ground=ground, ink=ink)

    def _paint_words(self, painter: QPainter, card: QRect, index: Index) -> None:
        clip: Clip = index.data(ClipRole)
        colours, left = theme(), card.left() + 92
        width = card.right() - left - 10
        note = colours.sized(tokens.TYPE_NOTE)

        def at(top: int) -> QRect:
            return QRect(left, card.top() + top, width, LINE_PX)

        strong = colours.sized(tokens.TYPE_BODY, strong=True)
        below = LINE_PX * (paint_lines(painter, at(10), clip.title, strong, "text") - 1)
        where = f"{duration(clip.duration)}  ·  {tr('at')} {clock_time(clip.range.start)}"
        if index.data(DoneRole):
            where += f"  ·  {tr('exported')}"
        if review := review_word(clip):
            where += f"  ·  {review}"
        paint_line(painter, at(31 + below), where, colours.sized(tokens.TYPE_NOTE, tabular=True), "quiet")
        paint_line(painter, at(54 + below), best_words(clip), note, "quiet")
        badge = tr("Provisional") if index.data(ProvisionalRole) else doubt_badge(clip)
        if badge:
            paint_pill(painter, QPointF(left, card.bottom() - 31), badge, note, ground="line", ink="text")


def card_rect(option: Any) -> QRect:
    """Where the card lies in its row: as wide with the scroll bar as without it."""
    card = QRect(option.rect).adjusted(0, 0, 0, -tokens.SPACE_8)
    if option.widget is not None:
        card.setWidth(option.widget.width() - BESIDE_CARDS_PX)
    return card


def edit_rect(card: QRect) -> QRect:
    """The Edit button of a card."""
    font = theme().sized(tokens.TYPE_NOTE, strong=True)
    width = max(48, QFontMetrics(font).horizontalAdvance(tr("Edit")) + 20)
    return QRect(card.right() - 8 - width, card.bottom() - 32, width, 24)
