"""A brand kit: what makes clips look like one maker's. Files are named by their assets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Corner(StrEnum):
    """Where a logo sits."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture laid over every frame. Sizes are shares of the frame's shorter side."""

    asset_id: str
    corner: Corner = Corner.TOP_RIGHT
    size: float = 0.16
    """Width of the logo."""
    margin: float = 0.05
    """Distance from the frame's edges (on top of the platforms' own safe area where there is one)."""
    opacity: float = 1.0
    x: float | None = None
    y: float | None = None
    """The middle of a logo that was placed by hand, as shares of the frame's width and height; None for one
    in its corner."""


NEW_WATERMARK = Logo("", Corner.BOTTOM_RIGHT, size=0.16, opacity=0.25)
"""What a watermark starts from: small and faint, where it hides the least."""


@dataclass(frozen=True, slots=True)
class LowerThird:
    """A name line shown for a while at the start of a clip."""

    title: str
    subtitle: str = ""
    start_s: float = 0.5
    duration_s: float = 4.0


@dataclass(frozen=True, slots=True)
class BrandKit:
    """One brand kit. Colours are ``#RRGGBB``."""

    id: str
    name: str
    colours: tuple[str, ...] = ()
    """Main, accent, and any others, in this order."""
    fonts: tuple[str, ...] = ()
    """Assets of font files (TTF, OTF) that captions and titles may use, besides those that ship with the
    program."""
    caption_style: str = ""
    """The caption style of this brand; empty leaves each clip its own."""
    logo: Logo | None = None
    watermark: Logo | None = None
    """A second, mostly faint picture."""
    lower_third: LowerThird | None = None
    intro: str = ""
    outro: str = ""
    """Assets of films played before and after the clip."""
    is_default: bool = False
    """Given to new clips."""
