"""The words of a recording as rows of sentences. Only what is in view was ever laid out.

A list view with a geometry of its own: Qt tells screen readers about its rows, we place and paint them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from viralclip_desktop.domain.transcript import join_words
from viralclip_desktop.gui.text import clock_time
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.transcript.heights import RowHeights
from viralclip_desktop.gui.transcript.model import TranscriptModel
from viralclip_desktop.gui.transcript.paragraphs import LINE_PX, Paragraph, Paragraphs
from viralclip_desktop.gui.transcript.row_painter import (
    PAD_PX,
    Columns,
    Lights,
    Row,
    head_px,
    paint_row,
    row_height,
)
from viralclip_desktop.gui.transcript.rows_model import RowsModel, spoken_word
from viralclip_desktop.gui.transcript.search import Match
from viralclip_desktop.gui.transcript.selection import WordSelection
from viralclip_desktop.gui.transcript.warnings import CueCheck, check_cue

Index = QModelIndex | QPersistentModelIndex
_SAMPLE_WORDS = 300  # enough to know how wide a character of this transcript is
_WRAP_LOSS = 1.06  # lines are not filled to the last pixel
_READING_SHARE = 0.3  # where the spoken word comes to rest when the view has to follow it


class TranscriptView(QListView):
    """Shows a :class:`TranscriptModel`. Rows are counted from the first one shown ("number") or by their
    place in the transcript ("row")."""

    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.on_event: Callable[[QEvent], bool] = _nobody
        self.on_viewport_event: Callable[[QEvent], bool] = _nobody
        super().__init__(parent)
        self.shown: TranscriptModel | None = None
        self.selection = WordSelection()
        self.lights = Lights()
        self.follows = True
        self._paragraphs = Paragraphs()
        self._heights = RowHeights([])
        self._checks: dict[int, CueCheck] = {}
        self._columns = Columns(0, 0)
        self._settling = False
        self.rows_model = RowsModel(self)
        self.setModel(self.rows_model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoScroll(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().actionTriggered.connect(self._scrolled_by_hand)
        theme().changed.connect(self._restyle)

    # --- what is shown -----------------------------------------------------------------------------------

    def show_model(self, model: TranscriptModel | None) -> None:
        """Show other words, or the same ones in another state; the place in the text is kept if it can be."""
        before, self.shown = self.shown, model
        place = self._place() if before is not None and model is not None else None
        same_words = before is not None and model is not None and before.transcript is model.transcript
        self._checks.clear()
        self.selection.keep_within(model.shown_words if model else range(0))
        if not same_words:
            self._paragraphs.forget()
        if model is not None:
            self.lights.speakers = model.speakers
        self.rows_model.show_model(model)
        if not (same_words and before is not None and model is not None and before.rows == model.rows):
            self._estimate()
        self._go_to_place(place)
        self._show_selection()

    def show_spoken(self, word: int | None, playing: bool) -> None:
        """Light up the word being spoken, and keep it in view unless the user has scrolled away."""
        lights = self.lights
        if (word, playing) == (lights.spoken, lights.playing):
            return
        dirty = [index for index in (lights.spoken, word) if index is not None]
        lights.spoken, lights.playing = word, playing
        for index in dirty:
            self._update_word(index)
        if word is None or not self._shows(word):
            return
        if self.follows:
            self.reveal(word, _READING_SHARE)
        elif self.viewport().rect().contains(self.word_rect(word)):
            self.follows = True

    def show_matches(self, matches: Sequence[Match], current: int) -> None:
        """Light up what was found; the current match comes into view."""
        self.lights.matches, self.lights.match = matches, current
        if 0 <= current < len(matches) and self._shows(matches[current].first):
            self.reveal(matches[current].first, _READING_SHARE)
        self.viewport().update()

    def choose(self, words: range | None, reveal: bool = True) -> None:
        """Select some words; one alone gets the caret and is not selected."""
        if words is None:
            self.selection.place(None)
        elif len(words) == 1:
            self.selection.place(words.start)
        else:
            self.selection.select(words)
        self.selection_moved(reveal)

    def selection_moved(self, reveal: bool = True) -> None:
        """Show and tell that the caret or the selection is another one now."""
        self._show_selection()
        caret = self.selection.caret
        if reveal and caret is not None and self._shows(caret):
            self.reveal(caret)
        self.selection_changed.emit()
        self._tell_screen_reader()

    def check(self, row: int) -> CueCheck:
        """The warnings about a row."""
        assert self.shown is not None
        if row not in self._checks:
            self._checks[row] = check_cue(self.shown, row)
        return self._checks[row]

    # --- places ------------------------------------------------------------------------------------------

    def row_at(self, y: int) -> Row | None:
        """The row at a height of the viewport; None below the last."""
        offset = y + self.verticalScrollBar().value()
        if self.shown is None or not self.shown.rows or not 0 <= offset < self._heights.total:
            return None
        return self.laid_out(self._heights.at(offset))

    def laid_out(self, number: int) -> Row:
        """A row with its words in lines, where it is now."""
        assert self.shown is not None
        row = self.shown.rows[number]
        words, paragraph = self.shown.words_of(row), self._paragraph(row)
        top = self._heights.top(number) - self.verticalScrollBar().value()
        speaker, check = self._speaker(row), self.check(row)
        box = QRect(0, top, self.viewport().width(), row_height(paragraph, speaker, check))
        time = clock_time(self.shown.word(words.start).start)
        return Row(row, words, box, self._columns, paragraph, check, time, speaker)

    def word_at(self, point: QPoint, nearest: bool = False) -> int | None:
        """The word under a point of the viewport, or the nearest one to it."""
        row = self.row_at(point.y())
        if row is None:
            if not nearest or self.shown is None or not self.shown.rows:
                return None
            words = self.shown.shown_words
            return words.start if point.y() < 0 else words.stop - 1
        inside = QPointF(point) - row.text_corner
        found = row.paragraph.nearest(inside) if nearest else row.paragraph.word_at(inside)
        return None if found is None else row.words.start + found

    def word_rect(self, word: int) -> QRect:
        """Where a word is in the viewport (its first part, where it had to be broken)."""
        row = self.laid_out(self._number_of(word))
        box = row.paragraph.boxes(word - row.words.start)[0]
        return box.translated(row.text_corner).toAlignedRect()

    def reveal(self, word: int, share: float | None = None) -> None:
        """Scroll as little as shows a word; with ``share``, to that part of the height when it was hidden."""
        self._settle()
        bar, room, box = self.verticalScrollBar(), self.viewport().height(), self.word_rect(word)
        if box.top() >= PAD_PX and box.bottom() <= room - LINE_PX:
            return
        if share is not None:
            wanted = round(share * room)
        else:
            wanted = PAD_PX if box.top() < PAD_PX else room - LINE_PX - box.height()
        bar.setValue(bar.value() + box.top() - wanted)
        self._settle()

    # --- Qt's questions to an item view ---------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        """Where a row is in the viewport."""
        if self.shown is None or not 0 <= index.row() < len(self._heights):
            return QRect()
        top = self._heights.top(index.row()) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._heights.height(index.row()))

    def scrollTo(
        self, index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view."""
        if self.shown is not None and 0 <= index.row() < len(self.shown.rows):
            self.reveal(self.shown.words_of(self.shown.rows[index.row()]).start)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        row = self.row_at(point.y())
        return QModelIndex() if row is None or self.shown is None else self._index(row.row)

    def moveCursor(
        self, _action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The caret is moved word by word, by the panel's own keys."""
        return self.currentIndex()

    def horizontalOffset(self) -> int:
        """Nothing lies beside the view."""
        return 0

    def verticalOffset(self) -> int:
        """How far the rows are scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """No row is hidden."""
        return False

    def setSelection(self, _rect: QRect, _command: object) -> None:
        """Words are selected, not rows."""

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Words are selected, not rows."""
        return QRegion()

    def doItemsLayout(self) -> None:
        """Rows are placed as they come into view; Qt would ask for the size of every one."""

    def updateGeometries(self) -> None:
        """The scroll bar follows our own heights."""

    # --- events ------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys and focus: first to whoever listens."""
        return self.on_event(event) or super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse: first to whoever listens."""
        return self.on_viewport_event(event) or super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows that show."""
        if self.shown is None:
            return
        painter, dirty = QPainter(self.viewport()), event.rect()
        self.lights.focused = self.hasFocus()
        for number in self._visible(dirty.top(), dirty.bottom()):
            painter.save()
            paint_row(painter, self.laid_out(number), self.shown, self.lights)
            painter.restore()
        painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Other lines in the same place of the text."""
        if self._columns.width != self.viewport().width():
            place = self._place()
            self._estimate()
            self._go_to_place(place)
        else:
            self._settle()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The rows coming into view are laid out before they are painted."""
        self._settle()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling by hand ends following until the spoken word is in view again."""
        self.follows = False
        super().wheelEvent(event)

    # --- inside ------------------------------------------------------------------------------------------

    def _scrolled_by_hand(self, _action: int) -> None:
        self.follows = False

    def _restyle(self) -> None:
        place = self._place()
        self._paragraphs.forget()
        self._estimate()
        self._go_to_place(place)

    def _index(self, row: int) -> QModelIndex:
        assert self.shown is not None
        return self.rows_model.index(row - self.shown.rows.start)

    def _shows(self, word: int) -> bool:
        return self.shown is not None and word in self.shown.shown_words

    def _number_of(self, word: int) -> int:
        assert self.shown is not None
        return self.shown.row_of(word) - self.shown.rows.start

    def _speaker(self, row: int) -> str:
        assert self.shown is not None
        return self.shown.speaker_of(row) if self.shown.starts_speaker(row) else ""

    def _paragraph(self, row: int) -> Paragraph:
        assert self.shown is not None
        width, font = self._columns.text_width, theme().sized(tokens.TYPE_BODY)
        return self._paragraphs.get(self.shown, row, width, font, theme().colour("quiet"))

    def _show_selection(self) -> None:
        self.lights.selected, self.lights.caret = self.selection.words, self.selection.caret
        self.viewport().update()

    def _update_word(self, word: int) -> None:
        if self._shows(word):
            number = self._number_of(word)
            top = self._heights.top(number) - self.verticalScrollBar().value()
            if -self._heights.height(number) < top < self.viewport().height():
                self.viewport().update(0, top, self.viewport().width(), self._heights.height(number))

    def _tell_screen_reader(self) -> None:
        caret = self.selection.caret
        if caret is None or not self._shows(caret):
            return
        index = self._index(self.shown.row_of(caret)) if self.shown else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        if QAccessible.isActive() and self.shown is not None:
            announce(self, spoken_word(self.shown, caret))

    # --- geometry ----------------------------------------------------------------------------------------

    def _estimate(self) -> None:
        """Guess how high every row is from its number of characters: exact when it comes into view."""
        model, width = self.shown, self.viewport().width()
        if model is None or not model.rows:
            self._columns, self._heights = Columns(width, 0), RowHeights([])
            self._set_range()
            return
        note = QFontMetrics(theme().sized(tokens.TYPE_NOTE, tabular=True))
        last = clock_time(model.word(model.shown_words.stop - 1).end)
        times = "".join("0" if character.isdigit() else character for character in last)
        self._columns = Columns(width, note.horizontalAdvance(times) + 2)
        self._heights = RowHeights(self._guesses(model))
        self._set_range()

    def _guesses(self, model: TranscriptModel) -> npt.NDArray[np.int64]:
        words, shown = model.transcript.words, model.shown_words
        sample = [words[index].text for index in shown[:_SAMPLE_WORDS]]
        text = join_words(sample)
        advance = QFontMetrics(theme().sized(tokens.TYPE_BODY)).horizontalAdvance(text) / max(1, len(text))
        lengths = np.fromiter((len(words[n].text) + 1 for n in shown), np.int64, len(shown))
        ends = np.concatenate(([0], np.cumsum(lengths)))
        sentences = model.transcript.sentences
        firsts = np.fromiter((sentences[row].first for row in model.rows), np.int64, len(model.rows))
        bounds = np.append(firsts - shown.start, len(shown))
        across = (ends[bounds[1:]] - ends[bounds[:-1]]) * advance * _WRAP_LOSS
        lines = np.ceil(np.maximum(1, across) / self._columns.text_width).astype(np.int64)
        heads = np.zeros(len(model.rows), np.int64)
        if model.speakers:
            named = [head_px(self._speaker(row)) for row in model.rows]
            heads = np.array(named, np.int64)
        guesses: npt.NDArray[np.int64] = lines * LINE_PX + 2 * PAD_PX + heads
        return guesses

    def _visible(self, top: int, bottom: int) -> Iterator[int]:
        offset = self.verticalScrollBar().value()
        number = self._heights.at(top + offset)
        while 0 <= number < len(self._heights) and self._heights.top(number) <= bottom + offset:
            yield number
            number += 1

    def _settle(self) -> None:
        """Give the rows in view their exact height. What is read stays where it is: a row that turns out
        higher than guessed grows upwards when it begins above the view."""
        if self._settling or self.shown is None or not self.shown.rows:
            return
        self._settling = True
        try:
            for _ in range(4):  # rows coming in from below may be guesses too; settled after two rounds
                if not self._settle_once():
                    break
        finally:
            self._settling = False

    def _settle_once(self) -> bool:
        bar, heights, moved = self.verticalScrollBar(), self._heights, 0
        changed = False
        for number in list(self._visible(0, self.viewport().height())):
            above = heights.top(number) < bar.value() + moved
            growth = heights.set(number, self.laid_out(number).box.height())
            changed = changed or growth != 0
            moved += growth if above else 0
        if changed:
            self._set_range()
            bar.setValue(bar.value() + moved)
        return changed

    def _set_range(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._heights.total + PAD_PX - room))
        bar.setPageStep(max(1, room - 2 * LINE_PX))
        bar.setSingleStep(LINE_PX)

    def _place(self) -> tuple[int, int] | None:
        """The first word in view and how far its row's top is from the upper edge."""
        if self.shown is None or not len(self._heights):
            return None
        number = self._heights.at(self.verticalScrollBar().value())
        if number >= len(self.shown.rows):
            return None
        top = self._heights.top(number) - self.verticalScrollBar().value()
        return self.shown.words_of(self.shown.rows[number]).start, top

    def _go_to_place(self, place: tuple[int, int] | None) -> None:
        bar = self.verticalScrollBar()
        if place is None or self.shown is None or not self.shown.rows:
            bar.setValue(0)
        else:
            words = self.shown.shown_words
            word = min(max(place[0], words.start), words.stop - 1)
            bar.setValue(self._heights.top(self._number_of(word)) - place[1])
        self._settle()
        self.viewport().update()


def _nobody(_event: QEvent) -> bool:
    return False


def announce(view: QWidget, text: str) -> None:
    """Have a screen reader say something, where Qt can (from 6.8 on)."""
    from PySide6 import QtGui

    kind = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if kind is not None:
        QAccessible.updateAccessibility(kind(view, text))
