"""The kinds of values that can be set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A number, stored between ``low`` and ``high``."""

    field: str
    """Of the value that is edited."""
    label: str
    """In the window."""
    low: float
    high: float
    unit: str = ""
    """As it is shown: ``%``, ``dB``, ``s``..."""
    scale: float = 1
    """What is shown is what is stored times this: 100 for a share in percent, -1 for a depth in dB."""
    decimals: int = 0
    """Digits behind the point in the window."""
    slide: tuple[float, float] | None = None
    """A narrower range (stored) that the form offers; what lies beyond it is seldom meant."""
    is_time: bool = False
    """Stored as a :class:`Time`; shown, typed and written in seconds."""
    whole: bool = False
    """Stored as an integer."""
    strict: str = ""
    """What the command line says to a value out of bounds; empty holds it at the bound instead."""
    option: str = ""
    """The option's name where it is not the field's."""
    metavar: str = "N"
    help: str = ""
    """In the command line."""
    note: str = ""
    """Below the label in the window."""

    @property
    def shown(self) -> tuple[float, float]:
        """The lowest and the highest number that the form offers, as shown."""
        low, high = self.slide or (self.low, self.high)
        ends = sorted((low * self.scale, high * self.scale))
        return ends[0], ends[1]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour, ``#RRGGBB`` or ``#RRGGBBAA``; an optional one may be none."""

    field: str
    label: str
    optional: bool = False
    option: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few choices, each with its words in the window."""

    field: str
    label: str
    choices: tuple[tuple[Enum, str], ...]
    option: str = ""
    help: str = ""
    note: str = ""
    several: bool = False
    """The command takes more than one of them, the option repeated."""

    @property
    def kind(self) -> type[Enum]:
        """What the choices are."""
        return type(self.choices[0][0])

    @property
    def typed(self) -> list[str]:
        """The choices as they are typed and written."""
        return [str(value.value) for value, _words in self.choices]


@dataclass(frozen=True, slots=True)
class OnOff:
    """Yes or no."""

    field: str
    label: str
    option: str = ""
    help: str = ""
    words: tuple[str, str] = ("", "")
    """What no and yes are called where the form shows two choices instead of a switch."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font family."""

    field: str
    label: str
    option: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Text; several, with commas between them, where the value is a tuple."""

    field: str
    label: str
    hint: str = ""
    option: str = ""
    metavar: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Frames a second between ``low`` and ``high``; None for those of the recording."""

    field: str
    label: str
    low: int
    high: int
    offered: tuple[int, ...]
    """Those that the form offers."""
    option: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """An exact number between ``low`` and ``high``, typed as ``1.5`` or ``3/2``."""

    field: str
    label: str
    low: Fraction
    high: Fraction
    option: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's whole path; None for the data folder."""

    field: str
    label: str
    option: str = ""
    help: str = ""


Property = Number | Colour | Choice | OnOff | Font | Words | Rate | Ratio | Folder
