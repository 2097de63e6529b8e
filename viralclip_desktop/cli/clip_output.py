"""A clip as commands print it, after an edit or when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.time import format_clock, format_duration

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.common.services import Services


def clip_lines(clip: Clip) -> list[str]:
    """A clip for people: where it lies and why it was chosen."""
    score = "  " if clip.score is None else f"{clip.score:2d}"
    head = f"{clip.id}  {score}  {_span(clip)} ({format_duration(clip.duration)})  {clip.title}"
    head += f"  ({clip.review.value})" if clip.review else ""
    return [head, *(f"    {reason.text}" for reason in clip.reasons[:3])]


def _span(clip: Clip) -> str:
    hull = clip.hull
    return "no recording" if hull is None else f"{format_clock(hull.start)} to {format_clock(hull.end)}"


def print_clip(
    clip: Clip,
    output: Output,
    exports: Sequence[dict[str, Any]] = (),
    dubs: Sequence[dict[str, Any]] | None = None,
) -> int:
    """One clip with everything about it; ``dubs`` where they are to be listed."""
    lines = [*clip_lines(clip), f"    first: {clip.quote_first}", f"    last: {clip.quote_last}"]
    cuts = [f"{format_clock(cut.start)} to {format_clock(cut.end)}" for cut in clip.cuts]
    lines += [f"    cut out: {', '.join(cuts)}"] if cuts else []
    lines += [f"    {_counted(clip)}"] if _counted(clip) else []
    lines += [f"    export {export['id']}: {export['status']}, {export['path']}" for export in exports]
    lines += [f"    dubbed in {dub['language']}: {dub['voice']}, {dub['mode']}" for dub in dubs or ()]
    shape = shapes.clip_detail_shape(clip, output.path_of) | {"exports": list(exports)}
    output.result(shape if dubs is None else shape | {"dubs": list(dubs)}, lines)
    return 0


def print_moved(services: Services, clip: Clip, output: Output) -> int:
    """One clip after an edit of what plays in it: how it stands, and why, is said anew."""
    from viralclip_desktop.features.moments.judging import judge_again

    return print_clip(judge_again(services.store, services.paths, clip.id) or clip, output)


def print_clips(clips: Sequence[Clip], output: Output) -> int:
    """Several clips, in their order."""
    lines = [line for clip in clips for line in clip_lines(clip)[:1]]
    output.result(
        [shapes.clip_detail_shape(clip, output.path_of) for clip in clips], lines or ["No clips yet."]
    )
    return 0


def _counted(clip: Clip) -> str:
    counts = ((len(clip.layers), "layer"), (len(clip.markers), "marker"), (len(clip.frame_keys), "keyframe"))
    return ", ".join(f"{n} {noun}{'s' if n > 1 else ''}" for n, noun in counts if n)
