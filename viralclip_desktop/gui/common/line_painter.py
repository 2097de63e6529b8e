"""How a line of a translation looks, and the field it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QPlainTextEdit, QStyle, QStyledItemDelegate, QWidget

from viralclip_desktop.features.captions import LineField
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.painting import paint_pill

Index = QModelIndex | QPersistentModelIndex
_TIME_PX, _GAP_PX, _PAD_X, _PAD_Y, _BELOW_PX = 46, 4, 8, 6, 10
_MOST_LINES = 6
_BADGE_PX, _COLUMN_GAP_PX, _ABOVE_PX = 132, 12, 24
_COLUMNS_FROM_PX = 560  # time, what is said, its translation and a badge each in a column
NOTE = Qt.ItemDataRole.UserRole + 1
"""What is to be said of a line's translation, below it."""
BADGE = Qt.ItemDataRole.UserRole + 2
"""A :class:`Badge` beside a line, or None."""


@dataclass(frozen=True, slots=True)
class Badge:
    """How a line stands, in a word or two; ``colour`` is one of the theme's."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a line stand in its row, and how high that is."""

    time: QRect
    said: QRect
    text: QRect
    note: QRect
    badge: QPointF
    height: int


class LineEditor(QPlainTextEdit):
    """A line while it is written. ``left`` carries where to go then: 1 the next line, -1 the one before, 0
    nowhere."""

    left = Signal(int)

    def __init__(self, parent: QWidget, field: LineField) -> None:
        super().__init__(parent)
        self._begun = False
        self.setAccessibleName(tr("Translation of “{said}”", said=field.said) if field.said else tr("Line"))
        self.setPlaceholderText(tr("Write the line here"))
        self.setFont(theme().sized(tokens.TYPE_BODY))
        self.setStyleSheet(_look())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)

    def begin_with(self, text: str) -> None:
        """The line as it is, all of it selected; only once, however often the list is refreshed."""
        if not self._begun:
            self._begun = True
            self.setPlainText(text)
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """While typing, every key is a letter: no shortcut of the window steals one."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Grow over what follows while the text gets longer."""
        lines = min(_MOST_LINES, max(1, round(self.document().size().height())))
        wanted = lines * self.fontMetrics().lineSpacing() + 2 * _PAD_Y + 2
        if wanted > self.height():
            self.resize(self.width(), wanted)


class LineDelegate(QStyledItemDelegate):
    """Paints the time and what is said, and below it, or beside it where there is room, the line in a field.
    ``finished`` carries an editor that is done, and where to go from there."""

    finished = Signal(object, int)

    def __init__(self, view: QListView, beside_from_px: int | None = None) -> None:
        """``beside_from_px``: so wide a list shows the two languages side by side; None never does."""
        super().__init__(view)
        self._view, self._beside_from_px = view, beside_from_px
        self._known: dict[tuple[str, str, str, bool, int], _Places] = {}
        theme().changed.connect(self._known.clear)

    def sizeHint(self, _option: Any, index: Index) -> QSize:
        """As high as its texts at the list's width."""
        width = self._view.viewport().width()
        return QSize(width, self._places(width, index).height)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One line."""
        field: LineField = index.data(Qt.ItemDataRole.UserRole)
        colours, box = theme(), option.rect
        places = self._places(box.width(), index)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        painter.setPen(colours.colour("text" if current else "quiet"))
        painter.setFont(colours.sized(tokens.TYPE_NOTE, tabular=True))
        painter.drawText(places.time, _LEFT, clock_time(field.at))
        painter.setPen(colours.colour("quiet"))
        _laid(field.said, _note(), places.said.width()).draw(painter, QPointF(places.said.topLeft()))
        badge = index.data(BADGE)
        if isinstance(badge, Badge):
            paint_pill(
                painter, places.badge, badge.text, _note(), ground="raised", ink=badge.colour, right=True
            )
        self._paint_field(painter, places.text, field.text, current)
        if note := str(index.data(NOTE) or ""):
            painter.setPen(colours.colour("caution"))
            _laid(note, _note(), places.note.width()).draw(painter, QPointF(places.note.topLeft()))
        painter.restore()

    def _paint_field(self, painter: QPainter, box: QRect, text: str, current: bool) -> None:
        colours = theme()
        focused = current and self._view.hasFocus()
        painter.setPen(QPen(colours.colour("accent"), tokens.FOCUS_WIDTH) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("raised"))
        painter.drawRoundedRect(
            QRectF(box).adjusted(1, 1, -1, -1), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL
        )
        painter.setPen(colours.colour("text" if text else "faint"))
        shown = _laid(text or tr("Write the line here"), _body(), box.width() - 2 * _PAD_X)
        shown.draw(painter, QPointF(box.left() + _PAD_X, box.top() + _PAD_Y))

    def _places(self, width: int, index: Index) -> _Places:
        """Where a line's parts stand in a row of some width."""
        field: LineField = index.data(Qt.ItemDataRole.UserRole)
        note, badged = str(index.data(NOTE) or ""), index.data(BADGE) is not None
        key = field.said, field.text, note, badged, width
        if key not in self._known:
            beside = self._beside_from_px is not None and width >= self._beside_from_px
            make = _side_by_side if beside else _stacked
            self._known[key] = make(field, note, width, badged=badged)
        return self._known[key]

    def createEditor(self, parent: QWidget, _option: Any, index: Index) -> QWidget:
        """The field."""
        editor = LineEditor(parent, index.data(Qt.ItemDataRole.UserRole))
        editor.left.connect(lambda step: self.finished.emit(editor, step))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is there; what is being typed is left alone."""
        assert isinstance(editor, LineEditor)
        editor.begin_with(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Keep what was typed."""
        assert isinstance(editor, LineEditor)
        model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: Index) -> None:
        """Over the line."""
        places = self._places(option.rect.width(), index)
        editor.setGeometry(places.text.translated(option.rect.topLeft()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab and Shift+Tab go to the next line and the one before."""
        if (
            isinstance(watched, LineEditor)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            self.finished.emit(watched, 1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().eventFilter(watched, event)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _note() -> QFont:
    return theme().sized(tokens.TYPE_NOTE)


def _body() -> QFont:
    return theme().sized(tokens.TYPE_BODY)


def _stacked(field: LineField, note: str, width: int, *, badged: bool) -> _Places:
    """What is said above, its translation below it, over the whole width."""
    beside_badge = width - _TIME_PX - (_BADGE_PX if badged else 0)
    said = QRect(_TIME_PX, 1, beside_badge, _height(field.said, _note(), beside_badge))
    text = QRect(0, max(18, said.height()) + _GAP_PX, width, _field_height(field, width))
    return _with_note(QRect(0, 0, _TIME_PX, 18), said, text, note, QPointF(width, 0))


def _side_by_side(field: LineField, note: str, width: int, *, badged: bool) -> _Places:
    """What is said at the left, its translation at the right, the time and the badge above them; where there
    is room for it in columns of their own."""
    wide = width >= _COLUMNS_FROM_PX
    left, top = (_TIME_PX + _GAP_PX, 0) if wide else (0, _ABOVE_PX)
    room = width - left - _COLUMN_GAP_PX - (_BADGE_PX + _COLUMN_GAP_PX if badged and wide else 0)
    said_px = round(0.46 * room)
    said = QRect(left, top + _PAD_Y + 1, said_px, _height(field.said, _note(), said_px))
    text_px = room - said_px
    height = max(_field_height(field, text_px), said.height() + 2 * _PAD_Y)
    text = QRect(left + said_px + _COLUMN_GAP_PX, top, text_px, height)
    time = QRect(0, _PAD_Y if wide else 0, _TIME_PX, 18)
    return _with_note(time, said, text, note, QPointF(width, _PAD_Y - 2 if wide else 0))


def _with_note(time: QRect, said: QRect, text: QRect, note: str, badge: QPointF) -> _Places:
    width = text.width() - 2 * _PAD_X
    below = QRect(text.left() + _PAD_X, text.bottom() + 1 + _GAP_PX, width, 0)
    if note:
        below.setHeight(_height(note, _note(), width))
    bottom = below.bottom() + 1 if note else text.bottom() + 1
    return _Places(time, said, text, below, badge, bottom + _BELOW_PX - 1)


def _field_height(field: LineField, width: int) -> int:
    return _height(field.text or "x", _body(), width - 2 * _PAD_X) + 2 * _PAD_Y


def _height(text: str, font: QFont, width: int) -> int:
    return round(_laid(text, font, width).boundingRect().height())


def _laid(text: str, font: QFont, width: int) -> QTextLayout:
    """Text in as many rows as it needs; each script begins on its own side."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def _look() -> str:
    colours = theme().colours
    return (
        f"QPlainTextEdit {{ background: {colours.raised}; border: 2px solid {colours.accent};"
        f" border-radius: {tokens.RADIUS_CONTROL}px; padding: {_PAD_Y - 2}px {_PAD_X - 2}px; }}"
    )
