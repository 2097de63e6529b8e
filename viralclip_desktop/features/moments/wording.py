"""What the words of each unit say: hooks, endings, value, dullness. One number 0..1 a unit and signal.

Where a language has no word lists, everything that needs them is neutral and the same for all units; digits
and question marks work in every script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.features.moments.arrays import Floats, joined, ramp
from viralclip_desktop.features.moments.lexicon import (
    Lexicon,
    Mark,
    ends_sentence,
    ends_with_question,
    has_digit,
    token_of,
)
from viralclip_desktop.features.moments.units import Unit, length_s
from viralclip_desktop.features.moments.weights import (
    HOOK,
    HOOK_LONGEST_WORDS,
    HOOK_NEUTRAL,
    HOOK_WINDOW_S,
    VALUE,
    VALUE_DENSITY,
    VALUE_NEUTRAL,
)

_NUMBERS_FOR_FULL: Final = 2.0  # hits in one sentence that count fully; judgement
_TURN_WITHIN: Final = 3  # tokens: "so let me tell you" still turns


@dataclass(frozen=True)
class Said:
    """One unit as tokens, with the phrases found. ``opening`` are the marks of its first seconds."""

    tokens: list[str]
    marks: list[Mark]
    opening_tokens: list[str]
    opening: list[Mark]
    is_question: bool
    finished: bool

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(mark.kind for mark in self.marks)

    @cached_property
    def _opening_kinds(self) -> frozenset[str]:
        return frozenset(mark.kind for mark in self.opening)

    def count(self, kind: str) -> int:
        """How many phrases of a kind the unit holds."""
        return self._counts[kind]

    def opens_with(self, kind: str) -> bool:
        """Whether a phrase of a kind is in its opening."""
        return kind in self._opening_kinds


@dataclass(frozen=True)
class Wording:
    """The signals of all units, each an array with a value 0..1 a unit."""

    said: list[Said]
    hook: Floats
    dangling: Floats
    loose: Floats
    unfinished: Floats
    question: Floats
    conclusion: Floats
    lesson: Floats
    turn: Floats
    value: Floats
    dull: Floats


def read_wording(transcript: Transcript, units: Sequence[Unit], lexicon: Lexicon | None) -> Wording:
    """All text signals of all units."""
    said = _say_all(transcript, units, lexicon)
    dull = _dull(transcript, units, said, lexicon)
    first = [lexicon_opening(lexicon, unit.tokens) for unit in said]
    return Wording(
        said=said,
        hook=_hook(said, lexicon) * (1.0 - 0.7 * dull),
        dangling=np.array([float(kind == "dangling") for kind in first]),
        loose=np.array([float(kind == "loose") for kind in first]),
        unfinished=np.array([_unfinished(unit, lexicon) for unit in said]),
        question=np.array([float(unit.is_question) for unit in said]),
        conclusion=_capped(said, "conclusion", 1.0) * (1.0 - dull),
        lesson=_capped(said, "lesson", 1.0) * (1.0 - dull),
        turn=np.array([float(_turns(unit)) for unit in said]),
        value=_value(said, lexicon) * (1.0 - 0.8 * dull),
        dull=dull,
    )


def lexicon_opening(lexicon: Lexicon | None, tokens: Sequence[str]) -> str:
    """How a unit opens: ``dangling``, ``loose`` or, standing on its own, an empty text."""
    if lexicon is None or not tokens or lexicon.opening(tokens, "fresh"):
        return ""
    if lexicon.opening(tokens, "dangling"):
        return "dangling"
    if not lexicon.opening(tokens, "loose"):
        return ""
    rest = lexicon_opening(lexicon, tokens[1:]) if len(tokens) > 1 else ""
    question = lexicon.opening(tokens[1:], "question") or lexicon.opening(tokens, "question")
    return "dangling" if rest == "dangling" and not question else "loose"


def _say_all(transcript: Transcript, units: Sequence[Unit], lexicon: Lexicon | None) -> list[Said]:
    words = transcript.words
    texts = [words[unit.last - 1].text for unit in units]
    marked = any(ends_with_question(text) for text in texts)
    tokens = [_tokens(words, unit) for unit in units]
    result = []
    for at in range(len(units)):
        found = _find(lexicon, tokens[at])
        opening = _opening_tokens(words, units, tokens, at)
        opening_marks = found if opening == tokens[at] else _find(lexicon, opening)
        asks = ends_with_question(texts[at])
        if not marked:
            asks = any(mark.kind == "question" and mark.first <= 1 for mark in found)
        result.append(Said(tokens[at], found, opening, opening_marks, asks, ends_sentence(texts[at])))
    return result


def _tokens(words: Sequence[Word], unit: Unit) -> list[str]:
    return [token_of(word.text) for word in words[unit.first : unit.last]]


def _opening_tokens(
    words: Sequence[Word], units: Sequence[Unit], tokens: Sequence[list[str]], at: int
) -> list[str]:
    """The tokens of the first seconds: the first unit, and the next too when the first is very short."""
    opening = list(tokens[at])
    if length_s(words, units[at]) < HOOK_WINDOW_S and at + 1 < len(units):
        opening += tokens[at + 1]
    return opening[:HOOK_LONGEST_WORDS]


def _find(lexicon: Lexicon | None, tokens: Sequence[str]) -> list[Mark]:
    """All phrases, neighbouring number words joined into one, digits counted as numbers."""
    marks = lexicon.marks(tokens) if lexicon else []
    numeric = [has_digit(token) for token in tokens]
    for mark in marks:
        if mark.kind == "number":
            numeric[mark.first : mark.last] = [True] * (mark.last - mark.first)
    others = [mark for mark in marks if mark.kind != "number"]
    return others + _number_groups(numeric)


def _number_groups(numeric: Sequence[bool]) -> list[Mark]:
    groups: list[Mark] = []
    for at, yes in enumerate(numeric):
        if yes and groups and groups[-1].last == at:
            groups[-1] = Mark("number", groups[-1].first, at + 1)
        elif yes:
            groups.append(Mark("number", at, at + 1))
    return groups


def _turns(unit: Said) -> bool:
    return any(mark.kind == "turn" and mark.first < _TURN_WITHIN for mark in unit.marks)


def _capped(said: Sequence[Said], kind: str, full: float) -> Floats:
    """Hits of a kind in each unit, ``full`` of them counting as 1."""
    return np.array([min(1.0, unit.count(kind) / full) for unit in said])


def _hook(said: Sequence[Said], lexicon: Lexicon | None) -> Floats:
    base = np.full(len(said), 0.0 if lexicon else HOOK_NEUTRAL)
    weighted = []
    for kind, weight in HOOK.items():
        if kind == "question":
            strength = np.array([float(_asks_at_once(said, at)) for at in range(len(said))])
        else:
            strength = np.array([float(unit.opens_with(kind)) for unit in said])
        weighted.append((weight, strength))
    return joined(base, weighted)


def _asks_at_once(said: Sequence[Said], at: int) -> bool:
    """Whether the opening asks: its first unit, or the next when the first is very short."""
    two = len(said[at].opening_tokens) > len(said[at].tokens)
    return said[at].is_question or (two and said[at + 1].is_question)


def _value(said: Sequence[Said], lexicon: Lexicon | None) -> Floats:
    if lexicon is None:
        numbers = _capped(said, "number", _NUMBERS_FOR_FULL)
        return joined(np.full(len(said), VALUE_NEUTRAL), [(VALUE["number"], numbers)])
    weighted = [
        (weight, _capped(said, kind, _NUMBERS_FOR_FULL if kind == "number" else 1.0))
        for kind, weight in VALUE.items()
    ]
    density = np.array([_density(unit, lexicon) for unit in said])
    return joined(VALUE_DENSITY * density, weighted)


def _density(unit: Said, lexicon: Lexicon) -> float:
    """Information density: the share of words that carry content; a quarter is empty talk, 0.6 is dense."""
    if not unit.tokens:
        return 0.0
    fillers = sum(mark.last - mark.first for mark in unit.marks if mark.kind == "filler")
    content = len({token for token in unit.tokens if token not in lexicon.stop}) - fillers
    return float(np.clip((content / len(unit.tokens) - 0.25) / 0.35, 0.0, 1.0))


def _unfinished(unit: Said, lexicon: Lexicon | None) -> float:
    """Whether a unit stops in the middle of a thought: on "and", "um"; a full stop takes most of it back."""
    if lexicon is None or not unit.tokens or not lexicon.is_one_of(unit.tokens[-1], "unfinished"):
        return 0.0
    return 0.2 if unit.finished else 1.0


def _dull(
    transcript: Transcript, units: Sequence[Unit], said: Sequence[Said], lexicon: Lexicon | None
) -> Floats:
    """Housekeeping, fillers and hesitation. Sentences between dull ones are dull as well."""
    hesitant = np.array([_hesitation(transcript.words, unit) for unit in units])
    parts = [(0.6, ramp(hesitant, 0.30, 0.60))]
    if lexicon is not None:
        hits = np.array([float(unit.count("dull")) for unit in said])
        fillers = np.array([_filler_share(unit) for unit in said])
        parts += [
            (0.75, np.minimum(hits, 1.0)),
            (0.6, ramp(hits, 1.0, 2.0)),
            (0.7, ramp(fillers, 0.08, 0.30)),
        ]
    own = joined(np.zeros(len(said)), parts)
    padded = np.pad(own, 2, mode="edge")
    before = np.maximum(padded[1:-3], 0.7 * padded[:-4])
    after = np.maximum(padded[3:-1], 0.7 * padded[4:])
    result: Floats = np.maximum(own, 0.8 * np.minimum(before, after))
    return result


def _filler_share(unit: Said) -> float:
    fillers = sum(mark.last - mark.first for mark in unit.marks if mark.kind == "filler")
    return fillers / max(4, len(unit.tokens))


def _hesitation(words: Sequence[Word], unit: Unit) -> float:
    """The share of a unit's time that is pause."""
    total = length_s(words, unit)
    spoken = sum(word.end.seconds - word.start.seconds for word in words[unit.first : unit.last])
    return max(0.0, 1.0 - spoken / total) if total > 0.5 else 0.0
