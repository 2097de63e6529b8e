"""What is typed and set on a speech tab, as it is kept when the tab is left and the program is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from viralclip_desktop.engines.tts.base import FASTEST, SLOWEST
from viralclip_desktop.features.voices import HIGHEST_ST, LOWEST_ST
from viralclip_desktop.features.workflows.studio_speech import SpeechOrder


@dataclass(frozen=True)
class Draft:
    """``voice``: its id; ``language`` and ``category``: what is looked at in the gallery; ``service``: the
    provider chosen on the tab of services; ``job``: the id of what was generated last."""

    text: str = ""
    voice: str = ""
    speed: float = 1.0
    pitch_st: float = 0.0
    language: str = ""
    category: str = ""
    service: str = ""
    job: str = ""

    @property
    def order(self) -> SpeechOrder:
        """What would be spoken."""
        return SpeechOrder(self.text, self.voice, self.speed, self.pitch_st)

    def kept(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Draft:
        """The other side of :meth:`kept`; what is missing or senseless is as at first."""
        known = {
            field.name: kept[field.name]
            for field in fields(cls)
            if isinstance(kept.get(field.name), type(field.default))
        }
        draft = cls(**known)
        speed = min(max(draft.speed, SLOWEST), FASTEST)
        pitch = min(max(draft.pitch_st, LOWEST_ST), HIGHEST_ST)
        return cls(**{**known, "speed": speed, "pitch_st": pitch})
