"""Joins the find bar, the search and the view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.editing import find_replace, replace_words
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import plural
from viralclip_desktop.gui.transcript.find_bar import FindBar
from viralclip_desktop.gui.transcript.search import Match, Query, SearchText, replaced
from viralclip_desktop.gui.transcript.view import TranscriptView
from viralclip_desktop.gui.widgets.toasts import ToastText


class Finding(QObject):
    """Keeps the matches; the current one is lit brighter and has the caret."""

    def __init__(
        self,
        view: TranscriptView,
        bar: FindBar,
        session: ClipSession,
        tell: Callable[[ToastText], None],
    ) -> None:
        super().__init__(view)
        self._view, self._bar, self._session, self._tell = view, bar, session, tell
        self._transcript: Transcript | None = None
        self._text: SearchText | None = None
        self._go_on_from: int | None = None
        self.matches: Sequence[Match] = []
        self.current = -1
        bar.changed.connect(self._look)
        bar.stepped.connect(self.step)
        bar.replaced.connect(self._replace)
        bar.replaced_all.connect(self._replace_all)
        bar.closed.connect(self._close)

    def show_transcript(self, transcript: Transcript | None) -> None:
        """Search other words, or the same ones after an edit: then go on behind what was replaced."""
        self._transcript, self._text = transcript, None
        if self._bar.isHidden():
            self.matches, self.current = [], -1
            self._view.show_matches([], -1)
            return
        here = self._go_on_from if self._go_on_from is not None else self._here()
        self._go_on_from = None
        self._search(self._bar.query, here, reveal=False)

    def open(self, replace: bool) -> None:
        """Show the bar; a short selection is what is looked for."""
        words, text = self._view.selection.words, ""
        if words is not None and self._view.shown is not None and len(words) <= _SHORT:
            text = self._view.shown.text(words).splitlines()[0].strip(".,;:!?…")
        self._bar.open_bar(replace, text)

    def step(self, by: int) -> None:
        """To the next or the previous match, around the end."""
        if self.matches:
            start = self.current if self.current >= 0 or by > 0 else 0
            self._go_to((start + by) % len(self.matches))

    def _look(self, query: Query) -> None:
        self._search(query, self._here(), reveal=True)

    def _search(self, query: Query, here: int, reveal: bool) -> None:
        if self._text is None and self._transcript is not None:
            self._text = SearchText(self._transcript)
        self.matches = self._text.find(query) if self._text is not None else []
        number = bisect_left(self.matches, here, key=lambda match: match.last)
        self.current = (number % len(self.matches)) if self.matches else -1
        if reveal and self.matches:
            self._go_to(self.current)
        else:
            self._show()

    def _here(self) -> int:
        if 0 <= self.current < len(self.matches):
            return self.matches[self.current].first
        return self._view.selection.caret or 0

    def _go_to(self, number: int) -> None:
        self.current = number
        match = self.matches[number]
        self._view.choose(range(match.first, match.first + 1), reveal=False)
        self._show()

    def _show(self) -> None:
        self._view.show_matches(self.matches, self.current)
        self._bar.show_count(self.current, len(self.matches))

    def _replace(self, by: str) -> None:
        if not 0 <= self.current < len(self.matches) or self._transcript is None:
            return
        match = self.matches[self.current]
        texts = replaced(self._transcript.words, match, by)
        if texts == [self._transcript.words[index].text for index in match.words]:
            self.step(1)
            return
        self._go_on_from = match.first + len(texts)
        words = match.words
        self._session.do(replace_words, self._session.source_id, words.start, words.stop, texts)

    def _replace_all(self, by: str) -> None:
        def report(count: int) -> None:
            self._tell(ToastText(plural(count, "Replaced {n} time.", "Replaced {n} times.")))

        if self.matches:
            query = self._bar.query
            self._session.do(
                find_replace,
                self._session.source_id,
                query.text,
                by,
                whole_words=query.whole_words,
                match_case=query.match_case,
            ).then(report)

    def _close(self) -> None:
        self.matches, self.current = [], -1
        self._view.show_matches([], -1)
        self._view.setFocus()


_SHORT = 8  # words: a longer selection is not what somebody wants to find again
