"""Where a sentence ends, by the marks of its last word: one rule for transcripts, captions and finishing."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


_CLOSING = "\"'”’»›)]}）」』】*"
_ENDS = ".?!…。？！।॥؟۔።．｡"
_NEVER_LAST = word_set(
    "mr mrs ms dr prof sr jr st mt ft gen col sgt capt lt rev hon vs nr fig eq vol pp approx ca "
    "hr fr bzw sog dipl ing evtl ggf inkl zzgl mme mlle sra srta dra ud"
)
"""Short forms that stand before a name or a number."""
_SELDOM_LAST = word_set("etc inc ltd co corp dept est al jan feb mar apr jun jul aug sep sept oct nov dec")
_PAUSE_AFTER_SHORT_FORM_S = 0.8
_NUMBER_GAP_S = 0.25  # "3." and "5" said in one breath are one number, "on the 1." and "May" one date


def ends_sentence(text: str, following: str = "", gap_s: float = 0.0) -> bool:
    """Whether a sentence ends with the word ``text``. ``following``: the word after it, "" for the last one;
    ``gap_s``: the silence between them. A full stop may belong to the word ("Dr.", "5 p.m.", "3.")."""
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] not in _ENDS:
        return False
    if not following:
        return True
    if bare.endswith(("...", "…")):
        return gap_s >= 0.5 or _starts_new(following)
    return bare[-1] != "." or not _is_short_form(bare[:-1], following, gap_s)


def _is_short_form(text: str, following: str, gap_s: float) -> bool:
    """Whether the full stop after ``text`` belongs to the word: a title, an initial, a number, "p.m."."""
    plain = text.lower().lstrip("\"'“‘«(¿¡")
    if plain.isdigit():
        return gap_s < _NUMBER_GAP_S and (following[:1].isdigit() or len(plain) <= 2)
    if gap_s >= _PAUSE_AFTER_SHORT_FORM_S:
        return False
    if plain == "no" and following[:1].isdigit():
        return True
    if plain in _NEVER_LAST or (len(plain) == 1 and plain.isalpha() and plain != "i"):
        return True
    return (plain in _SELDOM_LAST or "." in plain) and not _starts_new(following)


def _starts_new(text: str) -> bool:
    """Whether a word looks like the beginning of a sentence (a script without capitals always does)."""
    letter = next((character for character in text if character.isalnum()), "")
    return bool(letter) and not letter.islower() and not letter.isdigit()
