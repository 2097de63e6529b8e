"""What can be set of a brand kit's pictures and of its name line."""

from __future__ import annotations

from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.properties.rows import Choice, Number, Property, Words

_WHOLE = "it has to lie between 0 and 1"
_ON_IT = "the middle of a logo lies on the picture: from 0 to 1"
_SOME = 0.0001  # with nothing there would be nothing to see

_CORNERS = (
    (Corner.TOP_LEFT, "Top left"),
    (Corner.TOP_RIGHT, "Top right"),
    (Corner.BOTTOM_LEFT, "Bottom left"),
    (Corner.BOTTOM_RIGHT, "Bottom right"),
    (Corner.CENTRE, "Centre"),
)

CORNER = Choice(
    "corner",
    "Place",
    _CORNERS,
    help="where the {name} sits (default: {usual})",
)
LOGO: tuple[Number, ...] = (
    Number(
        "size",
        "Size",
        _SOME,
        1,
        "%",
        scale=100,
        slide=(0.04, 0.6),
        strict="it has to lie above 0, at most 1",
        metavar="SHARE",
        help="its width, as a share of the picture's shorter side (default: {usual:g})",
    ),
    Number(
        "margin",
        "Distance",
        0,
        1,
        "%",
        scale=100,
        slide=(0, 0.25),
        strict=_WHOLE,
        metavar="SHARE",
        help="its distance from the edges, likewise (default: {usual:g})",
    ),
    Number(
        "opacity",
        "Opacity",
        _SOME,
        1,
        "%",
        scale=100,
        slide=(0.05, 1),
        strict="it has to lie above 0, at most 1",
        metavar="SHARE",
        help="0 to 1 (default: {usual:g})",
    ),
)
"""Of the logo and of the watermark, beside their corner."""
PLACE: tuple[Number, ...] = (
    Number(
        "x",
        "Middle, across",
        0,
        1,
        "%",
        scale=100,
        strict=_ON_IT,
        metavar="SHARE",
        help="the middle of the {name} as a share of the frame's width, in the place of a corner",
    ),
    Number(
        "y",
        "Middle, down",
        0,
        1,
        "%",
        scale=100,
        strict=_ON_IT,
        metavar="SHARE",
        help="the same of its height",
    ),
)
"""Of one that was placed by hand."""

TITLE = Words("title", "Name", help="name line at the start of a clip; empty for none")
SUBTITLE = Words("subtitle", "Below it", help="second line of the name line")
COMES = Number(
    "start_s",
    "Comes after",
    0,
    1e7,
    "s",
    decimals=1,
    slide=(0, 10),
    option="title-start",
    metavar="S",
    help="when the name line comes, in clip time (default: {usual:g})",
)
STAYS = Number(
    "duration_s",
    "Stays for",
    0,
    1e7,
    "s",
    decimals=1,
    slide=(1, 15),
    option="title-length",
    metavar="S",
    help="how long it stays (default: {usual:g})",
)
NAME_LINE: tuple[Property, ...] = (TITLE, SUBTITLE, COMES, STAYS)
