"""The waveform as a pyramid of peaks in a memory-mapped file: drawn at any zoom without decoding again."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import partial_of
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media.decode import SPEECH_RATE_HZ, decode_samples, named
from viralclip_desktop.media.faults import disk_fault

BUCKET_SAMPLES = 128
"""Samples of the finest level's buckets: 8 ms at 16 kHz, a pixel at 125 pixels a second."""
_FACTOR = 4  # each level is a quarter of the one below: the whole pyramid is a third more than its base
_MAGIC = b"VCPEAKS1"
_HEADER = struct.Struct("<8sIIIIQ")  # magic, rate, bucket, factor, levels, buckets of the finest level
_ROWS_AT_ONCE = 1 << 16  # 8 MiB of samples or 256 KiB of peaks


@dataclass(frozen=True)
class Peaks:
    """Lowest and highest sample of every bucket, in levels from fine to coarse (each ``(buckets, 2)``,
    16-bit). Bucket ``b`` of level ``n`` covers ``bucket_samples * 4**n`` samples of source time."""

    rate_hz: int
    bucket_samples: int
    levels: tuple[NDArray[np.int16], ...]

    @property
    def duration_s(self) -> float:
        """Seconds of sound covered."""
        return len(self.levels[0]) * self.bucket_samples / self.rate_hz

    def between(self, within: TimeRange, buckets: int) -> NDArray[np.float32]:
        """Lowest and highest sample (-1..1) of ``buckets`` equal parts of ``within`` (source time), shaped
        ``(buckets, 2)``; zero where there is no sound."""
        start = within.start.seconds * self.rate_hz
        width = within.duration.seconds * self.rate_hz / max(1, buckets)
        level, size = self._level_for(width)
        edges = np.floor((start + width * np.arange(buckets + 1)) / size).astype(np.int64)
        shown = np.zeros((buckets, 2), dtype=np.float32)
        inside = (edges[:-1] < len(level)) & (edges[:-1] >= 0)
        if inside.any():
            shown[inside] = _reduce(level, edges[:-1][inside], edges[1:][inside])
        return shown

    def _level_for(self, width_samples: float) -> tuple[NDArray[np.int16], int]:
        """The coarsest level with at least four buckets to a part: exact to a quarter of a pixel."""
        size = self.bucket_samples
        for level in self.levels[:-1]:
            if size * _FACTOR * 4 > width_samples:
                return level, size
            size *= _FACTOR
        return self.levels[-1], size


def _reduce(
    level: NDArray[np.int16], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.float32]:
    first, last = int(starts[0]), min(len(level), max(int(ends[-1]), int(starts[-1]) + 1))
    part = level[first:last]
    lows = np.minimum.reduceat(part[:, 0], starts - first)
    highs = np.maximum.reduceat(part[:, 1], starts - first)
    return np.stack([lows, highs], axis=1).astype(np.float32) / np.float32(32768)


def build_peaks(
    path: Path,
    info: MediaInfo,
    audio_stream_index: int,
    out: Path,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Peaks:
    """Decode one sound track (``audio_stream_index`` in the file) and write its peaks to ``out``.

    Written beside as ``.partial`` and renamed, so ``out`` is whole or not there. Raises
    :class:`Cancelled`, :class:`BadInput` and the faults of a full or closed disk.
    """
    with PeaksWriter(out) as writer:
        try:
            decode_samples(
                path,
                info,
                audio_stream_index,
                writer.add,
                within=TimeRange(ZERO, info.duration),
                progress=progress,
                cancel=cancel,
            )
        except BadInput as fault:
            raise named(fault, path) from fault
        writer.finish()
    return load_peaks(out)


def load_peaks(out: Path) -> Peaks:
    """Map a finished peaks file into memory. Raises :class:`BadInput` if it is missing or not one."""
    try:
        with out.open("rb") as file:
            head = _HEADER.unpack(file.read(_HEADER.size))
    except (OSError, struct.error) as error:
        raise BadInput("The waveform file is missing or damaged.", "Import the recording again.") from error
    magic, rate_hz, bucket, factor, count, buckets = head
    if magic != _MAGIC or factor != _FACTOR:
        raise BadInput("The waveform file is of another version.", "Import the recording again.")
    sizes = _level_sizes(buckets)
    if len(sizes) != count or out.stat().st_size != _HEADER.size + 4 * sum(sizes):
        raise BadInput("The waveform file is damaged.", "Import the recording again.")
    whole = np.memmap(out, dtype="<i2", mode="r", offset=_HEADER.size, shape=(sum(sizes), 2))
    starts = np.cumsum([0, *sizes])
    levels = tuple(whole[low:high] for low, high in pairwise(starts))
    return Peaks(rate_hz, bucket, levels)


def _level_sizes(buckets: int) -> list[int]:
    """Buckets of each level, down to a single one."""
    sizes = [buckets]
    while sizes[-1] > 1:
        sizes.append(-(-sizes[-1] // _FACTOR))
    return sizes


class PeaksWriter:
    """Takes samples as they are decoded and writes the pyramid; a context manager that leaves either the
    finished file (after :meth:`finish`) or nothing. Holds one block in memory, whatever the length."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._partial = partial_of(out)
        self._rest = b""
        self._buckets = 0
        self._file: BinaryIO

    def __enter__(self) -> PeaksWriter:
        try:
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._partial.path.open("w+b")
            self._file.write(bytes(_HEADER.size))
        except OSError as error:
            raise disk_fault(error, self._partial.path) from error
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        self._partial.drop()

    def add(self, block: bytes) -> None:
        """Take 16 kHz mono 16-bit samples, any number of bytes."""
        data = self._rest + block if self._rest else block
        whole = len(data) // (2 * BUCKET_SAMPLES) * (2 * BUCKET_SAMPLES)
        self._rest = data[whole:]
        if whole:
            self._write(np.frombuffer(data, dtype="<i2", count=whole // 2).reshape(-1, BUCKET_SAMPLES))

    def finish(self) -> None:
        """Write the coarser levels and the header, and put the file in its place."""
        if len(self._rest) >= 2 or not self._buckets:
            tail = np.frombuffer(self._rest, dtype="<i2", count=len(self._rest) // 2)
            self._write((tail if len(tail) else np.zeros(1, np.int16)).reshape(1, -1))
        try:
            self._write_levels()
            self._file.close()
            self._partial.finish()
        except OSError as error:
            raise disk_fault(error, self._partial.path) from error

    def _write(self, rows: NDArray[np.int16]) -> None:
        pairs = np.empty((len(rows), 2), dtype="<i2")
        rows.min(axis=1, out=pairs[:, 0])
        rows.max(axis=1, out=pairs[:, 1])
        try:
            self._file.write(pairs.tobytes())
        except OSError as error:
            raise disk_fault(error, self._partial.path) from error
        self._buckets += len(rows)

    def _write_levels(self) -> None:
        sizes = _level_sizes(self._buckets)
        start = _HEADER.size
        for size in sizes[:-1]:
            self._write_coarser(start, size)
            start += 4 * size
        self._file.seek(0)
        self._file.write(
            _HEADER.pack(_MAGIC, SPEECH_RATE_HZ, BUCKET_SAMPLES, _FACTOR, len(sizes), self._buckets)
        )

    def _write_coarser(self, start: int, size: int) -> None:
        """Read ``size`` buckets from byte ``start`` in blocks and append the level above them."""
        end = start + 4 * size
        for done in range(0, size, _ROWS_AT_ONCE):
            rows = min(_ROWS_AT_ONCE, size - done)
            self._file.seek(start + 4 * done)
            pairs = np.frombuffer(self._file.read(4 * rows), dtype="<i2").reshape(-1, 2)
            groups = np.arange(0, rows, _FACTOR)
            lows = np.minimum.reduceat(pairs[:, 0], groups)
            highs = np.maximum.reduceat(pairs[:, 1], groups)
            self._file.seek(end)
            self._file.write(np.stack([lows, highs], axis=1).astype("<i2").tobytes())
            end += 4 * len(groups)
