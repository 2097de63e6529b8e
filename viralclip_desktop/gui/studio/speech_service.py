"""Voices of a service: which service, whether it works here, and what its account has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.features.voices import OfferedVoice, models_of, quota_of, tts_setup, voices_of
from viralclip_desktop.gui.text import decimal, tr, tr_fault, tr_message
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import Banner

if TYPE_CHECKING:
    from viralclip_desktop.engines.tts.base import Quota
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket


@dataclass(frozen=True)
class ServiceState:
    """What was found of a service. ``problem``: why it cannot work here; ``fault``: why its voices could not
    be asked for; ``quota``: what was used, or why that is not told."""

    provider: str
    problem: str | None = None
    offers: tuple[OfferedVoice, ...] = ()
    fault: Fault | None = None
    quota: Quota | Fault | None = None
    models: tuple[str, ...] = ()


def service_ids() -> list[str]:
    """The providers of voices that are services."""
    return [one for one in TTS.ids() if not TTS.info(one).offline]


def look_at(services: Services, provider: str) -> ServiceState:
    """Ask a service for its voices and its quota. Blocks: off the GUI thread."""
    problem = TTS.make(provider, tts_setup(services)).ready()
    if problem is not None:
        return ServiceState(provider, problem)
    try:
        offers = tuple(voices_of(services, provider))
    except Fault as fault:
        return ServiceState(provider, fault=fault)
    quota: Quota | Fault | None
    try:
        quota = quota_of(services, provider)
    except Fault as fault:
        quota = fault
    try:
        models = tuple(models_of(services, provider))
    except Fault:  # its name can be typed all the same
        models = ()
    return ServiceState(provider, None, offers, None, quota, models)


class ServiceHead(QWidget):
    """``chosen`` carries another service, ``read`` tells that its voices are known, ``settings_asked`` that a
    key is to be given."""

    chosen = Signal(str)
    read = Signal()
    settings_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._reading: Ticket | None = None
        self._again = False
        self.state: ServiceState | None = None
        """What is known of the chosen service; None until it has answered."""
        names = [(one, tr_message(TTS.info(one).name)) for one in service_ids()]
        self.service = DropDown(tr("Service"), names)
        self.service.show_value(names[0][0])
        self.trouble = Banner("info")
        self.trouble.hide()
        self.quota = label("", "note", wrap=True)
        self.quota.hide()
        self.setLayout(column(self.service, self.quota, self.trouble, gap=8))
        self.service.chosen.connect(self._choose)
        self.trouble.acted.connect(self._act)

    @property
    def provider(self) -> str:
        """The id of the chosen service."""
        return str(self.service.value)

    @property
    def offers(self) -> Sequence[OfferedVoice]:
        """Its voices, as far as they are known."""
        return self.state.offers if self.state is not None else ()

    def show_service(self, provider: str) -> None:
        """Choose a service without reporting it."""
        if provider in service_ids():
            self.service.show_value(provider)

    def look(self) -> None:
        """Ask the service; what is known stays until it has answered. One question at a time: one that does
        not answer holds a single thread up."""
        services, provider = self._context.services, self.provider
        self._again = self._reading is not None
        if self._again:
            return
        self._reading = self._context.tasks.run(lambda: look_at(services, provider), self._take, self._failed)

    def _choose(self, provider: object) -> None:
        self.state = None
        self._show()
        self.chosen.emit(str(provider))
        self.look()

    def _take(self, state: ServiceState) -> None:
        self._reading = None
        if state.provider == self.provider:
            self.state = state
            self._show()
            self.read.emit()
        if self._again:
            self.look()

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self._context.trouble(error)
        if self._again:
            self.look()

    def _act(self) -> None:
        if self.state is not None and self.state.fault is not None:
            self.look()
        else:
            self.settings_asked.emit()

    def _show(self) -> None:
        state = self.state or ServiceState(self.provider)
        if state.problem is not None:
            self.trouble.show_message("info", tr_message(state.problem), "", tr("Open the settings"))
        elif state.fault is not None:
            message, hint = tr_message(state.fault.message), tr_message(state.fault.hint)
            self.trouble.show_message("bad", message, hint, tr("Try again"))
        else:
            self.trouble.hide()
        told = _quota_words(state.quota)
        self.quota.setText(told)
        self.quota.setVisible(bool(told))


def _quota_words(quota: Quota | Fault | None) -> str:
    if quota is None:
        return ""
    if isinstance(quota, Fault):
        return tr("What the account has left is not known: {why}", why=tr_fault(quota))
    used, limit = decimal(quota.used, 0), decimal(quota.limit, 0)
    told = tr("{used} of {limit} characters of the account are used.", used=used, limit=limit)
    if quota.resets_at is not None:
        day = datetime.fromtimestamp(quota.resets_at, UTC).strftime("%Y-%m-%d")
        told += " " + tr("It starts anew on {day}.", day=day)
    return told
