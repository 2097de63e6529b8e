"""Titles made from what is said: a whole clause of the payoff, in the language's own spelling.

A title is a sentence, or a clause of one, exactly as it was spoken, without the lead-ins before it ("and
so, um"). A clause with a telling word that the recogniser was not sure of is no title: it may be another
word. At most 60 columns: a column is one Latin letter; Han, kana and Hangul characters take two (Unicode TR
11).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from viralclip_desktop.domain.transcript import is_unspaced
from viralclip_desktop.features.moments.lexicon import Lexicon, ends_with_question, has_digit
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.units import text_of

LONGEST: Final = 60  # columns: fits a phone's list of clips in two lines
_SHORTEST: Final = 14  # columns: below this a clause tells nothing
_CLAUSE_END = re.compile(r"(?<=[,;:!?…])\s+|\s+[–—-]+\s+|(?<=[.])\s+|(?<=[，；：。！？、])|(?<=[؟،؛।])\s*")
_EDGE_MARKS = " \t,;:.!…–—-\"'“”‘’«»„()[]，；：。！、；،؛।"
_OPENING_MARKS = _EDGE_MARKS.replace("¿", "")
_LEAD_INS: Final = ("filler", "so", "join", "nod")
_TELLING: Final = ("judge", "strong", "all", "ending", "number", "contrast", "advice")


def title_run(talk: Talk, first: int, last: int) -> list[str]:
    """Titles for the clip of units ``first`` to ``last``, the best one first; none where the recogniser was
    not sure of what each of them tells."""
    rated: list[tuple[float, str]] = []
    anything = False
    for unit, bonus in _places(talk, first, last):
        text, unsure = text_of(talk.transcript, talk.units[unit]), _unsure(talk, unit)
        for clause, whole in _clauses(text):
            title = polish(clause, talk.lexicon)
            anything |= bool(title)
            if title and unsure.isdisjoint(_tokens(title, talk.lexicon)):
                rated.append((bonus + _rate(talk, unit, title, whole), title))
    rated.sort(key=lambda item: (-item[0], item[1]))
    return [title for _, title in rated] if anything else [_emergency(talk, first)]


def _tokens(text: str, lexicon: Lexicon) -> list[str]:
    return [token for word in text.split() for token in lexicon.split(word)]


def _unsure(talk: Talk, unit: int) -> set[str]:
    """The telling words of a unit that the recogniser was not sure of."""
    words = talk.transcript.words[talk.units[unit].first : talk.units[unit].last]
    unsure = (word.text for word in words if not word.is_sure)
    return {token for text in unsure for token in _tokens(text, talk.lexicon)} - set(talk.lexicon.stop)


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


def polish(clause: str, lexicon: Lexicon) -> str:
    """A clause as a title: no lead-in in front, nothing dangling behind, a capital first."""
    question = ends_with_question(clause)
    words = _without_tag(clause, lexicon).lstrip(_OPENING_MARKS).rstrip(_EDGE_MARKS + "?？؟").split()
    question = question and len(words) > 0 and words[-1].rstrip("?") in clause.rstrip('?»”" ').split()[-1]
    words = _without_weak_ends(words, lexicon)
    text = _shortened(" ".join(words), lexicon).lstrip(_OPENING_MARKS).rstrip(_EDGE_MARKS.replace("…", ""))
    if not text or columns(text) < 2:
        return ""
    mark = clause.rstrip("\"'”’» )")[-1] if question and not text.endswith("…") else ""
    start = 1 if text[0] in "¿¡" else 0
    if mark == "?" and "¿" in clause and not start:
        text, start = "¿" + text, 1
    return (
        text[:start]
        + text[start : start + 1].upper()
        + text[start + 1 :]
        + (mark if columns(text) < LONGEST else "")
    )


def _without_tag(clause: str, lexicon: Lexicon) -> str:
    """A clause without a question tag after its last comma: ", right?", ", no?"."""
    head, comma, tail = clause.rpartition(",")
    tokens = [token for word in tail.split() for token in lexicon.split(word)]
    is_tag = bool(comma) and ends_with_question(clause) and 0 < len(tokens) <= 2
    return head if is_tag and "nod" in lexicon.openings(tokens) else clause


def columns(text: str) -> int:
    """The width of a text in columns."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _places(talk: Talk, first: int, last: int) -> list[tuple[int, float]]:
    """Units a title may come from: the payoff before the opening, then whatever lies between."""
    span = max(1, last - first)
    places = []
    for at in range(first, last + 1):
        near_end = (at - first) / span
        bonus = 0.25 + 0.55 * near_end**2
        if at == first:
            bonus = 0.55 if talk.signals.question[first] or talk.opening[first] > 0 else 0.35
        bonus += 0.25 * min(1.0, talk.signals.counts["ending"][at])
        places.append((at, float(bonus)))
    return places


def _clauses(text: str) -> list[tuple[str, bool]]:
    """The whole sentence where it fits, and its clauses alone and in neighbouring pairs."""
    parts = [part for part in _CLAUSE_END.split(text) if part and part.strip(_EDGE_MARKS)]
    found = [(text, True)] if len(text) <= 3 * LONGEST else []
    found += [(part, False) for part in parts if part != text]
    found += [(f"{a} {b}", False) for a, b in pairwise(parts) if not _unspaced(a)]
    return found


def _unspaced(text: str) -> bool:
    return bool(text) and is_unspaced(text[-1])


def _without_weak_ends(words: list[str], lexicon: Lexicon) -> list[str]:
    if not lexicon.known or lexicon.unspaced:
        return words
    low, high = 0, len(words)
    while low < high - 1 and (weak := _weak_start(words[low:high], lexicon)):
        low += weak
    while high > low and _is_weak_end(words[high - 1], lexicon):
        high -= 1
    return words[low:high]


def _weak_start(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many words at the start only lead up to the rest: a conjunction, a filler."""
    tokens = [token for word in words[:4] for token in lexicon.split(word)]
    kinds = lexicon.openings(tokens)
    if "question" in kinds or "story" in kinds or "ending" in kinds:
        return 0
    return min(max((kinds[kind] for kind in _LEAD_INS if kind in kinds), default=0), len(words) - 1)


def _is_weak_end(word: str, lexicon: Lexicon) -> bool:
    """A conjunction or a filler; other words that end no sentence may end one all the same ("who they
    are")."""
    token = (lexicon.split(word) or [""])[-1]
    carries_on = lexicon.is_one_of(token, "open") and lexicon.is_one_of(token, "join")
    return carries_on or lexicon.is_one_of(token, "filler")


def _shortened(text: str, lexicon: Lexicon) -> str:
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


def _rate(talk: Talk, unit: int, title: str, whole: bool) -> float:
    """How telling a title is: a good length, rare words, a question or number; whole sentences read best."""
    width, lexicon = columns(title), talk.lexicon
    length = min(1.0, width / 28) if width <= LONGEST else 0.0
    if width < _SHORTEST:
        length *= 0.3
    tokens = _tokens(title, lexicon)
    score = length + 0.8 * _telling(talk, unit, tokens) + (0.45 if whole else 0.0)
    score += 0.3 * ends_with_question(title) + 0.15 * any(has_digit(token) for token in tokens)
    score -= 1.2 * title.endswith("…")
    kinds = {mark.kind for mark in lexicon.marks(tokens)}
    score += 0.12 * len(kinds & set(_TELLING))
    score -= 0.6 * ("house" in kinds or "ad" in kinds) + 0.3 * bool(kinds & {"unsure", "filler", "nod"})
    return score - _weakness(tokens, lexicon, whole=whole)


def _weakness(tokens: Sequence[str], lexicon: Lexicon, *, whole: bool) -> float:
    """What is taken off for a title that points at something unsaid, says little, or is half a sentence."""
    if not tokens:
        return 1.0
    opening = lexicon.openings(tokens)
    telling = {token for token in tokens if token not in lexicon.stop}
    lacking = 0.9 * ("point" in opening) + 0.5 * (len(telling) < 2)
    if not whole:
        lacking += 0.5 * ("scene" in opening or "join" in opening) + 0.8 * lexicon.is_one_of(
            tokens[-1], "open"
        )
    return lacking


def _telling(talk: Talk, unit: int, tokens: Sequence[str]) -> float:
    """The share of the unit's telling terms that made it into the title."""
    terms = talk.cohesion.terms
    weights = {terms.names[index]: weight**2 for index, weight in terms.units[unit]}
    return sum(weights.get(token, 0.0) for token in set(tokens))


def _emergency(talk: Talk, first: int) -> str:
    """For text that is all fillers: its words as they are."""
    text = text_of(talk.transcript, talk.units[first]).strip(_EDGE_MARKS) or "Clip"
    kept = _shortened(text, Lexicon(""))
    return kept[0].upper() + kept[1:]
