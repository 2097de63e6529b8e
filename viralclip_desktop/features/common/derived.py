"""What is derived from a recording and can be made again: its picture, its speech wav, its waveform."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.stretches import one_at_a_time
from viralclip_desktop.media.bad_input import check_readable
from viralclip_desktop.media.faults import FfmpegFailed

if TYPE_CHECKING:
    from viralclip_desktop.media.peaks import Peaks

SPEECH_WAV, PEAKS, THUMBNAIL = "speech.wav", "peaks.bin", "thumbnail.jpg"
MEASURED_SOUND = "sound.npz"
"""File names in a source's cache folder; other features look for them there."""

_building = threading.Lock()  # two jobs on one recording must not write the same files


def ensure_sound(
    paths: DataPaths, source: Source, progress: Progress, cancel: CancelToken
) -> tuple[Path | None, Path | None]:
    """The speech wav (16 kHz mono, source time) and the waveform of a source, made now if missing.

    Both are None for a recording without sound. Raises :class:`BadInput` when they have to be made and
    the recording is gone or cannot be decoded, :class:`Cancelled`, and the faults of a full disk.
    """
    from viralclip_desktop.media.audio import decode_sound  # with numpy, which the start does without

    if source.audio is None:
        return None, None
    folder = paths.source_cache(source.id)
    wav, peaks = folder / SPEECH_WAV, folder / PEAKS
    with one_at_a_time(_building, cancel):
        if not (wav.is_file() and _is_whole(peaks)):
            recording = Path(source.path)
            check_readable(recording)
            decode_sound(
                recording, source.info, source.audio.index, wav, peaks, progress=progress, cancel=cancel
            )
    progress(ProgressEvent("sound", 1.0))
    return wav, peaks


def forget_sound(paths: DataPaths, source_id: str) -> None:
    """Remove what was derived of a source's sound; the next need makes it anew."""
    folder = paths.source_cache(source_id)
    with _building:
        for name in (SPEECH_WAV, PEAKS, MEASURED_SOUND):
            (folder / name).unlink(missing_ok=True)


def ensure_speech(paths: DataPaths, source: Source, progress: Progress, cancel: CancelToken) -> Path | None:
    """The speech wav as it lies there, else made with the waveform; None for a recording without sound.
    Raises as :func:`ensure_sound`."""
    wav = paths.source_cache(source.id) / SPEECH_WAV
    return wav if wav.is_file() else ensure_sound(paths, source, progress, cancel)[0]


def ensure_thumbnail(paths: DataPaths, source: Source, cancel: CancelToken) -> Path | None:
    """A picture of the source that shows something, made now if missing; None for sound alone, or where
    no picture can be decoded. Raises :class:`Cancelled` and the faults of a full disk."""
    from viralclip_desktop.media.thumbnails import telling_moment, thumbnail

    if source.info.video is None:
        return None
    out = paths.source_cache(source.id) / THUMBNAIL
    if out.is_file():
        return out
    recording = Path(source.path)
    try:
        return thumbnail(recording, source.info, telling_moment(recording, source.info, cancel), out)
    except (BadInput, FfmpegFailed):  # a card without a picture is no reason to refuse the recording
        return None


def source_thumbnail(paths: DataPaths, source_id: str) -> Path | None:
    """The picture of a source, if it was made; None for sound alone."""
    path = paths.source_cache(source_id) / THUMBNAIL
    return path if path.exists() else None


def source_peaks(paths: DataPaths, source_id: str) -> Peaks | None:
    """The waveform of a source, if it was made; None without sound."""
    from viralclip_desktop.media.peaks import load_peaks

    path = paths.source_cache(source_id) / PEAKS
    return load_peaks(path) if path.exists() else None


def _is_whole(peaks: Path) -> bool:
    from viralclip_desktop.media.peaks import load_peaks

    try:
        load_peaks(peaks)
    except BadInput:
        return False
    return True
