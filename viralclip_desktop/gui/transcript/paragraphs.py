"""The laid out text of the rows in view: one small QTextLayout a sentence, made when it is first seen."""

from __future__ import annotations

import math
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from viralclip_desktop.domain.transcript import needs_space
from viralclip_desktop.gui.transcript.model import TranscriptModel, WordState

LINE_PX = 21  # 13 px type with room for the marks above and below other scripts
_KEPT = 300  # rows: several screens, a few kilobytes each
_BREAK_HERE = "\u200b"
_JOIN_PX = 9  # boxes of neighbouring words are at most a space apart

_CUT_MARK, _PLAIN, _QUIET = "c", "p", "q"


def running_text(texts: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Words as one text and where each lies in it. Between words of a script without spaces stands an
    invisible place to break the line, so that no word is torn apart."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length, last = 0, ""
    for text in texts:
        if last:
            parts.append(" " if needs_space(last, text) else _BREAK_HERE)
            length += 1
        parts.append(text)
        units = len(text.encode("utf-16-le")) // 2  # Qt counts in UTF-16
        spans.append((length, length + units))
        length += units
        last = text
    return "".join(parts), spans


class Paragraph:
    """One sentence laid out in a column. Places are relative to the column's upper left corner."""

    def __init__(self, texts: Sequence[str], marks: str, width_px: int, font: QFont, quiet: QColor) -> None:
        self.marks, self.width_px = marks, width_px
        self.text, self.spans = running_text(texts)
        self._quiet = quiet
        self._layout = QTextLayout(self.text, font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if self.right_to_left:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._formats())
        self._lines: list[QTextLine] = []
        self.line_boxes: list[tuple[int, int]] = []
        self.height = self._break_lines()
        self._boxes: list[list[QRectF]] | None = None

    @property
    def right_to_left(self) -> bool:
        """Whether the sentence runs from right to left."""
        return _is_right_to_left(self.text)

    def line_of(self, word: int) -> int:
        """The line a word begins on."""
        start = self.spans[word][0]
        for number, line in enumerate(self._lines):
            if start < line.textStart() + line.textLength():
                return number
        return len(self._lines) - 1

    def boxes(self, word: int) -> list[QRectF]:
        """Where a word is: one box, or more where it had to be broken."""
        if self._boxes is None:
            self._boxes = [self._boxes_of(*span) for span in self.spans]
        return self._boxes[word]

    def strips(self, words: range) -> list[QRectF]:
        """The boxes of a run of words, those side by side made one."""
        strips: list[QRectF] = []
        for word in words:
            for box in self.boxes(word):
                if strips and _beside(strips[-1], box):
                    strips[-1] = strips[-1].united(box)
                else:
                    strips.append(QRectF(box))
        return strips

    def word_at(self, point: QPointF) -> int | None:
        """The word under a point, or None beside the text."""
        word = self.nearest(point)
        hit = any(box.adjusted(-2, 0, 2, 0).contains(point) for box in self.boxes(word))
        return word if hit else None

    def nearest(self, point: QPointF) -> int:
        """The word nearest to a point: on the line at its height, then sideways."""
        line = self._line_at(point.y())
        low, high = line.textStart(), line.textStart() + line.textLength()
        best, distance = 0, math.inf
        for word, (start, end) in enumerate(self.spans):
            if end <= low or start >= high:
                continue
            for box in self.boxes(word):
                away = max(box.left() - point.x(), point.x() - box.right(), 0.0)
                away += 1000.0 * (not box.top() <= point.y() < box.bottom())
                if away < distance:
                    best, distance = word, away
        return best

    def draw(self, painter: QPainter, at: QPointF, lit: int | None = None, ink: QColor | None = None) -> None:
        """Paint the text; word ``lit`` in another ink."""
        selections = []
        if lit is not None and ink is not None:
            start, end = self.spans[lit]
            form = QTextCharFormat()
            form.setForeground(ink)
            selections.append(_range(start, end, form))
        if self.marks and set(self.marks) <= {_QUIET}:
            painter.setPen(self._quiet)
        self._layout.draw(painter, at, selections)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        """Struck through where cut, quiet where it doesn't play; nothing where the whole row is alike."""
        if set(self.marks) <= {_PLAIN} or set(self.marks) <= {_QUIET}:
            return []
        formats, start = [], 0
        for end in range(1, len(self.marks) + 1):
            if end < len(self.marks) and self.marks[end] == self.marks[start]:
                continue
            if self.marks[start] != _PLAIN:
                form = QTextCharFormat()
                form.setForeground(self._quiet)
                form.setFontStrikeOut(self.marks[start] == _CUT_MARK)
                formats.append(_range(self.spans[start][0], self.spans[end - 1][1], form))
            start = end
        return formats

    def _break_lines(self) -> int:
        layout, y = self._layout, 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width_px)
            step = max(LINE_PX, math.ceil(line.height()) + 2)
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            self._lines.append(line)
            self.line_boxes.append((y, y + step))
            y += step
        layout.endLayout()
        return max(LINE_PX, y)

    def _line_at(self, y: float) -> QTextLine:
        for number, (_top, bottom) in enumerate(self.line_boxes):
            if y < bottom:
                return self._lines[number]
        return self._lines[-1]

    def _boxes_of(self, start: int, end: int) -> list[QRectF]:
        boxes = []
        for line, (top, bottom) in zip(self._lines, self.line_boxes, strict=True):
            low, high = line.textStart(), line.textStart() + line.textLength()
            first, last = max(start, low), min(end, high)
            if first < last:
                one, other = _x(line, first), _x(line, last)
                boxes.append(QRectF(min(one, other), top, abs(other - one), bottom - top))
        return boxes or [QRectF(0, 0, 0, LINE_PX)]


class Paragraphs:
    """Keeps the rows laid out last; a row is laid out anew when its words, marks or column changed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Paragraph] = OrderedDict()

    def forget(self) -> None:
        """Words, font or colours are others now."""
        self._kept.clear()

    def get(self, model: TranscriptModel, row: int, width_px: int, font: QFont, quiet: QColor) -> Paragraph:
        """A row as it stands."""
        words = model.words_of(row)
        marks = "".join(_mark(model.state(index)) for index in words)
        kept = self._kept.get(row)
        if kept is None or kept.marks != marks or kept.width_px != width_px:
            texts = [model.word(index).text for index in words]
            kept = self._kept[row] = Paragraph(texts, marks, width_px, font, quiet)
        self._kept.move_to_end(row)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return kept


def _mark(state: WordState) -> str:
    if state is WordState.PLAYS:  # asked for every word of every frame: no hashing of enums
        return _PLAIN
    return _CUT_MARK if state is WordState.CUT else _QUIET


def _range(start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, form
    return made


def _x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # PySide6 answers with the position it came to as well
    return float(found[0] if isinstance(found, tuple) else found)


def _beside(one: QRectF, other: QRectF) -> bool:
    apart = max(other.left() - one.right(), one.left() - other.right())
    return one.top() == other.top() and apart <= _JOIN_PX


def _is_right_to_left(text: str) -> bool:
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False
