"""Work that only the GUI thread can do, in pieces between the events: nobody waits longer than one piece."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Piece = Callable[[], object]


class Slices(QObject):
    """Does the pieces it is given in their order, one in each round of the event loop; keys, mouse and
    painting come in between. A bar of 50 ms for a stall leaves each piece about 25."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: deque[Piece] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def idle(self) -> bool:
        """Whether everything is done."""
        return not self._pieces

    def add(self, *pieces: Piece) -> None:
        """Queue more work."""
        self._pieces.extend(pieces)
        self._timer.start()

    def finish(self) -> None:
        """Do the rest now: somebody needs it at once."""
        while self._pieces:
            self._pieces.popleft()()
        self._timer.stop()

    def _next(self) -> None:
        if self._pieces:
            self._pieces.popleft()()
        if not self._pieces:
            self._timer.stop()
