"""Reads interface languages: gettext PO files, as translators' tools write them."""

from __future__ import annotations

import gettext
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from viralclip_desktop.core.marks import in_line
from viralclip_desktop.core.messages import Value, Wording

QT = "qt"
"""The context (``msgctxt``) of the toolkit's own words."""


_JSON = json.JSONDecoder(strict=False)


def _germanic(count: int) -> int:
    return int(count != 1)


@dataclass(frozen=True, slots=True)
class Catalogue(Wording):
    """One language. Texts that are not in it stay English."""

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The forms of a pair of English templates, in the order of ``plural_form``."""
    toolkit: Mapping[str, str] = field(default_factory=dict)
    plural_form: Callable[[int], int] = _germanic
    """Which form stands with a count."""
    decimal_mark: str = "."
    group_mark: str = ","

    def text(self, english: str) -> str:
        """A template in this language."""
        return self.texts.get(english) or english

    def plural(self, count: int, one: str, many: str) -> str:
        """The template for ``count`` things."""
        forms = self.plurals.get((one, many))
        if forms is None:
            return one if count == 1 else many
        return forms[min(self.plural_form(count), len(forms) - 1)]

    def value(self, value: Value) -> str:
        """One value in words; what users and files named can't break the sentence or turn it round."""
        return in_line(Wording.value(self, value))


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a PO file. Raises OSError, and ValueError for what is no PO file."""
    texts: dict[str, str] = {}
    toolkit: dict[str, str] = {}
    plurals: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in _entries(path.read_text(encoding="utf-8")):
        english, said = entry["msgid"], entry.get("msgstr", "")
        if "msgid_plural" in entry:
            forms = tuple(entry[key] for key in sorted(entry) if key.startswith("msgstr["))
            if all(forms):
                plurals[english, entry["msgid_plural"]] = forms
        elif said:
            (toolkit if entry.get("msgctxt") == QT else texts)[english] = said
    headers = _headers(texts.pop("", ""))
    return Catalogue(
        texts,
        plurals,
        toolkit,
        _plural_form(headers.get("plural-forms", "")),
        headers.get("x-decimal-mark", "."),
        headers.get("x-group-mark", ","),
    )


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Entries as keyword -> text; they are divided by blank lines."""
    entry: dict[str, str] = {}
    keyword = ""
    for line in (*text.splitlines(), ""):
        if line.startswith("#"):
            continue
        if not line.strip():
            if "msgid" in entry:
                yield entry
            entry = {}
            continue
        word, quote, rest = line.partition('"')
        if word:
            keyword = word.strip()
            entry[keyword] = ""
        entry[keyword] += _unquoted(quote + rest)


def _unquoted(line: str) -> str:
    try:
        text: str = _JSON.decode(line)  # the escapes of PO files are among those of JSON
    except ValueError as error:
        raise ValueError(f"no line of a PO file: {line}") from error
    return text


def _headers(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines())
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _plural_form(header: str) -> Callable[[int], int]:
    """The rule of ``Plural-Forms: nplurals=2; plural=(n != 1);``, read by gettext's own parser."""
    rule = header.partition("plural=")[2].strip(" ;")
    if not rule:
        return _germanic
    return gettext.c2py(rule)
