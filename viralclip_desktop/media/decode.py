"""Sound as a stream of samples in source time, through one ffmpeg pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from viralclip_desktop.compose.soundtrack import SMALLEST_GAP_S, used_channels
from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media.run import input_args, run_ffmpeg

SPEECH_RATE_HZ = 16_000
"""Samples a second of decoded sound: what every speech recogniser here takes."""
SAMPLE_BYTES = 2


def decode_samples(
    path: Path,
    info: MediaInfo,
    stream_index: int,
    sink: Callable[[bytes], object],
    *,
    within: TimeRange,
    stereo: bool = False,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Decode one sound track and hand it to ``sink`` as blocks of 16 kHz 16-bit samples: mono, or with
    ``stereo`` left and right in turn, as recorded.

    ``within`` is source time: sample ``n`` is at ``within.start + n / 16000`` whatever the container's time
    stamps begin with, a late start and gaps are filled with silence. Memory stays flat.
    Raises :class:`Cancelled`, :class:`BadInput` for undecodable sound, and what ``sink`` raises.
    """
    meter = _Meter(within.duration, SAMPLE_BYTES * (2 if stereo else 1), progress)

    def take(block: bytes) -> None:
        sink(block)
        meter.count(len(block))

    arguments = _arguments(path, info, stream_index, within, stereo=stereo)
    run_ffmpeg(arguments, stdout=take, cancel=cancel)
    progress(ProgressEvent("sound", 1.0))


def _arguments(
    path: Path, info: MediaInfo, stream_index: int, within: TimeRange, *, stereo: bool
) -> list[str]:
    # Without -copyts ffmpeg would let an MPEG-TS start at the first track in use instead of at its start.
    begin_s = within.start.seconds - info.sound_ahead_s
    seek = ["-ss", f"{begin_s:.6f}"] if begin_s > 0 else []
    origin = (info.start_offset + within.start).seconds
    to_source_time = f"asetpts=PTS-({origin:.9f})/TB,atrim=start=0"
    track = next((track for track in info.audio if track.index == stream_index), None)
    pan = "" if stereo or track is None else used_channels(track)
    if pan:
        to_source_time = f"pan={pan},{to_source_time}"
    fill = f"aresample={SPEECH_RATE_HZ}:async=1:min_hard_comp={SMALLEST_GAP_S}:first_pts=0"
    layout = "stereo" if stereo else "mono"
    shape = f"aformat=sample_fmts=s16:channel_layouts={layout},atrim=end={within.duration.seconds:.6f}"
    # A second at a time: handing over every 20 ms costs a seventh more processor time (measured).
    batch = f"asetnsamples=n={SPEECH_RATE_HZ}:p=0"
    return [
        *("-copyts", *seek, *input_args(path), "-map", f"0:{stream_index}", "-vn", "-sn", "-dn"),
        *("-af", f"{to_source_time},{fill},{shape},{batch}", "-flush_packets", "0", "-f", "s16le", "pipe:1"),
    ]


class _Meter:
    """Turns bytes into progress, at most a hundred times."""

    def __init__(self, whole: Time, bytes_each: int, progress: Progress) -> None:
        self._whole_bytes = max(1, whole.samples(SPEECH_RATE_HZ) * bytes_each)
        self._progress = progress
        self._time_left = TimeLeft()
        self._bytes = 0
        self._told = 0.0

    def count(self, more_bytes: int) -> None:
        self._bytes += more_bytes
        fraction = min(1.0, self._bytes / self._whole_bytes)
        if fraction - self._told >= 0.01:
            self._told = fraction
            self._progress(ProgressEvent("sound", fraction, time_left_s=self._time_left(fraction)))


def named(fault: Fault, path: Path) -> Fault:
    """A fault of decoding, with the file's name in it where that is missing."""
    if isinstance(fault, BadInput) and path.name not in fault.message:
        return BadInput(
            say("The sound of {name} cannot be decoded.", name=path.name), fault.hint, fault.details
        )
    return fault
