"""Spelling a word anew, or naming a speaker, right where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect

from viralclip_desktop.features.editing import assign_speaker, correct_words
from viralclip_desktop.gui.common.inline_field import InlineField
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.transcript.view import TranscriptView


class Spelling(QObject):
    """Opens a field over a word or a name; what was typed goes off as an edit."""

    def __init__(self, view: TranscriptView, session: ClipSession) -> None:
        super().__init__(view)
        self._view, self._session = view, session
        self._home: Callable[[], QRect | None] | None = None
        self.field: InlineField | None = None
        view.verticalScrollBar().valueChanged.connect(self.words_changed)

    def start(self, word: int) -> None:
        """Let the user spell a word anew."""
        model = self._view.shown
        if model is None or word not in model.shown_words:
            return
        self._view.choose(range(word, word + 1))
        before = model.word(word).text

        def keep(text: str, step: int) -> None:
            if text != before:
                self._session.do(correct_words, self._session.source_id, {word: text})
            if step and len(text.split()) == 1:  # two words in the place of one move all behind them
                self.start(word + step)

        name = tr("Spelling of {word}", word=before)
        self._open(name, before, lambda: self._view.word_rect(word) if self._shown(word) else None, keep)

    def start_speaker(self, row: int, rows: Sequence[int]) -> None:
        """Let the user type who says some rows; the field stands at the first of them."""
        model = self._view.shown
        if model is None or row not in model.rows:
            return
        before = model.speaker_of(row)
        word = model.sentence(row).first
        self._view.reveal(word)

        def home() -> QRect | None:
            if not self._shown(word):
                return None
            shown = self._view.shown or model
            laid = self._view.laid_out(row - shown.rows.start)
            return laid.head_box if not laid.head_box.isEmpty() else self._view.word_rect(word)

        def keep(text: str, _step: int) -> None:
            if text != before:
                self._session.do(assign_speaker, self._session.source_id, list(rows), text)

        self._open(tr("Speaker"), before, home, keep)

    def words_changed(self) -> None:
        """The words lie elsewhere now: the field goes along."""
        if self.field is not None and self._home is not None:
            home = self._home()
            if home is None:
                self.field.leave(keep=True, take_focus=False)
            else:
                self.field.move_home(home)

    def _open(
        self, name: str, text: str, home: Callable[[], QRect | None], keep: Callable[[str, int], None]
    ) -> None:
        if self.field is not None:
            self.field.leave(keep=True, take_focus=False)

        def done(typed: str, step: int) -> None:
            self.field = self._home = None
            keep(typed, step)

        self._home = home
        self.field = InlineField(
            self._view.viewport(), name, text, home() or QRect(), keep=done, back=self._view
        )

    def _shown(self, word: int) -> bool:
        return self._view.shown is not None and word in self._view.shown.shown_words
