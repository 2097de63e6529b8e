"""Titles that claim nothing, for clips of which the recogniser was not sure what is said."""

from __future__ import annotations

import re
from typing import Final

from viralclip_desktop.core.time import Time, format_clock

_QUIET: Final = re.compile(r"Clip \d+, \d+:\d\d(:\d\d)?( \(\d+\))?")


def quiet_title(place: int, start: Time) -> str:
    """For the clip of a ``place`` that begins at a source time."""
    return " ".join(("Clip", f"{place},", format_clock(start).rpartition(".")[0]))


def is_quiet(title: str) -> bool:
    """Whether it is one of these: nothing to write over a picture."""
    return _QUIET.fullmatch(title) is not None
