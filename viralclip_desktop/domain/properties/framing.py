"""What can be set of a clip's picture: its shape, how it is filled, and of a crop where it looks, how close,
how it moves on."""

from __future__ import annotations

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Easing, Framing
from viralclip_desktop.domain.edits.framing_keys import LARGEST_ZOOM
from viralclip_desktop.domain.properties.rows import Choice, Number

_WHOLE = "it has to lie between 0 and 1"
_FRAMINGS = (
    (Framing.AUTO, "Auto"),
    (Framing.CROP, "Manual"),
    (Framing.FIT, "Fit with blur"),
    (Framing.SPLIT, "Split"),
)
_EASINGS = ((Easing.SMOOTH, "Smooth"), (Easing.LINEAR, "Even"), (Easing.HOLD, "Jump"))
LARGEST_BY_HAND = 4.0  # more shows pixels, not faces

SHAPE = Choice(
    "aspect",
    "Shape",
    tuple((aspect, str(aspect)) for aspect in Aspect),
    help="picture shape (default: as in the settings)",
)
FRAMING = Choice("framing", "Framing", _FRAMINGS)
ACROSS = Number(
    "centre_x",
    "Across",
    0,
    1,
    "%",
    scale=100,
    strict=_WHOLE,
    option="x",
    metavar="SHARE",
    help="middle of the crop, as a share of the picture's width (default: 0.5)",
)
DOWN = Number(
    "centre_y",
    "Down",
    0,
    1,
    "%",
    scale=100,
    strict=_WHOLE,
    option="y",
    metavar="SHARE",
    help="middle of the crop, as a share of the picture's height (default: 0.5)",
)
ZOOM = Number(
    "zoom",
    "Zoom",
    1,
    LARGEST_ZOOM,
    "%",
    scale=100,
    slide=(1, LARGEST_BY_HAND),
    help="1 is the largest crop that fills the frame, 2 shows half its width (default: 1)",
)
EASING = Choice(
    "easing",
    "Movement",
    _EASINGS,
    help="how it moves to the next one (default: smooth)",
)
KEY = (ACROSS, DOWN, ZOOM, EASING)
"""Of a keyframe."""
CENTRE = Number(
    "centre_x",
    "Centre of the crop",
    0,
    1,
    "%",
    scale=100,
    strict=_WHOLE,
    option="centre",
    metavar="SHARE",
    help="middle of the crop: 0 is the left, 1 the right edge of the picture (default: where it is)",
)
"""Of a crop that stands still."""
PICTURE = (SHAPE, FRAMING, CENTRE)
"""Of a clip's picture, beside its keyframes."""
