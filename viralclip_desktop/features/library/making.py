"""How a sound was made, as the library keeps it beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from viralclip_desktop.domain.assets import Asset

_BY, _SETTINGS = "made_by", "settings"


@dataclass(frozen=True)
class Making:
    """``by``: what made it (``speech``, ``music``), which can make it again of the same ``settings``, JSON
    values."""

    by: str
    settings: Mapping[str, object] = field(default_factory=dict)

    def noted(self) -> dict[str, object]:
        """As an asset has it."""
        return {_BY: self.by, _SETTINGS: dict(self.settings)}

    @classmethod
    def of(cls, asset: Asset) -> Making | None:
        """How a file was made; None where nobody noted it."""
        by, settings = asset.made_with.get(_BY), asset.made_with.get(_SETTINGS)
        return cls(by, settings) if isinstance(by, str) and isinstance(settings, Mapping) else None
