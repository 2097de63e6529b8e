"""A speech recogniser that hears nothing."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.engines.provider import ProviderInfo


class ToyEngine:
    """Hears nothing."""

    info = ProviderInfo("toy", "Toy", "stt")
    model = ""

    def __init__(self, setup: Any) -> None:
        self.setup = setup

    def ready(self) -> str | None:
        """Always."""
        return None
