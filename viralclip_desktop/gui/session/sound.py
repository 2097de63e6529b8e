"""Sound out: 48 kHz stereo, 16 bit, pushed to the system's default device."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioSink

RATE_HZ = 48_000
BYTES_A_SECOND = RATE_HZ * 2 * 2
_BUFFER_S = 0.25  # rides out a stall of the window of a quarter of a second

_STEP_S = 0.06  # a device counts in steps of up to this length

_log = logging.getLogger(__name__)


class SoundOut:
    """One run of sound. ``played_s`` is the clock of the player; None when there is no sound device."""

    def __init__(self, muted: bool = False, volume: float = 1.0) -> None:
        """``volume``: 0..1, as the ear counts."""
        self._muted, self._volume = muted, volume
        self._sink: QAudioSink | None = None
        self._pipe: QIODevice | None = None
        self._rest = b""
        self._written = 0
        self._open()

    @property
    def works(self) -> bool:
        """Whether sound can be heard."""
        return self._pipe is not None

    @property
    def room_bytes(self) -> int:
        """How many bytes the device would take now."""
        return max(0, self._sink.bytesFree() - len(self._rest)) if self._sink and self._pipe else 0

    def write(self, samples: bytes) -> None:
        """Give samples; what the device can't take yet is kept for the next call."""
        if self._pipe is None:
            return
        waiting = self._rest + samples
        taken = max(0, int(self._pipe.write(waiting)))
        self._written += taken
        self._rest = waiting[taken:]

    def played_s(self) -> float | None:
        """Seconds heard so far."""
        if self._sink is None or self._pipe is None:
            return None
        waiting = max(0, self._sink.bufferSize() - self._sink.bytesFree())
        return min(self._sink.processedUSecs() / 1e6, max(0, self._written - waiting) / BYTES_A_SECOND)

    @property
    def drained(self) -> bool:
        """Whether everything that was given has been heard."""
        played = self.played_s()
        return played is None or (not self._rest and played >= self._written / BYTES_A_SECOND - _STEP_S)

    def mute(self, muted: bool) -> None:
        """Silence, while the clock goes on."""
        self._muted = muted
        self._apply_volume()

    def set_volume(self, volume: float) -> None:
        """0..1, as the ear counts."""
        self._volume = volume
        self._apply_volume()

    def _apply_volume(self) -> None:
        if self._sink is not None:
            # the ear hears ratios: half way along a slider is a quarter of the amplitude, -12 dB
            self._sink.setVolume(0.0 if self._muted else self._volume**2)

    def close(self) -> None:
        """Stop at once."""
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
        self._sink = self._pipe = None

    def _open(self) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            _log.info("no sound device: the player keeps its own time")
            return
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE_HZ)
        wanted.setChannelCount(2)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(device, wanted)
        self._sink.setBufferSize(int(BYTES_A_SECOND * _BUFFER_S))
        self._apply_volume()
        self._pipe = self._sink.start()  # the format may be refused: then there is no pipe
