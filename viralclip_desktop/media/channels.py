"""What is on the sound tracks of a recording: which are silent, and what their channels hold.

Samples of a recording tell a suspicion; only the whole of it settles one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.media import AudioStream, ChannelUse, MediaInfo
from viralclip_desktop.media.decode import SPEECH_RATE_HZ, decode_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAMPLED, _SAMPLE_S = 5, 8  # stretches, and their length: about a second of work for any length
_HEARD = 10 ** (
    -60 / 10
)  # power of full scale: speech in a bad recording is at -45 dB, a muted input below -75
_EMPTY = 10 ** (-30 / 10)  # of the other channel's power: less than what leaks from one microphone to another
_SILENT = 10 ** (-70 / 10)  # nobody hears it beside anything else
_OPPOSED = -0.9  # correlation; real stereo of one voice is above 0, of a wide room around 0


@dataclass(frozen=True, slots=True)
class _Seconds:
    """Powers of left and right, and their product, of each second (shape ``(3, seconds)``, full scale 1)."""

    sums: NDArray[np.float64]

    @property
    def heard(self) -> int:
        """How many seconds have any sound to speak of."""
        return int((self.sums[:2].max(axis=0) > _HEARD).sum())

    def use(self) -> ChannelUse:
        """How the channels are to be heard, judged by the seconds with sound."""
        left, right, product = self.sums[:, self.sums[:2].max(axis=0) > _HEARD]
        if not len(left):
            return ChannelUse.BOTH
        if (right < np.maximum(left * _EMPTY, _SILENT)).all():
            return ChannelUse.LEFT
        if (left < np.maximum(right * _EMPTY, _SILENT)).all():
            return ChannelUse.RIGHT
        opposed = product.sum() < _OPPOSED * np.sqrt(left.sum() * right.sum())
        return ChannelUse.INVERTED if opposed else ChannelUse.BOTH


def with_channels(path: Path, info: MediaInfo, cancel: CancelToken | None = None) -> MediaInfo:
    """``info`` with the channels of each stereo track used as its sound asks for. Raises
    :class:`Cancelled`."""
    audio = tuple(_with_use(path, info, track, cancel) for track in info.audio)
    return info if audio == info.audio else replace(info, audio=audio)


def voiced_track(path: Path, info: MediaInfo, cancel: CancelToken | None = None) -> int | None:
    """Which of ``info.audio`` to hear: the one the file names, else the first; where that is silent from
    beginning to end, the one with the most sound. None without sound tracks. Raises :class:`Cancelled`."""
    if not info.audio:
        return None
    named = next((number for number, track in enumerate(info.audio) if track.default), 0)
    if len(info.audio) == 1 or _has_sound(path, info, info.audio[named], cancel):
        return named
    seconds = [_read(path, info, track, (_whole(info),), cancel).heard for track in info.audio]
    return seconds.index(max(seconds)) if max(seconds) else named


def _with_use(path: Path, info: MediaInfo, track: AudioStream, cancel: CancelToken | None) -> AudioStream:
    if track.channels != 2:
        return track
    use = _read(path, info, track, _samples(info), cancel).use()
    if use is not ChannelUse.BOTH:
        use = _read(path, info, track, (_whole(info),), cancel).use()
    return replace(track, channel_use=use)


def _has_sound(path: Path, info: MediaInfo, track: AudioStream, cancel: CancelToken | None) -> bool:
    if _read(path, info, track, _samples(info), cancel).heard:
        return True
    return _read(path, info, track, (_whole(info),), cancel).heard > 0


def _whole(info: MediaInfo) -> TimeRange:
    return TimeRange(ZERO, info.duration)


def _samples(info: MediaInfo) -> Sequence[TimeRange]:
    """Stretches spread evenly; the whole of what is short."""
    length_s = info.duration.seconds
    if length_s <= 2 * _SAMPLED * _SAMPLE_S:
        return (_whole(info),)
    starts = [length_s * (number + 0.5) / _SAMPLED - _SAMPLE_S / 2 for number in range(_SAMPLED)]
    return [TimeRange.from_seconds(start, start + _SAMPLE_S) for start in starts]


def _read(
    path: Path, info: MediaInfo, track: AudioStream, ranges: Sequence[TimeRange], cancel: CancelToken | None
) -> _Seconds:
    """The seconds of some ranges; those that cannot be decoded count as silent."""
    found = [np.zeros((3, 0))]
    for within in ranges:
        meter = _Meter()
        try:
            decode_samples(path, info, track.index, meter.add, within=within, stereo=True, cancel=cancel)
        except BadInput:
            continue
        found.append(meter.seconds())
    return _Seconds(np.concatenate(found, axis=1))


class _Meter:
    """Adds up samples as they come."""

    def __init__(self) -> None:
        self._rest = b""
        self._sums: list[NDArray[np.float64]] = []

    def add(self, block: bytes) -> None:
        data = self._rest + block
        size = 4 * SPEECH_RATE_HZ
        whole = len(data) // size * size
        self._rest = data[whole:]
        for at in range(0, whole, size):
            self._sums.append(_sums(data[at : at + size]))

    def seconds(self) -> NDArray[np.float64]:
        last = [_sums(self._rest)] if len(self._rest) >= 4 else []
        return np.array([*self._sums, *last]).reshape(-1, 3).T


def _sums(data: bytes) -> NDArray[np.float64]:
    samples = np.frombuffer(data[: len(data) // 4 * 4], "<i2").reshape(-1, 2).astype(np.float64) / 32768
    left, right = samples.T
    return np.array([(left**2).mean(), (right**2).mean(), (left * right).mean()])
