"""The words at a cut: what is said just before and just after the in or the out point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word, join_words
from viralclip_desktop.gui.common.snapping import WordEdges
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_CUT_SHARE = 0.3  # how far from its outer side the cut is drawn: most of the room is for the clip's words
_GAP_PX = 8  # between the cut and the words beside it


@dataclass(frozen=True)
class _Placed:
    index: int
    text: str
    box: QRectF
    inside: bool


class EdgeWords(QWidget):
    """One line of words around a cut. A click on a word makes it the first (or the last) of the clip."""

    chosen = Signal(str, object)

    def __init__(self, edge: str) -> None:
        super().__init__()
        self._edge = edge
        self._words: Sequence[Word] = ()
        self._edges = WordEdges(())
        self._at = Time(0)
        self._hovered = -1
        self.setFixedHeight(28)
        self.setMouseTracking(True)
        first = tr("The clip starts with the word you click")
        last = tr("The clip ends with the word you click")
        self.setToolTip(plain(first if edge == "in" else last))

    def show_words(self, words: Sequence[Word], edges: WordEdges) -> None:
        """The words of another recording."""
        self._words, self._edges = words, edges
        self.update()

    def show_cut(self, at: Time) -> None:
        """Where the cut is, in source time."""
        self._at = at
        after = self._edges.first_after(at)
        near = (
            self._words[after : after + 8] if self._edge == "in" else self._words[max(0, after - 8) : after]
        )
        said = join_words([word.text for word in near])
        name = tr("Starts with: {words}") if self._edge == "in" else tr("Ends with: {words}")
        self.setAccessibleName(name.format(words=said))
        self.update()

    def placed(self) -> list[_Placed]:
        """Every word that fits, and where."""
        after = self._edges.first_after(self._at)
        cut = self._cut_x()
        right = self._run(range(after, len(self._words)), cut + _GAP_PX, +1)
        left = self._run(range(after - 1, -1, -1), cut - _GAP_PX, -1)
        return list(reversed(left)) + right

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words inside the clip plainly, those outside struck through."""
        colours, painter = theme(), QPainter(self)
        for word in self.placed():
            font = colours.sized(tokens.TYPE_BODY)
            font.setStrikeOut(not word.inside)
            font.setUnderline(word.index == self._hovered)
            painter.setFont(font)
            painter.setPen(colours.colour("text" if word.inside else "quiet"))
            painter.drawText(word.box, Qt.AlignmentFlag.AlignCenter, word.text)
        if self._words:
            painter.fillRect(QRectF(self._cut_x() - 1, 4, 2, self.height() - 8), colours.colour("accent"))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Underline the word under the pointer."""
        self._hover(self._index_at(event))

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Cut at the clicked word."""
        index = self._index_at(event)
        if index >= 0:
            self.chosen.emit(self._edge, self._edges.at_word(self._edge, index))

    def _cut_x(self) -> float:
        return self.width() * (_CUT_SHARE if self._edge == "in" else 1 - _CUT_SHARE)

    def _run(self, indexes: range, x: float, direction: int) -> list[_Placed]:
        metrics, placed = self.fontMetrics(), []
        space = metrics.horizontalAdvance(" ")
        inside = (direction > 0) == (self._edge == "in")
        for index in indexes:
            width = metrics.horizontalAdvance(self._words[index].text) + 1
            left = x if direction > 0 else x - width
            if left < 0 or left + width > self.width():
                break
            box = QRectF(left, 0, width, self.height())
            placed.append(_Placed(index, self._words[index].text, box, inside))
            x += direction * (width + space)
        return placed

    def _index_at(self, event: QMouseEvent) -> int:
        for word in self.placed():
            if word.box.contains(event.position()):
                return word.index
        return -1

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            shape = Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()
