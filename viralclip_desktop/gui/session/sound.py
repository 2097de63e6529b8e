"""Sound out: 48 kHz stereo, 16 bit, given to the system's default device by miniaudio."""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import miniaudio

RATE_HZ = 48_000
_FRAME_BYTES = 2 * 2
BYTES_A_SECOND = RATE_HZ * _FRAME_BYTES
_AHEAD_BYTES = BYTES_A_SECOND // 4  # rides out a stall of the window of a quarter of a second
_PERIOD_MS, _PERIODS = 40, 5  # what the device has in hand
_LATENCY_FRAMES = RATE_HZ * _PERIOD_MS * _PERIODS // 1000

_log = logging.getLogger(__name__)


class SoundOut:
    """One run of sound. ``played_s`` is the clock of the player; None when there is no sound device.

    The device asks for samples on a thread of its own, silence where there are none; what has been heard is
    what it was given, less what it has in hand.
    """

    def __init__(self, muted: bool = False, volume: float = 1.0, backends: Sequence[Any] = ()) -> None:
        """``volume``: 0..1, as the ear counts. ``backends``: those of ``miniaudio.Backend`` to try, all but
        the one that plays nothing unless given."""
        self._lock = threading.Lock()
        self._muted, self._volume = muted, volume
        self._waiting = bytearray()
        self._marks = deque([(0, 0)])
        """After each time the device asked: frames it was given until then, and how many were ours."""
        self._device: miniaudio.PlaybackDevice | None = None
        self._open(list(backends))

    @property
    def works(self) -> bool:
        """Whether sound can be heard."""
        return self._device is not None

    @property
    def room_bytes(self) -> int:
        """How many bytes are wanted now."""
        return max(0, _AHEAD_BYTES - len(self._waiting)) if self.works else 0

    def write(self, samples: bytes) -> None:
        """Give samples, to be heard after those given before."""
        if self.works:
            with self._lock:
                self._waiting += samples

    def played_s(self) -> float | None:
        """Seconds heard so far."""
        if not self.works:
            return None
        with self._lock:
            return self._heard() / RATE_HZ

    @property
    def drained(self) -> bool:
        """Whether everything that was given has been heard."""
        with self._lock:
            return not self.works or (not self._waiting and self._heard() == self._marks[-1][1])

    def mute(self, muted: bool) -> None:
        """Silence, while the clock goes on."""
        self._muted = muted

    def set_volume(self, volume: float) -> None:
        """0..1, as the ear counts."""
        self._volume = volume

    def close(self) -> None:
        """Stop at once. The device is let go on a thread: some systems take a while."""
        device, self._device = self._device, None
        if device is not None:
            device.callback_generator = None
            threading.Thread(target=device.close, name="sound device ends", daemon=True).start()

    def _heard(self) -> int:
        """Frames of ours that left the device."""
        left = self._marks[-1][0] - _LATENCY_FRAMES
        while len(self._marks) > 1 and self._marks[1][0] <= left:
            self._marks.popleft()
        at, ours = self._marks[0]
        following = self._marks[1][1] if len(self._marks) > 1 else ours
        return min(following, ours + max(0, left - at))

    def _open(self, backends: list[Any]) -> None:
        import miniaudio
        import numpy  # noqa: F401 - not for the first time on the device's thread

        wanted = backends or [one for one in miniaudio.Backend if one not in _no_use(miniaudio.Backend)]
        try:
            device = miniaudio.PlaybackDevice(
                sample_rate=RATE_HZ,
                buffersize_msec=_PERIOD_MS,
                callback_periods=_PERIODS,
                backends=wanted,
                app_name="ViralClip",
            )
            asking = self._answers()
            next(asking)
            device.start(asking)
        except miniaudio.MiniaudioError as error:
            _log.info("no sound device: the player keeps its own time (%s)", error)
            return
        self._device = device

    def _answers(self) -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            frames = yield self._next(frames)

    def _next(self, frames: int) -> bytes:
        with self._lock:
            piece = bytes(self._waiting[: frames * _FRAME_BYTES])
            del self._waiting[: len(piece)]
            given, ours = self._marks[-1]
            self._marks.append((given + frames, ours + len(piece) // _FRAME_BYTES))
        # the ear hears ratios: half way along a slider is a quarter of the amplitude, -12 dB
        return _amplified(piece, 0.0 if self._muted else self._volume**2)


def _no_use(backends: Any) -> set[Any]:
    """The one that plays nothing; JACK, and ALSA without a card, which fill the terminal with complaints."""
    silent = {backends.NULL, backends.JACK}
    return silent | {backends.ALSA} if sys.platform == "linux" and not Path("/dev/snd").exists() else silent


def _amplified(samples: bytes, gain: float) -> bytes:
    if gain == 1.0:
        return samples
    import numpy as np

    return (np.frombuffer(samples, np.int16) * np.float32(gain)).astype(np.int16).tobytes()
