"""Sentences for a recogniser that writes none: by pauses and wording, with capitals and marks put in.

English only, as the draft recogniser is. The limits were tuned on real talk and on synthetic speech with
known sentences: a pause of 0.3 s ends most sentences of fluent talk, hesitations come after words that
cannot end one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from viralclip_desktop.domain.sentence_ends import word_set
from viralclip_desktop.domain.transcript import Sentence, Word
from viralclip_desktop.features.transcription.sentences import cut_at_pauses, gap_after_s

_LIKELY_S = 0.28  # a pause that ends one if the words fit
_HESITATION_S = 1.6  # after a word that cannot be last, only such a pause ends one
_SHORTEST_WORDS = 3
_LONGEST_S, _LONGEST_WORDS = 14.0, 32

_CANNOT_END = word_set(
    "the a an of to and or but in on at for with from by as than that which who whose because if when while "
    "into onto about over under my your our their his its is are was were am be been being will would can "
    "could should must may might do does did has have had not very really so just also i we he she they "
    "there this these those every each some any no more most what how why where it's i'm you're we're "
    "they're i'll we'll i've don't didn't um uh er"
)
_CARRIES_ON = word_set(
    "and or but of to than that which who whose because as into about like including until till through "
    "without within not nor is are was were has have had"
)
"""Words that usually go on with the sentence before them; only a longer pause makes them begin one."""
_MAY_CARRY_ON = word_set("with from by for in on at")
"""The same, but less so, until the sentence is long enough to be whole: "On the bottom right you see"."""
_WHOLE_WORDS = 10
_OPENERS = word_set(
    "i you we he she it they this that these there here what why how who when where which so now then but "
    "today yesterday tomorrow the my your our let's let if once first second third next finally well "
    "okay yes no remember imagine think look listen people everyone every most some all one"
)
_LEADING = word_set("and so but now well okay ok then or um uh")
_AUXILIARIES = word_set(
    "is are was were am do does did can could will would should shall have has had may might must "
    "isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't"
)
_SUBJECTS = word_set(
    "i you we he she it they this that these those there the a an my your our their his her anyone "
    "anybody someone somebody people everyone everybody one any"
)
_ASKING = word_set("why whose")
_HOW_MUCH = word_set("many much long often far old big fast come about")
_ALWAYS_CAPITAL = word_set(
    "i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february "
    "april june july august september october november december english american america americans british "
    "britain england europe european christmas god"
)


def punctuate(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Sentence, ...]]:
    """Bare lower-case words as sentences: the same words with capitals and closing marks, and the ranges.

    Numbers stay words: what was said is what is written.
    """
    sentences = _sentences(words)
    written = list(words)
    for sentence in sentences:
        for index in range(sentence.first, sentence.last):
            written[index] = replace(words[index], text=_capital(words[index].text))
        first, last = written[sentence.first], sentence.last - 1
        written[sentence.first] = replace(first, text=first.text[:1].upper() + first.text[1:])
        asked = is_question([word.text for word in words[sentence.first : sentence.last]])
        written[last] = replace(written[last], text=written[last].text + ("?" if asked else "."))
    return tuple(written), sentences


def _capital(text: str) -> str:
    plain = text.removesuffix("'s")
    return text[:1].upper() + text[1:] if text in _ALWAYS_CAPITAL or plain in _ALWAYS_CAPITAL else text


def _sentences(words: Sequence[Word]) -> tuple[Sentence, ...]:
    pieces: list[Sentence] = []
    first = 0
    for index in range(len(words)):
        if index + 1 == len(words) or _ends_here(words, first, index):
            whole = Sentence(first, index + 1)
            pieces += cut_at_pauses(words, whole, _LONGEST_S, _LONGEST_WORDS)
            first = index + 1
    return tuple(pieces)


def _ends_here(words: Sequence[Word], first: int, index: int) -> bool:
    """Whether a sentence that began at ``first`` ends with word ``index``."""
    gap_s = gap_after_s(words, index)
    if gap_s < _LIKELY_S:
        return False
    return gap_s >= _pause_needed_s(words[index].text, words[index + 1].text, index + 1 - first)


def _pause_needed_s(last: str, following: str, length: int) -> float:
    """The pause that makes ``last`` the end of a sentence of ``length`` words before ``following``."""
    carries_on = following in _CARRIES_ON
    if last in _CANNOT_END:
        return _HESITATION_S
    if length < _SHORTEST_WORDS:
        return 1.2 if carries_on else 0.5
    if following in _OPENERS:
        return _LIKELY_S
    if carries_on:
        return 0.6
    return 0.42 if following in _MAY_CARRY_ON and length < _WHOLE_WORDS else 0.3


def is_question(texts: Sequence[str]) -> bool:
    """Whether bare words read as a question: a question word or a verb before its subject."""
    rest = list(texts)
    while rest and rest[0] in _LEADING:
        rest.pop(0)
    if len(rest) < 2:
        return False
    opener, second = rest[0].removesuffix("'s"), rest[1]
    inverted = second in _AUXILIARIES or rest[0].endswith("'s")
    if opener in _AUXILIARIES:
        return second in _SUBJECTS
    if opener in ("what", "who", "where", "which", "how"):
        return inverted or (opener == "how" and second in _HOW_MUCH)
    return second in _AUXILIARIES if opener == "when" else opener in _ASKING
