"""The one gate to the network. Whatever opens a connection asks it first."""

from __future__ import annotations

from dataclasses import dataclass

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say


@dataclass
class NetworkGate:
    """Open, or closed by the offline switch (``offline`` may change while the program runs)."""

    offline: bool = False

    def problem(self, purpose: str) -> str | None:
        """The sentence of :meth:`check`, with what to do; None where the gate is open."""
        try:
            self.check(purpose)
        except EnvironmentLacks as closed:
            return str(closed)
        return None

    def check(self, purpose: str) -> None:
        """Raise EnvironmentLacks when the offline switch is on. ``purpose`` begins the sentence told then
        ("OpenAI transcription")."""
        if self.offline:
            raise EnvironmentLacks(
                say("{purpose} needs the network, and the offline switch is on.", purpose=say(purpose)),
                "Turn the offline switch off in the settings, or choose something that works offline.",
            )
