"""Reads SoundFont 2 files, with plain samples or Ogg Vorbis ones (sf3).

After the SoundFont Technical Specification 2.04: RIFF chunks, presets made of instruments made of samples,
each step with generators that set (instrument) or shift (preset) how a sample sounds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

DRUM_BANK = 128
_VORBIS = 0x10  # flag in the sample type: the sample is an Ogg Vorbis file
_KEY_RANGE, _VELOCITY_RANGE, _INSTRUMENT, _SAMPLE = 43, 44, 41, 53
_NO_SHIFT = {0, 1, 2, 3, 4, 12, 45, 46, 47, 50, 54, 57, 58}  # what a preset may not change
_MEAN_SWEEP = 0.5  # a filter that an envelope moves stands where it is on average
_DEFAULTS = {8: 13500, 21: -12000, 23: -12000, 25: -12000, 26: -12000, 27: -12000, 28: -12000, 30: -12000,
             33: -12000, 34: -12000, 35: -12000, 36: -12000, 38: -12000, 56: 100, 58: -1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zone:
    """One sample of a preset as it is to sound for a key; times in seconds, levels in dB below full."""

    sample: int
    rate_hz: int
    cents: float
    """How much higher than recorded it is to be played."""
    looped: bool
    loop: tuple[int, int]
    attenuation_db: float
    cutoff_hz: float
    resonance_db: float
    attack_s: float
    hold_s: float
    decay_s: float
    sustain_db: float
    release_s: float
    choke: int
    """Hits of one number (not 0) end each other: an open hi-hat and a closed one."""


@dataclass(frozen=True, slots=True)
class _Header:
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate_hz: int
    root: int
    correction: int
    kind: int


class SoundFont:
    """One file; samples are decoded when they are first heard."""

    def __init__(self, path: Path) -> None:
        """Raises :class:`EnvironmentLacks` where the file is missing or is no SoundFont."""
        try:
            self._data = path.read_bytes()
            self._places = self._read_places()
            self._headers = self._read_headers()
            self._presets = self._read_presets()
        except (OSError, struct.error, KeyError, ValueError) as error:
            raise EnvironmentLacks(
                say("The instruments ({name}) cannot be read.", name=path.name),
                "Install the program again.",
                str(error),
            ) from error
        self._decoded: dict[int, Any] = {}
        self._zones: dict[tuple[int, int, int, int], list[Zone]] = {}

    def _read_places(self) -> dict[bytes, tuple[int, int]]:
        if self._data[:4] != b"RIFF" or self._data[8:12] != b"sfbk":
            raise ValueError("not a SoundFont")
        found: dict[bytes, tuple[int, int]] = {}
        for _, start, length in _chunks(self._data, 12, len(self._data)):
            found.update(
                (name, (at, size)) for name, at, size in _chunks(self._data, start + 4, start + length)
            )
        return found

    def _records(self, name: bytes, form: str) -> list[tuple[Any, ...]]:
        start, length = self._places[name]
        return list(struct.iter_unpack(form, self._data[start : start + length]))

    def _read_headers(self) -> list[_Header]:
        return [_Header(*(*row[1:8], row[9])) for row in self._records(b"shdr", "<20sIIIIIBbHH")]

    def _read_presets(self) -> dict[tuple[int, int], tuple[int, int]]:
        rows = self._records(b"phdr", "<20sHHHIII")
        return {(row[2], row[1]): (row[3], following[3]) for row, following in pairwise(rows)}

    @cached_property
    def _instruments(self) -> list[tuple[int, int]]:
        rows = self._records(b"inst", "<20sH")
        return [(row[1], following[1]) for row, following in pairwise(rows)]

    @cached_property
    def _bags(self) -> tuple[list[int], list[int]]:
        presets, instruments = self._records(b"pbag", "<HH"), self._records(b"ibag", "<HH")
        return [row[0] for row in presets], [row[0] for row in instruments]

    @cached_property
    def _generators(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        return self._records(b"pgen", "<Hh"), self._records(b"igen", "<Hh")

    def has(self, bank: int, program: int) -> bool:
        """Whether there is such a preset."""
        return (bank, program) in self._presets

    def zones(self, bank: int, program: int, key: int, velocity: int) -> list[Zone]:
        """What sounds for a key (MIDI number) struck with a velocity (1..127); empty where nothing does."""
        asked = (bank, program, key, velocity)
        if asked not in self._zones:
            self._zones[asked] = list(self._find(bank, program, key, velocity))
        return self._zones[asked]

    def _find(self, bank: int, program: int, key: int, velocity: int) -> Iterator[Zone]:
        bags = self._presets.get((bank, program), (0, 0))
        for shifts in self._matching(0, bags, _INSTRUMENT, key, velocity):
            within = self._instruments[shifts[_INSTRUMENT]]
            for own in self._matching(1, within, _SAMPLE, key, velocity):
                values = {**_DEFAULTS, **own}
                for generator, amount in shifts.items():
                    if (
                        generator not in _NO_SHIFT
                        and generator < _INSTRUMENT + 20
                        and generator != _INSTRUMENT
                    ):
                        values[generator] = values.get(generator, 0) + amount
                yield self._zone({**values, _SAMPLE: own[_SAMPLE]}, key)

    def _matching(
        self, level: int, bags_of: tuple[int, int], target: int, key: int, velocity: int
    ) -> Iterator[dict[int, int]]:
        bags, generators = self._bags[level], self._generators[level]
        common: dict[int, int] = {}
        for index in range(*bags_of):
            rows = {row[0]: row[1] for row in generators[bags[index] : bags[index + 1]]}
            if target not in rows:
                if index == bags_of[0]:
                    common = rows
                continue
            merged = {**common, **rows}
            if _within(merged.pop(_KEY_RANGE, None), key) and _within(
                merged.pop(_VELOCITY_RANGE, None), velocity
            ):
                yield merged

    def _zone(self, values: dict[int, int], key: int) -> Zone:
        header = self._headers[values[_SAMPLE]]
        root = values[58] if values[58] >= 0 else header.root
        tuned = values.get(51, 0) * 100 + values.get(52, 0) + header.correction
        shift = 0 if header.kind & _VORBIS else header.start
        loop = (
            header.loop_start - shift + values.get(2, 0) + 32768 * values.get(45, 0),
            header.loop_end - shift + values.get(3, 0) + 32768 * values.get(50, 0),
        )
        return Zone(
            sample=values[_SAMPLE],
            rate_hz=header.rate_hz,
            cents=(key - root) * values[56] + tuned,
            looped=values.get(54, 0) in (1, 3) and loop[1] - loop[0] > 1,
            loop=loop,
            attenuation_db=0.4 * 0.1 * values.get(48, 0),  # as the first SoundFont cards had it
            cutoff_hz=8.176 * 2 ** (min(13500, values[8] + _MEAN_SWEEP * values.get(11, 0)) / 1200),
            resonance_db=values.get(9, 0) / 10,
            attack_s=_seconds(values[34]),
            hold_s=_seconds(values[35] + values.get(39, 0) * (60 - key)),
            decay_s=_seconds(values[36] + values.get(40, 0) * (60 - key)),
            sustain_db=min(144.0, max(0, values.get(37, 0)) / 10),
            release_s=_seconds(values[38]),
            choke=values.get(57, 0),
        )

    def sample(self, index: int) -> Samples:
        """A sample's numbers (-1..1), decoded once."""
        import numpy as np

        if index not in self._decoded:
            header, (start, _) = self._headers[index], self._places[b"smpl"]
            if header.kind & _VORBIS:
                made = _vorbis(self._data[start + header.start : start + header.end])
            else:
                raw = self._data[start + 2 * header.start : start + 2 * header.end]
                made = np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)
            self._decoded[index] = made
        found: Samples = self._decoded[index]
        return found


@lru_cache(maxsize=2)
def soundfont(path: Path) -> SoundFont:
    """The SoundFont of a file, read once."""
    return SoundFont(path)


def _vorbis(data: bytes) -> Samples:
    import miniaudio
    import numpy as np

    decoded = miniaudio.vorbis_read(data)
    samples = np.asarray(decoded.samples, dtype=np.float32) / np.float32(32768)
    mono: Samples = samples[:: decoded.nchannels]
    return mono


def _chunks(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, at + 8, length
        at += 8 + length + (length & 1)


def _within(amount: int | None, value: int) -> bool:
    if amount is None:
        return True
    low, high = amount & 0xFF, (amount >> 8) & 0xFF
    return low <= value <= high


def _seconds(timecents: int) -> float:
    return 0.0 if timecents <= -12000 else float(2 ** (min(timecents, 8000) / 1200))
