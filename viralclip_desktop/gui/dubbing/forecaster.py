"""How the lines would fit, worked out in the background with what the dub itself plans by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.features.workflows.dub_forecast import LineForecast, forecast_lines
from viralclip_desktop.gui.text import tr_fault

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_QUIET_MS = 250  # an edge that is dragged, or a word that is typed on, is one question

_NOTHING = ("", "", "", False)


class Forecaster(QObject):
    """One question at a time: a newer one ends the one before. ``changed`` tells that something is known, or
    is being worked out."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._question = _NOTHING
        self._working: Ticket | None = None
        self._known: dict[tuple[str, str], tuple[Time, ...]] = {}
        self.lines: dict[TimeRange, LineForecast] = {}
        """By source time; of a line that was changed since, as it was before."""
        self.checking = False
        self.trouble = ""
        """Why nothing can be told; empty where nothing is wrong."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self._work)

    def ask(self, clip_id: str, code: str, voice_id: str, *, slow: bool) -> None:
        """How a clip fits in a language with a voice, as it is stored now; ``slow``: if it may play slower
        for that."""
        question = (clip_id, code, voice_id, slow)
        if question != self._question:
            self.lines = {}
        self._question = question
        self._forget()
        self.checking, self.trouble = True, ""
        self._timer.start()
        self.changed.emit()

    def rest(self) -> None:
        """Nothing is to be told at present."""
        self._forget()
        self._timer.stop()
        self._question = _NOTHING
        self.lines, self.checking, self.trouble = {}, False, ""

    def _forget(self) -> None:
        if self._working is not None:
            self._working.forget()
            self._working = None

    def _work(self) -> None:
        services, cancel, known = self._context.services, CancelToken(), self._known
        clip_id, code, voice_id, slow = self._question
        self._working = self._context.tasks.run(
            lambda: forecast_lines(services, clip_id, code, voice_id, known=known, cancel=cancel, slow=slow),
            self._take,
            self._failed,
            cancel,
        )

    def _take(self, lines: dict[TimeRange, LineForecast]) -> None:
        self._working = None
        self.lines, self.checking = lines, False
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._working = None
        self.lines, self.checking = {}, False
        if isinstance(error, Fault):
            self.trouble = tr_fault(error)
        else:
            self._context.trouble(error)
        self.changed.emit()
