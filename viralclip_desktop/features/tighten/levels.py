"""How far a recording's sound stands above its room, every 5 ms: what is quiet, and where it is quietest.

Two measures count, the higher one at each moment: the plain level, and the level of the sample differences,
in which the soft hiss of a final "s" stands out and hum does not. Each is measured against the room around
it: the 5th percentile of half a minute to each side.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress

HOP_S: Final = 0.005
_BLOCK_S: Final = 30
_SMOOTH: Final = 6  # hops, 30 ms: what an edge is moved to
_FINE: Final = 3  # hops, 15 ms: short enough to find where a word ends
_CHUNK: Final = 1000  # hops, 5 s
_AROUND: Final = 6  # chunks to each side
_DEEPEST_DB: Final = 50.0  # below the speech: digital silence counts as a room this quiet
_SHALLOWEST_DB: Final = 15.0  # steady sound closer to the speech than this is no room
_LEAST_DB, _MOST_DB, _SHARE = 6.0, 9.0, 0.25  # quiet: this share of the way from the room to the speech
_SILENCE: Final = 1e-10  # power, -100 dB of full scale

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Levels:
    """Values of each hop of 5 ms; the first one begins at ``start_s`` (source time)."""

    above_db: Floats
    """Above the room, over 15 ms."""
    smooth_db: Floats
    """The same over 30 ms around the start of each hop."""
    quiet: Flags
    """Where nothing but the room is heard."""
    loud_db: Floats
    """How far speech stands above the room there."""
    start_s: float = 0.0

    @property
    def end_s(self) -> float:
        """Where the last hop ends."""
        return self.start_s + len(self.quiet) * HOP_S

    def hop(self, at_s: float) -> int:
        """The hop that a source time lies in, held inside."""
        return max(0, min(len(self.quiet), round((at_s - self.start_s) / HOP_S)))

    def time(self, hop: int) -> float:
        """When a hop begins, in source seconds."""
        return self.start_s + hop * HOP_S

    def quiet_runs(self, shortest_s: float) -> list[tuple[float, float]]:
        """Stretches of quiet of at least a length, in order."""
        least = max(1, round(shortest_s / HOP_S))
        return [(self.time(a), self.time(b)) for a, b in _runs(self.quiet) if b - a >= least]

    def sound_runs(self, closed_s: float = 0.04) -> list[tuple[float, float]]:
        """Stretches of sound, in order; less quiet than ``closed_s`` within one is part of it."""
        joined: list[tuple[int, int]] = []
        for a, b in _runs(~self.quiet):
            if joined and (a - joined[-1][1]) * HOP_S < closed_s:
                joined[-1] = (joined[-1][0], b)
            else:
                joined.append((a, b))
        return [(self.time(a), self.time(b)) for a, b in joined]

    def sounding_s(self, start_s: float, end_s: float) -> float:
        """How many seconds between two times are not quiet."""
        return float(np.count_nonzero(~self.quiet[self.hop(start_s) : self.hop(end_s)])) * HOP_S

    def at(self, at_s: float) -> float:
        """The level over the 30 ms around a time, dB above the room."""
        if not len(self.smooth_db):
            return 0.0
        return float(self.smooth_db[min(self.hop(at_s), len(self.smooth_db) - 1)])


def measure(
    wav: Path,
    start_s: float = 0.0,
    end_s: float | None = None,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Levels:
    """Measure a mono 16-bit wav between two times; memory is about 5 MB an hour.

    Raises :class:`BadInput` for a file that is missing or no such wav, and :class:`Cancelled`.
    """
    cancel = cancel or CancelToken()
    plain: list[Floats] = []
    edged: list[Floats] = []
    try:
        with wave.open(str(wav), "rb") as audio:
            rate = audio.getframerate()
            first = min(audio.getnframes(), max(0, round(start_s / HOP_S) * round(rate * HOP_S)))
            last = audio.getnframes() if end_s is None else min(audio.getnframes(), round(end_s * rate))
            audio.setpos(first)
            for done, block in _blocks(audio, max(0, last - first), rate * _BLOCK_S):
                cancel.raise_if_cancelled()
                _add_powers(block, round(rate * HOP_S), plain, edged)
                progress(ProgressEvent("listen", done))
    except (OSError, wave.Error, EOFError) as error:
        raise BadInput(say("{name} is missing or not a wav file.", name=wav.name), "", str(error)) from error
    return levels_of(_end_to_end(plain), _end_to_end(edged), first / rate)


def _blocks(audio: wave.Wave_read, total: int, size: int) -> Iterator[tuple[float, Floats]]:
    left = total
    while left > 0 and (data := audio.readframes(min(left, size))):
        block = np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768)
        left -= len(block)
        yield 1.0 - max(0, left) / total, block


def _add_powers(block: Floats, hop: int, plain: list[Floats], edged: list[Floats]) -> None:
    whole = len(block) // hop * hop
    if not whole:
        return
    differences = np.diff(block[:whole], prepend=block[:1])
    for samples, powers in ((block[:whole], plain), (differences, edged)):
        powers.append(np.mean(np.square(samples).reshape(-1, hop), axis=1).astype(np.float32))


def levels_of(plain: Floats, edged: Floats, start_s: float) -> Levels:
    """The levels from the mean powers of each hop: of the samples, and of their differences."""
    if not len(plain):
        empty = np.zeros(0, np.float32)
        return Levels(empty, empty, np.zeros(0, bool), empty, start_s)
    fine, smooth, limits, louds = [], [], [], []
    for power in (plain, edged):
        floor, loud = _room(_db(_mean(power, _SMOOTH)))
        fine.append(_db(_mean(power, _FINE)) - floor)
        smooth.append(_db(_mean(power, _SMOOTH)) - floor)
        limits.append(np.clip(_SHARE * (loud - floor), _LEAST_DB, _MOST_DB))
        louds.append(loud - floor)
    quiet = (fine[0] < limits[0]) & (fine[1] < limits[1])
    return Levels(
        above_db=np.maximum(*fine),
        smooth_db=np.maximum(*smooth),
        quiet=quiet,
        loud_db=louds[0],
        start_s=start_s,
    )


def _chunks(level_db: Floats) -> list[Floats]:
    """The levels in stretches of much the same length; a short rest goes with the one before."""
    chunks = [level_db[at : at + _CHUNK] for at in range(0, len(level_db), _CHUNK)]
    if len(chunks) > 1 and len(chunks[-1]) < _CHUNK // 4:
        chunks[-2:] = [np.concatenate(chunks[-2:])]
    return chunks


def _room(level_db: Floats) -> tuple[Floats, Floats]:
    """How loud the room and the speech are around each hop."""
    chunks = _chunks(level_db)
    low = [float(np.percentile(chunk, 5)) for chunk in chunks]
    high = [float(np.percentile(chunk, 95)) for chunk in chunks]
    usual = float(np.percentile(level_db, 90)) - 10.0  # long silences have no speech of their own
    floors, louds = [], []
    for place, chunk in enumerate(chunks):
        around = slice(max(0, place - _AROUND), place + _AROUND + 1)
        loud = max(*high[around], usual) if len(high[around]) > 1 else max(high[place], usual)
        floor = min(max(min(low[around]), loud - _DEEPEST_DB), loud - _SHALLOWEST_DB)
        floors.append(np.full(len(chunk), floor, np.float32))
        louds.append(np.full(len(chunk), loud, np.float32))
    return np.concatenate(floors), np.concatenate(louds)


def _mean(power: Floats, hops: int) -> Floats:
    """Mean over ``hops`` around each hop; of an even number, around its start."""
    total = np.concatenate([[0.0], np.cumsum(power, dtype=np.float64)])
    first = np.clip(np.arange(len(power)) - hops // 2, 0, len(power))
    last = np.clip(first + hops, 0, len(power))
    mean: Floats = ((total[last] - total[first]) / np.maximum(last - first, 1)).astype(np.float32)
    return mean


def _db(power: Floats) -> Floats:
    level: Floats = (10 * np.log10(np.maximum(power, _SILENCE))).astype(np.float32)
    return level


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _end_to_end(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)
