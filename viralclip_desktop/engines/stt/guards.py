"""Guards against what Whisper invents: phrases at silence, loops, words stretched over a pause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.sound import HOPS_PER_SECOND

if TYPE_CHECKING:
    from viralclip_desktop.engines.stt.sound import Levels

PHANTOMS = frozenset(
    {
        "thank you",
        "thank you for watching",
        "thank you very much",
        "thank you so much for watching",
        "thanks for watching",
        "thanks for listening",
        "please subscribe",
        "please subscribe to my channel",
        "like and subscribe",
        "dont forget to subscribe",
        "subtitles by the amaraorg community",
        "you",
        "bye",
        "bye bye",
        "see you next time",
        "see you in the next video",
        "untertitel der amaraorg community",
        "untertitel von stephanie geiges",
        "vielen dank",
        "sous titres réalisés par la communauté damaraorg",
        "merci davoir regardé cette vidéo",
        "subtítulos realizados por la comunidad de amaraorg",
        "gracias por ver el video",
        "terima kasih telah menonton",
        "ご視聴ありがとうございました",
        "시청해주셔서 감사합니다",
        "谢谢观看",
        "продолжение следует",
    }
)
"""What Whisper writes at silence or music, as users of it have reported; compared without marks and case."""

_DOUBTFUL = 0.6  # mean word probability under which a known phantom is not believed
_UNHEARD_DOUBTFUL = 0.5  # the same for any text where nothing above the room's level is heard
_LONGEST_LOOP_WORDS = 12
_PHRASE_SAID_AT_MOST = 3  # a speaker may repeat a phrase for effect, a loop never stops there
_WORD_SAID_AT_MOST = 6
_LEAD_HOPS = 2  # kept before the first loud 10 ms of a word: consonants begin softly
_TAIL_HOPS = 5
_TRIMMED_FROM_HOPS = 15  # silence inside a word shorter than this is left: it may be the word's own


def plain(text: str) -> str:
    """Text without marks and capitals, for comparing."""
    kept = (" " if ch in "-‐–—" else ch for ch in text.lower() if ch.isalnum() or ch in " -‐–—")
    return " ".join("".join(kept).split())


class Guard:
    """Judges segments one after the other; knows the levels of the whole file."""

    def __init__(self, levels: Levels, threshold_dbfs: float) -> None:
        self._levels = levels
        self._threshold = threshold_dbfs
        self._before: list[str] = []

    def accept(self, words: Sequence[Word], no_speech: float) -> list[Word]:
        """The words of a segment that can be believed. ``no_speech`` is Whisper's own doubt, 0..1."""
        text = plain(" ".join(word.text for word in words))
        if not text or self._is_phantom(text, words, no_speech) or self._goes_on(text):
            return []
        return [self._fitted(word) for word in without_loops(words)]

    def _is_phantom(self, text: str, words: Sequence[Word], no_speech: float) -> bool:
        confidence = sum(word.confidence for word in words) / len(words)
        heard = self.hears_voice(words[0].start, words[-1].end)
        if text in PHANTOMS and (not heard or (no_speech > 0.5 and confidence < _DOUBTFUL)):
            return True
        return not heard and confidence < _UNHEARD_DOUBTFUL

    def _goes_on(self, text: str) -> bool:
        """Whether a segment says what the two before it said already."""
        looping = len(text.split()) > 2 and self._before[-2:] == [text, text]
        self._before = [*self._before[-1:], text]
        return looping

    def hears_voice(self, start: Time, end: Time) -> bool:
        """Whether anything between two times is louder than the room."""
        return bool((self._part(start, end) > self._threshold).any())

    def _part(self, start: Time, end: Time) -> Levels:
        first = int(start.seconds * HOPS_PER_SECOND)
        return self._levels[max(0, first) : max(first + 1, round(end.seconds * HOPS_PER_SECOND))]

    def _fitted(self, word: Word) -> Word:
        """A word without the silence before or after it: the aligner stretches words over pauses."""
        part = self._part(word.start, word.end)
        loud = (part > self._threshold).nonzero()[0]
        if not len(loud):
            return word
        lead, tail = int(loud[0]) - _LEAD_HOPS, len(part) - 1 - int(loud[-1]) - _TAIL_HOPS
        start, end = word.start, word.end
        if lead > _TRIMMED_FROM_HOPS:
            start += Time.from_seconds(lead / HOPS_PER_SECOND)
        if tail > _TRIMMED_FROM_HOPS:
            end -= Time.from_seconds(tail / HOPS_PER_SECOND)
        return replace(word, start=start, end=end)


def without_loops(words: Sequence[Word]) -> list[Word]:
    """Words with every phrase that is said more often in a row than people do said only once."""
    kept, index = list(words), 0
    while index < len(kept):
        length, times = _loop_at([plain(word.text) for word in kept[index : index + 400]])
        if times > (_WORD_SAID_AT_MOST if length == 1 else _PHRASE_SAID_AT_MOST):
            del kept[index + length : index + length * times]
        index += 1
    return kept


def _loop_at(texts: list[str]) -> tuple[int, int]:
    """The phrase at the beginning that repeats most of the following words: (its words, how often)."""
    best = (1, 1)
    for length in range(1, min(_LONGEST_LOOP_WORDS, len(texts) // 2) + 1):
        times = 1
        while texts[times * length : (times + 1) * length] == texts[:length]:
            times += 1
        if times > 1 and times * length > best[0] * best[1]:
            best = (length, times)
    return best
