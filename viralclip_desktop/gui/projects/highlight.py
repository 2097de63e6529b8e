"""Which parts of a snippet were searched for, to be shown in bold."""

from __future__ import annotations

import unicodedata


def matches(snippet: str, query: str) -> list[tuple[int, int]]:
    """Ranges ``(start, end)`` of ``snippet``, in order and apart, where a word of ``query`` begins a word.

    Letter case and accents don't count, as in the search itself; in scripts that are written without
    spaces a word may be found anywhere.
    """
    folded, places = _folded(snippet)
    found: list[tuple[int, int]] = []
    for term in _terms(query):
        at = folded.find(term)
        while at >= 0:
            if _begins_word(folded, at, term):
                found.append((places[at], places[at + len(term) - 1] + 1))
            at = folded.find(term, at + 1)
    return _joined(sorted(found))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in lower case without accents, and where each of its characters comes from."""
    characters, places = [], []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part) or (not part.isascii() and _is_unspaced(part)):
                characters.append(part)
                places.append(place)
    return "".join(characters), places


def _terms(query: str) -> list[str]:
    letters = "".join(character if _is_letter(character) else " " for character in query)
    return [folded for word in letters.split() if (folded := _folded(word)[0])]


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _is_unspaced(character: str) -> bool:
    from viralclip_desktop.domain.transcript import is_unspaced

    return is_unspaced(character)


def _begins_word(text: str, at: int, term: str) -> bool:
    return at == 0 or not _is_letter(text[at - 1]) or _is_unspaced(term[0])


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
