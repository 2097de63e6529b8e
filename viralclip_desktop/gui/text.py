"""Words on the screen: English in the source, other languages through a catalogue.

The window's own words go through :func:`tr` and :func:`plural`. What the rooms below say (faults, steps of a
job, names of edits) is English with its values filled in already: :func:`tr_told` finds the sentence it was
made from and says that in the interface language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.time import Time, format_duration

_FIELD = re.compile(r"\{(\w*)\}")
_LENGTH = re.compile(r"\d+ (s|min|h)( \d+ (s|min))?")
_UNIT = re.compile(r"(?<=\d )(s|min|h)\b")
_LONGEST = 1000  # letters of a sentence; a log is no sentence
_OUR_WORDS = frozenset(
    {
        *("aspect", "code", "count", "error", "kind", "label", "language", "message", "noun", "problem"),
        *("purpose", "wanted", "what"),
    }
)
"""Fields that the rooms below fill with words of ours; others hold names, paths and numbers."""


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with values in it, and how to say it."""

    pattern: re.Pattern[str]
    names: tuple[str, ...]
    head: str
    tail: str
    translated: str


@dataclass(slots=True)
class _Speech:
    """The language in use."""

    words: dict[str, str] = field(default_factory=dict)
    templates: list[_Template] = field(default_factory=list)
    decimal: str = "."
    group: str = ","


_speech = _Speech()


def use_catalogue(
    window: Mapping[str, str], told: Mapping[str, str] | None = None, signs: Mapping[str, str] | None = None
) -> None:
    """Show another language. ``window`` and ``told`` map English to translated text, those of ``told`` may be
    templates for :func:`tr_told`; ``signs``: how numbers are written (``decimal`` and ``group``)."""
    told, signs = told or {}, signs or {}
    _speech.words = {**window, **told}
    templates = [_compiled(english, said) for english, said in told.items() if _FIELD.search(english)]
    _speech.templates = sorted(templates, key=lambda one: -len(_FIELD.sub("", one.pattern.pattern)))
    _speech.decimal, _speech.group = signs.get("decimal", "."), signs.get("group", ",")
    tr_told.cache_clear()


def tr(text: str, **values: object) -> str:
    """``text`` in the interface language, with ``{names}`` filled in."""
    found = _speech.words.get(text, text)
    return found.format(**values) if values else found


def plural(count: int, one: str, many: str) -> str:
    """``1 clip`` or ``3 clips``; both forms carry ``{n}``."""
    return tr(one if count == 1 else many, n=count)


@lru_cache(2000)
def tr_told(text: str) -> str:
    """A sentence from below the window, in the interface language; unknown ones stay as they are.

    Names in it are never translated, even when they look like a word of ours.
    """
    if not _speech.words or not 0 < len(text) < _LONGEST:
        return text
    exact = _speech.words.get(text)
    return exact if exact is not None else _refilled(text) or _headed(text) or text


def tr_fault(fault: Fault) -> str:
    """What happened and what to do, in one line."""
    return f"{tr_told(fault.message)} {tr_told(fault.hint)}".strip()


def duration(time: Time) -> str:
    """A length in words: ``24 s``, ``3 min 20 s``, ``1 h 05 min``."""
    return _units(format_duration(time))


def decimal(value: float, digits: int = 1) -> str:
    """``1.5``, or ``1,5`` where that is how it is written; with groups of thousands."""
    written = f"{value:,.{digits}f}"
    signs = {",": _speech.group, ".": _speech.decimal}
    return "".join(signs.get(sign, sign) for sign in written)


def _compiled(english: str, translated: str) -> _Template:
    literals = _FIELD.split(english)[::2]
    names = tuple(match.group(1) for match in _FIELD.finditer(english))
    pattern = re.compile("(.+?)".join(re.escape(literal) for literal in literals), re.DOTALL)
    return _Template(pattern, names, literals[0], literals[-1], translated)


def _refilled(text: str) -> str:
    for one in _speech.templates:
        if not (text.startswith(one.head) and text.endswith(one.tail)):
            continue
        if match := one.pattern.fullmatch(text):
            return _filled(one, match)
    return ""


def _filled(template: _Template, match: re.Match[str]) -> str:
    """The values go where the translation has their names; unnamed ones in their order."""
    values = [_value(name, value) for name, value in zip(template.names, match.groups(), strict=True)]
    by_name = dict(zip(template.names, values, strict=True))
    unnamed = iter(values)
    return _FIELD.sub(lambda at: by_name.get(at.group(1), "") or next(unnamed, ""), template.translated)


def _value(name: str, value: str) -> str:
    if name.rstrip("0123456789") in _OUR_WORDS:
        return tr_told(value)
    return _units(value) if _LENGTH.fullmatch(value) else value


def _units(text: str) -> str:
    return _UNIT.sub(lambda unit: tr(unit.group(1)), text)


def _headed(text: str) -> str:
    """``A sentence of ours: what it is about``."""
    head, colon, rest = text.partition(": ")
    known = _speech.words.get(head) if colon else None
    return f"{known}: {tr_told(rest)}" if known is not None else ""
