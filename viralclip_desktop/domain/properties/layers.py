"""What can be set of the layers over a clip, by their kind."""

from __future__ import annotations

from viralclip_desktop.domain.edits.layers import (
    LARGEST_TITLE,
    LOUDEST_DB,
    NARROWEST,
    QUIETEST_DB,
    SMALLEST_TITLE,
    THICKEST,
    THINNEST,
)
from viralclip_desktop.domain.layers import LayerKind, TitleLook, TitleMotion
from viralclip_desktop.domain.properties.rows import Choice, Colour, Number, OnOff, Property

_WHOLE = "it has to lie between 0 and 1"
_A_DAY_S = 86_400.0
_LOOKS = (
    (TitleLook.PLAIN, "Letters"),
    (TitleLook.PLATE, "Plate"),
    (TitleLook.LOWER_THIRD, "Lower third"),
    (TitleLook.CARD, "Card"),
)
_MOTIONS = (
    (TitleMotion.FADE, "Fade"),
    (TitleMotion.RISE, "Rise"),
    (TitleMotion.POP, "Pop"),
    (TitleMotion.SLIDE, "Slide"),
)

SOURCE_START = Number(
    "source_start",
    "File starts at",
    0,
    _A_DAY_S,
    "s",
    decimals=1,
    is_time=True,
    option="file-start",
    metavar="S",
    help="where the file begins to play, in its own time",
)
SOUND_FADE = Number(
    "fade",
    "Fade",
    0,
    _A_DAY_S,
    "s",
    decimals=1,
    slide=(0, 10),
    is_time=True,
    metavar="S",
    help="length of the fade in and out",
)
PICTURE_FADE = Number(
    "fade",
    "Fade",
    0,
    _A_DAY_S,
    "s",
    decimals=1,
    slide=(0, 5),
    is_time=True,
    metavar="S",
    help="length of the fade in and out",
)
VOLUME = Number(
    "volume_db",
    "Volume",
    QUIETEST_DB,
    LOUDEST_DB,
    "dB",
    decimals=1,
    option="volume",
    metavar="DB",
    help="music and voice: level",
)
DUCK = Number(
    "duck_db",
    "Lower by",
    QUIETEST_DB,
    0,
    "dB",
    scale=-1,
    slide=(-30, 0),
    option="duck",
    metavar="DB",
    help="music: how far it goes down while somebody talks, such as -12; 0 for not at all",
)
LOOP = OnOff("loop", "Loop", help="music: whether it begins again where it is too short")
OPACITY = Number(
    "opacity",
    "Opacity",
    0,
    1,
    "%",
    scale=100,
    slide=(0.05, 1),
    strict=_WHOLE,
    metavar="SHARE",
    help="what is seen: 0 to 1",
)
LEFT = Number(
    "x",
    "Left edge",
    -10,
    10,
    "%",
    scale=100,
    metavar="SHARE",
    help="picture, progress: left edge, as a share of the frame; title: its middle",
)
TOP = Number(
    "y",
    "Top edge",
    -10,
    10,
    "%",
    scale=100,
    metavar="SHARE",
    help="picture, progress: top edge, as a share of the frame; title: its middle",
)
WIDTH = Number(
    "width",
    "Width",
    NARROWEST,
    1,
    "%",
    scale=100,
    slide=(0.05, 0.95),
    metavar="SHARE",
    help="width; 1 fills the frame, as a share of the frame",
)
SIZE = Number(
    "size",
    "Size",
    SMALLEST_TITLE,
    LARGEST_TITLE,
    "%",
    scale=100,
    decimals=1,
    slide=(0.03, 0.24),
    metavar="SHARE",
    help="title: size of the letters, as a share of the frame's shorter side",
)
COLOUR = Colour("colour", "Colour", help="colour of a title's letters, of a bar, #RRGGBB")
LOOK = Choice("look", "Look", _LOOKS, help="title: what its text stands on")
PLATE = Colour("plate", "Plate", optional=True, help="title: what its look lays under the text, #RRGGBBAA")
ACCENT = Colour("accent", "Accent", help="title: the bar of a lower third, the rule of a card, #RRGGBB")
MOTION = Choice("motion", "Motion", _MOTIONS, help="title, picture: how it comes and goes while it fades")
HEIGHT = Number(
    "height",
    "Height",
    THINNEST,
    THICKEST,
    "%",
    scale=100,
    decimals=1,
    slide=(0.004, 0.05),
    metavar="SHARE",
    help="progress: height, as a share of the frame's shorter side",
)
TRACK = Colour("track", "Behind", optional=True, help="progress: what is not filled yet, #RRGGBBAA")

BY_KIND: dict[LayerKind, tuple[Property, ...]] = {
    LayerKind.PICTURE: (SOURCE_START, PICTURE_FADE, MOTION, OPACITY, LEFT, TOP, WIDTH),
    LayerKind.TITLE: (
        *(PICTURE_FADE, OPACITY, LEFT, TOP, WIDTH, SIZE, COLOUR),
        *(LOOK, PLATE, ACCENT, MOTION),
    ),
    LayerKind.PROGRESS: (PICTURE_FADE, OPACITY, LEFT, TOP, WIDTH, HEIGHT, COLOUR, TRACK),
    LayerKind.MUSIC: (SOURCE_START, SOUND_FADE, VOLUME, DUCK, LOOP),
    LayerKind.VOICE: (SOURCE_START, SOUND_FADE, VOLUME),
    LayerKind.EFFECT: (SOURCE_START, SOUND_FADE, VOLUME),
}
"""The rows of each kind."""

ALL: tuple[Property, ...] = (
    *(SOURCE_START, SOUND_FADE, VOLUME, DUCK, LOOP, OPACITY, LEFT, TOP, WIDTH, SIZE, COLOUR),
    *(LOOK, PLATE, ACCENT, MOTION, HEIGHT, TRACK),
)
"""Every row once, for a command that takes any kind."""
