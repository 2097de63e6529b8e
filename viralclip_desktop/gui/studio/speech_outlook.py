"""How long a text is and what it costs, reckoned in the background once the typing rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.features.workflows.studio_speech import SpeechOrder, SpeechOutlook, speech_outlook

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_REST_MS = 350


class Reckoner(QObject):
    """``changed`` tells that more, or something else, is known."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._order: SpeechOrder | None = None
        self._reckoning: Ticket | None = None
        self.outlook: SpeechOutlook | None = None
        self.fault: Fault | None = None
        """Why the text cannot be spoken as it is."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._reckon)

    @property
    def settled(self) -> bool:
        """Whether what is known is of the order that was asked for last."""
        return self._reckoning is None and not self._rest.isActive()

    def ask(self, order: SpeechOrder, *, anew: bool = False) -> None:
        """Reckon once for each order; ``anew``: also where it is the same, as something else has changed."""
        if order == self._order and not anew:
            return
        self._order = order
        self._forget()
        if not order.text.strip():
            self.outlook = self.fault = None
            self._rest.stop()
            self.changed.emit()
        else:
            self._rest.start()

    def _forget(self) -> None:
        if self._reckoning is not None:
            self._reckoning.forget()
            self._reckoning = None

    def _reckon(self) -> None:
        order, services = self._order, self._context.services
        if order is not None:
            self._reckoning = self._context.tasks.run(
                lambda: speech_outlook(services, order), self._take, self._failed
            )

    def _take(self, outlook: SpeechOutlook) -> None:
        self._reckoning, self.outlook, self.fault = None, outlook, None
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._reckoning, self.outlook = None, None
        self.fault = error if isinstance(error, Fault) else None
        if self.fault is None:
            self._context.trouble(error)
        self.changed.emit()
