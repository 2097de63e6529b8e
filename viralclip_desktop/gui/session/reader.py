"""Reads a preview stream on a thread of its own and keeps a little of it ready."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread
from PySide6.QtGui import QImage

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.session.sound import BYTES_A_SECOND

if TYPE_CHECKING:
    from viralclip_desktop.media.preview import PreviewAudio, PreviewStream, PreviewVideo

_FRAMES_AHEAD = 20  # two thirds of a second at 30 a second; 40 MB at 540x960
_SOUND_AHEAD = int(BYTES_A_SECOND * 0.5)


@dataclass(frozen=True)
class Frame:
    """One picture and the clip time it belongs to."""

    time: Time
    image: QImage


class StreamReader(QThread):
    """Owns the stream from opening to closing. Reading pauses while enough of both is ready.

    With sound it pauses only when there is sound in hand too: the sound drives the clock, and a full
    picture queue must not keep it from arriving.
    """

    def __init__(self, open_stream: Callable[[], PreviewStream], sound: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._open_stream, self._sound_wanted = open_stream, sound
        self._changed = threading.Condition()
        self._frames: deque[Frame] = deque()
        self._sound: deque[bytes] = deque()
        self._sound_bytes = 0
        self._stream: PreviewStream | None = None
        self._stopping = False
        self.ended = False
        self.trouble: Exception | None = None

    def run(self) -> None:
        """Read until the end or until stopped."""
        try:
            with self._open_stream() as stream:
                with self._changed:
                    self._stream = stream
                for piece in stream:
                    if self._stopping:
                        break
                    self._take(piece)
        except Exception as error:  # noqa: BLE001 - the boundary of a thread: reported by the player
            self.trouble = None if self._stopping else error
        finally:
            self._stream = None
            self.ended = True

    def want_sound(self, wanted: bool) -> None:
        """Whether anybody is going to take the sound."""
        with self._changed:
            self._sound_wanted = wanted
            if not wanted:
                self._sound.clear()
                self._sound_bytes = 0
            self._changed.notify_all()

    def ready(self) -> bool:
        """Whether there is enough to begin with."""
        with self._changed:
            sound = not self._sound_wanted or self._sound_bytes >= BYTES_A_SECOND // 10
            return self.ended or (bool(self._frames) and sound)

    def next_time(self) -> Time | None:
        """When the next picture is due."""
        with self._changed:
            return self._frames[0].time if self._frames else None

    def pop_frame(self) -> Frame:
        """Take the next picture; IndexError without one."""
        with self._changed:
            frame = self._frames.popleft()
            self._changed.notify()
            return frame

    @property
    def sound_left(self) -> bool:
        """Whether there is sound that nobody took yet."""
        with self._changed:
            return self._sound_bytes > 0

    def pop_sound(self, at_most: int) -> bytes:
        """Take up to about ``at_most`` bytes of sound, in whole chunks."""
        parts: list[bytes] = []
        with self._changed:
            taken = 0
            while self._sound and taken < at_most:
                parts.append(self._sound.popleft())
                taken += len(parts[-1])
            self._sound_bytes -= taken
            self._changed.notify()
        return b"".join(parts)

    def stop(self) -> None:
        """End the stream without waiting: ending ffmpeg takes a moment the window doesn't have."""
        with self._changed:
            self._stopping = True
            stream = self._stream
            self._changed.notify_all()
        if stream is not None:
            threading.Thread(target=stream.close, name="preview-close", daemon=True).start()

    def _take(self, piece: PreviewVideo | PreviewAudio) -> None:
        if hasattr(piece, "samples"):
            with self._changed:
                if self._sound_wanted:
                    self._sound.append(piece.samples)
                    self._sound_bytes += len(piece.samples)
            return
        image = QImage(piece.pixels, piece.width, piece.height, piece.width * 4, QImage.Format.Format_RGB32)
        frame = Frame(piece.time, image.copy())
        with self._changed:
            self._frames.append(frame)
            while not self._stopping and self._enough():
                self._changed.wait(0.2)

    def _enough(self) -> bool:
        sound = not self._sound_wanted or self._sound_bytes >= _SOUND_AHEAD
        hopeless = len(self._frames) >= 6 * _FRAMES_AHEAD  # a stream without any sound after all
        return (len(self._frames) >= _FRAMES_AHEAD and sound) or hopeless
