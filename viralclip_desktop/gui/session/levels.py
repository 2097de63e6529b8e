"""How loud the export of what is shown becomes: measured in the background, once the user pauses editing."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.gui.bridge.tasks import Tasks

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan
    from viralclip_desktop.gui.bridge.context import Context

_SETTLED_MS = 700  # a drag or a row of cuts is one change of the sound
_log = logging.getLogger(__name__)


class Levels(QObject):
    """``found`` carries a plan with the gain its export gets.

    Until a changed clip was measured it keeps the gain it had: an edit never makes the sound jump.
    """

    found = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        # a thread of its own: listening to a long clip must not hold up the stills
        self._tasks = Tasks(self, threads=1, on_trouble=context.trouble, patient=context.urgent)
        self._clip_id = ""
        self._last: tuple[str, LoudnessPlan] | None = None
        self._wanted: RenderPlan | None = None
        self._cancel = CancelToken()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._measure)

    def take(self, clip_id: str, plan: RenderPlan) -> RenderPlan:
        """The plan to play now; asks for its gain where that is not known."""
        self._clip_id = clip_id
        if plan.loudness.gain_db is not None or not plan.has_sound:
            self._stop()
            self._last = (clip_id, plan.loudness)
            return plan
        if self._wanted is None or self._wanted.heard != plan.heard:
            self._stop()
            self._wanted = plan
            self._settled.start()
        return self._meanwhile(clip_id, plan)

    @property
    def measuring(self) -> bool:
        """Whether the level of what is shown is still to be found: the clip sounds different from when it was
        measured last."""
        return self._wanted is not None

    def close(self) -> None:
        """Stop listening and wait for it."""
        self._stop()
        self._tasks.close()

    def _meanwhile(self, clip_id: str, plan: RenderPlan) -> RenderPlan:
        if self._last is None or self._last[0] != clip_id:
            return plan
        return replace(plan, loudness=self._last[1])

    def _stop(self) -> None:
        self._settled.stop()
        self._cancel.cancel()
        self._wanted = None

    def _measure(self) -> None:
        plan, services = self._wanted, self._context.services
        if plan is not None:
            cancel = self._cancel = CancelToken()

            def measure() -> RenderPlan:
                from viralclip_desktop.features.exporting.plans import levelled  # with the render graph

                return levelled(services.paths, plan, cancel)

            self._tasks.run(measure, self._show, self._failed)

    def _show(self, plan: RenderPlan) -> None:
        if self._wanted is not None and self._wanted.heard == plan.heard:
            self._wanted, self._last = None, (self._clip_id, plan.loudness)
            self.found.emit(plan)

    def _failed(self, error: Exception) -> None:
        """The preview stays as loud as it is; the export will tell what is wrong."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, Fault):
            self._context.trouble(error)
        _log.info("the loudness of a clip could not be measured: %s", error)
