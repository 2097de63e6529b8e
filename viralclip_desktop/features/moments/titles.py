"""Titles made from the text: the most telling clause of the opening or the payoff, at most 60 columns.

A column is one Latin letter; Han, kana and Hangul characters take two (Unicode TR 11).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from viralclip_desktop.domain.transcript import is_unspaced
from viralclip_desktop.features.moments.lexicon import Lexicon, has_digit, token_of
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.units import text_of

LONGEST: Final = 60  # columns: fits a phone's list of clips in two lines
_SHORTEST: Final = 14  # columns: below this a clause tells nothing
_CLAUSE_END = re.compile(r"(?<=[,;:!?…])\s+|\s+[–—-]+\s+|(?<=[.])\s+|(?<=[，；：。！？、])|(?<=[؟،؛।])\s*")
_EDGE_MARKS = " \t,;:.!…–—-\"'“”‘’«»()[]，；：。！、；،؛।"
_JOINTS: Final = frozenset(
    {"because", "but", "and", "so", "when", "while", "until", "which", "although", "if"}
)
_LEAD_INS: Final = frozenset(
    {"and", "but", "or", "so", "well", "now", "because", "then", "also", "which", "yeah", "yes", "plus"}
)
_HALVES: Final = frozenset(
    {"when", "while", "until", "which", "although", "if", "before", "after", "who", "that"}
)


def title_run(talk: Talk, first: int, last: int) -> list[str]:
    """Titles for the clip of units ``first`` to ``last``, the best one first; at least one."""
    rated: list[tuple[float, str]] = []
    for unit, bonus in _places(talk, first, last):
        text = text_of(talk.transcript, talk.units[unit])
        asks = talk.wording.said[unit].is_question
        for clause, whole in _clauses(text):
            title = polish(clause, talk.lexicon)
            if title:
                rated.append((bonus + _rate(talk, unit, title, whole, asks), title))
    rated.sort(key=lambda item: (-item[0], item[1]))
    return [title for _, title in rated] or [_emergency(talk, first)]


def unique(titles: Sequence[str], taken: Sequence[str]) -> str:
    """The first title that is not taken yet, or the best one with a number."""
    used = {title.casefold() for title in taken}
    for title in titles:
        if title.casefold() not in used:
            return title
    number = 2
    while f"{titles[0]} ({number})".casefold() in used:
        number += 1
    return f"{titles[0]} ({number})"


def polish(clause: str, lexicon: Lexicon | None) -> str:
    """A clause as a title: no filler or conjunction in front, nothing dangling behind, a capital first."""
    question = clause.rstrip("\"'”’» )")[-1:] in ("?", "？", "؟")
    words = clause.strip(_EDGE_MARKS + "?？؟").split()
    words = _without_weak_ends(words, lexicon)
    text = _shortened(" ".join(words), lexicon).strip(_EDGE_MARKS.replace("…", ""))
    if not text or columns(text) < 2:
        return ""
    mark = clause.rstrip("\"'”’» )")[-1] if question and not text.endswith("…") else ""
    return text[0].upper() + text[1:] + (mark if columns(text) < LONGEST else "")


def columns(text: str) -> int:
    """The width of a text in columns."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _places(talk: Talk, first: int, last: int) -> list[tuple[int, float]]:
    """Units a title may come from: the opening before the payoff, then whatever lies between."""
    opening = 0.9 - 0.5 * float(talk.wording.dangling[first])
    places = [(first, opening), (last, 0.6 + 0.5 * float(talk.wording.conclusion[last]))]
    if first + 1 < last:
        places.insert(1, (first + 1, 0.5))
        places.append((last - 1, 0.3 + 0.4 * float(talk.wording.conclusion[last - 1])))
    return places if first < last else places[:1]


def _clauses(text: str) -> list[tuple[str, bool]]:
    """The whole sentence where it fits, and its clauses alone and in neighbouring pairs."""
    parts = [part for part in _CLAUSE_END.split(text) if part and part.strip(_EDGE_MARKS)]
    found = [(text, True)] if len(text) <= 3 * LONGEST else []
    found += [(part, False) for part in parts if part != text]
    found += [(f"{a} {b}", False) for a, b in pairwise(parts) if not _unspaced(a)]
    for part in parts:
        found += [(piece, False) for piece in _at_joints(part)]
    return found


def _unspaced(text: str) -> bool:
    return bool(text) and is_unspaced(text[-1])


def _at_joints(clause: str) -> list[str]:
    """A clause cut before its conjunctions; what comes before them keeps the mark of a question."""
    words = clause.split()
    cuts = [at for at, word in enumerate(words) if 2 < at < len(words) - 2 and token_of(word) in _JOINTS]
    bounds = [0, *cuts, len(words)]
    mark = clause[-1] if clause[-1] in "?？؟" else ""
    pieces = [" ".join(words[a:b]) for a, b in pairwise(bounds)] if cuts else []
    return [pieces[0] + mark, *pieces[1:]] if pieces else []


def _without_weak_ends(words: list[str], lexicon: Lexicon | None) -> list[str]:
    if lexicon is None:
        return words
    low, high = 0, len(words)
    while low < high and (weak := _weak_start(words[low:high], lexicon)):
        low += weak
    while high > low and _is_weak_end(words[high - 1], lexicon):
        high -= 1
    return words[low:high]


def _weak_start(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many words at the start only lead up to the rest: a conjunction, a filler."""
    if token_of(words[0]) in _LEAD_INS:
        return 1
    filler = lexicon.opening([token_of(word) for word in words[:4]], "filler")
    return filler.last if filler else 0


def _is_weak_end(word: str, lexicon: Lexicon) -> bool:
    token = token_of(word)
    return lexicon.is_one_of(token, "unfinished") or lexicon.is_one_of(token, "filler")


def _shortened(text: str, lexicon: Lexicon | None) -> str:
    """A text held to the longest title: whole words, and an ellipsis for what is missing."""
    if columns(text) <= LONGEST:
        return text
    kept, width = "", 0
    for character in text:
        width += _width(character)
        if width > LONGEST - 1:
            break
        kept += character
    if " " in kept and not (_unspaced(kept) and is_unspaced(text[len(kept)])):
        kept = kept.rsplit(" ", 1)[0]
    words = _without_weak_ends(kept.split(), lexicon)
    return " ".join(words).rstrip(_EDGE_MARKS) + "…"


def _rate(talk: Talk, unit: int, title: str, whole: bool, asks: bool) -> float:
    """How telling a title is: a good length, rare words, a question or number; whole sentences read best."""
    width, lexicon = columns(title), talk.lexicon
    length = min(1.0, width / 28) if width <= LONGEST else 0.0
    if width < _SHORTEST:
        length *= 0.3
    tokens = [token_of(word) for word in title.split()]
    score = length + _telling(talk, unit, tokens) + (0.35 if whole else 0.0)
    score += 0.35 * (title.endswith(("?", "？", "؟")) or (asks and whole))
    score += 0.15 * any(has_digit(token) for token in tokens)
    score -= 0.9 * title.endswith("…")
    if lexicon is None:
        return score
    marks = {mark.kind for mark in lexicon.marks(tokens)}
    score += 0.12 * len(marks & {"curiosity", "promise", "strong", "number", "lesson", "second_person"})
    score -= 0.7 * (
        not whole and (tokens[0] in _HALVES or tokens[:2] == ["next", "time"] or "next" in tokens[:2])
    )
    score -= 0.8 * ("dull" in marks) + 0.5 * (lexicon.opening(tokens, "dangling") is not None)
    return score


def _telling(talk: Talk, unit: int, tokens: Sequence[str]) -> float:
    """The share of the unit's telling terms that made it into the title."""
    weights = {talk.terms.names[index]: weight**2 for index, weight in talk.terms.units[unit]}
    return sum(weights.get(token, 0.0) for token in set(tokens))


def _emergency(talk: Talk, first: int) -> str:
    """For text that is all fillers: its words as they are."""
    text = text_of(talk.transcript, talk.units[first]).strip(_EDGE_MARKS) or "Clip"
    kept = _shortened(text, None)
    return kept[0].upper() + kept[1:]
