"""What other packages that are installed offer the program, by the group of their entry points."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import metadata
from typing import Any


@lru_cache(maxsize=4)
def _all(_path: tuple[str, ...]) -> Any:
    """Read once for each way that packages are found: it opens a file of every package there is. Its type is
    another one before and after Python 3.12; both can select."""
    return metadata.entry_points()


def entry_points(group: str) -> list[metadata.EntryPoint]:
    """The entry points of a group."""
    return list(_all(tuple(sys.path)).select(group=group))
