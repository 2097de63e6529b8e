"""Every property of a caption style that can be set by hand: one row each, in groups.

Lengths are shown in percent of the letters' size, sizes in percent of the picture's shorter side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from viralclip_desktop.domain.captions import CaptionAnimation, CaptionEntrance, CaptionExit, TextCase


@dataclass(frozen=True)
class Slide:
    """A number on a slider: the stored value times ``scale`` is shown."""

    field: str
    name: str
    low: int
    high: int
    scale: int = 100
    suffix: str = " %"
    decimals: int = 0


@dataclass(frozen=True)
class Colour:
    """A colour; an optional one may be none."""

    field: str
    name: str
    optional: bool = False


@dataclass(frozen=True)
class Pick:
    """One of a few choices."""

    field: str
    name: str
    choices: tuple[tuple[Enum, str], ...]


@dataclass(frozen=True)
class OnOff:
    """Yes or no."""

    field: str
    name: str


@dataclass(frozen=True)
class Font:
    """A font family."""

    field: str
    name: str


@dataclass(frozen=True)
class Words:
    """Some words, with commas between them."""

    field: str
    name: str
    hint: str


Property = Slide | Colour | Pick | OnOff | Font | Words

_CASES = ((TextCase.TYPED, "As typed"), (TextCase.UPPER, "CAPITALS"), (TextCase.LOWER, "small letters"))
_ANIMATIONS = (
    (CaptionAnimation.NONE, "None"),
    (CaptionAnimation.SWEEP, "Karaoke sweep"),
    (CaptionAnimation.POP, "Pop"),
    (CaptionAnimation.BOUNCE, "Bounce"),
    (CaptionAnimation.BOX, "Box"),
    (CaptionAnimation.MARKER, "Highlighter"),
    (CaptionAnimation.UNDERLINE, "Underline"),
    (CaptionAnimation.REVEAL, "Word by word"),
    (CaptionAnimation.TYPE, "Typewriter"),
)
_ENTRANCES = (
    (CaptionEntrance.NONE, "At once"),
    (CaptionEntrance.FADE, "Fade in"),
    (CaptionEntrance.GROW, "Grow in"),
)
_EXITS = ((CaptionExit.NONE, "At once"), (CaptionExit.FADE, "Fade out"))

GROUPS: tuple[tuple[str, tuple[Property, ...]], ...] = (
    (
        "Text",
        (
            Font("font", "Font"),
            Slide("size", "Size", 3, 24, decimals=1),
            Pick("case", "Letters", _CASES),
            Slide("letter_spacing_em", "Letter spacing", -10, 40),
            OnOff("keep_punctuation", "Punctuation"),
            OnOff("emoji", "Emoji"),
        ),
    ),
    (
        "Colours",
        (
            Colour("fill", "Words"),
            Colour("active_fill", "Spoken word"),
            Colour("second_fill", "Second line", optional=True),
            Colour("keyword_fill", "Key words", optional=True),
            Words("keywords", "Which ones", "Picked by themselves"),
        ),
    ),
    (
        "Outline, shadow, glow",
        (
            Colour("outline", "Outline", optional=True),
            Slide("outline_em", "Thickness", 0, 25, decimals=1),
            Colour("shadow", "Shadow", optional=True),
            Slide("shadow_em", "Distance", 0, 30, decimals=1),
            Slide("shadow_blur_em", "Softness", 0, 40, decimals=1),
            Colour("glow", "Glow", optional=True),
            Slide("glow_em", "Reach", 0, 40, decimals=1),
        ),
    ),
    (
        "Background",
        (
            Colour("box", "Behind the phrase", optional=True),
            Colour("active_box", "At the spoken word", optional=True),
            Slide("box_padding_em", "Padding", 0, 80),
            Slide("box_radius_em", "Roundness", 0, 80),
        ),
    ),
    (
        "Movement",
        (
            Pick("animation", "Spoken word", _ANIMATIONS),
            Slide("grow", "Its size", 100, 140),
            Pick("entrance", "Coming", _ENTRANCES),
            Pick("exit", "Going", _EXITS),
        ),
    ),
    (
        "Place and lines",
        (
            Slide("position", "Height", 0, 100),
            OnOff("keep_off_faces", "Keep off faces"),
            Slide("max_words", "Words at once", 1, 12, scale=1, suffix=""),
            Slide("max_lines", "Lines", 1, 2, scale=1, suffix=""),
            Slide("max_width_share", "Width", 30, 100),
            Slide("line_spacing", "Line spacing", 90, 200),
        ),
    ),
)
"""Title and properties of each group."""

WHOLE_NUMBERS = frozenset({"max_words", "max_lines"})
