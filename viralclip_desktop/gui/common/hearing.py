"""Listening to a sound file beside the player: one at a time, read in pieces while it is heard."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.features.workflows.voice_sample import samples_of
from viralclip_desktop.gui.common.samples import no_sound
from viralclip_desktop.gui.session.sound import BYTES_A_SECOND, RATE_HZ, SoundOut

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.player import Player

_PIECE_S = 30.0  # 6 MB of samples, read in a fraction of a second
_IN_HAND_S = 10.0  # with less than that to go the next piece is read
_TICK_MS = 60


class Hearing(QObject):
    """``moved`` tells that another sound is heard, that none is any more, or how far it is."""

    moved = Signal()

    def __init__(self, context: Context, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._player = context, player
        self._path, self._length_s = Path(), 0.0
        self._out: SoundOut | None = None
        self._reading: Ticket | None = None
        self._start_s, self._end_s = 0.0, math.inf
        self._read_s, self._whole = 0.0, False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._go_on)
        self.heard = ""
        """The name under which the sound that is heard was given; empty for none."""
        self.share = 0.0
        """How much of it was heard, 0..1."""
        player.playing_changed.connect(lambda playing: self.stop() if playing else None)

    def toggle(self, name: str, path: Path, length: Time) -> None:
        """Hear a sound, or no more of it where it is heard already."""
        if self.heard == name:
            self.stop()
        else:
            self.hear(name, path, length)

    def hear(self, name: str, path: Path, length: Time, start: Time = ZERO, end: Time | None = None) -> None:
        """Hear a sound, from ``start`` to ``end`` of its ``length``, in the place of what was heard; trouble
        with its file is told."""
        self.stop()
        self._player.pause()
        self.heard, self._path, self._length_s = name, path, length.seconds
        self._start_s = self._read_s = start.seconds
        self._end_s = end.seconds if end is not None else math.inf
        self.share = self._start_s / self._length_s if self._length_s else 0.0
        self._read()
        self.moved.emit()

    def stop(self) -> None:
        """Silence at once."""
        if self._reading is not None:
            self._reading.forget()
        if self._out is not None:
            self._out.close()
        self._timer.stop()
        self._out = self._reading = None
        self._start_s, self._end_s = 0.0, math.inf
        self._read_s, self._whole, self.share = 0.0, False, 0.0
        if self.heard:
            self.heard = ""
            self.moved.emit()

    def _read(self) -> None:
        path, start_s, length_s = self._path, self._read_s, min(_PIECE_S, self._end_s - self._read_s)
        self._reading = self._context.tasks.run(
            lambda: samples_of(path, RATE_HZ, start_s, length_s), self._take, self._failed
        )

    def _take(self, samples: bytes) -> None:
        self._reading = None
        if self._out is None:
            self._out = SoundOut(volume=self._player.volume)
            if not self._out.works:
                self._tell_silence()
                return
            self._timer.start()
        self._out.write(samples)
        self._read_s += len(samples) / BYTES_A_SECOND
        self._whole = len(samples) < (_PIECE_S - 1) * BYTES_A_SECOND

    def _go_on(self) -> None:
        out = self._out
        if out is None:
            return
        if self._whole and out.drained:
            self.stop()
            return
        heard_s = self._start_s + (out.played_s() or 0.0)
        if not self._whole and self._reading is None and self._read_s - heard_s < _IN_HAND_S:
            self._read()
        self.share = min(1.0, heard_s / self._length_s) if self._length_s else 0.0
        self.moved.emit()

    def _tell_silence(self) -> None:
        self.stop()
        self._context.tell(no_sound())

    def _failed(self, error: Exception) -> None:
        self.stop()
        self._context.trouble(error)
