"""Ranking by comparing two at a time, which models do better than giving marks. Pure.

Each clip is compared with its neighbours 1, 2 and 4 places on; strengths come from the Bradley-Terry model
(Hunter 2004, minorisation), with one half-won comparison of each clip against an average one, so that a single
verdict moves nothing far. The order before settles what is equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

GROUP = 12
"""Clips in one question: about 2600 tokens of text."""
_REACH = (1, 2, 4)
_ROUNDS = 60
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
    found = {tuple(sorted((at, (at + reach) % count))) for at in range(count) for reach in _REACH}
    pairs = sorted((low, high) for low, high in found if low != high)
    return [
        (low + 1, high + 1) if (low + high + place) % 2 else (high + 1, low + 1)
        for place, (low, high) in enumerate(pairs)
    ]


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
    met: list[dict[int, int]] = [{} for _ in range(count)]
    wins = [0.5] * count
    for winner, loser in verdicts:
        wins[winner] += 1
        met[winner][loser] = met[winner].get(loser, 0) + 1
        met[loser][winner] = met[loser].get(winner, 0) + 1
    strength = [1.0] * count
    for _ in range(_ROUNDS):
        strength = [
            wins[at]
            / (
                1 / (strength[at] + 1.0)
                + sum(times / (strength[at] + strength[other]) for other, times in met[at].items())
            )
            for at in range(count)
        ]
    return sorted(range(count), key=lambda at: (-round(strength[at], 6), at))
