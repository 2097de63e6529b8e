"""Spelling a word anew, or naming a speaker, right where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect

from viralclip_desktop.domain.edits.transcripts import place_now
from viralclip_desktop.domain.transcript import Transcript
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
        before, seen, source_id = model.word(word).text, model.transcript, self._session.source_id

        def home() -> QRect | None:
            here = self._place_now(seen, word)
            return self._view.word_rect(here) if here is not None else None

        def keep(text: str, step: int) -> None:
            if text != before:
                self._session.do(correct_words, source_id, {word: text}, seen=seen)
            here = self._place_now(seen, word)
            if step and here is not None and len(text.split()) == 1:  # two words move all behind them
                self.start(here + step)

        self._open(tr("Spelling of {word}", word=before), before, home, keep)

    def start_speaker(self, row: int, rows: Sequence[int]) -> None:
        """Let the user type who says some rows; the field stands at the first of them."""
        model = self._view.shown
        if model is None or row not in model.rows:
            return
        before, seen, source_id = model.speaker_of(row), model.transcript, self._session.source_id
        word = model.sentence(row).first
        self._view.reveal(word)

        def home() -> QRect | None:
            here, shown = self._place_now(seen, word), self._view.shown
            if here is None or shown is None:
                return None
            laid = self._view.laid_out(shown.row_of(here) - shown.rows.start)
            return laid.head_box if not laid.head_box.isEmpty() else self._view.word_rect(here)

        def keep(text: str, _step: int) -> None:
            if text != before:
                self._session.do(assign_speaker, source_id, list(rows), text, seen=seen)

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

    def _place_now(self, seen: Transcript, word: int) -> int | None:
        """Where a word stands in what is shown now; None for one that is not shown, or gone."""
        shown = self._view.shown
        here = place_now(seen, shown.transcript, word) if shown is not None else None
        return here if shown is not None and here in shown.shown_words else None
