"""Where a text or a small picture may stand so that it covers neither a face nor a caption, nor what an app
draws over the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from viralclip_desktop.compose.captions.clear_of_faces import faces_in_frame
from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import Box, canvas_size, safe_area, side_padding_em
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.standing_things import pictures_to_keep_off
from viralclip_desktop.compose.title_setting import title_box
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.layers import TitleLayer

_STEPS = 40  # heights that are tried, evenly over the safe area
_SIZES = (1.0, 0.92, 0.84, 0.76, 0.7)
_SMALLEST = 0.042  # of the frame's shorter side: smaller letters are not read in passing on a phone
_APART_PX = 26.0  # of the canvas: what stands beside something else does so with air between them
_AIR_PX = 10.0  # beside a face, around which there is room already
_SMALLER = 2.0  # what size is worth against a place: a tenth less, or a fifth of the safe area's height away
_ALIKE_S = 0.05  # covered seconds that nobody tells apart
_TOUCHED = 0.3  # what only touches is bad already
_ACROSS = 8  # places beside each other that are tried for a small picture
_ABOVE_BROWS = 0.5  # of a face's height
_LOW = 0.66  # of the safe area: where it stands without captions
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
    """A title where it covers least: as large, and as near to the top (else the bottom) of the safe area, as
    that goes; ``x`` stays. ``faces``: clip time, in order; ``keep_off``: what is there all the time."""
    taken = list(in_the_way(title, plan, faces))
    taken += [(title.range.duration.seconds * _CAPTION, one.grown(0, _APART_PX)) for one in keep_off]
    places = [place for size in _SIZES for place in _places(title, plan, size, from_top=from_top)]

    def cost(place: _Place) -> tuple[int, float]:
        return round(sum(s * _covered(one, place.box) for s, one in taken) / _ALIKE_S), place.off

    return min(places, key=cost).title if places else title


@dataclass(frozen=True, slots=True)
class _Place:
    """A title as it may stand, the room it takes, and how far that is from the best place for it."""

    title: TitleLayer
    box: Box
    off: float


def _places(title: TitleLayer, plan: RenderPlan, size: float, *, from_top: bool) -> Iterator[_Place]:
    least = min(title.size, _SMALLEST)
    smaller = title if size == 1 else replace(title, size=round(max(least, title.size * size), 4))
    box = title_box(smaller, plan)
    if box is None:
        return
    safe, height = safe_area(plan.aspect), canvas_size(plan.aspect).height
    tall = safe.bottom - safe.top
    room = max(0.0, tall - (box.bottom - box.top))
    for step in range(_STEPS + 1):
        down = safe.top - box.top + room * step / _STEPS
        there = box.moved(down)
        way = (there.top - safe.top) if from_top else (safe.bottom - there.bottom)
        moved = replace(smaller, y=round(smaller.y + down / height, 4))
        yield _Place(moved, there, way / tall + _SMALLER * (1 - size))


def in_the_way(title: TitleLayer, plan: RenderPlan, faces: Sequence[FacesSeen]) -> Iterator[Taken]:
    """The faces, captions, logos and pictures on the picture while a title shows."""
    start, end = _hundredths(title.range)
    yield from _faces(plan, faces, start, end)
    yield from _captions(plan, start, end)
    for picture in pictures_to_keep_off(plan):
        shared = picture.range.intersection(title.range)
        if shared is not None:
            yield shared.duration.seconds, picture.box.grown(_APART_PX, _APART_PX)


def _hundredths(within: TimeRange) -> tuple[float, float]:
    return within.start.seconds * 100, within.end.seconds * 100


def beside_captions(
    within: TimeRange,
    side_px: float,
    plan: RenderPlan,
    faces: Sequence[FacesSeen],
    keep_off: Sequence[Box] = (),
) -> Box | None:
    """Where a small square picture covers nothing, no forehead either: as near above the middle of the
    captions, else below it, as that goes; None where there is no room. ``side_px``: on the canvas; ``faces``:
    clip time, in order; ``keep_off``: texts and bars of that time."""
    captions = list(_captions(plan, *_hundredths(within)))
    taken = [*captions, *((s, _head(one)) for s, one in _faces(plan, faces, *_hundredths(within)))]
    taken += [(within.duration.seconds * _CAPTION, one.grown(_APART_PX, _APART_PX)) for one in keep_off]
    safe = safe_area(plan.aspect)
    middle, low = (safe.left + safe.right) / 2, safe.top + _LOW * (safe.bottom - safe.top)
    least = min((one.top for _, one in captions), default=low)
    most = max((one.bottom for _, one in captions), default=low)

    def away(box: Box) -> float:
        down = min(abs(least - box.bottom), side_px / 2 + abs(box.top - most))
        return abs(box.left + side_px / 2 - middle) + down

    places = (*_squares(safe, side_px, least), *_squares(safe, side_px, most + side_px))
    free = (box for box in places if sum(s * _covered(one, box) for s, one in taken) < _ALIKE_S)
    return min(free, key=away, default=None)


def _head(face: Box) -> Box:
    """The head of a face, which is found from the brows to the chin."""
    return Box(face.left, face.top - _ABOVE_BROWS * (face.bottom - face.top), face.right, face.bottom)


def _squares(safe: Box, side_px: float, foot: float) -> Iterator[Box]:
    """Squares all over the safe area, and some whose foot stands at a height."""
    wide, tall = safe.right - safe.left - side_px, safe.bottom - safe.top - side_px
    tops = [safe.top + tall * step / _STEPS for step in range(_STEPS + 1)]
    for top in (*tops, min(max(safe.top, foot - side_px), safe.bottom - side_px)):
        for step in range(_ACROSS + 1):
            left = safe.left + wide * step / _ACROSS
            yield Box(left, top, left + side_px, top + side_px)


def _faces(plan: RenderPlan, faces: Sequence[FacesSeen], start: float, end: float) -> Iterator[Taken]:
    """What the faces take between two times, in hundredths of a second."""
    size = canvas_size(plan.aspect)
    looks = list(faces_in_frame(replace(plan, faces=tuple(faces)), size))
    edges = [0.0, *((a + b) / 2 for (a, _), (b, _) in pairwise(looks)), plan.duration.seconds * 100]
    for (begin, until), (_, boxes) in zip(pairwise(edges), looks, strict=False):
        shown = min(until, end) - max(begin, start)
        if shown > 0:
            yield from ((shown / 100, box.grown(_AIR_PX, _AIR_PX)) for box in boxes)


def _captions(plan: RenderPlan, start: float, end: float) -> Iterator[Taken]:
    """What the captions take between two times, in hundredths of a second."""
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
