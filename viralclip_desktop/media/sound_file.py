"""The sound of a plan as a file of its own: the same levelled sound an export with a picture has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import make_folder, partial_of, same_file
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import SoundFormat
from viralclip_desktop.media import loudness, workdir
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.loudness import Levelled
from viralclip_desktop.media.render import Another, frame_png, put_in_place
from viralclip_desktop.media.run import one_argument, run_ffmpeg
from viralclip_desktop.media.verify import ExpectedSound, Report, check, verify_sound

_CODECS = {SoundFormat.M4A: "aac", SoundFormat.MP3: "mp3"}
_WRAPPED = {
    SoundFormat.M4A: ("-movflags", "+faststart", "-f", "ipod"),
    SoundFormat.MP3: ("-id3v2_version", "3", "-f", "mp3"),  # version 3: the one every player reads
}
_COVER = Size(1400, 1400)  # the least that podcast directories take
_COVER_AT = Time.from_seconds(1)  # a first frame is often somebody drawing breath


@dataclass(frozen=True, slots=True)
class Tags:
    """What players show of a sound file; empty ones are left out."""

    title: str = ""
    artist: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A finished sound file."""

    path: Path
    report: Report
    codec: str


def render_sound(
    plan: RenderPlan,
    out: Path,
    work: Path,
    form: SoundFormat = SoundFormat.M4A,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    tags: Tags | None = None,
    another: Another | None = None,
) -> SoundFile:
    """Make the sound of a plan as a file at ``out``: beside it as ``.partial``, verified, then renamed.

    ``another`` gives a free path where a file has come there meanwhile, as in :func:`render_export`.

    A clip with a picture gives the file a square cover. Raises :class:`BadInput` for a clip without sound
    or a target that is the recording itself, :class:`EnvironmentLacks` for a full or unwritable target,
    :class:`Cancelled`, and what :func:`run_ffmpeg` raises; nothing is left behind.
    """
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    if not plan.has_sound:
        raise BadInput("This clip has no sound.", "Export it with its picture.")
    if any(same_file(out, Path(recording.path)) for recording in plan.recordings):
        raise BadInput("The clip would overwrite its own recording.", "Choose another name or folder.")
    partial = partial_of(out)
    partial.drop()  # a killed program's ffmpeg may write to it still: that goes nowhere now
    try:
        make_folder(out.parent)
        with workdir.scratch(work) as scratch:
            progress(ProgressEvent("render", 0.0))
            sound = loudness.level(plan, scratch, work / "loudness", cancel, form=form)
            progress(ProgressEvent("render", 0.8))
            cover = _cover(plan, scratch / "cover.png", work, cancel)
            progress(ProgressEvent("render", 0.9))
            _wrap(sound.path, cover, partial.path, form, tags or Tags(), cancel=cancel)
        report = _verified(plan, partial.path, sound, form, cancel)
        cancel.raise_if_cancelled()
        path = put_in_place(partial, another)
    except OSError as error:
        raise disk_fault(error, out) from error
    finally:
        partial.drop()
    progress(ProgressEvent("render", 1.0))
    return SoundFile(path, report, _CODECS[form])


def _cover(plan: RenderPlan, out: Path, work: Path, cancel: CancelToken) -> Path | None:
    """A frame of the clip without its words; None for sound alone."""
    if not plan.has_picture:
        return None
    square = replace(plan, aspect=Aspect.SQUARE, words=(), style=None, name_line=None, titles=())
    at = min(_COVER_AT, Time(plan.duration.ticks // 2))
    return frame_png(square, _COVER, at, out, work, cancel=cancel)


def _wrap(
    sound: Path, cover: Path | None, out: Path, form: SoundFormat, tags: Tags, *, cancel: CancelToken
) -> None:
    inputs, args = ["-i", str(sound)], ["-map", "0:a:0", "-c:a", "copy", "-map_metadata", "-1"]
    if cover is not None:
        inputs += ["-i", str(cover)]
        args += ["-map", "1:v:0", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"]
        args += ["-disposition:v:0", "attached_pic", "-metadata:s:v", "comment=Cover (front)"]
    named = {"title": tags.title, "artist": tags.artist, "album": tags.album}
    for name, value in named.items():
        args += ["-metadata", f"{name}={one_argument(value)}"] if value else []
    run_ffmpeg([*inputs, *args, *_WRAPPED[form], f"file:{out}"], cancel=cancel)


def _verified(
    plan: RenderPlan, partial: Path, sound: Levelled, form: SoundFormat, cancel: CancelToken
) -> Report:
    target = None if sound.loudness.integrated_lufs is None else sound.plan.target_lufs
    expected = ExpectedSound(_CODECS[form], plan.file_duration.seconds, target)
    report = verify_sound(partial, expected, sound.heard, cancel)
    check(report)
    return report
