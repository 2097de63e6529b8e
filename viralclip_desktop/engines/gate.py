"""The one gate to the network. Whatever opens a connection asks it first."""

from __future__ import annotations

from dataclasses import dataclass

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say


@dataclass
class NetworkGate:
    """Open, or closed by the offline switch (``offline`` may change while the program runs)."""

    offline: bool = False

    def check(self, purpose: str) -> None:
        """Raise EnvironmentLacks when the offline switch is on. ``purpose`` begins the sentence told then
        ("OpenAI transcription")."""
        if self.offline:
            raise EnvironmentLacks(
                say("{purpose} needs the network, and the offline switch is on.", purpose=say(purpose)),
                "Turn the offline switch off in the settings, or choose something that works offline.",
            )
