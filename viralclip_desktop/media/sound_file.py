"""The sound of a plan as a file of its own: the same levelled sound an export with a picture has."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.media import loudness, workdir
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.loudness import Loudness
from viralclip_desktop.media.render import same_file
from viralclip_desktop.media.run import run_ffmpeg


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A finished sound file."""

    duration_s: float
    loudness: Loudness
    size_bytes: int


def render_sound(
    plan: RenderPlan,
    out: Path,
    work: Path,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    title: str = "",
) -> SoundFile:
    """Make the sound of a plan as an M4A file (AAC) at ``out``: beside it as ``.partial``, then renamed.

    Raises :class:`BadInput` for a recording without sound or a target that is the recording itself,
    :class:`EnvironmentLacks` for a full or unwritable target, :class:`Cancelled`, and what
    :func:`run_ffmpeg` raises; nothing is left behind.
    """
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    if plan.audio_stream is None:
        raise BadInput("This recording has no sound.", "Export it with its picture.")
    if same_file(out, Path(plan.source_path)):
        raise BadInput("The clip would overwrite its own recording.", "Choose another name or folder.")
    partial = out.with_name(f"{out.name}.partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with workdir.scratch(work) as scratch:
            progress(ProgressEvent("render", 0.0))
            sound = loudness.level(plan, scratch, work / "loudness", cancel)
            progress(ProgressEvent("render", 0.9))
            _wrap(sound.path, partial, title, cancel)
        cancel.raise_if_cancelled()
        partial.replace(out)
    except OSError as error:
        raise disk_fault(error, out) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    progress(ProgressEvent("render", 1.0))
    return SoundFile(plan.duration.seconds, sound.loudness, out.stat().st_size)


def _wrap(sound: Path, out: Path, title: str, cancel: CancelToken) -> None:
    named = ["-metadata", f"title={title}"] if title else []
    copy = ["-map", "0:a:0", "-c", "copy", "-map_metadata", "-1", *named]
    run_ffmpeg(
        ["-i", str(sound), *copy, "-movflags", "+faststart", "-f", "ipod", f"file:{out}"], cancel=cancel
    )
