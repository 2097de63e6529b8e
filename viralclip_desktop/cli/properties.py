"""Options made from the tables of what can be set (``domain/properties``), and what was typed for them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any

from viralclip_desktop.cli import options
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.rates import fraction_of
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.properties.rows import (
    Choice,
    Colour,
    Folder,
    Number,
    OnOff,
    Property,
    Rate,
    Ratio,
    Words,
)


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
    found: dict[str, Any] = {}
    for row in rows:
        name = _name(row, before)[2:].replace("-", "_")
        value = getattr(args, name, None)
        if value is not None or (isinstance(row, Rate) and name in args):  # “source” is None
            found[row.field] = _stored(row, value)
    return found


def shape(value: object, rows: Iterable[Property]) -> dict[str, Any]:
    """The rows of a value in JSON; times in seconds, their names with ``_s``."""
    found: dict[str, Any] = {}
    for row in rows:
        stored = getattr(value, row.field)
        if isinstance(stored, Time):
            found[f"{row.field}_s"] = round(stored.seconds, 6)
        elif isinstance(stored, Fraction):
            found[row.field] = round(float(stored), 6)
        elif isinstance(stored, tuple):
            found[row.field] = list(stored)
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
        return {"choices": row.typed} | ({"action": "append"} if row.several else {})
    if isinstance(row, Colour):
        return {"type": _colour, "metavar": "HEX"}
    return _how_words(row)


def _how_words(row: Property) -> dict[str, Any]:
    if isinstance(row, Rate):
        read = partial(options.frame_rate, row=row)
        return {"type": read, "default": argparse.SUPPRESS, "metavar": "N"}
    if isinstance(row, Folder):
        return {"metavar": "DIR"}
    return {"metavar": row.metavar or None} if isinstance(row, Words) else {}


def ratio(row: Ratio) -> Callable[[str], Fraction]:
    """Reads an exact number, ``1.5`` or ``3/2``."""

    def parse(text: str) -> Fraction:
        try:
            value = fraction_of(text)
        except (ValueError, ZeroDivisionError):
            raise argparse.ArgumentTypeError(f"“{text}” is no number") from None
        if not row.low <= value <= row.high:
            raise argparse.ArgumentTypeError(f"it has to lie from {float(row.low):g} to {float(row.high):g}")
        return value

    return parse


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
    if isinstance(row, Folder):  # an empty one is the data folder
        return str(from_home(value).absolute()) if value else None
    return Time.from_seconds(value) if isinstance(row, Number) and row.is_time else value
