"""How one sentence looks: the clip's mark in the margin, the time, the speaker, the words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.theme.tokens import Colours, mixed
from viralclip_desktop.gui.transcript.margin import MARGIN_PX, Beside, Stretch, paint_margin
from viralclip_desktop.gui.transcript.model import TranscriptModel
from viralclip_desktop.gui.transcript.paragraphs import LINE_PX, Paragraph
from viralclip_desktop.gui.transcript.search import Match
from viralclip_desktop.gui.transcript.warnings import CueCheck

PAD_PX = 6
HEAD_PX = 24
CHIP_PX = 18
_TIME_X = MARGIN_PX
_RIGHT_PX = 12
_CHIP_PAD_PX = 5
_NAME_X = 15  # behind the dot in the speaker's hue
_HUES = ("track_video", "track_music", "track_voice", "track_captions", "track_overlay")


@dataclass(frozen=True)
class Columns:
    """Where the columns of all rows are, in viewport pixels."""

    width: int
    time_width: int

    @property
    def text_x(self) -> int:
        """Left edge of the words."""
        return _TIME_X + self.time_width + tokens.SPACE_12

    @property
    def text_width(self) -> int:
        """Room for the words."""
        return max(80, self.width - self.text_x - _RIGHT_PX)


@dataclass(frozen=True)
class Row:
    """One row, laid out, at its place in the viewport."""

    row: int
    words: range
    box: QRect
    columns: Columns
    paragraph: Paragraph
    check: CueCheck
    time: str
    speaker: str
    """Empty where no other speaker begins with this row."""

    @property
    def text_corner(self) -> QPointF:
        """Upper left corner of the words."""
        return QPointF(self.columns.text_x, self.box.top() + PAD_PX + head_px(self.speaker))

    @property
    def beside(self) -> Beside:
        """What the margin has to know."""
        return Beside(self.words, self.paragraph, QRectF(self.box), round(self.text_corner.y()))

    @property
    def head_box(self) -> QRect:
        """Where the speaker's name stands; empty without one."""
        if not self.speaker:
            return QRect()
        metrics = QFontMetrics(theme().sized(tokens.TYPE_NOTE, strong=True))
        left = self.columns.text_x
        width = min(self.columns.text_width, _NAME_X + 4 + metrics.horizontalAdvance(self.speaker))
        return QRect(left, self.box.top() + PAD_PX, width, HEAD_PX - 2)

    @property
    def time_box(self) -> QRect:
        """Where the time stands."""
        top = round(self.text_corner.y())
        return QRect(_TIME_X, top, self.columns.time_width, self.paragraph.line_boxes[0][1])

    def chips(self) -> list[tuple[str, QRect]]:
        """The warnings in a word or two, and where they stand."""
        right, top = _TIME_X + self.columns.time_width + _CHIP_PAD_PX, self.time_box.bottom() + 2
        metrics = QFontMetrics(theme().sized(tokens.TYPE_NOTE, tabular=True))
        chips = []
        for text in chip_texts(self.check):
            width = metrics.horizontalAdvance(text) + 2 * _CHIP_PAD_PX
            chips.append((text, QRect(right - width, top, width, CHIP_PX)))
            top += CHIP_PX + 2
        return chips


@dataclass
class Lights:
    """What is lit up in the text."""

    spoken: int | None = None
    playing: bool = False
    selected: range | None = None
    caret: int | None = None
    focused: bool = False
    matches: Sequence[Match] = ()
    match: int = -1
    hovered: int | None = None
    """The row whose time or speaker is under the pointer."""
    clips: tuple[Stretch, ...] = ()
    hovered_clip: str = ""
    """The clip whose bar in the margin is under the pointer."""
    speakers: tuple[str, ...] = field(default=())

    def matches_in(self, words: range) -> list[tuple[int, Match]]:
        """The matches that touch some words, with their numbers."""
        number = bisect_left(self.matches, words.start, key=lambda match: match.last)
        found = []
        while number < len(self.matches) and self.matches[number].first < words.stop:
            found.append((number, self.matches[number]))
            number += 1
        return found


def head_px(speaker: str) -> int:
    """Room above the words for a speaker's name."""
    return HEAD_PX if speaker else 0


def row_height(paragraph: Paragraph, speaker: str, check: CueCheck) -> int:
    """How high a row is."""
    chips = len(chip_texts(check))
    beside = paragraph.line_boxes[0][1] + 2 + chips * (CHIP_PX + 2) if chips else LINE_PX
    return 2 * PAD_PX + head_px(speaker) + max(paragraph.height, beside)


def chip_texts(check: CueCheck) -> list[str]:
    """The warnings about a cue, short enough for the margin."""
    texts = []
    if check.too_fast:
        texts.append(tr("fast"))
    if check.too_long:
        wide = check.lines <= check.limits.lines
        texts.append(tr("too wide") if wide else tr("{n} lines", n=check.lines))
    return texts


def paint_row(painter: QPainter, row: Row, model: TranscriptModel, lights: Lights) -> None:
    """One row, everything in it."""
    selected = model.clip.id if model.clip is not None else ""
    paint_margin(painter, row.beside, lights.clips, selected, lights.hovered_clip)
    _paint_time(painter, row, lights)
    _paint_speaker(painter, row, lights)
    _paint_chips(painter, row)
    painter.save()
    painter.translate(row.text_corner)
    _paint_grounds(painter, row, lights)
    _paint_words(painter, row, lights)
    _paint_unsure(painter, row, model)
    _paint_caret(painter, row, lights)
    painter.restore()


def _paint_time(painter: QPainter, row: Row, lights: Lights) -> None:
    font = theme().sized(tokens.TYPE_NOTE, tabular=True)
    font.setUnderline(lights.hovered == row.row)
    painter.setFont(font)
    painter.setPen(theme().colour("text" if lights.hovered == row.row else "quiet"))
    painter.drawText(row.time_box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.time)


def _paint_speaker(painter: QPainter, row: Row, lights: Lights) -> None:
    if not row.speaker:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box, font = row.head_box, theme().sized(tokens.TYPE_NOTE, strong=True)
    number = lights.speakers.index(row.speaker) if row.speaker in lights.speakers else 0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(_HUES[number % len(_HUES)]))
    painter.drawEllipse(QPointF(box.left() + 4.5, box.center().y() + 1), 3.5, 3.5)
    painter.setFont(font)
    painter.setPen(theme().colour("quiet"))
    name = QFontMetrics(font).elidedText(row.speaker, Qt.TextElideMode.ElideRight, box.width() - _NAME_X)
    painter.drawText(box.adjusted(_NAME_X, 0, 8, 0), Qt.AlignmentFlag.AlignVCenter, name)


def _paint_chips(painter: QPainter, row: Row) -> None:
    colours = theme()
    ground, ink = (QColor(colour) for colour in chip_colours(colours.colours))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(colours.sized(tokens.TYPE_NOTE, tabular=True))
    for text, box in row.chips():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def chip_colours(colours: Colours) -> tuple[str, str]:
    """Ground and ink of a warning."""
    return mixed(colours.surface, colours.caution, 0.14), mixed(colours.caution, colours.text, 0.25)


def selected_ground(colours: Colours, focused: bool) -> str:
    """What lies behind selected words, plain and quiet ones."""
    return mixed(colours.surface, colours.accent, 0.3 if focused else 0.2)


def _paint_grounds(painter: QPainter, row: Row, lights: Lights) -> None:
    """What lies behind the words: matches, the selection, the word being spoken."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme().colours
    for number, match in lights.matches_in(row.words):
        edge = colours.caution if number == lights.match else ""
        _fill(painter, row, match.words, mixed(colours.surface, colours.caution, 0.22), edge)
    if lights.selected is not None:
        _fill(painter, row, lights.selected, selected_ground(colours, lights.focused))
    if lights.spoken is not None and lights.spoken in row.words:
        ground = colours.accent_fill if lights.playing else mixed(colours.surface, colours.accent, 0.24)
        _fill(painter, row, range(lights.spoken, lights.spoken + 1), ground)


def _fill(painter: QPainter, row: Row, words: range, colour: str, edge: str = "") -> None:
    own = _own(row, words)
    painter.setPen(QPen(QColor(edge), 1.5) if edge else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor(colour))
    for strip in row.paragraph.strips(own):
        painter.drawRoundedRect(strip.adjusted(-2.5, 1, 2.5, -1), 4, 4)


def _own(row: Row, words: range) -> range:
    """The part of a run of words that is in a row, counted from its first word."""
    low, high = max(words.start, row.words.start), min(words.stop, row.words.stop)
    return range(low - row.words.start, max(low, high) - row.words.start)


def _paint_words(painter: QPainter, row: Row, lights: Lights) -> None:
    painter.setPen(theme().colour("text"))
    lit = lights.spoken is not None and lights.playing and lights.spoken in row.words
    word = lights.spoken - row.words.start if lit and lights.spoken is not None else None
    row.paragraph.draw(painter, QPointF(0, 0), word, theme().colour("on_accent"))


def _paint_unsure(painter: QPainter, row: Row, model: TranscriptModel) -> None:
    """Dots under the words the recogniser was not sure of."""
    pen = QPen(theme().colour("caution"), 1.6, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.2])
    painter.setPen(pen)
    for number, index in enumerate(row.words):
        if model.unsure(index):
            for box in row.paragraph.boxes(number):
                y = box.bottom() - 1.5
                painter.drawLine(QPointF(box.left() + 1, y), QPointF(box.right() - 1, y))


def _paint_caret(painter: QPainter, row: Row, lights: Lights) -> None:
    if lights.caret is None or not lights.focused or lights.caret not in row.words:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().colour("accent"), tokens.FOCUS_WIDTH))
    for box in row.paragraph.boxes(lights.caret - row.words.start):
        painter.drawRoundedRect(box.adjusted(-3, 0.5, 3, -0.5), 4, 4)
