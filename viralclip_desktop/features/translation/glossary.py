"""Terms with a fixed translation, from a file of the user's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say

_MARKS: Final = ("\t", "=", ";", ",")
_MOST_BYTES: Final = 1_000_000
_MOST_TERMS: Final = 5000


def read_glossary(path: Path) -> dict[str, str]:
    """A file with a term and its translation a line, parted by a tab, ``=``, ``;`` or a comma; empty lines
    and those that begin with ``#`` count for nothing. Raises BadInput."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(say("{name} is too large for a glossary.", name=path.name))
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(say("{name} cannot be read.", name=path.name), "Save it as UTF-8 text.") from error
    found: dict[str, str] = {}
    for number, row in enumerate(text.splitlines(), 1):
        if row.strip() and not row.lstrip().startswith("#"):
            term, translation = _pair(row, path.name, number)
            found[term] = translation
    if not 0 < len(found) <= _MOST_TERMS:
        raise BadInput(
            say("{name} has {count} terms.", name=path.name, count=len(found)),
            say("Give 1 to {most}.", most=_MOST_TERMS),
        )
    return found


def _pair(row: str, name: str, number: int) -> tuple[str, str]:
    mark = next((mark for mark in _MARKS if mark in row), "\t")
    term, _, translation = (part.strip() for part in row.partition(mark))
    if not term or not translation:
        raise BadInput(
            say("Line {number} of {name} has no term with a translation.", number=number, name=name),
            "Write one as: term = translation",
        )
    return term, translation
