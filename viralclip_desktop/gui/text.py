"""Words on the screen: English in the source, other languages through a catalogue."""

from __future__ import annotations

from collections.abc import Mapping

_catalogue: dict[str, str] = {}


def use_catalogue(catalogue: Mapping[str, str]) -> None:
    """Show another language: English text -> translated text."""
    _catalogue.clear()
    _catalogue.update(catalogue)


def tr(text: str, **values: object) -> str:
    """``text`` in the interface language, with ``{names}`` filled in."""
    found = _catalogue.get(text, text)
    return found.format(**values) if values else found


def plural(count: int, one: str, many: str) -> str:
    """``1 clip`` or ``3 clips``; both forms carry ``{n}``."""
    return tr(one if count == 1 else many, n=count)
