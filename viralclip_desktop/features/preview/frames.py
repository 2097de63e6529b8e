"""Frames of a plan, exactly as its export holds them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.media.preview import PreviewStream


def exact_frame(paths: DataPaths, plan: RenderPlan, size: Size, at: Time) -> bytes:
    """One frame at a clip time: RGB24, rows from the top. Blocks for about a tenth of a second."""
    from viralclip_desktop.media.render import render_frame

    return render_frame(plan, size, at, paths.render_work)


def player_frame(paths: DataPaths, plan: RenderPlan, size: Size, at: Time) -> bytes:
    """The same for the player: softer, and sooner where keyframes are far and a proxy is there."""
    from viralclip_desktop.features.preview.proxies import previewed
    from viralclip_desktop.media.render import frame_window, render_frame

    return render_frame(previewed(paths, plan, frame_window(plan, at)), size, at, paths.render_work)


def save_frame(paths: DataPaths, plan: RenderPlan, size: Size, at: Time, out: Path) -> Time:
    """Write one frame as a PNG file; returns the clip time at which that frame begins."""
    from viralclip_desktop.media.render import frame_at, frame_png

    frame_png(plan, size, at, out, paths.render_work)
    return Time.from_frames(frame_at(plan, at), plan.fps)


def open_preview(paths: DataPaths, plan: RenderPlan, size: Size, start: Time) -> PreviewStream:
    """Play a plan from a clip time on, out of proxies where these hold all of it."""
    from viralclip_desktop.features.preview.proxies import previewed
    from viralclip_desktop.media.preview import PreviewStream, window_from

    return PreviewStream(previewed(paths, plan, window_from(plan, start)), size, start, paths.render_work)
