"""A recording that was fetched from a site, and what the site says about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Marker

UNKNOWN_LICENCE = "unknown"
_CHAPTERS, _HEIGHT = "chapters", "height"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a recording: where it begins, in seconds of the recording, and its title."""

    start_s: float
    title: str


@dataclass(frozen=True, slots=True)
class SiteVideo:
    """A video as a site gave it."""

    path: Path
    address: str
    """The address that was asked for."""
    title: str
    licence: str = UNKNOWN_LICENCE
    chapters: tuple[Chapter, ...] = ()
    subtitles: tuple[str, ...] = ()
    """The languages the site has written subtitles in, by its own codes."""
    subtitle_file: Path | None = None
    """The subtitles that were asked for, where there are any."""
    height: int = 0
    """The most lines that were asked for; 0 for the best there is."""

    def made_with(self) -> dict[str, object]:
        """What the recording's asset keeps of it beside address, title and licence (JSON values)."""
        chapters = [[chapter.start_s, chapter.title] for chapter in self.chapters]
        return {_HEIGHT: self.height, _CHAPTERS: chapters}


def height_of(asset: Asset) -> int | None:
    """The most lines that were asked for when a recording was fetched; None for other recordings."""
    kept: Any = asset.made_with.get(_HEIGHT)
    return None if kept is None else int(kept)


def chapters_of(asset: Asset) -> tuple[Chapter, ...]:
    """The chapters of a recording that came from a site, in order; none for other recordings."""
    kept: Any = asset.made_with.get(_CHAPTERS, ())
    return tuple(Chapter(float(start_s), str(title)) for start_s, title in kept)


def chapter_markers(asset: Asset, within: TimeRange) -> tuple[Marker, ...]:
    """The markers that a clip of ``within`` (source time) has where chapters begin."""
    begins = ((Time.from_seconds(chapter.start_s), chapter.title) for chapter in chapters_of(asset))
    return tuple(Marker(at, title) for at, title in begins if within.contains(at))
