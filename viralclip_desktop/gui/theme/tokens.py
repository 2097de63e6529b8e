"""The design tokens: every colour, distance and type size of the window, in one place.

The style sheet, the painters and the tests read these. Contrast follows WCAG 2.2: 4.5:1 for text, 3:1
for controls. ``faint`` is for placeholders, disabled parts and ornaments, never for text to be read.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24, SPACE_32 = 4, 8, 12, 16, 24, 32

RADIUS_CONTROL = 6
RADIUS_CARD = 10

CONTROL_HEIGHT = 32
CONTROL_HEIGHT_SMALL = 28

TYPE_NOTE = 12
TYPE_BODY = 13
TYPE_SECTION = 15
TYPE_PAGE = 20

WEIGHT_REGULAR = 400
WEIGHT_STRONG = 600

ICON_SMALL = 16
ICON_LARGE = 20

FOCUS_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours as ``#RRGGBB``."""

    window: str
    surface: str
    raised: str
    line: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_fill: str
    """The accent behind white text: darkened until it reaches 4.5:1."""
    on_accent: str
    good: str
    caution: str
    bad: str
    track_video: str
    track_captions: str
    track_voice: str
    track_music: str
    track_overlay: str

    def as_dict(self) -> dict[str, str]:
        """Name -> colour, for the style sheet."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#RRGGBB``, 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0..1) of ``other`` in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance 0..1 (WCAG 2.2)."""
    parts = [value / 255 for value in channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1..21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def darkened_to(colour: str, against: str, ratio: float) -> str:
    """``colour``, made darker step by step until it contrasts with ``against`` by ``ratio``."""
    share = 0.0
    while contrast(mixed(colour, "#000000", share), against) < ratio:
        share += 0.02
    return mixed(colour, "#000000", share)


_TRACKS = {
    "track_video": "#4C8DFF",
    "track_captions": "#B388FF",
    "track_voice": "#36C58A",
    "track_music": "#F28C4B",
    "track_overlay": "#E85D9C",
}

DARK = Colours(
    window="#0E1014",
    surface="#16191F",
    raised="#1F242C",
    line="#2B313B",
    text="#E9ECF2",
    quiet="#A3ACBA",
    faint="#6F7887",
    accent="#7C6CFF",
    accent_fill=darkened_to("#7C6CFF", "#FFFFFF", 4.5),
    on_accent="#FFFFFF",
    good="#36C58A",
    caution="#F0B545",
    bad="#F0616D",
    **_TRACKS,
)

LIGHT = Colours(
    window="#F6F7F9",
    surface="#FFFFFF",
    raised="#EEF0F4",
    line="#D9DDE5",
    text="#14171C",
    quiet="#4C5563",
    faint="#7A8494",
    accent="#5B49F0",
    accent_fill=darkened_to("#5B49F0", "#FFFFFF", 4.5),
    on_accent="#FFFFFF",
    good="#16845A",
    caution="#9A6700",
    bad="#C4303D",
    **{name: mixed(colour, "#000000", 0.15) for name, colour in _TRACKS.items()},
)
