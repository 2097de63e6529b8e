"""Second names for what is there already."""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBER = re.compile(r"(?P<base>.+) \((?P<number>\d{1,6})\)", re.DOTALL)


def free_name(name: str, taken: Callable[[str], bool]) -> str:
    """``name``, or ``name (2)``, ``name (3)``...: the first that is not taken."""
    if not taken(name):
        return name
    numbered = _NUMBER.fullmatch(name)
    base, number = (numbered["base"], int(numbered["number"]) + 1) if numbered else (name, 2)
    while taken(f"{base} ({number})"):
        number += 1
    return f"{base} ({number})"
