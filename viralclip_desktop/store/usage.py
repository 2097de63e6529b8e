"""The ledger of paid calls: rows of ``ai_usage_logs``, outside undo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, insert, select, update

from viralclip_desktop.domain.usage import Budgets, Spent, Usage, check_budget, day_and_month
from viralclip_desktop.store.tables import ai_usage_logs

_T = ai_usage_logs


class UsageLog:
    """Implements ``engines.ledger.UsageBook``. Each call is a commit of its own."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._reading, self._writing = reading, writing

    def add(self, usage: Usage) -> None:
        """Write one call down."""
        with self._writing() as connection:
            connection.execute(insert(_T).values(**_row(usage)))

    def reserve(self, usage: Usage, budgets: Budgets) -> None:
        """Write an expected cost down. Raises OverBudget when it is more than a budget has left; what others
        reserve at the same moment counts, for there is one writer at a time."""
        with self._writing() as connection:
            check_budget(usage.cost_usd, _spent(connection, usage.at), budgets)
            connection.execute(insert(_T).values(**_row(usage)))

    def settle(self, usage: Usage) -> None:
        """Put what was really used in the place of what was expected."""
        with self._writing() as connection:
            connection.execute(update(_T).where(_T.c.id == usage.id).values(**_row(usage)))

    def drop(self, usage_id: str) -> None:
        """Nothing was used."""
        with self._writing() as connection:
            connection.execute(delete(_T).where(_T.c.id == usage_id))

    def list(self, since: float = 0.0, until: float | None = None) -> list[Usage]:
        """The calls from ``since`` up to but without ``until`` (Unix seconds; None: no end), oldest first."""
        query = select(_T).where(_T.c.at >= since).order_by(_T.c.at, _T.c.id)
        if until is not None:
            query = query.where(_T.c.at < until)
        with self._reading() as connection:
            return [Usage(**row._mapping) for row in connection.execute(query)]

    def spent(self, at: float) -> Spent:
        """What was spent in the local day and month of a moment (Unix seconds) up to now."""
        with self._reading() as connection:
            return _spent(connection, at)


def _spent(connection: Connection, at: float) -> Spent:
    day, month = (
        select(func.coalesce(func.sum(_T.c.cost_usd), 0.0)).where(_T.c.at >= since)
        for since in day_and_month(at)
    )
    return Spent(float(connection.execute(day).scalar_one()), float(connection.execute(month).scalar_one()))


def _row(usage: Usage) -> dict[str, object]:
    values = {column.name: getattr(usage, column.name) for column in _T.c}
    return values | {"units": dict(usage.units)}
