"""Frame rates as they are meant."""

from __future__ import annotations

from fractions import Fraction

LOWEST_RATE, HIGHEST_RATE = 1, 60
"""Of what is made here, in frames a second."""
_BROADCAST = (Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001))
_LONGEST = 60  # characters: a fraction of two numbers of 64 bits has 41
_CLOSE = Fraction(1, 100)  # 29.97 lies 0.00003 from the rate that is meant, 30 lies 0.03


def fraction_of(text: str) -> Fraction:
    """The exact number that a text of any origin names. Raises ValueError and ZeroDivisionError; also for
    ``1e999999999``, which would take for ever to write out."""
    if len(text) > _LONGEST or "e" in text.lower():
        raise ValueError(f"{text[:_LONGEST]!r} is no number of a usual size")
    return Fraction(text)


def exact_rate(fps: Fraction) -> Fraction:
    """The broadcast rate that is meant by 23.976, 29.97 or 59.94; any other as it is."""
    return next((exact for exact in _BROADCAST if abs(fps - exact) < _CLOSE), fps)
