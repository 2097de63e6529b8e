"""Every paid call goes through here: the budget is asked before anything is sent, and what was really used is
written down after."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.usage import Budgets, Usage

if TYPE_CHECKING:
    from viralclip_desktop.engines.provider import ProviderInfo

_UNFINISHED = "estimate; the call has not ended"


class UsageBook(Protocol):
    """Where the ledger is kept (``store.usage``)."""

    def reserve(self, usage: Usage, budgets: Budgets) -> None:
        """Write an expected cost down, or raise OverBudget. Several processes may
        ask at once; what others have reserved counts."""

    def settle(self, usage: Usage) -> None:
        """Put what was really used in the place of what was expected."""

    def drop(self, usage_id: str) -> None:
        """Nothing was used."""


@dataclass
class Payment:
    """What a call uses as it goes."""

    units: dict[str, float] = field(default_factory=dict)
    model: str = ""

    def add(self, units: Mapping[str, float]) -> None:
        """So much more was used."""
        for unit, count in units.items():
            self.units[unit] = self.units.get(unit, 0.0) + count


class Ledger:
    """The budgets and the book; safe from any thread."""

    def __init__(
        self, book: UsageBook, budgets: Callable[[], Budgets], clock: Callable[[], float] = time.time
    ) -> None:
        """``budgets``: as they are at the moment; ``clock``: Unix seconds."""
        self._book, self._budgets, self._clock = book, budgets, clock

    @contextmanager
    def paying(
        self,
        info: ProviderInfo,
        expected: Mapping[str, float],
        *,
        model: str = "",
        job_id: str = "",
        project_id: str = "",
        note: str = "",
    ) -> Iterator[Payment]:
        """Around a paid call: say with ``Payment.add`` what it used, also when it fails in the middle.

        ``expected``: the units it will use, not less. Raises OverBudget before the call. A provider without a
        price is not written down. What a killed process had reserved stays written as an estimate.
        """
        payment = Payment(model=model)
        if not info.costs:
            yield payment
            return
        usage = Usage(
            id=new_id("use"),
            at=self._clock(),
            provider=info.id,
            kind=info.kind,
            model=model,
            units=dict(expected),
            cost_usd=info.price_usd(expected, model),
            job_id=job_id,
            project_id=project_id,
            note=_UNFINISHED,
        )
        self._book.reserve(usage, self._budgets())
        try:
            yield payment
        finally:
            self._settle(info, usage, payment, note)

    def _settle(self, info: ProviderInfo, usage: Usage, payment: Payment, note: str) -> None:
        if not payment.units:
            self._book.drop(usage.id)
            return
        cost = info.price_usd(payment.units, payment.model)
        self._book.settle(
            Usage(
                usage.id,
                usage.at,
                usage.provider,
                usage.kind,
                payment.model,
                payment.units,
                cost,
                usage.job_id,
                usage.project_id,
                note,
            )
        )
