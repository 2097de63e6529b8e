"""Sound for speech recognition and measuring: a 16 kHz mono wav in source time, and its loudness curve."""

from __future__ import annotations

import contextlib
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import partial_of
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media.decode import SAMPLE_BYTES, SPEECH_RATE_HZ, decode_samples, named
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.peaks import PeaksWriter
from viralclip_desktop.media.probe import probe

SILENCE_DB = -100.0
"""What digital silence counts as: below the 16-bit noise floor (-96 dB)."""
_SAMPLES_AT_ONCE = 1 << 20


def extract_speech(
    path: Path,
    audio_stream_index: int,
    out_wav: Path,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    range: TimeRange | None = None,
    info: MediaInfo | None = None,
) -> Path:
    """Write one sound track (``audio_stream_index`` in the file) as a 16 kHz mono 16-bit wav.

    Sample ``n`` is source time ``n / 16000`` (``range.start + n / 16000`` with a ``range``): a late start
    and gaps are filled with silence. ``info`` saves probing the file again. Written as ``.partial`` and
    renamed. Raises :class:`Cancelled`, :class:`BadInput` and the faults of a full or closed disk.
    """
    info = info or probe(path)
    with WavWriter(out_wav) as wav:
        within = range or TimeRange(ZERO, info.duration)
        _decode(path, info, audio_stream_index, [wav], within=within, progress=progress, cancel=cancel)
        wav.finish()
    return out_wav


def decode_sound(
    path: Path,
    info: MediaInfo,
    audio_stream_index: int,
    wav_out: Path,
    peaks_out: Path,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Write the speech wav and the waveform peaks of one sound track in a single decoding pass.

    Both files are whole or not there. Raises as :func:`extract_speech`.
    """
    with WavWriter(wav_out) as wav, PeaksWriter(peaks_out) as peaks:
        within = TimeRange(ZERO, info.duration)
        _decode(path, info, audio_stream_index, [wav, peaks], within=within, progress=progress, cancel=cancel)
        peaks.finish()
        wav.finish()


def _decode(
    path: Path,
    info: MediaInfo,
    audio_stream_index: int,
    writers: list[WavWriter | PeaksWriter],
    *,
    within: TimeRange,
    progress: Progress,
    cancel: CancelToken | None,
) -> None:
    def take(block: bytes) -> None:
        for writer in writers:
            writer.add(block)

    try:
        decode_samples(
            path,
            info,
            audio_stream_index,
            take,
            within=within,
            progress=progress,
            cancel=cancel,
        )
    except BadInput as fault:
        raise named(fault, path) from fault


class WavWriter:
    """Writes 16 kHz mono 16-bit sound as it comes; leaves the finished file (after :meth:`finish`) or
    nothing."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._partial = partial_of(out)
        self._wave: wave.Wave_write

    def __enter__(self) -> WavWriter:
        try:
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._wave = wave.open(str(self._partial.path), "wb")
            self._wave.setnchannels(1)
            self._wave.setsampwidth(SAMPLE_BYTES)
            self._wave.setframerate(SPEECH_RATE_HZ)
        except OSError as error:
            raise disk_fault(error, self._partial.path) from error
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._wave.close()
        self._partial.drop()

    def add(self, block: bytes) -> None:
        """Take samples."""
        try:
            self._wave.writeframesraw(block)
        except OSError as error:
            raise disk_fault(error, self._partial.path) from error

    def finish(self) -> None:
        """Complete the header and put the file in its place."""
        try:
            self._wave.close()
            self._partial.finish()
        except OSError as error:
            raise disk_fault(error, self._partial.path) from error


def envelope(wav: Path, hop_s: float = 0.01) -> NDArray[np.float32]:
    """Loudness (RMS, dB of full scale, not below -100) of each ``hop_s`` seconds of a 16-bit wav, mono or
    not; a last part shorter than a hop counts as one. Holds a few megabytes, whatever the length.

    Raises :class:`BadInput` if the file is missing or not a 16-bit wav.
    """
    try:
        with wave.open(str(wav), "rb") as file:
            if file.getsampwidth() != SAMPLE_BYTES:
                raise BadInput(say("{name} is not a 16-bit wav.", name=wav.name))
            hop = max(1, round(hop_s * file.getframerate())) * file.getnchannels()
            parts = list(_levels(file, hop))
    except (OSError, wave.Error, EOFError) as error:
        raise BadInput(say("{name} is missing or not a wav file.", name=wav.name), "", str(error)) from error
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _levels(file: wave.Wave_read, hop: int) -> list[NDArray[np.float32]]:
    frames = max(1, _SAMPLES_AT_ONCE // hop) * hop // file.getnchannels()
    levels = []
    while data := file.readframes(frames):
        samples = np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(32768)
        power = np.add.reduceat(samples * samples, np.arange(0, len(samples), hop))
        lengths = np.full(len(power), hop, np.float32)
        lengths[-1] = len(samples) - hop * (len(power) - 1)
        power = np.maximum(power / lengths, 10 ** (SILENCE_DB / 10))
        levels.append((10 * np.log10(power)).astype(np.float32))
    return levels


def samples_between(wav: Path, within: TimeRange) -> NDArray[np.float32]:
    """The samples (-1..1) of a stretch of a mono 16-bit wav in source time; shorter at the file's end.

    Raises :class:`BadInput` if the file is missing or not a wav.
    """
    try:
        with wave.open(str(wav), "rb") as file:
            rate_hz, count = file.getframerate(), file.getnframes()
            start = min(count, within.start.clamped(ZERO, Time.from_samples(count, rate_hz)).samples(rate_hz))
            file.setpos(start)
            data = file.readframes(max(0, within.end.samples(rate_hz) - start))
    except (OSError, wave.Error, EOFError) as error:
        raise BadInput(say("{name} is missing or not a wav file.", name=wav.name), "", str(error)) from error
    return np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(32768)
