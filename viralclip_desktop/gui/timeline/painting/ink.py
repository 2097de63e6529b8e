"""Colours, fonts and icons of the timeline in the theme in use, made once for a theme."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPixmap

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import Theme
from viralclip_desktop.gui.theme.tokens import mixed
from viralclip_desktop.gui.timeline.model import Kind

TRACK_TOKENS = {
    Kind.VIDEO: "track_video",
    Kind.CAPTION: "track_captions",
    Kind.PICTURE: "track_overlay",
    Kind.VOICE: "track_voice",
    Kind.MUSIC: "track_music",
    Kind.ADD: "faint",
}


@dataclass(frozen=True)
class TrackInk:
    """One track's colours."""

    body: QColor
    hovered: QColor
    edge: QColor
    full: QColor
    bed: QColor
    """The lane behind the items."""


@dataclass
class Ink:
    """Everything the painters draw with."""

    theme: Theme
    window: QColor = field(init=False)
    surface: QColor = field(init=False)
    raised: QColor = field(init=False)
    line: QColor = field(init=False)
    text: QColor = field(init=False)
    quiet: QColor = field(init=False)
    faint: QColor = field(init=False)
    accent: QColor = field(init=False)
    on_accent: QColor = field(init=False)
    caution: QColor = field(init=False)
    good: QColor = field(init=False)
    tracks: dict[Kind, TrackInk] = field(init=False)
    note: QFont = field(init=False)
    digits: QFont = field(init=False)
    metrics: QFontMetrics = field(init=False)
    _icons: dict[tuple[str, str, int, float], QPixmap] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name in (
            "window", "surface", "raised", "line", "text", "quiet", "faint", "accent", "on_accent", "caution",
            "good",
        ):  # fmt: skip
            setattr(self, name, self.theme.colour(name))
        self.tracks = {
            kind: self._track(getattr(self.theme.colours, TRACK_TOKENS[kind])) for kind in TRACK_TOKENS
        }
        self.note = self.theme.sized(tokens.TYPE_NOTE)
        self.digits = self.theme.sized(tokens.TYPE_NOTE, tabular=True)
        self.metrics = QFontMetrics(self.note)

    def icon(self, name: str, colour: str, size_px: int, scale: float) -> QPixmap:
        """An icon as a picture for a display of ``scale`` device pixels to one."""
        key = (name, colour, size_px, scale)
        if key not in self._icons:
            self._icons[key] = self.theme.icon(name, colour).pixmap(QSize(size_px, size_px), scale)
        return self._icons[key]

    def _track(self, colour: str) -> TrackInk:
        ground = self.theme.colours.surface
        return TrackInk(
            body=QColor(mixed(ground, colour, 0.30)),
            hovered=QColor(mixed(ground, colour, 0.42)),
            edge=QColor(mixed(ground, colour, 0.62)),
            full=QColor(colour),
            bed=QColor(mixed(self.theme.colours.window, colour, 0.07)),
        )


def tinted(colour: QColor, alpha: int) -> QColor:
    """A colour with another opacity, 0..255."""
    made = QColor(colour)
    made.setAlpha(alpha)
    return made


def shades(colour: QColor) -> NDArray[np.uint32]:
    """Premultiplied ARGB of a colour at each of 256 opacities: turns a mask into pixels by one look-up."""
    alpha = np.arange(256, dtype=np.uint32)
    parts = [(alpha * value + 127) // 255 for value in (colour.red(), colour.green(), colour.blue())]
    mixed_in: NDArray[np.uint32] = (alpha << 24 | parts[0] << 16 | parts[1] << 8 | parts[2]).astype(np.uint32)
    return mixed_in
