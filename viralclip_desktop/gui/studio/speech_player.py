"""Plays a mono WAV file from any place, read piece by piece: an hour of speech is not held in memory."""

from __future__ import annotations

import wave
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.gui.common.samples import no_sound
from viralclip_desktop.gui.session.sound import RATE_HZ, SoundOut

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.player import Player

_TICK_MS = 50


class SpeechPlayer(QObject):
    """One sound at a time. ``moved`` tells that it plays, stands elsewhere, or has stopped."""

    moved = Signal()

    def __init__(self, context: Context, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._player = context, player
        self._wav: wave.Wave_read | None = None
        self._out: SoundOut | None = None
        self._from_s, self._until_s = 0.0, 0.0
        self._given = 0
        """Frames of the device that it was given."""
        self.at_s = 0.0
        """Where it is heard, or was stopped."""
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._feed)

    @property
    def plays(self) -> bool:
        """Whether something is heard."""
        return self._out is not None

    def play(self, sound: Path, start_s: float = 0.0, end_s: float | None = None) -> None:
        """Play a file from a second on, to its end or to another second. What cannot be read is told."""
        self.stop()
        try:
            self._wav = wave.open(str(sound), "rb")  # noqa: SIM115 - closed by stop()
        except (OSError, EOFError, wave.Error) as error:
            self._context.trouble(
                NotFound("The sound is not there any more.", "Generate it again.", str(error))
            )
            return
        length_s = self._wav.getnframes() / self._wav.getframerate()
        self._from_s, self._until_s = start_s, min(length_s, length_s if end_s is None else end_s)
        self._given, self.at_s = 0, start_s
        self._player.pause()
        self._out = SoundOut(volume=self._player.volume)
        if not self._out.works:
            self.stop()
            self._context.tell(no_sound())
            return
        self._timer.start()
        self._feed()

    def stop(self, at_s: float | None = None) -> None:
        """Play no more; ``at_s``: where it stands then."""
        self._timer.stop()
        if self._out is not None:
            self._out.close()
        if self._wav is not None:
            self._wav.close()
        self._out = self._wav = None
        self.at_s = self.at_s if at_s is None else at_s
        self.moved.emit()

    def _feed(self) -> None:
        """Give the device what it wants, and look where it is."""
        if self._out is None or self._wav is None:
            return
        total = round((self._until_s - self._from_s) * RATE_HZ)
        count = min(self._out.room_bytes // 4, total - self._given)
        if count > 0:
            with suppress(OSError, wave.Error):  # the file went away: what was read is heard
                self._out.write(_stereo(self._wav, self._from_s + self._given / RATE_HZ, count))
            self._given += count
        self.at_s = min(self._until_s, self._from_s + (self._out.played_s() or 0.0))
        if self._given >= total and self._out.drained:
            self.stop(0.0)
        else:
            self.moved.emit()


def _stereo(wav: wave.Wave_read, start_s: float, count: int) -> bytes:
    """``count`` frames at the device's rate, from a second of a mono file on."""
    import numpy as np

    at = (start_s + np.arange(count) / RATE_HZ) * wav.getframerate()
    first = min(int(at[0]), wav.getnframes())
    wav.setpos(first)
    read = np.frombuffer(wav.readframes(int(at[-1]) - first + 2), "<i2")
    if not len(read):
        return bytes(4 * count)
    made = np.interp(at - first, np.arange(len(read)), read).astype("<i2")
    return np.repeat(made, 2).tobytes()
