"""Where captions stand so that they cover no face and nothing else that is laid over the picture, and stand
still as long as they can.

Each phrase may stand at the style's own position or at any height of a grid in the safe area. What a row of
heights costs is told in seconds of a wholly covered face; the cheapest row is found by dynamic programming
(Viterbi). A move costs much, so the row changes only between phrases, only where a face would be covered for
a while, and one height serves the whole clip where it is free nearly everywhere.

Where a row that is found so lies over the logo, a picture, a title or a bar, another is looked for among the
heights that are no worse for the faces: a face is never covered to leave something else free.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from viralclip_desktop.compose.captions.layout import Box, Room, Setting, held_in
from viralclip_desktop.compose.captions.tokens import centiseconds
from viralclip_desktop.compose.picture_place import picture_windows
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.standing_things import Standing, things_to_keep_off
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.faces import Face, FacesSeen

_STEP = 0.01  # of the picture's height between two heights: finer than anyone sees in a caption's place
_CLEAR = 0.08  # of a face's height kept free around it: a talking head moves about that much between looks
# The costs, in seconds of a wholly covered face, chosen on talks with cuts between wide and close pictures.
_TOUCHED = 0.25  # a second in which a face is only just touched
_RIM = 0.5  # what counts less at the chin and the hairline than in the middle, where eyes and mouth are
_MOVED = 0.75  # a move: to leave a position and come back has to save three seconds of a half-covered face
_AWAY = 1 / 60  # a second a whole picture's height away from the own position: decides among free heights
_ABOVE = 1e-4  # a second above the own position: of two equally near ones the lower one wins
_MARRED = 0.5  # a second in which something laid over the picture is only just touched; 1 for wholly covered
_AIR_PX = 8.0  # of the canvas, beside what is laid over the picture
_SAME = 1e-9  # what two sums may differ by and be the same
_WORSE = 1e6  # for each second: more than all that a height may save
_NEAR = 1.5  # of a face's size: how far its middle may have gone from one look to the next
_ALIKE = 3.0  # and how much larger or smaller its area may have become


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that stands on the picture for a while (hundredths of a second of clip time)."""

    start_cs: int
    end_cs: int
    room: Room


@dataclass(frozen=True, slots=True)
class Heights:
    """Where captions stand at which time."""

    starts_cs: tuple[int, ...]
    positions: tuple[float, ...]
    """One for each start, and shares of the picture's height, as ``CaptionStyle.position``."""

    def position_at(self, at_cs: int) -> float:
        """The position of what is shown at a clip time (hundredths of a second)."""
        return self.positions[max(0, bisect_right(self.starts_cs, at_cs) - 1)]


def clear_heights(plan: RenderPlan, setting: Setting, shown: Sequence[Shown]) -> Heights:
    """The position of each thing shown (in order), clear of the plan's faces and of what lies over its
    picture as far as there is room; the style's own where nothing is in the way, or it keeps off nothing."""
    own = setting.style.position
    looks = list(faces_in_frame(plan, setting.size))
    things = list(things_to_keep_off(plan)) if setting.style.keep_off_faces else []
    if not shown or not (things or any(boxes for _, boxes in looks)):
        return Heights((0,), (own,))
    positions = _positions(setting, shown)
    edges = [0, *((a + b) // 2 for (a, _), (b, _) in pairwise(looks)), shown[-1].end_cs]
    spans = [(begin, end, boxes) for (begin, end), (_, boxes) in zip(pairwise(edges), looks, strict=False)]
    covered = [_covered(item, positions, setting, spans) for item in shown]
    costs = [
        [hidden + away for hidden, away in zip(row, _away(item, positions, own), strict=True)]
        for item, row in zip(shown, covered, strict=True)
    ]
    found = _cheapest(costs)
    marred = [_marred(item, positions, setting, things) for item in shown]
    if any(row[at] for row, at in zip(marred, found, strict=True)):
        found = _cheapest([_with_marred(*rows) for rows in zip(costs, covered, marred, found, strict=True)])
    return Heights(tuple(item.start_cs for item in shown), tuple(positions[at] for at in found))


def _with_marred(
    costs: Sequence[float], covered: Sequence[float], marred: Sequence[float], found: int
) -> list[float]:
    """What each position costs when what lies over the picture counts, too; one at which more of a face is
    covered than at the one ``found`` before costs too much."""
    least = covered[found] + _SAME
    worse = (_WORSE * max(0.0, hidden - least) for hidden in covered)
    return [sum(three) for three in zip(costs, marred, worse, strict=True)]


def _positions(setting: Setting, shown: Sequence[Shown]) -> list[float]:
    """The own position, and the heights at which everything shown has room in the safe area."""
    highest = (setting.safe.top + max(item.room.above for item in shown)) / setting.size.height
    lowest = (setting.safe.bottom - max(item.room.below for item in shown)) / setting.size.height
    steps = max(0, int((lowest - highest) / _STEP))
    return [setting.style.position, *(lowest - _STEP * step for step in range(steps + 1))]


_Span = tuple[int, int, list[Box]]


def _away(item: Shown, positions: Sequence[float], own: float) -> list[float]:
    """What it costs at each position that it is not the own one."""
    length_s = (item.end_cs - item.start_cs) / 100
    return [length_s * (abs(at - own) * _AWAY + (_ABOVE if at < own else 0.0)) for at in positions]


def _covered(
    item: Shown, positions: Sequence[float], setting: Setting, spans: Sequence[_Span]
) -> list[float]:
    """What each position costs the faces while one thing is shown."""
    first = max(0, bisect_right(spans, item.start_cs, key=lambda span: span[0]) - 1)
    met = []
    for begin, end, boxes in spans[first:]:
        if begin >= item.end_cs:
            break
        seconds = (min(end, item.end_cs) - max(begin, item.start_cs)) / 100
        met += [(seconds, box) for box in boxes]
    costs = []
    for position in positions:
        middle = held_in(setting, item.room, position)
        costs.append(sum(seconds * _hidden(box, middle, item.room, setting) for seconds, box in met))
    return costs


def _marred(
    item: Shown, positions: Sequence[float], setting: Setting, things: Sequence[Standing]
) -> list[float]:
    """What each position costs what else lies over the picture while one thing is shown."""
    met = []
    for thing in things:
        start_cs, end_cs = centiseconds(thing.range.start), centiseconds(thing.range.end)
        seconds = (min(end_cs, item.end_cs) - max(start_cs, item.start_cs)) / 100
        if seconds > 0:
            met.append((seconds, thing.box.grown(_AIR_PX, _AIR_PX)))
    costs = []
    for position in positions:
        middle = held_in(setting, item.room, position)
        costs.append(sum(seconds * _spoilt(box, middle, item.room, setting) for seconds, box in met))
    return costs


def _spoilt(thing: Box, middle: float, room: Room, setting: Setting) -> float:
    """How bad it is for a thing that a block stands at a height: 0 for free, 1 for wholly covered."""
    share = _share(thing, middle, room, setting)
    return _MARRED + (1 - _MARRED) * share if share else 0.0


def _hidden(face: Box, middle: float, room: Room, setting: Setting) -> float:
    """How bad it is for a face that a block stands at a height: 0 for free, 1 for wholly covered."""
    share = _share(face, middle, room, setting)
    off = min(1.0, abs(middle - face.centre[1]) / ((face.bottom - face.top) / 2))
    return _TOUCHED + (1 - _TOUCHED) * share * (1 - _RIM * off) if share else 0.0


def _share(box: Box, middle: float, room: Room, setting: Setting) -> float:
    """The share of a box that a block covers at a height."""
    centre = (setting.safe.left + setting.safe.right) / 2
    width = min(box.right, centre + room.half_width) - max(box.left, centre - room.half_width)
    height = min(box.bottom, middle + room.below) - max(box.top, middle - room.above)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / ((box.right - box.left) * (box.bottom - box.top))


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each thing shown the number of its position, so that all costs and moves together are least."""
    totals, came_from = list(costs[0]), []
    for row in costs[1:]:
        best = min(range(len(totals)), key=totals.__getitem__)
        move = totals[best] + _MOVED
        came_from.append([at if stay <= move else best for at, stay in enumerate(totals)])
        totals = [min(stay, move) + cost for stay, cost in zip(totals, row, strict=True)]
    path = [min(range(len(totals)), key=totals.__getitem__)]
    for before in reversed(came_from):
        path.append(before[path[-1]])
    return path[::-1]


def faces_in_frame(plan: RenderPlan, size: Size) -> Iterator[tuple[int, list[Box]]]:
    """When each look of a plan was taken (hundredths of a second of clip time), and the faces that show in a
    frame of ``size`` then, with the room around them."""
    for look in _steady(plan.faces):
        video = plan.video_at(look.at)
        if video is None:
            yield centiseconds(look.at), []
            continue
        boxes = []
        for window in picture_windows(plan, video, size, look.at):
            picture = window.place
            for face in look.faces:
                pad = _CLEAR * (face.bottom - face.top) * picture.height
                left, right = (picture.left + picture.width * x for x in (face.left, face.right))
                top, bottom = (picture.top + picture.height * y for y in (face.top, face.bottom))
                top, bottom = max(top - pad, window.top), min(bottom + pad, window.bottom)
                box = Box(left - pad, top, right + pad, bottom)
                if top < bottom and _shows(box, size):
                    boxes.append(box)
        yield centiseconds(look.at), boxes


def _shows(box: Box, size: Size) -> bool:
    across = max(box.left, 0) < min(box.right, size.width)
    return across and max(box.top, 0) < min(box.bottom, size.height)


def _steady(looks: Sequence[FacesSeen]) -> Iterator[FacesSeen]:
    """The looks without faces that the looks before and after know nothing of: finders see things, once."""
    for number, look in enumerate(looks):
        beside = [*looks[max(0, number - 1) : number], *looks[number + 1 : number + 2]]
        others = [face for near in beside for face in near.faces]
        seen = look.faces if not beside else tuple(f for f in look.faces if any(_same(f, o) for o in others))
        yield FacesSeen(look.at, seen)


def _same(face: Face, other: Face) -> bool:
    """Whether two looks may show the same face."""
    far_x = abs(face.left + face.right - other.left - other.right) / 2
    far_y = abs(face.top + face.bottom - other.top - other.bottom) / 2
    near = far_x <= _NEAR * (face.right - face.left) and far_y <= _NEAR * (face.bottom - face.top)
    return near and face.area <= _ALIKE * other.area and other.area <= _ALIKE * face.area
