"""How a line of the second language looks, and the field it is written in."""

from __future__ import annotations

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

Index = QModelIndex | QPersistentModelIndex
_TIME_PX, _GAP_PX, _PAD_X, _PAD_Y, _BELOW_PX = 46, 4, 8, 6, 10
_MOST_LINES = 6
NOTE = Qt.ItemDataRole.UserRole + 1
"""What is to be said of a line's translation, below it."""


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
    """Paints the time and what is said, and below it the line in a field. ``finished`` carries an editor that
    is done, and where to go from there."""

    finished = Signal(object, int)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, str, int], tuple[int, int, int]] = {}
        theme().changed.connect(self._heights.clear)

    def sizeHint(self, _option: Any, index: Index) -> QSize:
        """As high as its texts at the list's width."""
        width = self._view.viewport().width()
        above, height, note = self._parts(width, index)
        return QSize(width, above + height + note + _BELOW_PX - 1)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One line."""
        field: LineField = index.data(Qt.ItemDataRole.UserRole)
        colours, box = theme(), option.rect
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.colour("text" if current else "quiet"))
        painter.setFont(colours.sized(tokens.TYPE_NOTE, tabular=True))
        painter.drawText(QRect(box.left(), box.top(), _TIME_PX, 18), _LEFT, clock_time(field.at))
        painter.setPen(colours.colour("quiet"))
        _laid(field.said, _note(), box.width() - _TIME_PX).draw(
            painter, QPointF(box.left() + _TIME_PX, box.top() + 1)
        )
        place = self._text_box(box, index)
        self._paint_field(painter, place, field.text, current)
        if note := str(index.data(NOTE) or ""):
            painter.setPen(colours.colour("caution"))
            below = QPointF(box.left() + _PAD_X, place.bottom() + 1 + _GAP_PX)
            _laid(note, _note(), box.width() - 2 * _PAD_X).draw(painter, below)
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

    def _text_box(self, box: QRect, index: Index) -> QRect:
        """Where the line itself stands in its row."""
        above, height, _ = self._parts(box.width(), index)
        return QRect(box.left(), box.top() + above, box.width(), height)

    def _parts(self, width: int, index: Index) -> tuple[int, int, int]:
        """How high are what stands above the line, the line itself, and what is said of it."""
        field: LineField = index.data(Qt.ItemDataRole.UserRole)
        note = str(index.data(NOTE) or "")
        key = field.said, field.text, note, width
        if key not in self._heights:
            said = _laid(field.said, _note(), width - _TIME_PX).boundingRect().height()
            text = _laid(field.text or "x", _body(), width - 2 * _PAD_X).boundingRect().height()
            below = _laid(note, _note(), width - 2 * _PAD_X).boundingRect().height() if note else 0
            self._heights[key] = (
                max(18, round(said)) + _GAP_PX,
                round(text) + 2 * _PAD_Y,
                round(below) + _GAP_PX if note else 0,
            )
        return self._heights[key]

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
        editor.setGeometry(self._text_box(option.rect, index))

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
