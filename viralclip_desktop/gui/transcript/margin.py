"""The clips of a recording beside its words: bars in the margin, the selected clip's the strong one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.theme.tokens import mixed
from viralclip_desktop.gui.transcript.model import words_in
from viralclip_desktop.gui.transcript.paragraphs import Paragraph

MARGIN_PX = 18
_FIRST_X, _LANE_PX, _BAR_PX, _HOOK_PX = 2, 5, 3, 2
_MOST_LANES = 3  # more clips than this over one another share the last lane


@dataclass(frozen=True)
class Stretch:
    """The words of one clip, and which of the side-by-side bars is its."""

    clip_id: str
    title: str
    words: range
    lane: int


def stretches(transcript: Transcript, clips: Iterable[Clip]) -> tuple[Stretch, ...]:
    """The clips by where they begin; those that share words lie side by side."""
    found: list[Stretch] = []
    ends = [0] * _MOST_LANES
    for clip in sorted(clips, key=lambda clip: (clip.range.start, clip.range.end)):
        words = words_in(transcript, clip.range)
        if words:
            lane = next((n for n, end in enumerate(ends) if end <= words.start), _MOST_LANES - 1)
            ends[lane] = max(ends[lane], words.stop)
            found.append(Stretch(clip.id, clip.title, words, lane))
    return tuple(found)


@dataclass(frozen=True)
class Beside:
    """A row of words at its place: what a bar has to know of it."""

    words: range
    paragraph: Paragraph
    box: QRectF
    text_top: int

    def bar(self, stretch: Stretch) -> QRectF:
        """The part of a clip's bar along this row; empty when none of its words stand here."""
        low, high = max(stretch.words.start, self.words.start), min(stretch.words.stop, self.words.stop)
        if low >= high:
            return QRectF()
        lines, upper, lower = self.paragraph.line_boxes, self.box.top(), self.box.bottom()
        if low == stretch.words.start:
            upper = self.text_top + lines[self.paragraph.line_of(low - self.words.start)][0] + 2
        if high == stretch.words.stop:
            lower = self.text_top + lines[self.paragraph.line_of(high - 1 - self.words.start)][1] - 2
        return QRectF(_FIRST_X + stretch.lane * _LANE_PX, upper, _BAR_PX, lower - upper)

    def hit(self, marks: Iterable[Stretch], point: QPointF) -> Stretch | None:
        """The clip whose bar is under a point."""
        near = (one for one in marks if self.bar(one).adjusted(-1.5, -2, 1.5, 2).contains(point))
        return next(near, None)


def paint_margin(
    painter: QPainter, beside: Beside, marks: Iterable[Stretch], selected: str, hovered: str
) -> None:
    """All bars along a row. The selected clip's has hooks where it begins and ends."""
    colours = theme().colours
    for stretch in marks:
        bar = beside.bar(stretch)
        if bar.isEmpty():
            continue
        strong = stretch.clip_id == selected
        quiet = colours.quiet if stretch.clip_id == hovered else mixed(colours.surface, colours.quiet, 0.45)
        colour = QColor(colours.accent if strong else quiet)
        painter.fillRect(bar, colour)
        for end, y in ((stretch.words[0], bar.top()), (stretch.words[-1], bar.bottom() - _BAR_PX)):
            if strong and end in beside.words:
                painter.fillRect(QRectF(bar.right(), y, _HOOK_PX, _BAR_PX), colour)
