"""How much of a sound is tones that stay where they are: what music has and speech has not.

Notes last and stand side by side as level lines in a spectrogram; the harmonics of a voice move with its
pitch, several times a second (Seyerlehner, Pohle, Schedl & Widmer 2007, "Automatic music detection in
television productions": continuous frequency activation). Lines stay visible under somebody who speaks.
Bounds were set on 10 minutes of music (17 pieces) and 14 of speech (meetings and telephones among it), 6
laughs and 4 crowds: nine seconds of music of ten are heard, and nothing else is taken for music. Under speech
12 dB louder two fifths are heard. Drums alone are not; a siren or a loud steady hum is taken for music.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

TONES_ROWS: Final = 5  # rows of the spectrum, of 40 ms each, that one value stands for
MUSIC: Final = 2.2  # from here on it is music; speech is about 1, music about 3
_SHORTEST_S, _BRIDGED_S = 2.0, 2.0
_HOP_S: Final = 0.2  # of source time for each value
_WINDOW: Final = 48  # rows over which a tone has to stay: 1.9 s
_AROUND: Final = 4  # bins on either side above whose mean a tone stands out
_TOP_BIN: Final = 112  # higher lines are hiss and sibilants
_STANDS_OUT: Final = 0.69  # nepers of power: 3 dB
_VALLEY: Final = 3  # bins on either side in which a line has to fall off
_LINES: Final = 5  # the strongest are added up


def steady_tones(spectra: Samples) -> Samples:
    """0..5 for each 0.2 s: for how much of the two seconds around it the five steadiest lines are there.

    ``spectra``: logarithm of the power, one row each 40 ms, columns 31 Hz apart. 0 where there are less than
    two seconds."""
    count, rows = round(len(spectra) / TONES_ROWS), len(spectra)
    if rows < _WINDOW:
        return np.zeros(max(1, count), np.float32)
    sums = np.cumsum(_standing_out(spectra), axis=0, dtype=np.float32)
    sums = np.concatenate([np.zeros_like(sums[:1]), sums])
    first = np.clip(TONES_ROWS * np.arange(count) + (TONES_ROWS - _WINDOW) // 2, 0, rows - _WINDOW)
    heights = _line_heights((sums[first + _WINDOW] - sums[first]) / np.float32(_WINDOW))
    strongest: Samples = np.partition(heights, -_LINES, axis=1)[:, -_LINES:].sum(axis=1)
    return strongest


def _standing_out(spectra: Samples) -> NDArray[np.bool_]:
    """Whether each bin is stronger than the mean of those around it."""
    width = 2 * _AROUND + 1
    low = spectra[:, : _TOP_BIN + 2 * _AROUND]
    sums = np.cumsum(low, axis=1)
    sums = np.concatenate([np.zeros_like(sums[:, :1]), sums], axis=1)
    around = (sums[:, width:] - sums[:, :-width]) / width
    stands: NDArray[np.bool_] = low[:, _AROUND:-_AROUND] - around > _STANDS_OUT
    return stands


def _line_heights(active: Samples) -> Samples:
    """How far each peak rises above the higher of the valleys beside it; 0 where there is no peak."""
    middle = active[:, _VALLEY:-_VALLEY]
    peak = (middle >= active[:, _VALLEY - 1 : -_VALLEY - 1]) & (
        middle >= active[:, _VALLEY + 1 : 1 - _VALLEY]
    )
    valleys = []
    for side in (-1, 1):
        beside = [
            np.roll(active, -side * step, axis=1)[:, _VALLEY:-_VALLEY] for step in range(1, _VALLEY + 1)
        ]
        valleys.append(np.minimum(np.minimum(*beside[:2]), beside[2]))
    heights: Samples = np.where(peak, middle - np.maximum(*valleys), np.float32(0.0))
    return np.maximum(heights, 0.0)


def music_stretches(tones: Samples, loud: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """Where music is heard, as pairs of seconds: at least two seconds of lasting tones in what is ``loud``,
    with holes of up to two seconds."""
    sounds = (tones >= MUSIC) & loud[: len(tones)]
    for first, after in _runs(~sounds):
        if first > 0 and after < len(sounds) and (after - first) * _HOP_S <= _BRIDGED_S:
            sounds[first:after] = True
    return tuple(
        (first * _HOP_S, after * _HOP_S)
        for first, after in _runs(sounds)
        if (after - first) * _HOP_S >= _SHORTEST_S
    )


def _runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Stretches of True, from the first to the one after the last."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    for first, after in zip(steps[::2], steps[1::2], strict=True):
        yield int(first), int(after)
