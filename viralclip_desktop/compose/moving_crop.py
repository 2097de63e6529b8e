"""A crop that moves and zooms: in the source's pixels first, then exactly in the clip's.

    source --cut out a little more than is seen, at whole source pixels--> --scale by the zoom-->
    --cut out the frame, at whole pixels of the result-->

The first cut keeps the scaler's work near that of a crop that stands still; the second one places the
picture to half a pixel of the finished clip, where a plain crop of a 1080-line source would jump by almost
four. Positions are expressions of clip time (:mod:`expressions`), so a still that begins anywhere shows what
the film shows there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from viralclip_desktop.compose.expressions import Step, number, stepwise
from viralclip_desktop.compose.plan import CropMove
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.clip import Clip, Easing, FrameKey
from viralclip_desktop.domain.clip_time import Placed, placed
from viralclip_desktop.domain.crop_path import keys_of
from viralclip_desktop.domain.media import VideoStream

_ALIGN_PX = 4  # chroma of every format begins on these columns and rows
_EARLY_S = 0.0005  # a frame belongs to the move that begins at its very time


def moves_of(clip: Clip) -> tuple[CropMove, ...]:
    """The path of a clip's crop in clip time; empty for a still one. Gaps take their part of a move out, so
    that every moment of a recording has the crop that :func:`domain.crop_path.crop_at` tells. Where only some
    recordings have keys, the others stand still at the clip's centre."""
    if not clip.frame_keys:
        return ()
    moves: list[CropMove] = []
    for one in placed(clip):
        if one.part.card is None:
            moves += _moves_in(clip, one)
    return tuple(moves)


def _moves_in(clip: Clip, one: Placed) -> Iterator[CropMove]:
    """The path within one part."""
    keys, whole = keys_of(clip, one.part.asset_id), one.part.range
    if not keys:
        keys = (FrameKey(whole.start, clip.centre_x),)
    start, end = min(keys[0].at, whole.start), max(keys[-1].at, whole.end)
    spans = [
        (start, keys[0], keys[0]),
        *((a.at, a, b) for a, b in pairwise(keys)),
        (keys[-1].at, keys[-1], keys[-1]),
    ]
    edges = [*(begin for begin, _, _ in spans[1:]), end]
    for (begin, a, b), stop in zip(spans, edges, strict=True):
        if max(begin, whole.start) < min(stop, whole.end):
            yield CropMove(one.when(min(stop, whole.end)), _at_play(one, a), _at_play(one, b))


def _at_play(one: Placed, key: FrameKey) -> FrameKey:
    return replace(key, at=one.when(key.at))


@dataclass(frozen=True, slots=True)
class _Axis:
    """One direction. ``source``: pixels of the decoded picture; ``seen``: how many of them the crop shows at
    zoom 1; ``coarse``: how many are cut out first; ``out``: pixels of the clip."""

    source: int
    seen: float
    coarse: int
    out: int
    centre: str
    zoom: str

    @property
    def middle(self) -> str:
        """Where the crop's middle lies in source pixels, held so that it stays inside the picture."""
        half = f"{number(self.seen / 2)}/ld(1)"
        return f"st(1,{self.zoom});st(2,{half});clip({self.source}*({self.centre}),ld(2),{self.source}-ld(2))"

    @property
    def coarse_start(self) -> str:
        """First source pixel of the coarse cut, as an expression that needs the middle in variable 3."""
        last = (self.source - self.coarse) // _ALIGN_PX * _ALIGN_PX
        return f"clip({_ALIGN_PX}*floor((ld(3)-{self.coarse / 2:g})/{_ALIGN_PX}),0,{last})"

    @property
    def scaled(self) -> str:
        """The coarse cut's length when it is scaled."""
        return f"round({number(self.coarse * self.out / self.seen)}*({self.zoom}))"

    @property
    def coarse_position(self) -> str:
        """The whole expression of the coarse cut's start."""
        return f"st(3,({self.middle}));{self.coarse_start}"

    @property
    def position(self) -> str:
        """The whole expression of the fine cut's start, in pixels of the scaled picture."""
        exact = f"(ld(3)-ld(4))*ld(5)/{self.coarse}-{self.out / 2:g}"
        steps = [f"st(3,({self.middle}))", f"st(4,{self.coarse_start})", f"st(5,{self.scaled})"]
        return ";".join([*steps, f"clip(round({exact}),0,ld(5)-{self.out})"])


def moving_crop(
    stream: Any, moves: tuple[CropMove, ...], video: VideoStream, size: Size, options: dict[str, Any]
) -> Any:
    """The stream (in clip time) cropped along its path to ``size``. ``options`` are the scaler's."""
    across, down = _axes(moves, video, size)
    stream = stream.filter(
        "crop", w=across.coarse, h=down.coarse, x=across.coarse_position, y=down.coarse_position
    )
    moving = {"eval": "frame"} if "t" in across.zoom else {}
    stream = stream.filter("scale", w=across.scaled, h=down.scaled, **moving, **options)
    # Nothing may come between the two: only its next neighbour hears from the scaler that sizes change.
    fine = {"w": size.width, "h": size.height, "x": across.position, "y": down.position}
    return stream.filter("crop", exact=1, **fine)


def _axes(moves: tuple[CropMove, ...], video: VideoStream, size: Size) -> tuple[_Axis, _Axis]:
    coded, shape = video.coded_size, video.size.ratio
    if video.rotation_deg % 180:
        coded = Size(coded.height, coded.width)
    width = min(Fraction(1), size.ratio / shape) * coded.width
    height = min(Fraction(1), shape / size.ratio) * coded.height
    zoom = _path(moves, lambda key: key.zoom)
    least = min(min(move.one.zoom, move.other.zoom) for move in moves)
    xs, ys = _path(moves, lambda key: key.centre_x), _path(moves, lambda key: key.centre_y)
    return (
        _Axis(coded.width, float(width), _coarse(width, least, coded.width), size.width, xs, zoom),
        _Axis(coded.height, float(height), _coarse(height, least, coded.height), size.height, ys, zoom),
    )


def _coarse(seen: Fraction, least_zoom: float, source: int) -> int:
    """What is seen when zoomed out most, and room for rounding; the whole if it is nearly that."""
    needed = _ALIGN_PX * math.ceil((float(seen) / least_zoom + 2 * _ALIGN_PX) / _ALIGN_PX)
    return source if needed >= source - _ALIGN_PX else needed


def _path(moves: tuple[CropMove, ...], value: Callable[[FrameKey], float]) -> str:
    """A property of the keys as an expression of clip time."""
    if len({value(key) for move in moves for key in (move.one, move.other)}) == 1:
        return number(value(moves[0].one))
    return stepwise(
        [
            Step(number(move.until.seconds - _EARLY_S), _between(move, value(move.one), value(move.other)))
            for move in moves
        ]
    )


def _between(move: CropMove, one: float, other: float) -> str:
    """Between two keys, as :func:`domain.crop_path.eased` has it."""
    if one == other or move.one.easing is Easing.HOLD or move.other.at <= move.one.at:
        return number(one)
    length_s = (move.other.at - move.one.at).seconds
    # Held inside the move: ffmpeg sets its filters up with a time of 0, whenever a still begins.
    share = f"clip((t-{number(move.one.at.seconds)})*{number(1 / length_s)},0,1)"
    if move.one.easing is Easing.SMOOTH:
        share = f"st(9,{share})*ld(9)*(3-2*ld(9))"
    return f"({number(one)}+{number(other - one)}*{share})"
