"""Words into sentences, by their marks. Every word belongs to exactly one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from viralclip_desktop.domain.sentence_ends import ends_sentence
from viralclip_desktop.domain.transcript import Sentence, Word

_LONGEST_S, _LONGEST_WORDS = 45.0, 90  # more than this without a mark is a recogniser that writes none
_WORDS_A_MARK = 60  # fewer marks than this tell of a language or a recogniser that has none (Thai)
_UNMARKED_S, _UNMARKED_WORDS = 14.0, 32
_PAUSE_S = 0.35


def by_marks(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Sentences as the marks say; stretches too long to be sentences are cut at their longest pauses."""
    ends = [index + 1 for index in range(len(words)) if _ends_sentence(words, index)]
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


def _ends_sentence(words: Sequence[Word], index: int) -> bool:
    following = words[index + 1].text if index + 1 < len(words) else ""
    return ends_sentence(words[index].text, following, gap_after_s(words, index) if following else 0.0)


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
