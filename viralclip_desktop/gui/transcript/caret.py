"""Where the caret goes: word by word, line by line, as the text is seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF

from viralclip_desktop.gui.transcript.keys import Move
from viralclip_desktop.gui.transcript.row_painter import Row
from viralclip_desktop.gui.transcript.view import TranscriptView


def target_of(view: TranscriptView, move: Move) -> int | None:
    """The word a move from the caret leads to; None when there are no words."""
    model = view.shown
    if model is None or not model.shown_words:
        return None
    words, caret = model.shown_words, view.selection.caret
    if caret is None or caret not in words:
        return view.word_at(QPoint(view.viewport().width() // 2, view.viewport().height() // 3), nearest=True)
    number = model.row_of(caret) - model.rows.start
    row = view.laid_out(number)
    if move in (Move.LEFT, Move.RIGHT):
        ahead = (move is Move.RIGHT) != row.paragraph.right_to_left
        wanted = caret + (1 if ahead else -1)
    elif move in (Move.UP, Move.DOWN):
        wanted = _line_beside(view, number, row, caret, -1 if move is Move.UP else 1)
    elif move in (Move.LINE_START, Move.LINE_END):
        wanted = _line_end(row, caret, last=move is Move.LINE_END)
    elif move in (Move.PREVIOUS_ROW, Move.NEXT_ROW):
        wanted = _row_beside(view, number, caret, -1 if move is Move.PREVIOUS_ROW else 1)
    elif move in (Move.PAGE_UP, Move.PAGE_DOWN):
        wanted = _page(view, caret, -1 if move is Move.PAGE_UP else 1)
    else:
        wanted = words.start if move is Move.FIRST else words.stop - 1
    return min(max(wanted, words.start), words.stop - 1)


def _line_beside(view: TranscriptView, number: int, row: Row, caret: int, step: int) -> int:
    assert view.shown is not None
    box = row.paragraph.boxes(caret - row.words.start)[0]
    line = row.paragraph.line_of(caret - row.words.start) + step
    if not 0 <= line < len(row.paragraph.line_boxes):
        if not 0 <= number + step < len(view.shown.rows):
            return caret
        row = view.laid_out(number + step)
        line = 0 if step > 0 else len(row.paragraph.line_boxes) - 1
    top, bottom = row.paragraph.line_boxes[line]
    return row.words.start + row.paragraph.nearest(QPointF(box.center().x(), (top + bottom) / 2))


def _line_end(row: Row, caret: int, last: bool) -> int:
    line = row.paragraph.line_of(caret - row.words.start)
    mates = [n for n in range(len(row.words)) if row.paragraph.line_of(n) == line]
    return row.words.start + (mates[-1] if last else mates[0])


def _row_beside(view: TranscriptView, number: int, caret: int, step: int) -> int:
    """The first word of the sentence beside; going back, of this one when the caret is inside it."""
    assert view.shown is not None
    here = view.shown.words_of(view.shown.rows[number]).start
    if step < 0 and caret > here:
        return here
    beside = min(max(number + step, 0), len(view.shown.rows) - 1)
    words = view.shown.words_of(view.shown.rows[beside])
    return words.start if beside != number else (words.stop - 1 if step > 0 else words.start)


def _page(view: TranscriptView, caret: int, step: int) -> int:
    assert view.shown is not None
    view.reveal(caret)
    bar, point = view.verticalScrollBar(), view.word_rect(caret).center()
    before = bar.value()
    bar.setValue(before + step * bar.pageStep())
    if bar.value() == before:
        words = view.shown.shown_words
        return words.start if step < 0 else words.stop - 1
    found = view.word_at(point, nearest=True)
    return caret if found is None else found
