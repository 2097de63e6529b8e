"""What the program said in this run, kept after the toasts are gone."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.gui.widgets.toasts import ToastText

_MOST = 200  # nobody reads further back


@dataclass(frozen=True)
class Message:
    """One thing that was said; ``at``: when, seconds since the epoch; ``times``: how often in a row."""

    text: ToastText
    at: float
    times: int = 1
    read: bool = True
    """False for an error that nobody has looked at yet."""

    @property
    def plain(self) -> str:
        """All of it, to be pasted elsewhere."""
        parts = (self.text.message, self.text.hint, self.text.details)
        return "\n".join(part for part in parts if part)


class MessageLog(QObject):
    """Newest first in ``messages``; the same thing said twice in a row is one message."""

    changed = Signal()

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock
        self.messages: deque[Message] = deque(maxlen=_MOST)

    @property
    def unread(self) -> int:
        """How many errors nobody has looked at yet."""
        return sum(not message.read for message in self.messages)

    def take(self, text: ToastText) -> None:
        """Keep what is being said."""
        times, said = 1, (text.kind, text.message, text.hint)
        if self.messages:
            last = self.messages[0]
            if (last.text.kind, last.text.message, last.text.hint) == said:
                times = last.times + 1
                self.messages.popleft()
        self.messages.appendleft(Message(text, self._clock(), times, text.kind != "bad"))
        self.changed.emit()

    def mark_read(self) -> None:
        """Somebody is looking at the list."""
        if self.unread:
            read = [replace(message, read=True) for message in self.messages]
            self.messages = deque(read, maxlen=_MOST)
            self.changed.emit()
