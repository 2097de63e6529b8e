"""What other packages that are installed offer the program, by the group of their entry points."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def _all() -> metadata.EntryPoints:
    """Read once: it opens a file of every package there is, and packages don't come while the program
    runs."""
    return metadata.entry_points()


def entry_points(group: str) -> list[metadata.EntryPoint]:
    """The entry points of a group."""
    return list(_all().select(group=group))
