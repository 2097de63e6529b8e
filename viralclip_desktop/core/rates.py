"""Frame rates as they are meant."""

from __future__ import annotations

from fractions import Fraction

LOWEST_RATE, HIGHEST_RATE = 1, 60
"""Of what is made here, in frames a second."""
_BROADCAST = (Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001))
_CLOSE = Fraction(1, 100)  # 29.97 lies 0.00003 from the rate that is meant, 30 lies 0.03


def exact_rate(fps: Fraction) -> Fraction:
    """The broadcast rate that is meant by 23.976, 29.97 or 59.94; any other as it is."""
    return next((exact for exact in _BROADCAST if abs(fps - exact) < _CLOSE), fps)
