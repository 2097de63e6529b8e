"""Where running text may break: at its spaces, and between the phrases of scripts written without any.

Thai, Japanese and Chinese are cut by BudouX (Google), small linear models of where a reader would break a
line; in other such scripts a run stays whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from viralclip_desktop.compose.captions.text import ZWJ, ZWNJ, clean, clusters, is_closing
from viralclip_desktop.domain.transcript import is_unspaced

if TYPE_CHECKING:
    from budoux import Parser

_ENDS = ".!?…؟。！？।॥,;:،؛、，；：—–"
_CLOSERS = "\"'”’»)]」』】"
_OPENING = "([{“‘«「『【（"
_LEADING_VOWELS = "เแโใไ"  # written before the consonant they belong to
_FIRST_CJK = 0x2E80  # from here on text may break between any two characters
_FOLLOWING = "ะาำๅๆฯーっッゃゅょャュョ々"  # never begin a line
_AT_A_MARK = 0.15  # a cut after a comma is worth parts that are a quarter of their length off


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that stay together on a line; ``spaced``: written with a space before them."""

    text: str
    spaced: bool


def pieces(text: str) -> list[Piece]:
    """A text, cleaned, in pieces between which a line may break."""
    found: list[Piece] = []
    japanese = any("\u3040" <= character <= "\u30ff" for character in text)
    for chunk in clean(text).split(" "):
        if found and is_closing(chunk):  # French sets a space before ? and !, which must not break
            found[-1] = Piece(f"{found[-1].text}\u00a0{chunk}", found[-1].spaced)
            continue
        for number, part in enumerate(_unspaced_parts(chunk, japanese)):
            found.append(Piece(part, number == 0 and bool(found)))
    return [piece for piece in found if piece.text]


def joined(found: Sequence[Piece]) -> str:
    """Pieces as running text."""
    return "".join((" " if piece.spaced and at else "") + piece.text for at, piece in enumerate(found))


def clause_ends(found: Sequence[Piece]) -> list[bool]:
    """After which pieces a reader would draw breath: at a mark, and at a space where the script has none."""
    following = [*found[1:], Piece("", False)]
    return [
        one.text.rstrip(_CLOSERS).endswith(tuple(_ENDS)) or (other.spaced and is_unspaced(one.text[-1]))
        for one, other in zip(found, following, strict=True)
    ]


def cut_up(text: str, count: int) -> list[str]:
    """A piece wider than a line in about ``count`` parts; one of a script with spaces stays whole."""
    atoms: list[str] = []
    for sign in clusters(text):
        if atoms and not (ord(sign[0]) >= _FIRST_CJK and _may_break(atoms[-1][-1], sign[0])):
            atoms[-1] += sign
        else:
            atoms.append(sign)
    cuts = even_cuts([len(atom) for atom in atoms], [1] * min(count, len(atoms)), [False] * len(atoms))
    return ["".join(atoms[first:last]) for first, last in pairwise([0, *cuts, len(atoms)])]


def even_cuts(widths: Sequence[float], shares: Sequence[float], ends: Sequence[bool]) -> list[int]:
    """Where to cut a row of pieces so that the parts are about as wide as ``shares`` are to each other, each
    with a piece at least; ``ends`` says after which piece a cut reads well. There must be enough pieces.

    The cuts are chosen all at once, by dynamic programming over the squares of what parts are off.
    """
    count, parts = len(widths), len(shares)
    reached = [0.0, *accumulate(widths)]
    wanted = [share * reached[-1] / sum(shares) for share in shares]
    mean = max(reached[-1] / parts, 1e-9)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number, width in enumerate(wanted, 1):
        row: dict[int, tuple[float, int]] = {}
        for end in range(number, count - (parts - number) + 1) if number < parts else [count]:
            row[end] = min(
                (
                    cost + ((reached[end] - reached[first] - width) / mean) ** 2 - _AT_A_MARK * ends[end - 1],
                    first,
                )
                for first, (cost, _) in best[-1].items()
                if first < end
            )
        best.append(row)
    cuts = [count]
    for row in best[:0:-1]:
        cuts.append(row[cuts[-1]][1])
    return cuts[-2:0:-1]


def _unspaced_parts(chunk: str, japanese: bool) -> list[str]:
    if not any(is_unspaced(character) for character in chunk):
        return [chunk]
    thai = any("\u0e00" <= character <= "\u0e7f" for character in chunk)
    if not thai and not any(ord(character) >= _FIRST_CJK for character in chunk):
        return [chunk]
    parts: list[str] = []
    for part in _parser("th" if thai else "ja" if japanese else "zh").parse(chunk):
        if parts and not _may_break(parts[-1][-1], part[0]):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _may_break(left: str, right: str) -> bool:
    """Whether two neighbouring characters may stand on two lines, whatever the model says."""
    if unicodedata.category(right).startswith("M") or right in (ZWJ, ZWNJ) or left == ZWJ:
        return False
    return not (is_closing(right) or right in _FOLLOWING or left in _LEADING_VOWELS or left in _OPENING)


@cache
def _parser(script: str) -> Parser:
    import budoux

    if script == "th":
        return budoux.load_default_thai_parser()
    return (
        budoux.load_default_japanese_parser()
        if script == "ja"
        else budoux.load_default_simplified_chinese_parser()
    )
