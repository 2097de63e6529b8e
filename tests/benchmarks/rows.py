"""What a benchmark tells: one row of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement. ``bar``: the largest value that will do, in the same ``unit``; None for no bar.
    ``note``: what it was measured against, or on."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    note: str = ""
