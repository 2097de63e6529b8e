"""Which words of a phrase are its key words: those the style names, or the weightiest one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from viralclip_desktop.compose.captions.phrases import Phrase
from viralclip_desktop.compose.captions.text import clusters
from viralclip_desktop.compose.captions.tokens import Token

_LEAST_LETTERS = 5  # shorter words without a number are mostly grammar, in any spaced script
_LEAST_UNSPACED = 2  # Han and kana say in two signs what takes six letters
_LEAST_ALONE = 7  # where words are shown one at a time, fewer of them should stand out
_NUMBER = re.compile(r"\d")
_OUTER = re.compile(r"^\W+|\W+$")


def keywords_of(phrase: Phrase, named: Sequence[str]) -> frozenset[int]:
    """The indexes of the key words among a phrase's tokens.

    Without ``named`` words it is the one with a number in it, else the longest one; a phrase of nothing
    but short words has none. A rule of thumb that needs no list of words, so that it serves any language.
    """
    if named:
        wanted = {bare(word) for word in named}
        return frozenset(n for n, token in enumerate(phrase.tokens) if bare(token.word.text) in wanted)
    least = 1 if len(phrase.tokens) > 1 else _LEAST_ALONE
    best = max(range(len(phrase.tokens)), key=lambda n: (_weight(phrase.tokens[n]), n))
    return frozenset({best}) if _weight(phrase.tokens[best]) >= least else frozenset()


def bare(word: str) -> str:
    """A word for comparing: without the punctuation around it, in one case."""
    return _OUTER.sub("", word).casefold()


def _weight(token: Token) -> int:
    text = bare(token.word.text)
    letters = sum(1 for cluster in clusters(text) if cluster[0].isalnum())
    if _NUMBER.search(text):
        return 100 + letters
    unspaced = bool(text) and ord(text[0]) > 0x2E00
    return letters if letters >= (_LEAST_UNSPACED if unspaced else _LEAST_LETTERS) else 0
