"""What can be set of the layers over a clip, by their kind."""

from __future__ import annotations

from viralclip_desktop.domain.edits.layers import (
    LARGEST_TITLE,
    LOUDEST_DB,
    NARROWEST,
    QUIETEST_DB,
    SMALLEST_TITLE,
)
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.domain.properties.rows import Colour, Number, OnOff, Property

_WHOLE = "it has to lie between 0 and 1"
_A_DAY_S = 86_400.0

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
    "By",
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
    help="picture: 0 to 1",
)
LEFT = Number(
    "x", "Left", -10, 10, "%", scale=100, metavar="SHARE", help="picture: left edge, as a share of the frame"
)
TOP = Number(
    "y", "Top", -10, 10, "%", scale=100, metavar="SHARE", help="picture: top edge, as a share of the frame"
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
    help="picture: width; 1 fills the frame, as a share of the frame",
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
COLOUR = Colour("colour", "Colour", help="title: colour of the letters, #RRGGBB")

BY_KIND: dict[LayerKind, tuple[Property, ...]] = {
    LayerKind.PICTURE: (SOURCE_START, PICTURE_FADE, OPACITY, LEFT, TOP, WIDTH),
    LayerKind.TITLE: (PICTURE_FADE, OPACITY, LEFT, TOP, SIZE, COLOUR),
    LayerKind.MUSIC: (SOURCE_START, SOUND_FADE, VOLUME, DUCK, LOOP),
    LayerKind.VOICE: (SOURCE_START, SOUND_FADE, VOLUME),
    LayerKind.EFFECT: (SOURCE_START, SOUND_FADE, VOLUME),
}
"""The rows of each kind."""

ALL: tuple[Property, ...] = (
    *(SOURCE_START, SOUND_FADE, VOLUME, DUCK, LOOP, OPACITY, LEFT, TOP, WIDTH, SIZE, COLOUR),
)
"""Every row once, for a command that takes any kind."""
