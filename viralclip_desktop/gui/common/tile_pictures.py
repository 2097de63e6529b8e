"""What a style tile shows: a strip of the clip's picture around its caption, still or moving, rendered by
the real graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from viralclip_desktop.core.geometry import Aspect, Size, preview_size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.features.preview import exact_frame, open_preview
from viralclip_desktop.gui.bridge.images import image_from_rgb

if TYPE_CHECKING:
    from viralclip_desktop.compose.captions.layout import Block
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.features.common.services import Services

STRIP_SHAPE = 136 / 68  # width over height of the strip in a tile
MOVING_FPS = 15
_RENDER_WIDTH_PX = 288  # twice a tile's width, for sharp tiles on dense screens
_MOVING_WIDTH_PX = 216  # moving pictures are looked at less closely
_MOVING_S = 2.4  # a phrase and the beginning of the next
_ROOM_PX = 310  # of the canvas, above each other: what the widest tile shows of a strip, less the outlines


def styled_plan(plan: RenderPlan, style: CaptionStyle) -> RenderPlan:
    """The clip as a tile shows it: nothing lies over its words, and they stand where the style has them."""
    return replace(
        plan,
        style=style,
        aspect=Aspect.VERTICAL,
        second_lines=(),
        faces=(),
        titles=(),
        progress=(),
        name_line=None,
    )


def still(services: Services, plan: RenderPlan) -> QImage:
    """The strip at a telling moment. Blocks for about a tenth of a second."""
    size = preview_size(plan.aspect, _RENDER_WIDTH_PX)
    plan, blocks = _fitted(plan)
    at = _telling_moment(plan, blocks)
    pixels = exact_frame(services.paths, plan, size, at)
    return _strip(image_from_rgb(pixels, size.width, size.height), size, _middle_share(plan, blocks, at))


def moving(services: Services, plan: RenderPlan) -> list[QImage]:
    """Strips from a telling phrase on, at :data:`MOVING_FPS`. Blocks for some tenths of a second."""
    from viralclip_desktop.media.preview import PreviewVideo

    size = preview_size(plan.aspect, _MOVING_WIDTH_PX)
    step = max(1, round(plan.fps / MOVING_FPS))
    frames: list[QImage] = []
    plan, blocks = _fitted(plan)
    start = _telling_start(plan)
    middle = _middle_share(plan, blocks, start)
    with open_preview(services.paths, _silent(plan), size, start) as stream:
        seen = 0
        for piece in stream:
            if not isinstance(piece, PreviewVideo):
                continue
            if seen % step == 0:
                shape = (piece.width, piece.height, piece.width * 4)
                frames.append(_strip(QImage(piece.pixels, *shape, QImage.Format.Format_RGB32), size, middle))
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


def _strip(image: QImage, size: Size, middle: float) -> QImage:
    """The part of a picture around a height, a share of the picture's: as near as its edges let it."""
    height = round(size.width / STRIP_SHAPE)
    top = round(middle * size.height) - height // 2
    top = min(max(0, top), size.height - height)
    return image.copy(0, top, size.width, height)


def _fitted(plan: RenderPlan) -> tuple[RenderPlan, Sequence[Block]]:
    """The plan with letters that a tile has room for, and its captions as they are laid out, in order."""
    blocks = _blocks(plan)
    tallest = max((block.box.bottom - block.box.top for block in blocks), default=0.0)
    if plan.style is None or tallest <= _ROOM_PX:
        return plan, blocks
    smaller = replace(plan, style=replace(plan.style, size=plan.style.size * _ROOM_PX / tallest))
    return smaller, _blocks(smaller)


def _blocks(plan: RenderPlan) -> Sequence[Block]:
    from viralclip_desktop.compose.captions.document import laid_out

    laid = laid_out(plan)
    return laid.first if laid is not None else ()


def _block_at(blocks: Sequence[Block], at: Time) -> Block | None:
    """The caption that shows at a moment, or the next one; of none behind it the last."""
    from viralclip_desktop.compose.captions.tokens import centiseconds

    when = centiseconds(at)
    return next((one for one in blocks if when < one.phrase.end_cs), blocks[-1] if blocks else None)


def _middle_share(plan: RenderPlan, blocks: Sequence[Block], at: Time) -> float:
    """Where the middle of the caption at a moment lies, as a share of the height."""
    from viralclip_desktop.compose.captions.layout import canvas_size

    block = _block_at(blocks, at)
    return 0.5 if block is None else float(block.box.centre[1] / canvas_size(plan.aspect).height)


def _telling_moment(plan: RenderPlan, blocks: Sequence[Block]) -> Time:
    """A moment late in a word a little into the clip, so that the phrase stands and a word is lit; where no
    caption shows then, one of the next caption."""
    from viralclip_desktop.compose.captions.tokens import centiseconds

    word = plan.words[min(len(plan.words) - 1, 3)]
    late = Time(word.start.ticks + (word.end.ticks - word.start.ticks) * 3 // 5)
    block = _block_at(blocks, late)
    if block is not None and not block.phrase.start_cs <= centiseconds(late) < block.phrase.end_cs:
        late = Time.from_seconds((block.phrase.start_cs + block.phrase.end_cs) / 200)
    return late.snapped(plan.fps).clamped(ZERO, plan.duration)


def _telling_start(plan: RenderPlan) -> Time:
    """Where the first phrases begin; the clip's start when it is short."""
    return plan.words[0].start.snapped(plan.fps).clamped(ZERO, plan.duration)
