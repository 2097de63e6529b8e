"""Assets: every file the user brought or the program made. They belong to no project; projects refer to them.

A recording's row, a part of a clip, a layer and a brand kit name an asset by its id; where the file lies and
how it is found again is written once, in the asset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.streams import MediaInfo


class AssetKind(StrEnum):
    """What a file is to the user, whatever its format."""

    RECORDING = "recording"  # what clips are cut from
    FILM = "film"  # a film laid over a clip or played around it
    PICTURE = "picture"
    MUSIC = "music"
    VOICE = "voice"
    EFFECT = "effect"  # a sound effect
    SOUND = "sound"  # one of which nobody has said what it is
    STEM = "stem"  # one of the sounds a recording was taken apart into
    FONT = "font"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, and what is known about it."""

    id: str
    kind: AssetKind
    path: str
    title: str = ""
    fingerprint: str = ""
    """By which the file is known again where it was moved; empty when it was never read."""
    info: MediaInfo | None = None
    """What probing told; None for fonts and for files never read."""
    licence: str = ""
    origin: str = ""
    """Where it comes from, as the user or the service that gave it says."""
    tags: tuple[str, ...] = ()
    made_with: Mapping[str, object] = field(default_factory=dict, hash=False)
    """The settings it was made with, or what the site says that it was fetched from
    (``domain/site_video.py``); empty for a file that was brought."""
    created_at: float = 0.0
    """Unix time, seconds."""

    @property
    def duration(self) -> Time:
        """How long it plays; 0 for what stands still and for what was never read."""
        return self.info.duration if self.info is not None else ZERO


@dataclass(frozen=True, slots=True)
class Stem:
    """One of the sounds a recording was taken apart into; ``begins``: where in the recording's time it
    does."""

    asset: Asset
    begins: Time = ZERO
