"""A clock that a test sets, in place of the player's own."""

from __future__ import annotations

from typing import Any

_STEP_S = 0.02


class GivenClock:
    """Seconds that go on only when told so."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s

    def play(self, seconds: float, player: Any, qtbot: Any) -> None:
        """Let time pass in small steps; the player has to follow each of them, at its own speed. What passes
        while it stands and waits for its first pictures does not count."""
        began, passed = player.position, 0.0
        while passed < seconds - _STEP_S / 2:
            self.now_s += _STEP_S
            passed += _STEP_S
            due = abs(player.speed) * passed - 3 / float(player.plan.fps)

            def followed(due: float = due) -> bool:
                if self._stands(player):
                    self.now_s += _STEP_S
                return abs((player.position - began).seconds) >= due

            qtbot.waitUntil(followed)

    def _stands(self, player: Any) -> bool:
        """Whether the player's clock does not run: a little time changes nothing."""
        playback = player.playback
        if playback is None:
            return False
        before = playback.position
        self.now_s += 1e-4
        return bool(playback.position == before)

    def run_until(self, until: Any, qtbot: Any) -> None:
        """Let time pass, a step a round of the window, until something is so."""

        def stepped() -> bool:
            self.now_s += _STEP_S
            return bool(until())

        qtbot.waitUntil(stepped)
