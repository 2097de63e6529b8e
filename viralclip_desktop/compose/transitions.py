"""How one part's picture goes over into the next one's: dissolve, whip, zoom.

No transition takes or adds a frame. Dissolve and whip hold the last frame of the part before while the next
one has begun; a zoom moves in on the one's end and out on the other's beginning. They are made of the parts'
picture alone: layers and captions stand still meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from viralclip_desktop.compose.clip_picture import in_clip_time
from viralclip_desktop.compose.parts import Window, part_frames
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Transition

LENGTH = {
    Transition.DISSOLVE: Time.from_seconds(0.4),
    Transition.WHIP: Time.from_seconds(0.3),
    Transition.ZOOM: Time.from_seconds(0.4),
}
"""How long the picture of each is not that of a plain cut."""
_CLOSER = 0.35  # how far a zoom goes in at the cut
_BLUR = 0.03  # of the frame's width to both sides, while a whip moves


@dataclass(frozen=True, slots=True)
class _Joint:
    """Frames ``first`` up to ``last`` of the clip are a transition's; ``cut`` is the next part's first."""

    kind: Transition
    first: int
    cut: int
    last: int

    @property
    def holds(self) -> bool:
        """Whether it needs the frame before the cut all the time."""
        return self.kind is not Transition.ZOOM


def _joints(plan: RenderPlan) -> Iterator[_Joint]:
    frames = part_frames(plan)
    pairs = zip(plan.parts[1:], pairwise(frames), strict=True)
    for planned, ((before, cut), (_, end)) in pairs:
        kind = planned.part.transition
        if kind is Transition.CUT or not plan.has_picture:
            continue
        length = LENGTH[kind].nearest_frame(plan.fps)
        early = 0 if kind is not Transition.ZOOM else min(length // 2, (cut - before) // 2)
        late = min(length - early, (end - cut) // 2)
        if early + late > 1 and cut > before:
            yield _Joint(kind, cut - early, cut, cut + late)


def with_lead(plan: RenderPlan, window: Window) -> Window:
    """A window from the frame on that has to be read for its transitions."""
    held = (one for one in _joints(plan) if one.holds and one.first <= window.first < one.last)
    return Window(min([window.first, *(one.cut - 1 for one in held)]), window.last)


def with_transitions(stream: Any, plan: RenderPlan, size: Size, read: Window, shown: Window) -> Any:
    """The frames ``shown`` of a clip's picture, of which those of ``read`` (:func:`with_lead`) are given."""
    import ffmpeg

    spans = list(_spans(plan, shown))
    if len(spans) == 1 and isinstance(spans[0], Window):
        return stream
    stills = [one for one in spans if isinstance(one, _Joint) and one.holds]
    count = len(spans) + len(stills)
    split = stream.filter_multi_output("split", count) if count > 1 else [stream]
    copies = iter([split[number] for number in range(count)])
    film = _Film(plan, size, read, shown, copies)
    made = [film.span(one) for one in spans]
    joined = made[0] if len(made) == 1 else ffmpeg.concat(*made, v=1, a=0)
    return in_clip_time(joined, plan, shown)


def _spans(plan: RenderPlan, shown: Window) -> Iterator[Window | _Joint]:
    """The transitions that show in a window, and what lies between them; in order, without gaps."""
    at = shown.first
    for joint in _joints(plan):
        if joint.last <= shown.first or joint.first >= shown.last:
            continue
        if joint.first > at:
            yield Window(at, joint.first)
        yield joint
        at = joint.last
    if at < shown.last:
        yield Window(at, shown.last)


@dataclass(frozen=True, slots=True)
class _Film:
    """The frames ``read`` of a clip's picture, as often as they are needed, and which of them are shown."""

    plan: RenderPlan
    size: Size
    read: Window
    shown: Window
    copies: Iterator[Any]

    def span(self, span: Window | _Joint) -> Any:
        """The frames of a transition, or of what lies between two."""
        if isinstance(span, Window):
            return self._next(span)
        own = Window(max(span.first, self.read.first), min(span.last, self.shown.last))
        film = self._next(own)
        if not span.holds:
            return _zoomed(film, span, own)
        still = self._next(Window(span.cut - 1, span.cut)).filter("loop", loop=-1, size=1)
        still = _cut(still, self.plan, 0, own.frames)
        dissolve = span.kind is Transition.DISSOLVE
        made = _dissolved(still, film, span) if dissolve else _whipped(still, film, span, self.size)
        made = _cut(made, self.plan, max(0, self.shown.first - own.first), own.frames)
        return made.filter("format", "yuv420p")

    def _next(self, wanted: Window) -> Any:
        begin = self.read.first
        return _cut(next(self.copies), self.plan, wanted.first - begin, wanted.last - begin)


def _cut(stream: Any, plan: RenderPlan, first: int, last: int) -> Any:
    """Some frames of a stream, with time stamps from 0 on."""
    return in_clip_time(stream.filter("trim", start_frame=first, end_frame=last), plan, Window(0, 0))


def _dissolved(still: Any, film: Any, joint: _Joint) -> Any:
    length = joint.last - joint.cut
    still = still.filter("format", "yuva420p")
    still = still.filter("fade", type="out", start_frame=0, nb_frames=length, alpha=1)
    return film.overlay(still, format="yuv420", eof_action="pass")


def _whipped(still: Any, film: Any, joint: _Joint, size: Size) -> Any:
    """Both pictures side by side, passed from the one to the other, blurred along the way."""
    import ffmpeg

    share = f"((n+1)/{joint.last - joint.cut + 1})"
    eased = f"{size.width}*{share}*{share}*(3-2*{share})"
    both = ffmpeg.filter([still, film], "hstack")
    moved = both.filter("crop", w=size.width, h=size.height, x=eased, y=0)
    return moved.filter("avgblur", sizeX=max(1, round(_BLUR * size.width)), sizeY=1)


def _zoomed(film: Any, joint: _Joint, own: Window) -> Any:
    early, late = joint.cut - joint.first, joint.last - joint.cut
    frame = f"(on+{own.first - joint.first})"
    share = f"if(lt({frame},{early}),({frame}+1)/{max(1, early)},({early + late}-{frame})/{max(1, late)})"
    off = f"(0.5-0.5/(1+{_CLOSER}*pow({share},2)))"
    left, right, top, bottom = f"W*{off}", f"W*(1-{off})", f"H*{off}", f"H*(1-{off})"
    corners = {"x0": left, "y0": top, "x1": right, "y1": top}
    corners |= {"x2": left, "y2": bottom, "x3": right, "y3": bottom}
    return film.filter("perspective", sense="source", eval="frame", interpolation="cubic", **corners)
