"""Words that lean on the next one, so that no caption should end on them: articles, prepositions,
conjunctions and all of a name but its last word. The words are data, by language
(``resources/captions/small_words.toml``).
"""

from __future__ import annotations

import tomllib
from functools import cache

from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.sentence_ends import ends_sentence

_OPENERS = "\"'“‘«¿¡([{"


def leans(text: str, following: str, language: str) -> bool:
    """Whether a word as it is written is read together with ``following`` (empty: it is the last one).
    ``language`` is a code such as ``en``; without a list of its words only names are known."""
    if not following or ends_sentence(text, following):
        return False
    bare = text.lstrip(_OPENERS)
    if bare.lower() in small_words(language):
        return True
    return _is_name(bare) and _is_name(following.lstrip(_OPENERS))


def _is_name(text: str) -> bool:
    """Whether a word is written as a name is, with nothing behind it but the full stop of a short form."""
    letters = text.removesuffix(".").replace("-", "").replace("’", "").replace("'", "")
    return letters.isalpha() and text[0].isupper() and text.lower() not in _NO_NAMES


_NO_NAMES = ("i", "i'm", "i’m", "i'll", "i’ll", "i've", "i’ve", "i'd", "i’d")


@cache
def small_words(language: str) -> frozenset[str]:
    """The words of a language that lean on the next one; none for a language without a list."""
    lists = tomllib.loads(resource("captions", "small_words.toml").read_text(encoding="utf-8"))
    return frozenset(lists.get(language.partition("-")[0].lower(), "").split())
