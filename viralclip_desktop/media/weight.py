"""How many bytes the picture of an export takes: measured by encoding a little of it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from hashlib import blake2b
from itertools import cycle
from pathlib import Path

from viralclip_desktop.compose.graph import Window, build, whole_file
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.media import encoders, workdir
from viralclip_desktop.media.encoders import EncoderChoice
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.run import run_ffmpeg

_SAMPLES = 3
_SAMPLE_S = 2  # a group of pictures: its keyframe weighs as much as five of the others


def picture_bytes(
    plans: Sequence[RenderPlan],
    size: Size,
    encoder: EncoderChoice,
    work: Path,
    cancel: CancelToken | None = None,
) -> int:
    """About how many bytes the picture of a clip becomes: three groups of two seconds are encoded as the
    export does it, each by the next of the ``plans`` that it may follow. Kept below ``work``, the root of the
    work folders, by what decides the picture.

    Takes about as long as 6 s of an export. Raises what :func:`run_ffmpeg` raises.
    """
    kept = work / "weights" / _name(plans, size, encoder)
    with contextlib.suppress(OSError, ValueError):
        return int(kept.read_text(encoding="utf-8"))
    windows = _windows(plans[0])
    pairs = zip(cycle(plans), windows, strict=False)
    found = sum(_encoded(plan, size, encoder, work, window, cancel=cancel) for plan, window in pairs)
    total = round(found * whole_file(plans[0]).frames / max(1, sum(window.frames for window in windows)))
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, str(total).encode())
    return total


def _name(plans: Sequence[RenderPlan], size: Size, encoder: EncoderChoice) -> str:
    content = repr((*plans, size, encoder.name, encoder.max_kbit_s))
    return f"{blake2b(content.encode(), digest_size=12).hexdigest()}.txt"


def _windows(plan: RenderPlan) -> list[Window]:
    """Stretches of the file spread evenly; the whole of a short one in thirds."""
    everything = whole_file(plan)
    share = everything.frames / _SAMPLES
    frames = max(1, min(round(_SAMPLE_S * plan.fps), int(share)))
    firsts = [everything.first + int(share * (number + 0.5) - frames / 2) for number in range(_SAMPLES)]
    return [Window(first, first + frames) for first in firsts if first + frames <= everything.last]


def _encoded(
    plan: RenderPlan,
    size: Size,
    encoder: EncoderChoice,
    work: Path,
    window: Window,
    *,
    cancel: CancelToken | None,
) -> int:
    folder = workdir.prepare(work, plan)
    graph = build(plan, size, window, audio=False)
    script, label = graph.script, str(graph.video)
    upload = encoders.upload_filters(encoder)
    if upload:
        script, label = f"{script};{label}{upload}[uploaded]", "[uploaded]"
    found = 0

    def take(block: bytes) -> None:
        nonlocal found
        found += len(block)

    args = [*encoders.global_args(encoder), *graph_args(graph, folder, script), "-map", label]
    args += [*encoders.video_args(encoder, plan.fps), "-fps_mode", "passthrough", "-f", "h264", "pipe:1"]
    run_ffmpeg(args, cwd=folder, cancel=cancel, stdout=take)
    return found
