"""Search over every transcript: FTS5, and plain substrings for scripts written without spaces. Translations
are read through as they are (5 ms per hour of speech).

FTS5's ``unicode61`` tokenizer takes a run of Thai or Chinese for one word, so a part of it would not be
found; such a query is a substring search over the sentences (1 ms per hour of speech).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import is_unspaced
from viralclip_desktop.store.records import SearchHit

_SNIPPET_LENGTH = 80  # characters: one line in a list

_SELECT = (
    "SELECT v.project_id, v.id AS source_id, s.idx, s.start_ticks, s.text, s.words "
    "FROM {tables} JOIN video_sources v ON v.id = s.source_id WHERE {where} ORDER BY {order} LIMIT :limit"
)
_MATCH = _SELECT.format(
    tables="transcript_search f JOIN subtitle_segments s ON s.id = f.rowid",
    where="transcript_search MATCH :query",
    order="f.rank, s.source_id, s.idx",
)

_TRANSLATIONS = (
    "SELECT v.project_id, t.source_id, t.language, t.lines FROM translations t "
    "JOIN video_sources v ON v.id = t.source_id ORDER BY t.source_id, t.language"
)


def search(connection: Connection, query: str, limit: int) -> list[SearchHit]:
    """Sentences that hold every word of ``query``; the last word may be a beginning. Takes any text."""
    terms = [term for term in _tidy(query).split() if any(_is_letter(character) for character in term)]
    if not terms:
        return []
    found = _said(connection, terms, limit)
    return found + _translated(connection, terms, limit - len(found))


def _said(connection: Connection, terms: list[str], limit: int) -> list[SearchHit]:
    if any(is_unspaced(character) for term in terms for character in term):
        return _substrings(connection, terms, limit)
    phrases = [f'"{term}"' for term in terms]
    unfinished = "*" if _is_letter(terms[-1][-1]) else ""
    values = {"query": " ".join(phrases) + unfinished, "limit": limit}
    return [_hit(row, terms) for row in connection.execute(text(_MATCH), values)]


def _substrings(connection: Connection, terms: list[str], limit: int) -> list[SearchHit]:
    where = " AND ".join(f"s.text LIKE :t{place} ESCAPE '\\'" for place in range(len(terms)))
    statement = _SELECT.format(tables="subtitle_segments s", where=where, order="s.source_id, s.idx")
    values: dict[str, Any] = {"limit": limit}
    values |= {f"t{place}": f"%{_escaped(term)}%" for place, term in enumerate(terms)}
    return [_hit(row, terms) for row in connection.execute(text(statement), values)]


def _translated(connection: Connection, terms: list[str], limit: int) -> list[SearchHit]:
    """Lines of translations that hold every term."""
    wanted = [_folded(part) for term in terms for part in _parts(term)]
    rows = connection.execute(text(_TRANSLATIONS)) if limit > 0 else ()
    return list(islice((hit for row in rows for hit in _lines(row, wanted)), limit))


def _lines(row: Any, wanted: list[str]) -> Iterator[SearchHit]:
    if not all(part in _folded(row.lines) for part in wanted):
        return
    flat = json.loads(row.lines)
    for place in range(0, len(flat), 3):
        line = flat[place + 2]
        words = [_folded(word) for word in line.split()]
        if all(any(_starts(word, part) for word in words) for part in wanted):
            snippet = _snippet(line, wanted)
            at = Time(flat[place])
            yield SearchHit(row.project_id, row.source_id, place // 3, at, snippet, row.language)


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _tidy(query: str) -> str:
    # quotes delimit FTS5's strings, NUL ends them, lone surrogates cannot be encoded
    kept = query.replace('"', " ").replace("\0", " ")
    return kept.encode("utf-8", "ignore").decode("utf-8")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _hit(row: Any, terms: list[str]) -> SearchHit:
    flat = json.loads(row.words)
    wanted = [_folded(part) for term in terms for part in _parts(term)]
    start = next(
        (
            flat[place + 1]
            for place in range(0, len(flat), 5)
            if any(_starts(_folded(flat[place]), part) for part in wanted)
        ),
        row.start_ticks,
    )
    return SearchHit(row.project_id, row.source_id, row.idx, Time(start), _snippet(row.text, wanted))


def _starts(word: str, part: str) -> bool:
    return any(piece.startswith(part) for piece in _parts(word)) or (is_unspaced(part[0]) and part in word)


def _parts(term: str) -> list[str]:
    return "".join(character if _is_letter(character) else " " for character in term).split()


def _folded(word: str) -> str:
    """Case and marks removed, as the tokenizer does."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return bare or plain


def _snippet(sentence: str, wanted: list[str]) -> str:
    """The sentence, or the part of it around the first match."""
    if len(sentence) <= _SNIPPET_LENGTH:
        return sentence
    found = _position(sentence, lambda piece: any(_starts(_folded(piece), part) for part in wanted))
    first = max(0, min(found - _SNIPPET_LENGTH // 3, len(sentence) - _SNIPPET_LENGTH))
    last = first + _SNIPPET_LENGTH
    if first and (space := sentence.find(" ", first, found)) >= 0:
        first = space + 1
    if last < len(sentence) and (space := sentence.rfind(" ", found + 1, last)) >= 0:
        last = space
    return ("…" if first else "") + sentence[first:last] + ("…" if last < len(sentence) else "")


def _position(sentence: str, matches: Callable[[str], bool]) -> int:
    place = 0
    for piece in sentence.split(" "):
        if matches(piece):
            return place
        place += len(piece) + 1
    return 0
