"""ffmpeg expressions over time, for any number of steps.

A chain of nested ``if``s breaks at about 95 steps (the parser's recursion); a balanced tree of
``if(lt(t,..),..)`` held 2,000, and costs the logarithm of its length a frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viralclip_desktop.core.time import Time


@dataclass(frozen=True, slots=True)
class Step:
    """An expression that counts until a number of the variable (``t`` in seconds, or a frame ``n``)."""

    until: str
    expression: str


def stepwise(steps: Sequence[Step], variable: str = "t") -> str:
    """One expression of all steps, in order; the last one also counts after its end."""
    if len(steps) == 1:
        return steps[0].expression
    middle = len(steps) // 2
    before, after = stepwise(steps[:middle], variable), stepwise(steps[middle:], variable)
    return f"if(lt({variable},{steps[middle - 1].until}),{before},{after})"


def number(value: float) -> str:
    """A number as short as six decimals allow."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value else "0"


def linear(start: tuple[Time, float], end: tuple[Time, float]) -> str:
    """The straight line through two points, as an expression of ``t``."""
    (begin, one), (stop, other) = start, end
    if one == other or stop <= begin:
        return number(one)
    slope = (other - one) / (stop - begin).seconds
    return f"({number(one)}+{number(slope)}*(t-{number(begin.seconds)}))"
