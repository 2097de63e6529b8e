"""How captions look: one style holds every property; presets are data files in ``resources/captions``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CaptionAnimation(StrEnum):
    """How the spoken word is shown."""

    SWEEP = "sweep"  # colour fills the word from its beginning as it is spoken
    POP = "pop"  # the spoken word grows a little and takes the accent colour
    BOX = "box"  # a rounded pill sits behind the spoken word
    BOUNCE = "bounce"  # the spoken word hops and takes the accent colour
    REVEAL = "reveal"  # each word comes on when it is spoken, and stays
    TYPE = "type"  # letters come on one by one as they are spoken
    MARKER = "marker"  # a highlighter runs along behind the words as they are spoken
    UNDERLINE = "underline"  # a line runs out below the spoken word
    NONE = "none"  # the phrase stands still


class CaptionEntrance(StrEnum):
    """How a phrase comes on."""

    GROW = "grow"  # fades in while it grows to its size
    FADE = "fade"  # fades in
    NONE = "none"  # is there at once


class CaptionExit(StrEnum):
    """How a phrase goes."""

    NONE = "none"  # is gone at once
    FADE = "fade"  # fades out


class TextCase(StrEnum):
    """What happens to the letters before they are shown."""

    TYPED = "typed"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """One caption style. Colours are ``#RRGGBB`` or ``#RRGGBBAA`` (AA = opacity).

    Lengths named ``_em`` are in font sizes, ``size`` and ``_share`` are shares of the picture's shorter
    side, so a style looks the same at every export size.
    """

    id: str
    label: str
    font: str
    """A family in ``resources/fonts`` or installed in the system."""
    size: float
    """Font size (the em, as in design programs) as a share of the picture's shorter side."""
    fill: str
    active_fill: str
    """Colour of the word being spoken (and, for SWEEP and MARKER, of those already spoken)."""
    animation: CaptionAnimation
    case: TextCase = TextCase.TYPED
    outline: str = "#000000"
    outline_em: float = 0.08
    shadow: str = "#00000000"
    shadow_em: float = 0.0
    box: str = "#00000000"
    """Background behind the whole phrase; transparent for none."""
    active_box: str = "#00000000"
    """Pill behind the spoken word (BOX), highlighter (MARKER) or line (UNDERLINE)."""
    box_padding_em: float = 0.25
    box_radius_em: float = 0.25
    letter_spacing_em: float = 0.0
    line_spacing: float = 1.15
    position: float = 0.72
    """Where the middle of the caption block lies: 0 = top, 1 = bottom of the picture."""
    max_words: int = 6
    max_lines: int = 2
    max_width_share: float = 0.84
    """Widest line, as a share of the picture's width."""
    keep_punctuation: bool = True
    shadow_blur_em: float = 0.0
    """How soft the shadow's edge is; 0 = sharp."""
    grow: float = 1.0
    """Size of the spoken word against the others (POP, BOUNCE)."""
    entrance: CaptionEntrance = CaptionEntrance.NONE
    exit: CaptionExit = CaptionExit.NONE
    glow: str = "#00000000"
    """Light around the letters; transparent for none."""
    glow_em: float = 0.0
    """How far the light reaches."""
    second_fill: str = "#00000000"
    """Colour of the second line; transparent for the same as the first."""
    keyword_fill: str = "#00000000"
    """Colour of the key word of a phrase; transparent for no highlight."""
    keywords: tuple[str, ...] = ()
    """Words that are key words wherever they are said; empty lets each phrase's weightiest one be it."""
    emoji: bool = True
    """Whether emoji in the text are shown."""
    keep_off_faces: bool = False
    """Whether the captions leave their position where they would cover a face."""
    translation_size: float = 0.62
    """Size of the second language's letters against those of the first."""
    translation_fill: str = "#00000000"
    """Colour of the second language; transparent for the same as the first."""
    translation_above: bool = False
    """Whether the second language stands above the first, rather than below it."""
