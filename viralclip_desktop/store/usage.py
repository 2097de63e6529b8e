"""The ledger of paid and counted calls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, func, insert, select

from viralclip_desktop.store.records import Usage
from viralclip_desktop.store.tables import ai_usage_logs

_T = ai_usage_logs


class UsageLog:
    """Rows of ``ai_usage_logs``. Nothing in it is ever changed or undone."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._reading, self._writing = reading, writing

    def add(self, usage: Usage) -> None:
        """Write one call down."""
        values = {column.name: getattr(usage, column.name) for column in _T.c}
        with self._writing() as connection:
            connection.execute(insert(_T).values(**values | {"units": dict(usage.units)}))

    def calls(self, since: float = 0.0, until: float | None = None) -> list[Usage]:
        """The calls from ``since`` up to but without ``until`` (Unix seconds; None: no end), oldest first."""
        query = select(_T).where(_T.c.at >= since).order_by(_T.c.at, _T.c.id)
        if until is not None:
            query = query.where(_T.c.at < until)
        with self._reading() as connection:
            return [Usage(**row._mapping) for row in connection.execute(query)]

    def spent_usd(self, since: float = 0.0, provider: str | None = None) -> float:
        """What was paid since a moment (Unix seconds), to one provider (None: to all), in US dollars."""
        query = select(func.coalesce(func.sum(_T.c.cost_usd), 0.0)).where(_T.c.at >= since)
        if provider is not None:
            query = query.where(_T.c.provider == provider)
        with self._reading() as connection:
            return float(connection.execute(query).scalar_one())
