"""Which words are chosen: a caret on one word, and perhaps a run of words from an anchor to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class WordSelection:
    """``caret`` is the word that keys act on; ``anchor`` is where the selected run began, if there is one."""

    caret: int | None = None
    anchor: int | None = None

    @property
    def words(self) -> range | None:
        """The selected words, or None."""
        if self.caret is None or self.anchor is None:
            return None
        return range(min(self.caret, self.anchor), max(self.caret, self.anchor) + 1)

    @property
    def target(self) -> range | None:
        """What a command acts on: the selected words, or the one under the caret."""
        if self.words is not None or self.caret is None:
            return self.words
        return range(self.caret, self.caret + 1)

    def place(self, word: int | None) -> None:
        """Put the caret on a word; nothing is selected."""
        self.caret, self.anchor = word, None

    def extend(self, word: int) -> None:
        """Select from the anchor (the caret, where there is none) to a word."""
        if self.caret is None:
            self.caret = word
        if self.anchor is None:
            self.anchor = self.caret
        self.caret = word

    def select(self, words: range) -> None:
        """Select a run of words, the caret on its last."""
        self.anchor, self.caret = words.start, words.stop - 1

    def keep_within(self, words: range) -> None:
        """Forget a selection of words that are not there any more, or not shown: nothing acts on them."""
        if any(index is not None and index not in words for index in (self.caret, self.anchor)):
            self.place(None)
