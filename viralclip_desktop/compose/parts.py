"""Which frames of its recordings a window of a clip shows, and how many times a file is opened for them.

Parts that lie close together in one recording are read through one input: their frames are counted from its
beginning and picked out. Parts far apart get an input each, which seeks past what lies between.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from viralclip_desktop.compose.plan import PlannedPart, Recording, RenderPlan
from viralclip_desktop.core.time import Time

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
    """The share of one part of the clip in a window: ``start`` (source time) is where its first frame looks,
    and ``heard`` where its first sample is."""

    start: Time
    frames: int
    planned: PlannedPart
    heard: Time


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that are read through one input, in order. ``offsets``: where each begins, in frames after the
    first one's start."""

    parts: tuple[Part, ...]
    offsets: tuple[int, ...]

    @property
    def recording(self) -> Recording | None:
        """The file they are read from; None for a card."""
        return self.parts[0].planned.recording

    @property
    def speed(self) -> Fraction:
        """How many seconds of the file play in a second."""
        return self.parts[0].planned.part.speed

    @property
    def shown(self) -> int:
        """How many frames of the clip it fills."""
        return sum(part.frames for part in self.parts)

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
    frames = part_frames(plan)
    found = []
    for first, last in pairwise(_run_edges(plan)):
        anchor, pieces, offsets = plan.parts[first], list[Part](), list[int]()
        for place in range(first, last):
            begin, end = frames[place]
            start, stop = max(begin, window.first), min(end, window.last)
            if start < stop:
                at, part = _read_from(anchor, plan.parts[place], start - begin, stop - start, plan.fps)
                pieces.append(part)
                offsets.append(at)
        if pieces:
            found.append(Run(tuple(pieces), tuple(at - offsets[0] for at in offsets)))
    return found


def _read_from(
    anchor: PlannedPart, planned: PlannedPart, skip: int, frames: int, fps: Fraction
) -> tuple[int, Part]:
    """The frames of a part from its frame ``skip`` on, and how many frames they begin after its run does."""
    speed, begin = planned.part.speed, anchor.range.start
    at = anchor.part.played(planned.range.start).nearest_frame(fps) + skip
    looks = begin + Time.from_frames(at, fps / speed)
    heard = planned.range.start + Time.from_frames(skip, fps / speed)
    return at, Part(looks, frames, planned, heard)


def part_frames(plan: RenderPlan) -> list[tuple[int, int]]:
    """First and last frame of each part in the clip: rounded where they end, so no error adds up."""
    ends, total = [0], Time(0)
    for planned in plan.parts:
        total = total + planned.part.duration
        ends.append(max(ends[-1], total.nearest_frame(plan.fps)))
    ends[-1] = max(plan.frame_count, ends[-2])
    return list(pairwise(ends))


def _run_edges(plan: RenderPlan) -> list[int]:
    """Which parts begin a run, and how many parts there are."""
    forced, far = [0], list[tuple[float, int]]()
    for place, (a, b) in enumerate(pairwise(plan.parts), 1):
        jump = (b.range.start - a.range.end).seconds
        if jump < -1e-6 or not _may_share(a, b):
            forced.append(place)
        elif jump > _worth_a_seek_s(a):
            far.append((-jump, place))
    free = max(0, _MOST_INPUTS - len(forced))
    return sorted({*forced, *(place for _, place in sorted(far)[:free]), len(plan.parts)})


def _may_share(a: PlannedPart, b: PlannedPart) -> bool:
    """Whether two parts can be read through one input."""
    moving = a.recording is not None and not a.recording.is_still
    return moving and a.recording == b.recording and a.part.speed == b.part.speed


def _worth_a_seek_s(planned: PlannedPart) -> float:
    gap_s = planned.video.keyframe_gap_s if planned.video else None
    return max(_WORTH_A_SEEK_S, gap_s or 0.0)
