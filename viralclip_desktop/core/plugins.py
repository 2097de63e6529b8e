"""What other packages that are installed offer the program, by the group of their entry points."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Any


@cache
def _all() -> Any:
    """Read once: it opens a file of every package there is, and packages don't come while the program
    runs. Its type is another one before and after Python 3.12; both can select."""
    return metadata.entry_points()


def entry_points(group: str) -> list[metadata.EntryPoint]:
    """The entry points of a group."""
    return list(_all().select(group=group))
