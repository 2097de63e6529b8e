"""The text of the sample talk: who says what, how, and how long the pause after it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.resources import resource


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice (espeak-ng) and the camera that shows it."""

    voice: str
    rate_wpm: int
    pitch: int
    camera: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence. ``mood`` is ``plain``, ``lively`` or ``flat``."""

    speaker: str
    text: str
    mood: str
    pause_s: float


@dataclass(frozen=True, slots=True)
class Script:
    """A whole talk."""

    title: str
    speakers: dict[str, Speaker]
    lines: tuple[Line, ...]


def load_script(path: Path | None = None) -> Script:
    """Read a script; by default the one in ``resources/sample``."""
    path = path or resource("sample", "talk.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    speakers = {name: Speaker(**values) for name, values in data["speakers"].items()}
    return Script(data["title"], speakers, tuple(Line(**line) for line in data["lines"]))
