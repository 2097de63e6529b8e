"""Words into sentences, by their marks. Every word belongs to exactly one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from viralclip_desktop.domain.transcript import Sentence, Word


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
_LONGEST_S, _LONGEST_WORDS = 45.0, 90  # more than this without a mark is a recogniser that writes none
_WORDS_A_MARK = 60  # fewer marks than this tell of a language or a recogniser that has none (Thai)
_UNMARKED_S, _UNMARKED_WORDS = 14.0, 32
_PAUSE_S = 0.35


def by_marks(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Sentences as the marks say; stretches too long to be sentences are cut at their longest pauses."""
    ends = [index + 1 for index in range(len(words)) if ends_sentence(words, index)]
    turns = [index + 1 for index in range(len(words) - 1) if changes_speaker(words, index)]
    if len(words) > _WORDS_A_MARK * (len(ends) + 1):
        edges = [0, *turns, len(words)]
        spoken = [Sentence(first, last) for first, last in pairwise(edges) if first < last]
        return tuple(
            piece for turn in spoken for piece in cut_at_pauses(words, turn, _UNMARKED_S, _UNMARKED_WORDS)
        )
    ends = sorted({*ends, *turns})
    if words and (not ends or ends[-1] != len(words)):
        ends.append(len(words))
    pieces: list[Sentence] = []
    for first, last in zip([0, *ends], ends, strict=False):
        pieces += cut_at_pauses(words, Sentence(first, last))
    return tuple(pieces)


def changes_speaker(words: Sequence[Word], index: int) -> bool:
    """Whether somebody else says the next word."""
    one, other = words[index].speaker, words[index + 1].speaker
    return bool(one and other and one != other)


def ends_sentence(words: Sequence[Word], index: int) -> bool:
    """Whether a sentence ends with this word."""
    bare = words[index].text.rstrip(_CLOSING)
    if not bare or bare[-1] not in _ENDS:
        return False
    if index + 1 == len(words):
        return True
    following, gap_s = words[index + 1].text, gap_after_s(words, index)
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


def gap_after_s(words: Sequence[Word], index: int) -> float:
    """The silence between a word and the next, in seconds."""
    return (words[index + 1].start - words[index].end).seconds


def cut_at_pauses(
    words: Sequence[Word], piece: Sentence, longest_s: float = _LONGEST_S, longest_words: int = _LONGEST_WORDS
) -> list[Sentence]:
    """``piece`` in parts short enough, each cut at the longest pause that leaves something on both sides."""
    pending, done = [piece], []
    while pending:
        part = pending.pop()
        length_s = (words[part.last - 1].end - words[part.first].start).seconds
        cut = None
        if length_s > longest_s or part.last - part.first > longest_words:
            cut = _best_cut(words, part, must=part.last - part.first > 2 * longest_words)
        if cut is None:
            done.append(part)
        else:
            pending += [Sentence(cut, part.last), Sentence(part.first, cut)]
    return done


def _best_cut(words: Sequence[Word], part: Sentence, must: bool) -> int | None:
    """Where to cut: the longest pause, a cut near an end counting less; None without any real pause,
    unless it ``must`` be cut."""
    count = part.last - part.first
    best, best_value = None, 0.0
    for index in range(part.first, part.last - 1):
        gap_s, place = gap_after_s(words, index), min(index + 1 - part.first, part.last - index - 1)
        comma = 0.1 if words[index].text.endswith((",", ";", ":", "、", "，", "،")) else 0.0
        value = (max(0.0, gap_s) + comma + 0.01) * min(1.0, 4 * place / count)
        if value > best_value and (gap_s >= _PAUSE_S or comma or must):
            best, best_value = index + 1, value
    return best
