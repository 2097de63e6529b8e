"""What a dub would cost, reckoned in the background before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.features.workflows.dub import (
    DubOrder,
    LanguageOrder,
    price_of_dub,
    price_of_translation,
)
from viralclip_desktop.gui.text import decimal, tr, tr_fault

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_CENT_USD = 0.01


@dataclass(frozen=True)
class Question:
    """The orders of the clip and of its whole recording, and the languages with their voices."""

    clip: DubOrder
    recording: DubOrder
    languages: tuple[LanguageOrder, ...]
    said: tuple[tuple[str, int], ...] = ()
    """How much there is to say in each language, characters: with it the price changes."""
    paid: bool = True
    """Whether it is known to cost something."""


class Cost(QObject):
    """``changed`` tells that another sentence is to be shown."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._question: Question | None = None
        self._reckoning: Ticket | None = None
        self.told = ""
        """What it costs, or that this is being reckoned; empty where it is free."""

    @property
    def reckoning(self) -> bool:
        """Whether it is not known yet."""
        return self._reckoning is not None

    def ask(self, question: Question | None) -> None:
        """Reckon once for each question; None is for what is free."""
        if question == self._question:
            return
        self._question = question
        if self._reckoning is not None:
            self._reckoning.forget()
            self._reckoning = None
        self.told = ""
        if question is not None:
            services = self._context.services
            self.told = tr("Reckoning what it costs…") if question.paid else ""
            self._reckoning = self._context.tasks.run(
                lambda: _prices(services, question), self._take, self._failed
            )
        self.changed.emit()

    def _take(self, prices: list[float]) -> None:
        self._reckoning = None
        clip, whole = map(_words, prices)
        self.told = tr("This clip costs {clip}, the whole recording {whole}.", clip=clip, whole=whole)
        self.told += " " + tr("What was spoken or translated before is not paid for again.")
        if not any(prices):
            self.told = ""
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._reckoning = None
        self.told = tr_fault(error) if isinstance(error, Fault) else ""
        if not isinstance(error, Fault):
            self._context.trouble(error)
        self.changed.emit()


def _prices(services: Services, question: Question) -> list[float]:
    """Of the clip, and of the whole recording."""
    return [_price(services, order, question.languages) for order in (question.clip, question.recording)]


def _price(services: Services, order: DubOrder, languages: Sequence[LanguageOrder]) -> float:
    """US dollars, at most."""
    return price_of_dub(services, order, languages) + price_of_translation(services, order, languages)


def _words(price_usd: float) -> str:
    if price_usd < _CENT_USD:
        return tr("less than a cent")
    return tr("about ${price}", price=decimal(price_usd, 2))
