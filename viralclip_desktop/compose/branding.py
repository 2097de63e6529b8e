"""What a brand kit puts on a clip's picture: its logo and its watermark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from viralclip_desktop.compose.plan import Overlay
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.brand import BrandKit, Corner, Logo
from viralclip_desktop.domain.media import MediaInfo

LOGO, WATERMARK = "logo", "watermark"
_CANVAS_PX = 1080
_COVERED = {Aspect.VERTICAL: (0.0, 0.115, 0.12, 0.22)}
"""Shares of the picture (left, top, right, bottom) that TikTok, Reels and Shorts cover with their own signs;
the numbers are those of the captions' safe area. Only tall clips are shown that way."""


def logo_assets(kit: BrandKit | None) -> tuple[str, ...]:
    """The assets of a kit's pictures."""
    if kit is None:
        return ()
    return tuple(logo.asset_id for logo in (kit.watermark, kit.logo) if logo and logo.asset_id)


def brand_overlays(
    kit: BrandKit | None, aspect: Aspect, duration: Time, assets: Mapping[str, Asset]
) -> tuple[Overlay, ...]:
    """The kit's pictures over the whole clip, the logo above the watermark. Those that are missing in
    ``assets``, or were never probed, are left out."""
    if kit is None:
        return ()
    marks = [(WATERMARK, kit.watermark), (LOGO, kit.logo)]
    found = ((name, logo, assets.get(logo.asset_id)) for name, logo in marks if logo is not None)
    return tuple(
        replace(_overlay(logo, aspect, duration, asset.path, asset.info), id=name)
        for name, logo, asset in found
        if asset is not None and asset.info is not None
    )


def _overlay(logo: Logo, aspect: Aspect, duration: Time, path: str, info: MediaInfo) -> Overlay:
    canvas = frame_size(aspect, _CANVAS_PX)
    short = min(canvas.width, canvas.height)
    width = min(1.0, logo.size * short / canvas.width)
    shape = info.video.size.ratio if info.video else 1
    height = width * canvas.width / float(shape) / canvas.height
    x, y = _place(logo, aspect, canvas, (width, height))
    # A width of 1 would fill the frame; a logo keeps its shape.
    width = min(width, 0.999)
    return Overlay(path, info, TimeRange(ZERO, duration), x, y, width, opacity=logo.opacity)


def _place(logo: Logo, aspect: Aspect, canvas: Size, taken: tuple[float, float]) -> tuple[float, float]:
    if logo.x is None and logo.y is None:
        return _corner(logo, aspect, canvas, taken)
    x, y = (0.5 if share is None else share for share in (logo.x, logo.y))
    return x - taken[0] / 2, y - taken[1] / 2


def _corner(logo: Logo, aspect: Aspect, canvas: Size, taken: tuple[float, float]) -> tuple[float, float]:
    """Left and top as shares of the frame, inside it whatever the margin."""
    width, height = taken
    if logo.corner is Corner.CENTRE:
        return (1 - width) / 2, (1 - height) / 2
    left, top, right, bottom = _COVERED.get(aspect, (0.0, 0.0, 0.0, 0.0))
    margin = logo.margin * min(canvas.width, canvas.height)
    across, down = margin / canvas.width, margin / canvas.height
    on_left = logo.corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT)
    on_top = logo.corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)
    x = left + across if on_left else 1 - right - across - width
    y = top + down if on_top else 1 - bottom - down - height
    return min(max(x, 0.0), max(0.0, 1 - width)), min(max(y, 0.0), max(0.0, 1 - height))
