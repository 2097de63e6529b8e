"""A plan becomes a finished file, or one exact frame: the same graph, run by ffmpeg."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from viralclip_desktop.compose.graph import Window, build
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.proxies import is_far
from viralclip_desktop.core.errors import BadInput, Cancelled, Fault
from viralclip_desktop.core.files import Partial, make_folder, partial_of, same_file, write_whole
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.media import loudness, workdir
from viralclip_desktop.media.encoders import EncoderChoice
from viralclip_desktop.media.faults import DiskFull, FfmpegFailed, NotAllowed, disk_fault
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.loudness import Levelled
from viralclip_desktop.media.picture import Picture
from viralclip_desktop.media.run import one_argument, run_ffmpeg
from viralclip_desktop.media.segments import Kept
from viralclip_desktop.media.verify import Expected, Known, Report, check, verify

_BITS_PER_PIXEL = 0.12  # a busy picture at CRF 20, measured generously: for the estimate of space only
_SOUND_BYTES_S = 24_000
_DAMAGE = "Parts of the recording are damaged: what plays there may show or sound wrong."
_ENCODE_SHARE = 0.98  # of an export's time; the rest puts picture and sound together
Another = Callable[[], Path]
STILL_ARGS = ("-threads", "2")  # a still decodes at most two seconds: more threads only cost their start


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished export: where it is, what was measured on it, and what it was made with."""

    path: Path
    report: Report
    encoder: EncoderChoice
    notes: tuple[str, ...]
    reused_s: float = 0.0
    """How much of the picture was kept from an export before."""


# --- stills ---------------------------------------------------------------------------------------------


def frame_at(plan: RenderPlan, at: Time) -> int:
    """The number of the frame on screen at a clip time, held inside what is exported: below 0 in the intro,
    from the clip's frame count on in the outro."""
    frame = (at + Time(1)).frames(plan.fps)  # frame times of odd rates are rounded to a tick, perhaps down
    return min(max(frame, -plan.intro_frames), plan.frame_count + plan.outro_frames - 1)


def frame_window(plan: RenderPlan, at: Time) -> Window:
    """The frame on screen at a clip time, as a window."""
    frame = frame_at(plan, at)
    return Window(frame, frame + 1)


def render_frame(
    plan: RenderPlan, size: Size, at: Time, work: Path, cancel: CancelToken | None = None
) -> bytes:
    """The exact frame at a clip time: RGB24, ``size.height`` rows from the top of ``size.width`` pixels.

    ``work`` is the root of the work folders. Raises what :func:`run_ffmpeg` raises.
    """
    pixels = _still(plan, size, at, work, ["-f", "rawvideo", "-pix_fmt", "rgb24"], cancel=cancel)
    if len(pixels) != size.width * size.height * 3:
        raise FfmpegFailed("The frame could not be made.", "Check that the recording is still there.")
    return pixels


def frame_png(
    plan: RenderPlan, size: Size, at: Time, out: Path, work: Path, *, cancel: CancelToken | None = None
) -> Path:
    """Write the exact frame at a clip time as a PNG file; returns ``out``."""
    output = ["-f", "image2pipe", "-c:v", "png", "-pix_fmt", "rgb24"]
    picture = _still(plan, size, at, work, output, cancel=cancel)
    try:
        write_whole(out, picture)
    except OSError as error:
        raise disk_fault(error, out) from error
    return out


def _still(
    plan: RenderPlan, size: Size, at: Time, work: Path, output: list[str], *, cancel: CancelToken | None
) -> bytes:
    folder = workdir.prepare(work, plan)
    graph = build(plan, size, frame_window(plan, at), audio=False, pixels="rgb24")
    blocks: list[bytes] = []
    threads = () if any(is_far(one.info) for one in plan.recordings) else STILL_ARGS
    args = [*threads, *graph_args(graph, folder), "-map", str(graph.video), "-frames:v", "1", *output]
    # Threads of the filters cost more to start than one frame takes.
    run_ffmpeg(
        ["-filter_complex_threads", "1", *args, "pipe:1"], cwd=folder, cancel=cancel, stdout=blocks.append
    )
    return b"".join(blocks)


# --- exports --------------------------------------------------------------------------------------------


def render_export(
    plan: RenderPlan,
    size: Size,
    out: Path,
    encoder: EncoderChoice,
    work: Path,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    title: str = "",
    language: str = "",
    kept: Kept | None = None,
    another: Another | None = None,
) -> Rendered:
    """Make the finished file of a plan at ``out``: rendered beside it as ``.partial``, verified, renamed.

    ``work`` is the root of the work folders. What ``kept`` has of the picture is not encoded again, and what
    is new of it goes there, where the encoder allows it. ``another`` gives a free path where a file has come
    to ``out`` meanwhile (without it, that is replaced). ``language``: what is spoken, by ISO 639-2 (T).
    Whatever goes wrong leaves nothing behind. Raises :class:`BadInput` for a target that is the recording
    itself, :class:`EnvironmentLacks` for a full or unwritable target, :class:`Cancelled`, and what
    :func:`run_ffmpeg` raises.
    """
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    partial = partial_of(out)
    _claim(plan, size, partial)
    try:
        with workdir.scratch(work) as scratch:
            tell = _teller(progress)
            look = workdir.prepare(work, plan)
            picture = Picture(
                plan, size, encoder, look, scratch, kept, lambda share: tell(share * _ENCODE_SHARE)
            )
            job = _Export(plan, size, picture, scratch, cancel, tell)
            rendered = job.run(partial.path, work / "loudness", title, language)
        cancel.raise_if_cancelled()
        return replace(rendered, path=put_in_place(partial, another))
    finally:
        partial.drop()


def estimated_bytes(plan: RenderPlan, size: Size) -> int:
    """About how large the finished file becomes, rather too high than too low."""
    picture = size.width * size.height * float(plan.fps) * _BITS_PER_PIXEL / 8
    return round((picture + _SOUND_BYTES_S) * plan.file_duration.seconds)


def _claim(plan: RenderPlan, size: Size, partial: Partial) -> None:
    """Check that the target can be written, before any work is done."""
    out = partial.target
    if any(same_file(out, Path(recording.path)) for recording in plan.recordings):
        raise BadInput("The clip would overwrite its own recording.", "Choose another name or folder.")
    try:
        make_folder(out.parent)
        if out.is_dir():
            raise NotAllowed(say("{out} is a folder.", out=out), "Choose a file name.")
        partial.drop()  # a killed program's ffmpeg may write to it still: that goes nowhere from now on
        partial.path.write_bytes(b"")
        free = shutil.disk_usage(out.parent).free
    except OSError as error:
        raise disk_fault(error, out) from error
    needed = estimated_bytes(plan, size)
    if free < needed:
        partial.drop()
        raise DiskFull(
            say(
                "The disk is too full: about {needed} MB are needed and {free} MB are free.",
                needed=Number(needed / 1e6, 0),
                free=Number(free / 1e6, 0),
            ),
            "Free some space, or choose another folder, and try again.",
        )


def put_in_place(partial: Partial, another: Another | None) -> Path:
    """Rename what is finished; where its place has been taken meanwhile it goes to ``another`` one (without
    that it replaces what is there). Returns where it is. Raises what :func:`disk_fault` makes."""
    while True:
        try:
            if another is None:
                partial.finish()
            else:
                partial.finish_new()
            return partial.target
        except FileExistsError as error:
            if another is None:
                raise disk_fault(error, partial.target) from error
            partial = replace(partial, target=another())
        except OSError as error:
            raise disk_fault(error, partial.target) from error


@dataclass
class _Export:
    """One export at work, in ``scratch``."""

    plan: RenderPlan
    size: Size
    picture: Picture
    scratch: Path
    cancel: CancelToken
    tell: Callable[[float], None]

    def run(self, partial: Path, loudness_cache: Path, title: str, language: str) -> Rendered:
        """Sound and picture side by side, then one file of both, then the check."""
        sound = self._picture_and_sound(loudness_cache)
        self._mux(sound, partial, title, language)
        report = self._verified(partial, sound)
        self.picture.keep()
        self.tell(1.0)
        encoder, damage = self.picture.encoder, _DAMAGE if self.picture.undecoded else ""
        notes = tuple(filter(None, (encoder.note, damage, *report.remarks)))
        return Rendered(partial, report, encoder, notes, float(self.picture.reused / self.plan.fps))

    def _picture_and_sound(self, loudness_cache: Path) -> Levelled:
        stop = CancelToken()
        forget = self.cancel.on_cancel(stop.cancel)
        try:
            with ThreadPoolExecutor(1, "sound") as pool:
                making = pool.submit(_or_stop, stop, lambda: self._sound(loudness_cache, stop))
                picture: Fault | None = None
                try:
                    self.picture.make(stop)
                except Fault as fault:
                    picture = fault
                    stop.cancel()
                trouble = making.exception()
        finally:
            forget()
        self.cancel.raise_if_cancelled()
        faults = [fault for fault in (trouble, picture) if fault is not None]
        if faults:  # the one that stopped the other says why
            raise next((fault for fault in faults if not isinstance(fault, Cancelled)), faults[0])
        return making.result()

    def _sound(self, loudness_cache: Path, stop: CancelToken) -> Levelled:
        return loudness.level(self.plan, self.scratch, loudness_cache, stop)

    def _mux(self, sound: Levelled, partial: Path, title: str, language: str) -> None:
        inputs = ["-i", str(self.picture.file), "-i", str(sound.path)]
        copy = ["-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"]
        named = ["-metadata", f"title={one_argument(title)}"] if title else []
        named += ["-metadata:s:a:0", f"language={language}"] if language else []
        tail = ["-movflags", "+faststart", "-f", "mp4", f"file:{partial}"]
        run_ffmpeg([*inputs, *copy, *named, *tail], cancel=self.cancel)

    def _verified(self, partial: Path, sound: Levelled) -> Report:
        target = None if sound.loudness.integrated_lufs is None else sound.plan.target_lufs
        still = meant_to_stand(self.plan)
        expected = Expected(self.size, self.plan.fps, self.plan.file_frames, target, still)
        report = verify(partial, expected, Known(self.picture.seen, sound.heard), self.cancel)
        if report.faults and self.picture.undecoded:
            raise BadInput(_DAMAGE, "Try to play it in another program.", "; ".join(report.faults))
        check(report)
        return report


def meant_to_stand(plan: RenderPlan) -> tuple[TimeRange, ...]:
    """Where cards and still pictures play, in file time."""
    begin = Time.from_frames(plan.intro_frames, plan.fps)
    found = []
    for planned in plan.parts:
        end = begin + planned.part.duration
        if planned.recording is None or planned.recording.is_still:
            found.append(TimeRange(begin, end))
        begin = end
    return tuple(found)


def _or_stop(stop: CancelToken, work: Callable[[], Levelled]) -> Levelled:
    """Run ``work``; when it fails, stop whatever else goes on with the same token."""
    try:
        return work()
    except Fault:
        stop.cancel()
        raise


def _teller(progress: Progress) -> Callable[[float], None]:
    time_left = TimeLeft()
    return lambda fraction: progress(ProgressEvent("render", fraction, "", time_left(fraction)))
