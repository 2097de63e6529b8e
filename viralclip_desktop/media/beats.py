"""The beats of a piece of music, and its tempo; nothing where there is no steady pulse (speech, silence).

After Ellis, "Beat Tracking by Dynamic Programming", Journal of New Music Research 36 (2007): the strength of
onsets is the rise of a log-mel spectrum; the tempo is the strongest period of its autocorrelation, weighed by
how people tap (a log-Gaussian around 120 a minute); beats are the chain of moments that lie on strong onsets
and one period apart, found by dynamic programming.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.time import Time
from viralclip_desktop.media.decode import SPEECH_RATE_HZ
from viralclip_desktop.media.faults import disk_fault

Curve = NDArray[np.float32]

_HOP = 160  # 10 ms at 16 kHz: a beat is placed to half of that
_WINDOW = 512  # 32 ms: short enough to tell a kick from the hi-hat after it
_RATE_HZ = SPEECH_RATE_HZ / _HOP
_BANDS, _LOWEST_HZ, _HIGHEST_HZ = 40, 30.0, 8000.0  # as in Ellis 2007
_REGIONS_HZ = (
    250.0,
    2000.0,
)  # kick and bass, snare and voices, hi-hats and consonants
_LOUDNESS = 100.0  # log(1 + 100 |X|): a quiet passage counts, the hiss of a recording does not
_FRAMES_AT_ONCE = 2048
_EARLY_S = 0.002
"""The rise is strongest when an onset enters the window, before it stands in its middle (measured)."""

_SHORTEST, _LONGEST = 60 * _RATE_HZ / 210, 60 * _RATE_HZ / 50
"""Periods in frames, from 210 down to 50 beats a minute."""
_TAPPED_BPM, _TAPPED_OCTAVES = 120.0, 0.9  # McKinney and Moelants 2006, as fitted by Ellis
_TIGHTNESS = 400.0  # how much a beat off the period costs against its onset; Ellis: 100 to 1000 do well
_STRONG_RATHER_THAN_MANY = 2.5
"""Eighths under half as strong as the quarters do not double the tempo (measured on drum loops)."""
_AUDIBLE, _BAR = 0.3, 4  # of the usual onset; beats
_STRETCH = 6000  # frames (a minute): the autocorrelation of long pieces is summed over such stretches
_SURE = 0.2
"""From this clarity on there is a pulse. Measured: speech up to 0.09, drums 14 dB under it from 0.47 on."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Beats:
    """``times`` are source time, in order; empty where ``confidence`` (0..1) is too low to speak of beats."""

    tempo_bpm: float = 0.0
    confidence: float = 0.0
    times: tuple[Time, ...] = ()


class BeatTracker:
    """Takes samples as they are decoded; :meth:`finish` tells the beats. Holds a block of samples and 400
    bytes for every second of sound."""

    def __init__(self) -> None:
        self._rest: NDArray[np.float32] = np.zeros(_WINDOW // 2, np.float32)  # frames stand on their middle
        self._before: NDArray[np.float32] = np.zeros((1, _BANDS), np.float32)  # a loop begins with its beat
        self._odd = b""
        self._rises: list[Curve] = []
        self._shape = (np.hanning(_WINDOW + 1)[:-1] * (4 / _WINDOW)).astype(np.float32)  # full scale: 1
        self._bands, self._weights = _mel_bands()

    def add(self, block: bytes) -> None:
        """Take 16 kHz mono 16-bit samples, any number of bytes."""
        data = self._odd + block if self._odd else block
        whole = len(data) // 2
        self._odd = data[2 * whole :]
        samples = np.frombuffer(data, dtype="<i2", count=whole).astype(np.float32) / np.float32(32768)
        self._take(np.concatenate([self._rest, samples]))

    def finish(self) -> Beats:
        """The beats of everything that was added."""
        self._take(np.concatenate([self._rest, np.zeros(_WINDOW, np.float32)]))
        rises = np.concatenate(self._rises) if self._rises else np.zeros(0, np.float32)
        return _beats(_flattened(rises))

    def _take(self, samples: NDArray[np.float32]) -> None:
        count = max(0, (len(samples) - _WINDOW) // _HOP + 1)
        for first in range(0, count, _FRAMES_AT_ONCE):
            frames = min(_FRAMES_AT_ONCE, count - first)
            part = samples[first * _HOP : (first + frames - 1) * _HOP + _WINDOW]
            self._rises.append(self._rise(np.lib.stride_tricks.sliding_window_view(part, _WINDOW)[::_HOP]))
        self._rest = samples[count * _HOP :]

    def _rise(self, frames: NDArray[np.float32]) -> Curve:
        """How much louder the bands are than in the frame before, summed."""
        spectrum = np.abs(np.fft.rfft(frames * self._shape, axis=1)).astype(np.float32)
        loud = np.log1p(_LOUDNESS * (spectrum @ self._bands)).astype(np.float32)
        steps = np.diff(np.concatenate([self._before, loud]), axis=0)
        self._before = loud[-1:]
        rises: Curve = (np.maximum(steps, 0) @ self._weights).astype(np.float32)
        return rises


def _mel_bands() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Triangles evenly spaced in mel (O'Shaughnessy 1987), shaped (bins, bands), and how much each counts:
    the regions of kick, snare and hi-hat alike, though most bands lie high."""
    mels = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _BANDS + 2)
    edges = 700 * (10 ** (mels / 2595) - 1)
    bins = np.fft.rfftfreq(_WINDOW, 1 / SPEECH_RATE_HZ)[:, None]
    low, middle, high = edges[:-2], np.maximum(edges[1:-1], edges[:-2] + 1), edges[2:]
    up, down = (bins - low) / (middle - low), (high - bins) / (high - middle)
    bands: NDArray[np.float32] = np.maximum(0, np.minimum(up, down)).astype(np.float32)
    bands /= np.maximum(1.0, bands.sum(axis=0))
    region = np.searchsorted(_REGIONS_HZ, middle)
    weights = 1 / (3 * np.bincount(region)[region])
    return bands, weights.astype(np.float32)


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))


def _flattened(rises: Curve) -> Curve:
    """Onsets above what is usual around them (0.8 s), in units of their own spread; empty without any."""
    width = int(0.8 * _RATE_HZ)
    if len(rises) < 4 * width:
        return np.zeros(0, np.float32)
    sums = np.concatenate([[0.0], np.cumsum(rises, dtype=np.float64)])
    left = np.clip(np.arange(len(rises)) - width // 2, 0, None)
    right = np.clip(np.arange(len(rises)) + width // 2, None, len(rises))
    usual = (sums[right] - sums[left]) / (right - left)
    onsets = np.maximum(0.0, rises - usual)
    spread = float(onsets.std())
    return (onsets / spread).astype(np.float32) if spread > 1e-4 else np.zeros(0, np.float32)


def _beats(onsets: Curve) -> Beats:
    if not len(onsets):
        return Beats()
    period, clarity = _pulse(_autocorrelation(onsets))
    if clarity < _SURE:
        return Beats(confidence=clarity)
    period = _metre(onsets, period)
    frames = _trimmed(_chain(onsets, period), onsets)
    if len(frames) < 4:
        return Beats(confidence=clarity)
    places = frames + _between(onsets, frames)
    steps = np.diff(places)
    steady = steps[np.abs(steps - np.median(steps)) < 0.2 * np.median(steps)]
    times = tuple(Time.from_seconds(max(0.0, float(at) / _RATE_HZ + _EARLY_S)) for at in places)
    return Beats(60 * _RATE_HZ / float(steady.mean()), min(1.0, clarity), times)


def _autocorrelation(onsets: Curve) -> NDArray[np.float64]:
    """How alike the curve is to itself some frames later (1 at 0), over lags of up to eight seconds."""
    most = int(8 * _RATE_HZ)
    centred = onsets.astype(np.float64) - float(onsets.mean())
    total = np.zeros(most)
    for start in range(0, len(centred), _STRETCH):
        part = centred[start : start + _STRETCH + most]
        size = 1 << (len(part) + most).bit_length()
        head = np.fft.rfft(centred[start : start + _STRETCH], size)
        total += np.fft.irfft(np.conj(head) * np.fft.rfft(part, size), size)[:most]
    return total / max(1e-9, float(total[0]))


def _pulse(alike: NDArray[np.float64]) -> tuple[float, float]:
    """The period in frames, and how clear it is: the likeness one, two, three and four periods later."""
    periods = np.arange(_SHORTEST, _LONGEST, 0.1)
    lags = np.arange(len(alike))
    comb = np.mean([np.interp(k * periods, lags, alike) for k in (1, 2, 3, 4)], axis=0)
    best = int(np.argmax(np.maximum(comb, 0) * _tapped(periods, _TAPPED_OCTAVES)))
    return float(periods[best]), float(comb[best])


def _metre(onsets: Curve, period: float) -> float:
    """The period, or a simple multiple of it that lies better: on strong onsets, and on many of them.

    What is as strong between the beats as on them are beats too; what is half as strong are not.
    """
    part = onsets[max(0, (len(onsets) - _STRETCH) // 2) :][:_STRETCH]
    by_chance = float(_strength(part, np.arange(len(part))).mean())

    def lies(candidate: float) -> float:
        frames = _chain(part, candidate)
        if len(frames) < 4:
            return 0.0
        strong = max(0.0, float(_strength(part, frames).mean()) - by_chance)
        return float(strong**_STRONG_RATHER_THAN_MANY / candidate * _tapped(np.array(candidate), 1.5))

    fits = (period * share for share in (1, 1 / 2, 2 / 3, 3 / 2, 2))
    return max((one for one in fits if _SHORTEST <= one <= _LONGEST), key=lies, default=period)


def _tapped(periods: NDArray[np.float64], octaves: float) -> NDArray[np.float64]:
    """How likely people are to tap at periods (frames), 0..1: a log-Gaussian some octaves wide."""
    off = np.log2(60 * _RATE_HZ / _TAPPED_BPM / periods)
    likely: NDArray[np.float64] = np.exp(-0.5 * (off / octaves) ** 2)
    return likely


def _strength(onsets: Curve, frames: NDArray[np.int64]) -> Curve:
    """The strongest onset within 30 ms of each of some frames."""
    around = frames[:, None] + np.arange(-3, 4)
    strongest: Curve = onsets[np.clip(around, 0, len(onsets) - 1)].max(axis=1)
    return strongest


def _chain(onsets: Curve, period: float) -> NDArray[np.int64]:
    """The best chain of beats one period apart (Ellis 2007, section 3); frames. As many frames as the
    shortest step are worked out at once: none of them can follow another."""
    smooth = np.convolve(onsets, np.exp(-0.5 * (np.arange(-3, 4) / 1.2) ** 2), mode="same")
    lags = np.arange(round(period / 2), round(2 * period) + 1)
    cost = -_TIGHTNESS * np.log(lags / period) ** 2
    at_once, most = int(lags[0]), int(lags[-1])
    score = np.zeros(len(smooth) + most)
    before = np.full(len(smooth) + most, -1, dtype=np.int64)
    for first in range(0, len(smooth), at_once):
        here = np.arange(first, min(first + at_once, len(smooth))) + most
        reached = score[here[:, None] - lags] + cost
        best = reached.argmax(axis=1)
        gained = np.take_along_axis(reached, best[:, None], axis=1)[:, 0]
        score[here] = smooth[here - most] + np.maximum(0.0, gained)
        before[here] = np.where(gained > 0, here - lags[best], -1)
    at = len(score) - round(period) + int(score[-round(period) :].argmax())
    chain = []
    while at >= most:
        chain.append(at - most)
        at = int(before[at])
    return np.array(chain[::-1], dtype=np.int64)


def _trimmed(frames: NDArray[np.int64], onsets: Curve) -> NDArray[np.int64]:
    """Without beats where nothing sounds: before the first onset, after the last, far inside a rest."""
    heard = _strength(onsets, frames)
    sounding = np.flatnonzero(heard > _AUDIBLE * np.median(heard))
    if not len(sounding):
        return frames[:0]
    after = np.clip(np.searchsorted(sounding, np.arange(len(frames))), 0, len(sounding) - 1)
    nearest = np.minimum(
        np.abs(sounding[after] - np.arange(len(frames))),
        np.abs(sounding[np.maximum(after - 1, 0)] - np.arange(len(frames))),
    )
    alive = nearest <= _BAR
    alive[: sounding[0]], alive[sounding[-1] + 1 :] = False, False
    kept: NDArray[np.int64] = frames[alive]
    return kept


def _between(onsets: Curve, frames: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far from each frame its onset's top lies: a parabola through three points; at most half a frame."""
    inner = np.clip(frames, 1, len(onsets) - 2)
    a, b, c = (onsets[inner + step].astype(np.float64) for step in (-1, 0, 1))
    bend = a - 2 * b + c
    shift = np.where(bend < -1e-9, 0.5 * (a - c) / np.where(bend < -1e-9, bend, -1.0), 0.0)
    found: NDArray[np.float64] = np.clip(shift, -0.5, 0.5)
    return found


def save_beats(beats: Beats, out: Path) -> None:
    """Write beats to a file, whole or not at all. Raises the faults of a full or closed disk."""
    told = {
        "format": _FORMAT,
        "tempo_bpm": round(beats.tempo_bpm, 3),
        "confidence": round(beats.confidence, 3),
        "ticks": [at.ticks for at in beats.times],
    }
    try:
        write_whole(out, json.dumps(told).encode())
    except OSError as error:
        raise disk_fault(error, out) from error


def load_beats(path: Path) -> Beats:
    """Read what :func:`save_beats` wrote. Raises :class:`BadInput` if it is missing, damaged or of another
    version."""
    try:
        told = read_json(path.read_text(encoding="utf-8"))
        if told["format"] != _FORMAT:
            raise ValueError(told["format"])
        return Beats(told["tempo_bpm"], told["confidence"], tuple(Time(int(at)) for at in told["ticks"]))
    except (OSError, *JSON_FAULTS) as error:
        message = "The beats of this sound are not known."
        raise BadInput(message, "They are found again by themselves.") from error
