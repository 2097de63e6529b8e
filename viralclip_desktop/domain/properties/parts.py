"""What can be set of a part of a clip, and of a marker on it."""

from __future__ import annotations

from viralclip_desktop.domain.edits.parts import FASTEST, SLOWEST
from viralclip_desktop.domain.properties.rows import Ratio, Words

SPEED = Ratio(
    "speed",
    "Speed",
    SLOWEST,
    FASTEST,
    help=f"1 is as recorded, 2 twice as fast; from {float(SLOWEST):g} to {float(FASTEST):g}; "
    "fractions such as 3/2, too",
)
LABEL = Words("label", "Name", metavar="TEXT")
"""Of a marker."""
