"""The rows as an item model: what a screen reader walks through, a sentence at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from viralclip_desktop.gui.text import clock_time, decimal, tr
from viralclip_desktop.gui.transcript.model import TranscriptModel, WordState
from viralclip_desktop.gui.transcript.warnings import CueCheck, check_cue

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """The sentences shown, in words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._model: TranscriptModel | None = None

    def show_model(self, model: TranscriptModel | None) -> None:
        """Other rows, or the same ones with other words or states."""
        rows = model.rows if model else range(0)
        before = self._model.rows if self._model else range(0)
        if rows == before and self._model is not None:
            self._model = model
            return
        self.beginResetModel()
        self._model = model
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many sentences are shown."""
        return 0 if parent.isValid() or self._model is None else len(self._model.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A sentence as text, or with its time, speaker and state for a screen reader."""
        model = self._model
        if model is None or not index.isValid() or index.row() >= len(model.rows):
            return None
        row = model.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return model.transcript.text_of(model.sentence(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_row(model, row)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " ".join(warning_lines(check_cue(model, row)))
        return None


def spoken_row(model: TranscriptModel, row: int) -> str:
    """A row in one line: time, speaker, words, and whether it plays."""
    sentence = model.sentence(row)
    parts = [clock_time(model.word(sentence.first).start), model.speaker_of(row)]
    states = {model.state(index) for index in model.words_of(row)}
    said = f"{', '.join(part for part in parts if part)}: {model.transcript.text_of(sentence)}"
    note = ""
    if states == {WordState.CUT}:
        note = tr("cut")
    elif WordState.CUT in states:
        note = tr("partly cut")
    elif states == {WordState.OUTSIDE}:
        note = tr("outside of the clip")
    return f"{said} ({note})" if note else said


def spoken_word(model: TranscriptModel, index: int) -> str:
    """A word with what there is to know about it, for a screen reader."""
    word, state = model.word(index), model.state(index)
    notes = {WordState.CUT: tr("cut"), WordState.OUTSIDE: tr("outside of the clip")}
    parts = [word.text, notes.get(state, ""), sureness(model, index) if model.unsure(index) else ""]
    return ", ".join(part for part in parts if part)


def word_tip(model: TranscriptModel, index: int) -> str:
    """The tooltip of a word: when it is said, how sure the recogniser was, and what became of it."""
    state = model.state(index)
    lines = [f"{clock_time(model.word(index).start)}  ·  {sureness(model, index)}"]
    if state is WordState.CUT:
        lines.append(tr("Cut out of the clip. Backspace brings it back."))
    elif state is WordState.OUTSIDE:
        lines.append(tr("Not in the clip."))
    return "\n".join(lines)


def sureness(model: TranscriptModel, index: int) -> str:
    """How sure the recogniser was of a word."""
    return tr("{n} % sure", n=round(100 * model.word(index).confidence))


def warning_lines(check: CueCheck) -> list[str]:
    """The warnings about a cue in whole sentences, with the numbers."""
    limits, lines = check.limits, []
    if check.too_fast:
        speed, most = decimal(check.characters_a_second), f"{limits.characters_a_second:g}"
        lines.append(tr("{n} characters a second: more than {most} are hard to read.", n=speed, most=most))
    if check.lines > limits.lines:
        lines.append(
            tr(
                "{n} lines of {width} characters: a caption holds {most}. Ctrl+Enter splits it.",
                n=check.lines,
                width=limits.line_characters,
                most=limits.lines,
            )
        )
    if check.longest_line > limits.line_characters:
        width, longest = limits.line_characters, check.longest_line
        lines.append(tr("A word of {n} characters: a line holds {most}.", n=longest, most=width))
    return lines
