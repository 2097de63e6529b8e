"""A sound device in the hand of the test."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.gui.session.sound import RATE_HZ


class Device:
    """Asks for samples when the test says so; stands for ``miniaudio.PlaybackDevice``."""

    def __init__(self, **_how: Any) -> None:
        self._answers: Any = None

    def start(self, answers: Any) -> None:
        """Take what answers."""
        self._answers = answers

    def close(self) -> None:
        """Nothing is kept."""

    def ask(self) -> bytes:
        """Half a second of samples; none before it is started, and after the end."""
        return bytes(self._answers.send(RATE_HZ // 2)) if self._answers else b""
