"""Which frames of the source a window of a clip shows, and how many times the file is opened for them.

Ranges that lie close together are read through one input: their frames are counted from its beginning and
picked out. Ranges far apart get an input each, which seeks past what lies between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import Time, TimeRange

_MOST_INPUTS = 12
"""Each has a decoder with its threads and pictures (measured: 20 MB at 1080p, 30 ms to open)."""
_WORTH_A_SEEK_S = 3.0  # decoding this much costs about what another input does


@dataclass(frozen=True, slots=True)
class Window:
    """Frames ``first`` up to but not including ``last`` of the clip; those of its intro are below 0, those of
    its outro from the clip's frame count on."""

    first: int
    last: int

    @property
    def frames(self) -> int:
        """How many frames the window has."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one kept range in a window: ``start`` (source time) is where its first frame looks, and
    ``heard`` where its first sample is."""

    start: Time
    frames: int
    source: TimeRange
    heard: Time


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that are read through one input, in order. ``offsets``: where each begins, in frames after the
    first one's start."""

    parts: tuple[Part, ...]
    offsets: tuple[int, ...]

    @property
    def start(self) -> Time:
        """Where its first frame looks, source time."""
        return self.parts[0].start

    @property
    def frames(self) -> int:
        """How many frames are decoded for it, counted at the clip's rate."""
        return self.offsets[-1] + self.parts[-1].frames


def whole(plan: RenderPlan) -> Window:
    """All frames of a clip, without its intro and outro."""
    return Window(0, plan.frame_count)


def whole_file(plan: RenderPlan) -> Window:
    """All frames of the exported file."""
    return Window(-plan.intro_frames, plan.frame_count + plan.outro_frames)


def own_part(plan: RenderPlan, window: Window) -> Window | None:
    """The frames of a window that are the clip's own; None when all of them are intro or outro."""
    first, last = max(0, window.first), min(plan.frame_count, window.last)
    return Window(first, last) if first < last else None


def parts(plan: RenderPlan, window: Window) -> list[Part]:
    """Which parts of the source a window shows, each cut to whole frames."""
    return [part for run in runs(plan, window) for part in run.parts]


def runs(plan: RenderPlan, window: Window) -> list[Run]:
    """The same, grouped by the input they are read through. Within a run all pictures begin a whole number of
    frames after its first kept range, whatever the window (sound begins where it is to the sample)."""
    frames = _frames(plan)
    found = []
    for first, last in pairwise(_run_edges(plan)):
        anchor, pieces, offsets = plan.kept[first].start, [], []
        for place in range(first, last):
            begin, end = frames[place]
            start, stop = max(begin, window.first), min(end, window.last)
            if start < stop:
                kept, skip = plan.kept[place], start - begin
                at = (kept.start - anchor).nearest_frame(plan.fps) + skip
                looks, heard = (
                    anchor + Time.from_frames(at, plan.fps),
                    kept.start + Time.from_frames(skip, plan.fps),
                )
                pieces.append(Part(looks, stop - start, kept, heard))
                offsets.append(at)
        if pieces:
            found.append(Run(tuple(pieces), tuple(at - offsets[0] for at in offsets)))
    return found


def _frames(plan: RenderPlan) -> list[tuple[int, int]]:
    """First and last frame of each kept range in the clip: rounded where they end, so no error adds up."""
    ends, total = [0], Time(0)
    for kept in plan.kept:
        total = total + kept.duration
        ends.append(max(ends[-1], total.nearest_frame(plan.fps)))
    ends[-1] = max(plan.frame_count, ends[-2])
    return list(pairwise(ends))


def _run_edges(plan: RenderPlan) -> list[int]:
    """Which kept ranges begin a run, and how many ranges there are."""
    gap_s = plan.info.video.keyframe_gap_s if plan.info.video else None
    worth_s = max(_WORTH_A_SEEK_S, gap_s or 0.0)
    jumps = {place: (b.start - a.end).seconds for place, (a, b) in enumerate(pairwise(plan.kept), 1)}
    back = [place for place, jump in jumps.items() if jump < -1e-6]
    far = sorted((place for place, jump in jumps.items() if jump > worth_s), key=lambda place: -jumps[place])
    return sorted({0, *back, *far[: max(0, _MOST_INPUTS - 1 - len(back))], len(plan.kept)})
