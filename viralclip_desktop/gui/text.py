"""Words on the screen: English in the source, other languages through a catalogue.

The window's own words go through :func:`tr` and :func:`plural`. What the rooms below say (faults, steps of a
job, names of edits) comes as messages (``core.messages``) and is put into words by :func:`tr_message`.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

from viralclip_desktop.core.catalogue import Catalogue
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.marks import in_line
from viralclip_desktop.core.time import Time, format_clock

_ENGLISH = Catalogue()
_in_use = [_ENGLISH]
_JOINER = "\u2060"
_MARKUP = re.compile(r"<(?=[\s!/?]*[^\W\d_])|&(?=lt;)")
"""What Qt and the systems' notifications look for to tell markup from text."""


class _Filling(Formatter):
    """``str.format`` with the language's decimal mark; what users and files named stays within its line."""

    def format_field(self, value: Any, format_spec: str) -> str:
        written: str = super().format_field(value, format_spec)
        return written.replace(".", _in_use[0].decimal_mark) if isinstance(value, float) else in_line(written)


_filling = _Filling()


def use_catalogue(catalogue: Catalogue | None) -> None:
    """Show another language; None is English."""
    _in_use[0] = catalogue or _ENGLISH


def tr(text: str, **values: object) -> str:
    """``text`` in the interface language, with ``{names}`` filled in."""
    found = _in_use[0].text(text)
    return _filling.vformat(found, (), values) if values else found


def plural(count: int, one: str, many: str, **values: object) -> str:
    """``1 clip`` or ``3 clips``, in the form the language has for ``count``; ``{n}`` is the count."""
    return _filling.vformat(_in_use[0].plural(count, one, many), (), {"n": count, **values})


def tr_message(message: str) -> str:
    """A message from below the window in the interface language. A plain string is constant text: it is
    translated where the catalogue has it, and stays as it is otherwise. Names, which are values of messages,
    are never translated."""
    return _in_use[0].message(message)


def plain(text: str) -> str:
    """``text`` for a place that would take markup for markup, a tooltip or a notification: it is shown as it
    is, as an invisible joiner stands in every tag."""
    return _MARKUP.sub(lambda mark: mark[0] + _JOINER, text)


def tr_fault(fault: Fault) -> str:
    """What happened and what to do, in one line."""
    return f"{tr_message(fault.message)} {tr_message(fault.hint)}".strip()


def duration(time: Time) -> str:
    """A length in words: ``24 s``, ``3 min 20 s``, ``1 h 05 min``."""
    return _in_use[0].length(time)


def decimal(value: float, digits: int = 1) -> str:
    """``1.5``, or ``1,5`` where that is how it is written; with groups of thousands."""
    written = f"{value:,.{digits}f}"
    signs = {",": _in_use[0].group_mark, ".": _in_use[0].decimal_mark}
    return "".join(signs.get(sign, sign) for sign in written)


def clock_time(time: Time) -> str:
    """``1:02.5``, or ``1:02,5`` where that is how it is written."""
    return format_clock(time).replace(".", _in_use[0].decimal_mark)


def read_number(text: str) -> float:
    """The number in what was typed, with the language's marks or with those of a keypad: ``1,5`` is one and a
    half everywhere, ``1,500`` only where that is how it is written. Raises :class:`ValueError` for what is no
    number."""
    bare, point, group = "".join(text.split()), _in_use[0].decimal_mark, _in_use[0].group_mark
    if point in bare or re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}({re.escape(group)}\d{{3}})+", bare):
        bare = bare.replace(group, "")
    return float(bare.replace(point, ".").replace(group, "."))
