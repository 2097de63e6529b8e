"""Options made from the tables of what can be set (``domain/properties``), and what was typed for them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from viralclip_desktop.cli import options
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.properties.rows import Choice, Colour, Number, OnOff, Property


def add_options(
    parser: Any, rows: Iterable[Property], before: str = "", usual: object = None, **words: object
) -> None:
    """An option for each row, its name after ``before``. ``usual`` has the values that are taken where
    nothing is said, for the help; ``words`` are filled into it too."""
    for row in rows:
        help_ = row.help.format(usual=getattr(usual, row.field, ""), **words)
        parser.add_argument(_name(row, before), help=help_, **_how(row))


def given(args: argparse.Namespace, rows: Iterable[Property], before: str = "") -> dict[str, Any]:
    """What was typed, by field, as it is stored."""
    typed = {row: getattr(args, _name(row, before)[2:].replace("-", "_")) for row in rows}
    return {row.field: _stored(row, value) for row, value in typed.items() if value is not None}


def shape(value: object, rows: Iterable[Property]) -> dict[str, Any]:
    """The rows of a value in JSON; times in seconds, their names with ``_s``."""
    found: dict[str, Any] = {}
    for row in rows:
        stored = getattr(value, row.field)
        if isinstance(stored, Time):
            found[f"{row.field}_s"] = round(stored.seconds, 6)
        else:
            found[row.field] = str(stored) if isinstance(row, Choice) else stored
    return found


def _name(row: Property, before: str) -> str:
    return f"--{before}{row.option or row.field.replace('_', '-')}"


def _how(row: Property) -> dict[str, Any]:
    if isinstance(row, Number):
        return {"type": options.seconds if row.unit == "s" else _within(row), "metavar": row.metavar}
    if isinstance(row, OnOff):
        return {"action": argparse.BooleanOptionalAction}
    if isinstance(row, Choice):
        return {"choices": [str(value.value) for value, _words in row.choices]}
    return {"type": _colour, "metavar": "HEX"} if isinstance(row, Colour) else {}


def _within(row: Number) -> Callable[[str], float]:
    def parse(text: str) -> float:
        value = options.number(text)
        if row.strict and not row.low <= value <= row.high:
            raise argparse.ArgumentTypeError(row.strict)
        return value

    return parse


def _colour(text: str) -> str:
    colour = text.strip().upper()
    if len(colour) not in (7, 9) or colour[0] != "#" or set(colour[1:]) - set("0123456789ABCDEF"):
        raise argparse.ArgumentTypeError(f"“{text}” is no colour; write #RRGGBB")
    return colour


def _stored(row: Property, value: Any) -> Any:
    if isinstance(row, Choice):
        return row.kind(value)
    return Time.from_seconds(value) if isinstance(row, Number) and row.is_time else value
