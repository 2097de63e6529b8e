"""Which words of a talk tell what it is about: what is seldom said elsewhere in it, and is no grammar.

Words of grammar are data: the lists of common words and of fillers, connectives and pronouns in
``resources/moments``. What a word weighs is told by how many sentences of the whole recording have it
(inverse document frequency, Salton & Buckley 1988).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log

from viralclip_desktop.core.resources import resource

LANGUAGES = ("en", "es", "fr", "de", "id", "th", "pt", "it", "ja")
"""Those with lists."""
_ENOUGH = 0.25  # of a language's running words, about half are on its list of common ones
_LISTED = (
    *("stop", "join", "so", "point", "nod", "filler", "question", "me", "you", "be", "degree", "unsure"),
    *("cause", "and", "but", "there", "prep", "the", "a", "past", "open", "clause", "contrast", "neg"),
)
"""The lists whose words are grammar, or are said by anybody about anything."""
_ARTICLES = ("the", "a", "noun")
_ADVERBS = {
    "en": re.compile(r".{3,}ly$"),
    "fr": re.compile(r".{4,}ment$"),
    "es": re.compile(r".{4,}mente$"),
    "it": re.compile(r".{4,}mente$"),
    "pt": re.compile(r".{4,}mente$"),
    "de": re.compile(r".{4,}(weise|erdings|falls)$"),
}
"""Endings that adverbs have and hardly another word."""
_NOT_ADVERBS = frozenset(
    {"family", "italy", "supply", "reply", "assembly", "monopoly", "anomaly", "july", "butterfly", "belly"}
    | {"moment", "monument", "document", "argument", "instrument", "département", "gouvernement"}
    | {"appartement", "développement", "mouvement", "investissement"}
)
_MORE = {
    "en": "additionally furthermore moreover nevertheless nonetheless meanwhile therefore however perhaps "
    "already almost always another anything everything something nothing someone because before between "
    "during through without within around against toward towards although whether rather quite often "
    "sometimes maybe together again later never today tomorrow yesterday"
}
_NUMBER = re.compile(r"\d")


def is_number(word: str) -> bool:
    """Whether a word has a figure in it."""
    return bool(_NUMBER.search(word))


@cache
def listed(language: str, kinds: tuple[str, ...]) -> frozenset[str]:
    """The single words of some lists of a language (a code); empty for one without lists."""
    path = resource("moments", f"{language}.toml")
    if not language.isalpha() or not path.is_file():
        return frozenset()
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    found = (one.strip() for kind in kinds for one in str(lists.get(kind, "")).split(","))
    return frozenset(one for one in found if one and " " not in one)


@cache
def common_words(language: str) -> frozenset[str]:
    """The single words of a language (a code such as ``en``) that tell nothing; empty without lists."""
    return listed(language, _LISTED) | frozenset(_MORE.get(language, "").split())


def articles(language: str) -> frozenset[str]:
    """Words that a noun follows soon."""
    return listed(language, _ARTICLES) - listed(language, ("all",))


def language_of(code: str, words: Iterable[str]) -> str:
    """The base of a language code (``en`` of ``en-US``); without a code the language with lists whose common
    words are most of the words (each in lower case), empty where none has enough."""
    base = code.casefold().replace("_", "-").split("-")[0]
    said = Counter(words)
    if base or not said:
        return base
    shares = {one: sum(said[word] for word in listed(one, ("stop",))) / said.total() for one in LANGUAGES}
    best = max(shares, key=lambda one: shares[one])
    return best if shares[best] >= _ENOUGH else ""


def is_telling(word: str, language: str) -> bool:
    """Whether a word (in lower case, without punctuation) may tell what something is about."""
    plain = word.replace("’", "'")
    if is_number(plain):
        return True
    adverb = _ADVERBS.get(language)
    if adverb is not None and adverb.match(plain) and plain not in _NOT_ADVERBS:
        return False
    return plain not in common_words(language)


def weights(sentences: Sequence[Iterable[str]]) -> dict[str, float]:
    """How much each word of a recording's sentences (each in lower case) tells: seldom said is more."""
    seen = Counter(word for sentence in sentences for word in set(sentence))
    return {word: rarity(count, len(sentences)) for word, count in seen.items()}


def rarity(count: int, total: int) -> float:
    """The inverse document frequency of a word that ``count`` of ``total`` sentences have; at least 1."""
    return log((1 + total) / count) + 1
