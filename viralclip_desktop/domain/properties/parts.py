"""What can be set of a part of a clip, and of a marker on it."""

from __future__ import annotations

from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.domain.edits.parts import FASTEST, SLOWEST
from viralclip_desktop.domain.properties.rows import Choice, Ratio, Words

SPEED = Ratio(
    "speed",
    "Speed",
    SLOWEST,
    FASTEST,
    help=f"1 is as recorded, 2 twice as fast; from {float(SLOWEST):g} to {float(FASTEST):g}; "
    "fractions such as 3/2, too",
)
TRANSITIONS = (
    (Transition.CUT, "Cut"),
    (Transition.DISSOLVE, "Dissolve"),
    (Transition.WHIP, "Whip"),
    (Transition.ZOOM, "Zoom"),
)
TRANSITION = Choice(
    "transition",
    "Transition",
    TRANSITIONS,
    help="how a part comes after the one before it; it takes no time of either",
)
LABEL = Words("label", "Name", metavar="TEXT")
"""Of a marker."""
