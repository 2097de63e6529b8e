"""Pictures and silent films over the clip's picture: B-roll, images, logos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viralclip_desktop.compose import colour
from viralclip_desktop.compose.framing import covered, scaled
from viralclip_desktop.compose.inputs import opened
from viralclip_desktop.compose.parts import Window
from viralclip_desktop.compose.picture_motion import moved_picture
from viralclip_desktop.compose.plan import Overlay, RenderPlan
from viralclip_desktop.core.geometry import Size, even
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.layers import TitleMotion
from viralclip_desktop.domain.media import VideoStream

Opener = Callable[[Overlay, Time, int], Any]
"""Opens an overlay's film from a moment of its file on: so many frames at the clip's rate."""

_ALPHA_FORMATS = ("rgba", "bgra", "argb", "abgr", "gbrap", "yuva", "ya8", "ya16", "pal8")


def overlaid(stream: Any, plan: RenderPlan, size: Size, window: Window, film: Opener) -> Any:
    """The stream (in clip time) with every overlay that shows in the window."""
    for overlay in plan.overlays:
        first, last = _frames(overlay, plan)
        shown = Window(max(first, window.first), min(last, window.last))
        if shown.frames > 0:
            x, y, place = placed(overlay, size)
            picture = _faded(_in_clip_time(_picture(overlay, plan, place, shown, film), plan, shown), overlay)
            where: dict[str, Any] = {"x": x, "y": y}
            if overlay.fade and overlay.motion is not TitleMotion.FADE:
                moved = moved_picture(overlay, (first, last), plan.fps)
                picture, where = moved.grown(picture, place), moved.where(x, y, place)
            where["enable"] = _while(shown, plan)
            stream = stream.overlay(picture, format="yuv420", eof_action="repeat", **where)
    return stream


def _frames(overlay: Overlay, plan: RenderPlan) -> tuple[int, int]:
    first = max(0, overlay.range.start.nearest_frame(plan.fps))
    return first, min(plan.frame_count, overlay.range.end.nearest_frame(plan.fps))


def _while(shown: Window, plan: RenderPlan) -> str:
    """Half a frame early at both ends: no rounding of time stamps can then show or hide a frame too many."""
    rate = float(plan.fps)
    return f"between(t,{(shown.first - 0.5) / rate:.6f},{(shown.last - 0.5) / rate:.6f})"


def _picture(overlay: Overlay, plan: RenderPlan, place: Size, shown: Window, film: Opener) -> Any:
    if overlay.info.duration:
        skip = max(Time(0), Time.from_frames(shown.first, plan.fps) - overlay.range.start)
        return _shaped(film(overlay, overlay.source_start + skip, shown.frames), overlay, place)
    picture = _shaped(_still(overlay), overlay, place)
    if overlay.fade:  # one picture is shown on and on, but only a film can change
        picture = picture.filter("loop", loop=-1, size=1).filter("trim", end_frame=shown.frames)
    return picture


def _in_clip_time(stream: Any, plan: RenderPlan, shown: Window) -> Any:
    stream = stream.filter("settb", f"{plan.fps.denominator}/{plan.fps.numerator}")
    return stream.filter("setpts", expr=f"N+{shown.first}")


def placed(overlay: Overlay, size: Size) -> tuple[int, int, Size]:
    """Left, top and size in pixels of the frame (even: chroma has half of them)."""
    if overlay.width >= 1:
        return 0, 0, size
    width = even(overlay.width * size.width)
    height = even(width / _video(overlay).size.ratio)
    x, y = round(overlay.x * size.width / 2), round(overlay.y * size.height / 2)
    return 2 * x, 2 * y, Size(width, height)


def _video(overlay: Overlay) -> VideoStream:
    assert overlay.info.video is not None
    return overlay.info.video


def _still(overlay: Overlay) -> Any:
    source = opened(overlay.path)
    return source.stream(selector=str(_video(overlay).index)).filter("trim", end_frame=1)


def _shaped(stream: Any, overlay: Overlay, place: Size) -> Any:
    """Scaled to its place, with an alpha channel that holds its opacity."""
    video = _video(overlay)
    if video.pixel_format.startswith(_ALPHA_FORMATS) and not colour.needs_mapping(video):
        stream = _with_alpha(stream, place)
    else:
        stream = covered(stream, video, place) if overlay.width >= 1 else scaled(stream, video, place)
    stream = stream.filter("format", "yuva420p")
    if overlay.opacity < 1:
        stream = stream.filter("lutyuv", a=f"val*{max(0.0, overlay.opacity):.4f}")
    return stream


def _with_alpha(stream: Any, size: Size) -> Any:
    """Scaled with its colours weighed by their opacity: what hides behind clear pixels must not bleed into
    the edges."""
    stream = stream.filter("format", "gbrap").filter("premultiply", inplace=1)
    fit = {"w": size.width, "h": size.height, "force_original_aspect_ratio": "increase"}
    stream = stream.filter("scale", flags="bicubic", **fit).filter("crop", w=size.width, h=size.height)
    stream = stream.filter("unpremultiply", inplace=1)
    stream = stream.filter("scale", out_color_matrix="bt709", out_range="tv")
    return stream.filter("format", "yuva420p").filter("setsar", sar=1)


def _faded(stream: Any, overlay: Overlay) -> Any:
    if not overlay.fade:
        return stream
    length = min(overlay.fade, Time(overlay.range.duration.ticks // 2))
    for kind, begin in (("in", overlay.range.start), ("out", overlay.range.end - length)):
        times = {"start_time": f"{begin.seconds:.6f}", "duration": f"{length.seconds:.6f}"}
        stream = stream.filter("fade", type=kind, alpha=1, **times)
    return stream
