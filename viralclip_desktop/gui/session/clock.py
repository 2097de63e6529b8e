"""The playing clock: steady between the jumps of a sound card's counter, never backwards."""

from __future__ import annotations

import time

_JUMP_S = 0.15  # further off than this is a gap in the sound, not jitter: follow at once
_PULL = 0.08  # share of the error taken back at each reading; settles in about a tenth of a second


def wall_s() -> float:
    """Seconds of a clock on the wall that is never set back; tests give another one."""
    return time.monotonic()


class PlayClock:
    """Seconds played. ``reading`` takes the wall clock and, with sound, what the sound card has played.

    A sound card counts in steps of 5 to 40 ms; following it plainly would make the picture stutter.
    """

    def __init__(self) -> None:
        self._started_s: float | None = None
        self._last_s = 0.0

    @property
    def running(self) -> bool:
        """Whether the clock was started."""
        return self._started_s is not None

    def start(self, now_s: float) -> None:
        """Begin to count (again) from where the clock stands."""
        self._started_s = now_s - self._last_s

    def hold(self) -> None:
        """Stand still until started again: the picture is not there yet."""
        self._started_s = None

    def reading(self, now_s: float, sound_s: float | None) -> float:
        """Seconds played at wall time ``now_s``; ``sound_s`` is the sound card's own count, if any."""
        if self._started_s is None:
            return self._last_s
        counted = now_s - self._started_s
        if sound_s is not None:
            error = sound_s - counted
            self._started_s -= error if abs(error) > _JUMP_S else error * _PULL
            counted = now_s - self._started_s
        self._last_s = max(self._last_s, counted)
        return self._last_s
