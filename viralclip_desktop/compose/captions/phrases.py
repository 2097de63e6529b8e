"""Tokens -> phrases of one or two lines, each with the time it stands on the picture.

Sentences and long pauses end phrases; the breaks between are chosen all at once by dynamic programming over a
cost (as Knuth and Plass break paragraphs): breaths end phrases and small words don't, no word stands alone
where it need not, phrases are of even length, and each fits its lines at full size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from viralclip_desktop.compose.captions.tokens import Token

_BREATH_CS = 60  # a pause that always ends a phrase
_SEARCHED_CS = 150  # the same after an article or the like: the speaker looks for the next word
_SHORT_BREATH_CS = 25  # a pause at which a phrase ends well
_HANGING = (
    4.0  # to end on an article, a preposition, a conjunction or half a name, where another end is at hand
)
_TOO_WIDE = 1000.0
_BRIDGED_CS = 60  # a shorter gap to the next phrase is bridged: no flicker
_LINGER_CS = 25  # how long a phrase stays after its last word, where there is room
_SHORTEST_CS = 83  # 5/6 s, the shortest showing of a subtitle (Netflix timed text style guide)

Line = tuple[int, int]
"""First and one past the last token of a line."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What lines may be: their greatest width and the space between words, in ems; counts."""

    max_em: float
    space_em: float
    max_words: int
    max_lines: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words shown together. ``lines`` index into ``tokens``; ``shrink`` is below 1 where a word is wider
    than a line."""

    tokens: tuple[Token, ...]
    lines: tuple[Line, ...]
    start_cs: int
    end_cs: int
    shrink: float = 1.0

    def active_until(self, index: int) -> int:
        """When the token stops being the spoken one: at the next word, or at its end before a pause."""
        token = self.tokens[index]
        if index + 1 < len(self.tokens):
            following = self.tokens[index + 1].start_cs
            if following - token.end_cs < _SHORT_BREATH_CS:
                return following
        return max(token.end_cs, token.start_cs + 1)


def phrases_of(tokens: Sequence[Token], measure: Measure, duration_cs: int) -> list[Phrase]:
    """All phrases of a clip, in order, never two at a time."""
    groups: list[tuple[Token, ...]] = []
    first = 0
    for index in range(1, len(tokens) + 1):
        if index == len(tokens) or _must_end(tokens[index - 1], tokens[index]):
            groups.extend(_broken(tokens[first:index], measure))
            first = index
    return _timed(groups, measure, duration_cs)


def _must_end(last: Token, following: Token) -> bool:
    """Whether no phrase goes on from one word to the next: at the end of a sentence, and at a long pause."""
    longest = _BREATH_CS if not last.leans else _SEARCHED_CS
    return last.ends_sentence or following.start_cs - last.end_cs >= longest


def _broken(tokens: Sequence[Token], measure: Measure) -> list[tuple[Token, ...]]:
    """The cheapest way to break words without a long pause between them into phrases."""
    best = [0.0] + [float("inf")] * len(tokens)
    came_from = [0] * (len(tokens) + 1)
    for end in range(1, len(tokens) + 1):
        for first in range(end - 1, -1, -1):
            part = tokens[first:end]
            if len(part) > 1 and not _may_stand_together(part, measure):
                break
            cost = best[first] + _cost(part, measure, whole=len(part) == len(tokens))
            cost += _HANGING * (part[-1].leans and end < len(tokens))
            if cost < best[end]:
                best[end], came_from[end] = cost, first
    found: list[tuple[Token, ...]] = []
    end = len(tokens)
    while end:
        found.append(tuple(tokens[came_from[end] : end]))
        end = came_from[end]
    return found[::-1]


def _may_stand_together(part: Sequence[Token], measure: Measure) -> bool:
    if all(token.glued for token in part[1:]):
        return True
    if sum(token.weight for token in part) > measure.max_words + 1e-6:
        return False
    return _widest(part, lines_of(part, measure), measure) <= measure.max_em


def _cost(part: Sequence[Token], measure: Measure, whole: bool) -> float:
    """How badly these words make a phrase; the terms are weighed by eye on transcripts of talks."""
    filled = min(1.0, sum(token.weight for token in part) / measure.max_words)
    cost = 1.0 + 0.7 * (1 - filled) ** 2 + 5.0 * part[0].glued
    if len(part) == 1 and part[0].weight < 1.5 and not whole:
        cost += 1.2
    cost += 1.5 * max(0.0, (_SHORTEST_CS - (part[-1].end_cs - part[0].start_cs)) / 100)
    last = part[-1]
    if last.ends_clause:
        cost -= 0.8
    elif len(last.word.text) <= 3 and last.spaced:
        cost += 0.3
    for left, right in pairwise(part):
        cost += 0.7 * left.ends_clause
        cost += 0.02 * max(0, right.start_cs - left.end_cs - _SHORT_BREATH_CS)
    return cost


def lines_of(part: Sequence[Token], measure: Measure) -> tuple[Line, ...]:
    """One line where it fits, else the two whose longer one is shortest (a clause end wins a near tie, a word
    that leans on the next loses one)."""
    if measure.max_lines < 2 or len(part) < 2 or line_em(part, measure) <= measure.max_em:
        return ((0, len(part)),)
    splits = range(1, len(part))
    at = min(splits, key=lambda cut: _split_cost(part, cut, measure))
    return ((0, at), (at, len(part)))


def _split_cost(part: Sequence[Token], cut: int, measure: Measure) -> float:
    longer, last = max(line_em(part[:cut], measure), line_em(part[cut:], measure)), part[cut - 1]
    return longer + _TOO_WIDE * (longer > measure.max_em) + 1.5 * last.leans - 0.4 * last.ends_clause


def line_em(line: Sequence[Token], measure: Measure) -> float:
    """The width of words on one line, in ems."""
    gaps = sum(measure.space_em for token in line[1:] if token.spaced)
    return gaps + sum(token.word.advance for token in line)


def _widest(part: Sequence[Token], lines: Sequence[Line], measure: Measure) -> float:
    return max(line_em(part[first:last], measure) for first, last in lines)


def _timed(groups: Sequence[tuple[Token, ...]], measure: Measure, duration_cs: int) -> list[Phrase]:
    """Phrases with their times: long enough to read, bridging short gaps, ending where the next begins."""
    phrases = []
    for index, tokens in enumerate(groups):
        start, spoken = tokens[0].start_cs, max(token.end_cs for token in tokens)
        limit = groups[index + 1][0].start_cs if index + 1 < len(groups) else duration_cs
        end = max(spoken + _LINGER_CS, start + _SHORTEST_CS)
        if limit - spoken < _BRIDGED_CS:
            end = max(end, limit)
        lines = lines_of(tokens, measure)
        shrink = min(1.0, measure.max_em / max(_widest(tokens, lines, measure), 1e-6))
        if min(end, limit) > start:
            phrases.append(Phrase(tokens, lines, start, min(end, limit), shrink))
    return phrases
