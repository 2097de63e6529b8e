"""What a style tile shows: a strip of the clip's picture around its caption, still or moving, rendered by
the real graph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from viralclip_desktop.core.geometry import Aspect, Size, preview_size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.features.preview import exact_frame, open_preview
from viralclip_desktop.gui.bridge.images import image_from_rgb

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.features.common.services import Services

STRIP_SHAPE = 136 / 68  # width over height of the strip in a tile
MOVING_FPS = 15
_RENDER_WIDTH_PX = 288  # twice a tile's width, for sharp tiles on dense screens
_MOVING_WIDTH_PX = 216  # moving pictures are looked at less closely
_MOVING_S = 2.4  # a phrase and the beginning of the next


def styled_plan(plan: RenderPlan, style: CaptionStyle) -> RenderPlan:
    """The clip as a tile shows it."""
    return replace(plan, style=style, aspect=Aspect.VERTICAL, second_lines=())


def still(services: Services, plan: RenderPlan) -> QImage:
    """The strip at a telling moment. Blocks for about a tenth of a second."""
    size = preview_size(plan.aspect, _RENDER_WIDTH_PX)
    pixels = exact_frame(services.paths, plan, size, _telling_moment(plan))
    return _strip(image_from_rgb(pixels, size.width, size.height), plan, size)


def moving(services: Services, plan: RenderPlan) -> list[QImage]:
    """Strips from a telling phrase on, at :data:`MOVING_FPS`. Blocks for some tenths of a second."""
    from viralclip_desktop.media.preview import PreviewVideo

    size = preview_size(plan.aspect, _MOVING_WIDTH_PX)
    step = max(1, round(plan.fps / MOVING_FPS))
    frames: list[QImage] = []
    with open_preview(services.paths, _silent(plan), size, _telling_start(plan)) as stream:
        seen = 0
        for piece in stream:
            if not isinstance(piece, PreviewVideo):
                continue
            if seen % step == 0:
                shape = (piece.width, piece.height, piece.width * 4)
                frames.append(_strip(QImage(piece.pixels, *shape, QImage.Format.Format_RGB32), plan, size))
            seen += 1
            if len(frames) >= _MOVING_S * MOVING_FPS:
                break
    return frames


def _silent(plan: RenderPlan) -> RenderPlan:
    """The plan without the recordings' own sound, which nobody hears here."""
    parts = (
        replace(one, recording=replace(one.recording, audio_stream=None)) if one.recording else one
        for one in plan.parts
    )
    return replace(plan, parts=tuple(parts))


def _strip(image: QImage, plan: RenderPlan, size: Size) -> QImage:
    height = round(size.width / STRIP_SHAPE)
    top = round(_middle_share(plan) * size.height) - height // 2
    top = min(max(0, top), size.height - height)
    return image.copy(0, top, size.width, height)


def _middle_share(plan: RenderPlan) -> float:
    """Where the middle of a two-line caption lies, as a share of the height: the style's place, unless the
    safe area holds it higher."""
    from viralclip_desktop.compose.captions.layout import canvas_size, safe_area

    canvas, safe = canvas_size(plan.aspect), safe_area(plan.aspect)
    if plan.style is None:
        return 0.5
    line = plan.style.size * plan.style.line_spacing * min(canvas.width, canvas.height)
    return float(min(plan.style.position, (safe.bottom - line) / canvas.height))


def _telling_moment(plan: RenderPlan) -> Time:
    """A moment late in a word a little into the clip, so that the phrase stands and a word is lit."""
    word = plan.words[min(len(plan.words) - 1, 3)]
    late = Time(word.start.ticks + (word.end.ticks - word.start.ticks) * 3 // 5)
    return late.snapped(plan.fps).clamped(ZERO, plan.duration)


def _telling_start(plan: RenderPlan) -> Time:
    """Where the first phrases begin; the clip's start when it is short."""
    return plan.words[0].start.snapped(plan.fps).clamped(ZERO, plan.duration)
