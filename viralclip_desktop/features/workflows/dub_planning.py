"""The plan of a dub: what is said, where each line goes, and what of the clip plays slower for it; for the
job that dubs, and for whoever wants to know beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from viralclip_desktop.compose.dub_slowing import plan_slowing
from viralclip_desktop.compose.dub_timing import Fit, PlacedLine, plan_lines
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.slowing import Slowing, slowable, slowed
from viralclip_desktop.engines.tts.base import Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import ScriptLine
from viralclip_desktop.features.dubbing.report import DubReport
from viralclip_desktop.features.workflows.dub_lines import Lengths, dub_script, lines_to_place

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan


@dataclass(frozen=True)
class DubPlan:
    """``clip`` and ``plan`` are as they are dubbed: with ``slowings``, which are in the time of the clip as
    it was before, played slower."""

    clip: Clip
    plan: RenderPlan
    script: tuple[ScriptLine, ...]
    placed: tuple[PlacedLine, ...]
    slowings: tuple[Slowing, ...] = ()
    longer: Time = ZERO
    """Than the clip as it was before."""

    def told(self, report: DubReport) -> DubReport:
        """A report with what was slowed down."""
        slowest = max((float(one.factor) for one in self.slowings), default=1.0)
        return replace(report, slowed_s=round(self.longer.seconds, 3), slow_factor=round(slowest, 3))


def plan_dub(
    services: Services,
    clip: Clip,
    code: str,
    voice: Voice,
    *,
    slow: bool = False,
    lengths: Lengths | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> DubPlan:
    """Place the lines of a clip in a language. ``slow``: where a line does not fit otherwise, the clip plays
    slower while it is said. ``lengths``: what is known of how long texts are, and what becomes known. Raises
    Faults, as :func:`dub_script` does, and Cancelled."""
    known: Lengths = {} if lengths is None else lengths
    plan, script = dub_script(services, clip, code)
    progress(ProgressEvent("planning", 0.0, say("Timing {n} lines", n=len(script))))
    lines = lines_to_place(services, voice, script, known=known, progress=progress, cancel=cancel)
    placed = plan_lines(lines, plan.duration)
    if not slow or all(one.fit is not Fit.TOO_LONG for one in placed):
        return DubPlan(clip, plan, script, placed)
    slowings = plan_slowing(lines, plan.duration, slowable(clip))
    slower, before = slowed(clip, slowings), plan.duration
    plan, script = dub_script(services, slower, code)
    lines = lines_to_place(services, voice, script, known=known, cancel=cancel)
    return DubPlan(slower, plan, script, plan_lines(lines, plan.duration), slowings, plan.duration - before)
