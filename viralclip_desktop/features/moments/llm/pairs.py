"""Ranking by comparing two at a time, which models do better than giving marks. Pure.

Each clip is compared with its neighbours 1, 2 and 4 places on. The new order is the one nearest to the old
that contradicts the fewest verdicts, found by moving one clip at a time (insertion search for Kemeny's
order): what no verdict speaks against stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

GROUP = 12
"""Clips in one question: about 2600 tokens of text."""
_REACH = (1, 2, 4)
Verdict = tuple[int, int]
"""The better one's number and the other's."""


def groups(count: int, size: int = GROUP) -> list[range]:
    """Windows of at most ``size`` clips for one question each, half overlapping."""
    if count <= size:
        return [range(count)] if count > 1 else []
    step = max(1, size // 2)
    return [range(at, min(count, at + size)) for at in range(0, count - step, step)]


def pairs_of(count: int) -> list[tuple[int, int]]:
    """Pairs to compare among clips 1 to ``count``; each clip stands first about as often as second, since
    models favour what they read first."""
    found: dict[frozenset[int], tuple[int, int]] = {}
    for reach in _REACH:
        for at in range(count):
            pair = (at + 1, (at + reach) % count + 1)
            if pair[0] != pair[1]:
                found.setdefault(frozenset(pair), pair)
    return list(found.values())


def verdicts_of(answer: Mapping[str, Any], numbers: Sequence[int]) -> list[Verdict]:
    """The verdicts of an answer; ``numbers``: which clip each of its numbers (from 1) is. Contradictory and
    senseless ones are left out."""
    seen: dict[tuple[int, int], set[int]] = {}
    for item in answer.get("pairs", ()):
        a, b, better = item.get("a"), item.get("b"), item.get("better")
        if a != b and better in (a, b) and all(1 <= one <= len(numbers) for one in (a, b)):
            seen.setdefault((min(a, b), max(a, b)), set()).add(better)
    return [
        (numbers[winner - 1], numbers[(low if winner == high else high) - 1])
        for (low, high), winners in seen.items()
        if len(winners) == 1
        for winner in winners
    ]


def order(count: int, verdicts: Iterable[Verdict]) -> list[int]:
    """Clips 0 to ``count`` - 1, the best first."""
    votes = Counter(verdicts)
    ranked = list(range(count))
    for _ in range(count * count):
        moves = [_best_move(ranked, at, votes) for at in range(count)]
        gain, _, at, place = min(moves, default=(0, 0, 0, 0))
        if gain >= 0:
            break
        ranked.insert(place, ranked.pop(at))
    return ranked


def _best_move(ranked: Sequence[int], at: int, votes: Counter[Verdict]) -> tuple[int, int, int, int]:
    """Change of contradicted verdicts (negative is better), distance, from where, to where."""
    one, best = ranked[at], (0, 0, at, at)
    for step in (-1, 1):
        gain, place = 0, at
        while 0 <= place + step < len(ranked):
            place += step
            other = ranked[place]
            for_it, against_it = votes[one, other], votes[other, one]
            gain += (against_it - for_it) * -step
            best = min(best, (gain, abs(place - at), at, place))
    return best
