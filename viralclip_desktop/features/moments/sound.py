"""What can be heard over a whole recording: loudness, pitch, how steady the sound is and whether tones last;
read in blocks with flat memory.

Pitch is the autocorrelation method of Boersma 1993 ("Accurate short-term analysis of the fundamental
frequency..."): the autocorrelation of a windowed frame over that of the window itself.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.features.moments.tones import MUSIC, TONES_ROWS, music_stretches, steady_tones

LEVEL_HOP_S: Final = 0.01
PITCH_HOP_S: Final = 0.04
TONES_HOP_S: Final = TONES_ROWS * PITCH_HOP_S
_BLOCK_S: Final = 30
_PITCH_RATE_HZ: Final = 4000  # enough for the harmonics that carry pitch, four times less to compute
_WINDOW: Final = 240  # samples at 4 kHz: 60 ms, three periods of the deepest voice looked for
_LOWEST_HZ, _HIGHEST_HZ = 70.0, 420.0
_SPECTRUM: Final = 512  # samples at 16 kHz: 32 ms
_BINS: Final = slice(8, 210)
_VOICED: Final = 0.55  # normalised autocorrelation of a clearly voiced frame (Boersma uses 0.45)
_OCTAVE_COST: Final = (
    0.05  # prefers the shorter of two periods; Boersma's 0.01 is too little at 4 kHz (tested)
)
_SILENCE_DB: Final = -100.0

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Sound:
    """``level_db``: RMS level of each 10 ms, dB of full scale. ``pitch_st``: pitch of each 40 ms in semitones
    above 100 Hz, NaN where nothing is voiced. ``steady``: how alike the spectrum of each 40 ms is to that
    0.2 s later (-1..1; speech moves on, a crowd does not). ``tones``: how much each 0.2 s is made of tones
    that last (0..5; about 1 in speech, 3 in music). Both are empty where they were not measured. All start
    at source time 0."""

    level_db: Samples
    pitch_st: Samples
    steady: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    tones: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    @cached_property
    def loud_db(self) -> float:
        """How loud speech is here: the 90th percentile of the level."""
        return float(np.percentile(self.level_db, 90)) if len(self.level_db) else _SILENCE_DB

    @cached_property
    def noise_db(self) -> float:
        """How loud the room is: the 5th percentile, held within 45 dB of the speech (digital silence)."""
        low = float(np.percentile(self.level_db, 5)) if len(self.level_db) else _SILENCE_DB
        return max(low, self.loud_db - 45.0)

    @property
    def quiet_db(self) -> float:
        """Below this nobody speaks: a third of the way from the room up to the speech."""
        return self.noise_db + 0.3 * (self.loud_db - self.noise_db)

    @property
    def has_silences(self) -> bool:
        """Whether speech and room can be told apart (not under steady music or noise)."""
        return self.loud_db - self.noise_db >= 12.0

    @cached_property
    def usual_steadiness(self) -> float:
        """How steady this recording is where it is loud: high where a telephone or a filter shapes it."""
        loud = self.level_db[::4][: len(self.steady)] > self.quiet_db
        heard = self.steady[: len(loud)][loud]
        return float(np.median(heard)) if len(heard) else 0.0

    @cached_property
    def music(self) -> tuple[tuple[float, float], ...]:
        """Where music is heard, also under speech, as pairs of source times; none where it was not
        measured."""
        hops = round(TONES_HOP_S / LEVEL_HOP_S)
        whole = self.level_db[: len(self.tones) * hops]
        padded = np.pad(whole, (0, len(self.tones) * hops - len(whole)), constant_values=_SILENCE_DB)
        loud = padded.reshape(-1, hops).max(axis=1) > (self.quiet_db if self.has_silences else _SILENCE_DB)
        return music_stretches(self.tones, loud)

    def is_music(self, start_s: float, end_s: float) -> bool:
        """Whether what is heard between two source times is music rather than people."""
        part = self.tones[max(0, int(start_s / TONES_HOP_S)) : max(0, round(end_s / TONES_HOP_S))]
        return len(part) > 0 and float(part.mean()) >= MUSIC

    def levels(self, start_s: float, end_s: float) -> Samples:
        """The levels between two source times."""
        return self.level_db[max(0, int(start_s / LEVEL_HOP_S)) : max(0, round(end_s / LEVEL_HOP_S))]

    def pitches(self, start_s: float, end_s: float) -> Samples:
        """The voiced pitches between two source times."""
        part = self.pitch_st[max(0, int(start_s / PITCH_HOP_S)) : max(0, round(end_s / PITCH_HOP_S))]
        voiced: Samples = part[~np.isnan(part)]
        return voiced

    def steadiness(self, start_s: float, end_s: float) -> Samples:
        """How steady the sound is between two source times."""
        return self.steady[max(0, int(start_s / PITCH_HOP_S)) : max(0, round(end_s / PITCH_HOP_S))]

    def without(self, cuts_s: Sequence[tuple[float, float]]) -> Sound:
        """The sound as if stretches of source time had never been there."""
        hops = (LEVEL_HOP_S, PITCH_HOP_S, PITCH_HOP_S, TONES_HOP_S)
        arrays = (self.level_db, self.pitch_st, self.steady, self.tones)
        kept = (_without(samples, hop, cuts_s) for samples, hop in zip(arrays, hops, strict=True))
        return Sound(*kept)


def _without(samples: Samples, hop_s: float, cuts_s: Sequence[tuple[float, float]]) -> Samples:
    kept = np.ones(len(samples), bool)
    for start_s, end_s in cuts_s:
        kept[max(0, round(start_s / hop_s)) : max(0, round(end_s / hop_s))] = False
    left: Samples = samples[kept]
    return left


def listen(wav: Path, progress: Progress, cancel: CancelToken) -> Sound:
    """Measure a mono 16-bit WAV file. Raises Cancelled."""
    levels: list[Samples] = []
    pitches: list[Samples] = []
    steady: list[Samples] = []
    tones: list[Samples] = []
    with wave.open(str(wav), "rb") as audio:
        rate, total = audio.getframerate(), max(1, audio.getnframes())
        for done, block in enumerate(_blocks(audio, rate * _BLOCK_S), start=1):
            cancel.raise_if_cancelled()
            levels.append(_levels(block, int(rate * LEVEL_HOP_S)))
            pitches.append(_pitches(block, rate))
            spectra = _spectra(block, rate)
            steady.append(_steadiness(spectra, max(1, round(len(block) / rate / PITCH_HOP_S))))
            tones.append(steady_tones(spectra))
            progress(ProgressEvent("listen", min(1.0, done * rate * _BLOCK_S / total)))
    return Sound(_end_to_end(levels), _end_to_end(pitches), _end_to_end(steady), _end_to_end(tones))


def _end_to_end(parts: list[Samples]) -> Samples:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _blocks(audio: wave.Wave_read, frames: int) -> Iterator[Samples]:
    while data := audio.readframes(frames):
        yield np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768.0)


def _levels(block: Samples, hop: int) -> Samples:
    whole = block[: len(block) // hop * hop].reshape(-1, hop)
    power = np.mean(whole * whole, axis=1)
    decibels: Samples = (10.0 * np.log10(np.maximum(power, 1e-10))).astype(np.float32)
    return decibels


def _spectra(block: Samples, rate: int) -> Samples:
    """The logarithm of the power from 250 Hz to 6.5 kHz of each hop."""
    if len(block) < _SPECTRUM:
        return np.zeros((0, _BINS.stop - _BINS.start), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(block, _SPECTRUM)[:: int(rate * PITCH_HOP_S)]
    power = np.abs(np.fft.rfft(frames * np.hanning(_SPECTRUM).astype(np.float32))) ** 2
    spectra: Samples = np.log(power[:, _BINS] + 1e-10)
    return spectra


def _steadiness(spectra: Samples, count: int) -> Samples:
    """How alike the shape of each of ``count`` spectra is to that 0.2 s later; 0 at the end of the block."""
    later = round(0.2 / PITCH_HOP_S)
    result = np.zeros(count, np.float32)
    if len(spectra) <= later:
        return result
    shape = spectra - spectra.mean(axis=1, keepdims=True)
    shape = shape / (np.linalg.norm(shape, axis=1, keepdims=True) + 1e-9)
    alike = np.einsum("ij,ij->i", shape[:-later], shape[later:])[:count]
    result[: len(alike)] = alike
    return result


def _pitches(block: Samples, rate: int) -> Samples:
    """Pitch in semitones above 100 Hz of each hop of a block, NaN where unvoiced."""
    step = max(1, rate // _PITCH_RATE_HZ)
    low_rate = rate / step
    low = block[: len(block) // step * step].reshape(-1, step).mean(axis=1)
    hop = int(low_rate * PITCH_HOP_S)
    wanted = max(1, round(len(block) / rate / PITCH_HOP_S))
    result = np.full(wanted, np.nan, np.float32)
    if len(low) >= _WINDOW:
        frames = np.lib.stride_tricks.sliding_window_view(low, _WINDOW)[::hop]
        found = _periods(np.asarray(frames), low_rate)[:wanted]
        result[: len(found)] = found
    return result


def _periods(frames: Samples, rate: float) -> Samples:
    """The pitch of each frame (rows of samples)."""
    shortest, longest = int(rate / _HIGHEST_HZ), int(rate / _LOWEST_HZ) + 1
    similar = _autocorrelation(frames)[:, shortest - 1 : longest + 2]
    shift, height = _between(similar)
    lags = np.arange(shortest, longest + 1)[None, :] + shift
    best = np.argmax(height - _OCTAVE_COST * np.log2(lags), axis=1)[:, None]
    pitch = 12.0 * np.log2(rate / np.take_along_axis(lags, best, 1) / 100.0)
    voiced = np.take_along_axis(height, best, 1) >= _VOICED
    result: Samples = np.where(voiced, pitch, np.nan)[:, 0].astype(np.float32)
    return result


def _between(similar: Samples) -> tuple[Samples, Samples]:
    """The place (in lags) and height of the peak of the parabola through each three neighbours; where the
    middle one is no peak, the height is 0."""
    before, here, after = similar[:, :-2], similar[:, 1:-1], similar[:, 2:]
    bend = before - 2 * here + after
    shift = np.where(bend < -1e-6, 0.5 * (before - after) / np.minimum(bend, -1e-6), 0.0)
    shift = np.clip(shift, -0.5, 0.5)
    peak = (here >= before) & (here >= after)
    return shift, np.where(peak, here - 0.25 * (before - after) * shift, 0.0)


def _autocorrelation(frames: Samples) -> Samples:
    window = np.hanning(_WINDOW).astype(np.float32)
    centred = (frames - frames.mean(axis=1, keepdims=True)) * window
    size = 512  # at least window + longest lag, a power of two
    power = np.abs(np.fft.rfft(centred, size)) ** 2
    own = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2)
    raw = np.fft.irfft(power)
    usable = _WINDOW // 2
    energy = np.maximum(raw[:, :1], 1e-7)  # frames near silence come out unvoiced
    result: Samples = (raw[:, :usable] / energy) / (own[:usable] / own[0])
    return result


def save_sound(sound: Sound, path: Path) -> None:
    """Keep a measurement; it is small (about 1.5 MB an hour)."""
    with written_beside(path) as partial, partial.open("wb") as file:
        np.savez(file, level=sound.level_db, pitch=sound.pitch_st, steady=sound.steady, tones=sound.tones)


def load_sound(path: Path) -> Sound | None:
    """A kept measurement; None where there is none, or a damaged one."""
    try:
        with np.load(path) as kept:
            rest = {"tones": kept["tones"]} if "tones" in kept else {}  # not in older ones
            return Sound(kept["level"], kept["pitch"], kept["steady"], **rest)
    except (OSError, ValueError, KeyError, BadZipFile):
        return None
