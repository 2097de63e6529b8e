"""The text of a file, whatever encoding it was written in: Unicode by its marks, else the old code page that
makes the most of its bytes.

A short subtitle file is too little for statistics of letter pairs (charset-normalizer took EUC-JP for Big5,
and French for Baltic here): each candidate decodes all of it, and the one whose letters are the usual ones of
their script, in their usual places, wins.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_HAN = frozenset(
    "的一是不了人我在有他这那中大来上个国到说们为子和你地出道也时年得就以要下生会自着去之过家学对可她里后小么心多天"
    "而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知样现分将外但身些"
    "與這個們來說時為會過對後沒還發當開從動兩長樣現將點關見讓謝謝您嗎吧呢吃飯麵包明再次今昨很真請问問什怎哪谁誰"
    "谢厨房烤面包給给把被让很太快慢新高月早晚見見今日明私気何言思行来見出入食美味昼夜"
)
"""Characters that nearly every line of Chinese or Japanese has some of (Jun Da's frequency list, the first
ones)."""
_USUAL = {  # the most frequent letters first
    "cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэёіїєґ",
    "greek": "αοιετσνηυρπκμλωςάέήίόύώδγχθφβ",
    "hebrew": "יולהאתמרשבנםחקדפכגצעטסזןץךף",
    "arabic": "الينمترعهبودسكفقحجشصطخأةىثزغضذءظإؤئآچپژگ،؟",
}
_WEST = frozenset("éèàçùâêîôûëïüäöåæøñßóíáúãõœÉÀÇÜÄÖÅØÑÓÍÁÚ’‘“”„«»¿¡…–—°·")
_CENTRAL = frozenset("ąćęłńóśźżáčďéěíňřšťúůýžőűâăîşţđäöüôßĄĆĘŁŃÓŚŹŻČĎĚŇŘŠŤŮŽ’“”„…–—")
_TURKISH = frozenset("ışğçöüâîİŞĞÇÖÜ’“”…–—")
_HANGUL = frozenset(
    "이다는을가에의고하지한은도로를나사기자리어그아있인서해대시정과수일보게전부주라만우들제성오말내습니합했었것거면까죠네요안녕세음식밥물집또늘금"
)
_THAI_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ")
_LATIN = ("west", "central", "turkish")
_OFTEN = 14  # of an alphabet these make up most of any text
_FOREIGN = -1.0
"""What a sign costs that no running text has."""
_SURE = 0.55
_CLEAR = 0.04
"""By how much the best has to lie before the next, where they read differently."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    codec: str
    script: str


_CANDIDATES = (
    _Candidate("cp1252", "west"),
    _Candidate("cp1250", "central"),
    _Candidate("cp1254", "turkish"),
    _Candidate("cp1251", "cyrillic"),
    _Candidate("koi8_r", "cyrillic"),
    _Candidate("cp1253", "greek"),
    _Candidate("cp1255", "hebrew"),
    _Candidate("cp1256", "arabic"),
    _Candidate("cp874", "thai"),
    _Candidate("gb18030", "han"),
    _Candidate("big5", "han"),
    _Candidate("cp932", "kana"),
    _Candidate("euc_jp", "kana"),
    _Candidate("cp949", "hangul"),
)


class UnknownEncoding(ValueError):
    """Bytes that could be one of several texts; ``candidates`` are names for the user to choose from."""

    def __init__(self, candidates: tuple[str, ...]) -> None:
        super().__init__(f"could be any of {', '.join(candidates)}")
        self.candidates = candidates


def decoded(data: bytes, encoding: str = "") -> str:
    """The text of a file. ``encoding`` (a name Python knows) overrules what is found.

    Raises LookupError for an unknown name, :class:`UnknownEncoding` when no candidate stands out.
    """
    if encoding:
        return data.decode(encoding, "replace").removeprefix("\ufeff")
    text = _unicode(data)
    return text if text is not None else _in_code_page(data)


def _unicode(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return data.decode("utf-32", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    sample = data[:1000]
    if len(sample) > 3 and sample.count(0) > len(sample) // 4:
        little = sample[1::2].count(0) >= sample[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _in_code_page(data: bytes) -> str:
    found = sorted(_readings(data), key=lambda reading: -reading[0])
    if not found:
        return data.decode("cp1252", "replace")
    best, others = found[0], [other for other in found[1:] if other[2] != found[0][2]]
    doubtful = best[0] < _SURE or any(best[0] - other[0] < _CLEAR for other in others)
    if doubtful:
        west = next((text for _score, codec, text in found if codec == "cp1252"), None)
        near = any(codec == "cp1252" and best[0] - score < _CLEAR for score, codec, _text in found)
        if west is not None and near:
            return west  # a few accents: most likely the code page of Windows in the West
        raise UnknownEncoding(tuple(codec for _score, codec, _text in found[:4]))
    return best[2]


def _readings(data: bytes) -> Iterator[tuple[float, str, str]]:
    for candidate in _CANDIDATES:
        try:
            text = data.decode(candidate.codec)
        except UnicodeDecodeError:
            continue
        yield _likeliness(text, candidate), candidate.codec, text


def _likeliness(text: str, candidate: _Candidate) -> float:
    """About 1 for usual text of a script, below 0 for signs in disorder; each byte counts once."""
    total = weight = 0.0
    before = " "
    for character in text[:20_000]:
        if ord(character) > 127:
            size = len(character.encode(candidate.codec, "ignore")) or 1
            total += size * _value(character, before, candidate.script)
            weight += size
        before = character
    return total / weight if weight else 0.0


def _value(character: str, before: str, script: str) -> float:
    if not character.isprintable() and character not in "\u200e\u200f\u3000\xa0":
        return 2 * _FOREIGN
    if character.isupper() and before.islower():
        return _FOREIGN
    if character.isalpha() and before.isascii() and before.isalpha() and script not in _LATIN:
        return _FOREIGN  # no word begins in Latin and goes on in another script
    if script == "thai" and character in _THAI_MARKS and not "\u0e01" <= before <= "\u0e4e":
        return _FOREIGN  # a vowel or tone sign that sits on nothing
    return _letter(character, script)


@lru_cache(8192)
def _letter(character: str, script: str) -> float:
    if script in ("han", "kana", "hangul"):
        return _east_asian(character, script)
    if script == "thai":
        return 0.87 if "\u0e01" <= character <= "\u0e5b" else _FOREIGN
    if script in _USUAL:
        place = _USUAL[script].find(character.lower())
        if place >= 0:
            return (1.0 if place < _OFTEN else 0.7) - (0.2 if character.isupper() else 0.0)
        return 0.3 if character in "«»“”„’…–—№" else _FOREIGN
    known = {"west": _WEST, "central": _CENTRAL, "turkish": _TURKISH}[script]
    if character in known:
        return 1.0 if script == "west" else 0.97
    return 0.2 if character.isalpha() and script == "west" else _FOREIGN


def _east_asian(character: str, script: str) -> float:
    if "\u3041" <= character <= "\u30ff":
        return 1.0 if script == "kana" else 0.2
    if "\uac00" <= character <= "\ud7a3":
        return (1.0 if character in _HANGUL else 0.7) if script == "hangul" else _FOREIGN
    if "\u4e00" <= character <= "\u9fff":
        usual = {"han": 1.0, "kana": 0.9, "hangul": 0.2}[script]
        return usual if character in _HAN else 0.3 * usual
    if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e":
        return 0.9
    return _FOREIGN
