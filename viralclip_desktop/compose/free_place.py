"""Where a text may stand so that it covers neither a face nor a caption, nor what an app draws over the
picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from viralclip_desktop.compose.captions.clear_of_faces import faces_in_frame
from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import Box, canvas_size, safe_area, side_padding_em
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.title_setting import title_box
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.layers import TitleLayer

_STEPS = 40  # heights that are tried, evenly over the safe area
_APART_PX = 26.0  # of the canvas: what stands beside something else does so with air between them
_AWAY = 0.35  # a whole safe area's height away from where it would best stand, in covered seconds
_TOUCHED = 0.3  # what only touches is bad already
_CAPTION = 2.0  # against a face: two texts over each other can't be read at all

Taken = tuple[float, Box]
"""Something that is in the way, and for how many seconds."""


def clear_of_all(
    title: TitleLayer,
    plan: RenderPlan,
    faces: Sequence[FacesSeen],
    *,
    from_top: bool = True,
    keep_off: Sequence[Box] = (),
) -> TitleLayer:
    """A title at the height where it covers least, as near to the top (else the bottom) of the safe area as
    that goes; ``x`` stays. ``faces``: clip time, in order; ``keep_off``: what is there all the time."""
    box = title_box(title, plan)
    if box is None:
        return title
    safe, size = safe_area(plan.aspect), canvas_size(plan.aspect)
    taken = list(in_the_way(title, plan, faces))
    taken += [(title.range.duration.seconds * _CAPTION, one.grown(0, _APART_PX)) for one in keep_off]
    room = max(0.0, (safe.bottom - safe.top) - (box.bottom - box.top))
    heights = [safe.top - box.top + room * step / _STEPS for step in range(_STEPS + 1)]

    def cost(down: float) -> float:
        there = box.moved(down)
        way = (there.top - safe.top) if from_top else (safe.bottom - there.bottom)
        return sum(s * _covered(one, there) for s, one in taken) + _AWAY * way / (safe.bottom - safe.top)

    return replace(title, y=round(title.y + min(heights, key=cost) / size.height, 4))


def in_the_way(title: TitleLayer, plan: RenderPlan, faces: Sequence[FacesSeen]) -> Iterator[Taken]:
    """The faces and captions on the picture while a title shows."""
    start, end = title.range.start.seconds * 100, title.range.end.seconds * 100
    size = canvas_size(plan.aspect)
    looks = list(faces_in_frame(replace(plan, faces=tuple(faces)), size))
    edges = [0.0, *((a + b) / 2 for (a, _), (b, _) in pairwise(looks)), plan.duration.seconds * 100]
    for (begin, until), (_, boxes) in zip(pairwise(edges), looks, strict=False):
        shown = min(until, end) - max(begin, start)
        if shown > 0:
            yield from ((shown / 100, box) for box in boxes)
    laid = laid_out(plan)
    for block in laid.blocks if laid is not None else ():
        shown = min(block.phrase.end_cs, end) - max(block.phrase.start_cs, start)
        if laid is not None and shown > 0:
            pad = side_padding_em(laid.setting.style) * block.em + _APART_PX
            yield _CAPTION * shown / 100, block.box.grown(pad, pad)


def _covered(taken: Box, box: Box) -> float:
    """How much of a box is covered, 0..1; what is only touched counts already."""
    across = min(taken.right, box.right) - max(taken.left, box.left)
    down = min(taken.bottom, box.bottom) - max(taken.top, box.top)
    if across <= 0 or down <= 0:
        return 0.0
    share = across * down / ((taken.right - taken.left) * (taken.bottom - taken.top))
    return _TOUCHED + (1 - _TOUCHED) * share


def safe_shares(aspect: Aspect) -> Box:
    """The safe area in shares of the frame."""
    safe, size = safe_area(aspect), canvas_size(aspect)
    return Box(
        safe.left / size.width, safe.top / size.height, safe.right / size.width, safe.bottom / size.height
    )
