"""A voice of the user's own: copied from samples by a service, or blended of built-in ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PROVIDER_SPEAKS_IN = "@"
"""Between a voice and one of the languages that it speaks, where a provider names these apart."""


@dataclass(frozen=True, slots=True)
class ClonedVoice:
    """A voice that a provider has for the user alone. ``consented_at`` and ``created_at``: Unix seconds."""

    id: str
    name: str
    provider: str
    provider_voice: str
    """The provider's name or id of it; the recipe of a blend."""
    language: str = ""
    consent: str = ""
    """Who allowed it, and how, in the user's words; a blend copies nobody and needs none."""
    consented_at: float = 0.0
    samples: tuple[Mapping[str, object], ...] = ()
    """Of each sample its name, its fingerprint, and what was measured of it."""
    uses: int = 0
    """How often it has spoken."""
    created_at: float = 0.0

    @property
    def voice_id(self) -> str:
        """As every voice is named: ``provider:name``."""
        return f"{self.provider}:{self.provider_voice}"

    def is_voice(self, provider: str, name: str) -> bool:
        """Whether a voice of a provider is this one, in whatever language."""
        mine, other = (one.rpartition(PROVIDER_SPEAKS_IN) for one in (self.provider_voice, name))
        same_speaker = bool(mine[0]) and mine[0] == other[0]
        return provider == self.provider and (name == self.provider_voice or same_speaker)
