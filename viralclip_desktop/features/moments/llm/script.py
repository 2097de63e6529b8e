"""The transcript as a model reads it, and stretches of it cut at its words.

A stretch is a pair of word numbers, ``first`` up to but not including ``last``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Transcript, join_words
from viralclip_desktop.engines.llm.base import tokens_of
from viralclip_desktop.features.moments.edges import find_edges
from viralclip_desktop.features.moments.lexicon import ends_sentence, load_lexicon
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.units import Unit, is_unmarked, units_of

_PAUSE_S = 0.35
_SLACK_S = 1e-6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``first`` up to but not including ``last``."""

    first: int
    last: int

    def shares(self, other: Stretch) -> float:
        """The words of both, as a share of the shorter one."""
        both = min(self.last, other.last) - max(self.first, other.first)
        return max(0, both) / max(1, min(self.last - self.first, other.last - other.first))


class Script:
    """A transcript with what is needed to cut clips from it."""

    def __init__(
        self, transcript: Transcript, options: FindOptions, sound: Sound | None, duration_s: float
    ) -> None:
        """``duration_s``: of the recording."""
        self.transcript, self.words = transcript, transcript.words
        self.options, self._sound, self._duration_s = options, sound, duration_s
        lexicon = load_lexicon(transcript.language)
        self.units = units_of(transcript, options.max_length_s * 0.95, lexicon)
        self.starts = [unit.first for unit in self.units]
        self.ends = [unit.last for unit in self.units]
        self._openings = frozenset(self.starts)
        self._unmarked = is_unmarked(self.words)

    def lines(self, stretch: Stretch) -> list[str]:
        """One sentence a line, with the speaker's name where it changes."""
        found, speaker = [], ""
        for unit in self._units(stretch):
            first, last = max(unit.first, stretch.first), min(unit.last, stretch.last)
            who = self.words[first].speaker
            text = self.text(Stretch(first, last))
            found.append(f"{who}: {text}" if who and who != speaker else text)
            speaker = who
        return found

    def text(self, stretch: Stretch) -> str:
        """A stretch as running text."""
        return join_words([word.text for word in self.words[stretch.first : stretch.last]])

    def parts(self, most_tokens: int, overlap_s: float) -> list[Stretch]:
        """The whole talk in parts of at most so many tokens, each beginning ``overlap_s`` before the end of
        the one before it (less where a part is hardly longer than that), at a sentence."""
        sizes = [tokens_of(self.text(Stretch(unit.first, unit.last))) + 4 for unit in self.units]
        parts, begin = [], 0
        while begin < len(self.units):
            end, size = begin, 0
            while end < len(self.units) and (end == begin or size + sizes[end] <= most_tokens):
                size += sizes[end]
                end += 1
            parts.append(Stretch(self.starts[begin], self.ends[end - 1]))
            if end == len(self.units):
                break
            back_s = self._end_s(end - 1) - overlap_s
            again = next(at for at in range(end, -1, -1) if at == 0 or self._start_s(at) <= back_s)
            while again < end and sum(sizes[again : end + 1]) > most_tokens:
                again += 1  # else it would end where the one before it ends
            begin = max(again, begin + 1)
        return parts

    def range_of(self, stretch: Stretch) -> TimeRange:
        """Where a clip of these words begins and ends, in source time: in the silence around them."""
        spans = [
            Unit(max(0, stretch.first - 1), stretch.first),
            Unit(stretch.first, stretch.last),
            Unit(stretch.last, min(len(self.words), stretch.last + 1)),
        ]
        spans = [span for span in spans if span.last > span.first]
        at = next(n for n, span in enumerate(spans) if span.first == stretch.first)
        edges = find_edges(self.words, spans, self._sound, self._duration_s)
        start_s, end_s = max(0.0, float(edges.start_s[at])), float(edges.end_s[at])
        over_s = end_s - start_s - self.options.max_length_s
        if over_s > 0:  # the silence around the words is no reason to lose a sentence
            end_s -= min(over_s, max(0.0, end_s - self.words[stretch.last - 1].end.seconds))
            over_s = end_s - start_s - self.options.max_length_s
            start_s += min(max(0.0, over_s), max(0.0, self.words[stretch.first].start.seconds - start_s))
        return TimeRange(Time.from_seconds(start_s), Time.from_seconds(end_s))

    def length_s(self, stretch: Stretch) -> float:
        """How long a clip of these words is."""
        return self.range_of(stretch).duration.seconds

    def stretch_of(self, within: TimeRange) -> Stretch | None:
        """The words whose middle lies in a range."""
        middles = [(word.start.ticks + word.end.ticks) // 2 for word in self.words]
        first, last = bisect_left(middles, within.start.ticks), bisect_right(middles, within.end.ticks)
        return Stretch(first, last) if last > first else None

    def opening(self, word: int) -> int:
        """Where a clip that a quote opens at ``word`` has to begin: there, if a sentence may begin there,
        else with the sentence that holds it."""
        if word <= 0 or self._may_part(word):
            return max(0, word)
        return self.starts[max(0, bisect_right(self.starts, word) - 1)]

    def closing(self, word: int) -> int:
        """The same for an end before ``word``: else the end of the sentence."""
        if word >= len(self.words) or self._may_part(word):
            return min(word, len(self.words))
        return self.ends[min(bisect_left(self.ends, word), len(self.ends) - 1)]

    def fitted(self, stretch: Stretch, payoff: Stretch | None) -> Stretch | None:
        """The stretch within the wished length: sentences are added after it or, failing that, before it, or
        taken from its opening, never from its ending nor from the payoff. None where that cannot be done."""
        shortest, longest = self.options.min_length_s, self.options.max_length_s
        length = self.length_s(stretch)
        if shortest - _SLACK_S <= length <= longest + _SLACK_S:
            return stretch
        if length < shortest:
            later = (Stretch(stretch.first, end) for end in self.ends if end > stretch.last)
            earlier = (
                Stretch(start, stretch.last) for start in reversed(self.starts) if start < stretch.first
            )
            return self._first_fit(later) or self._first_fit(earlier)
        kept = payoff.first if payoff is not None else stretch.last
        shorter = (
            Stretch(start, stretch.last)
            for start in self.starts
            if stretch.first < start <= min(kept, stretch.last - 1)
        )
        return next((one for one in shorter if shortest <= self.length_s(one) <= longest), None)

    def _first_fit(self, longer: Iterable[Stretch]) -> Stretch | None:
        found = next((one for one in longer if self.length_s(one) >= self.options.min_length_s), None)
        return found if found is None or self.length_s(found) <= self.options.max_length_s else None

    def around(self, stretch: Stretch, before_s: float, after_s: float) -> Stretch:
        """A stretch with the sentences that begin at most so long before it and end so long after it."""
        low = self.words[stretch.first].start.seconds - before_s
        high = self.words[stretch.last - 1].end.seconds + after_s
        first = next((at for at in self.starts if self.words[at].start.seconds >= low), stretch.first)
        last = next(
            (at for at in reversed(self.ends) if self.words[at - 1].end.seconds <= high), stretch.last
        )
        return Stretch(min(first, stretch.first), max(last, stretch.last))

    def quote(self, stretch: Stretch, *, last: bool) -> str:
        """A clip's first or last sentence, as far as it belongs to it."""
        unit = self._units(stretch)[-1 if last else 0]
        return self.text(Stretch(max(unit.first, stretch.first), min(unit.last, stretch.last)))

    def _units(self, stretch: Stretch) -> list[Unit]:
        low = max(0, bisect_right(self.starts, stretch.first) - 1)
        high = bisect_left(self.starts, stretch.last)
        return self.units[low : max(high, low + 1)]

    def _may_part(self, word: int) -> bool:
        """Whether a sentence may end before ``word``. Where nothing is punctuated, the model knows best."""
        before, here = self.words[word - 1], self.words[word]
        ended = ends_sentence(before.text) or before.speaker != here.speaker
        paused = here.start.seconds - before.end.seconds >= _PAUSE_S
        return self._unmarked or ended or paused or word in self._openings

    def _start_s(self, unit: int) -> float:
        return self.words[self.units[unit].first].start.seconds

    def _end_s(self, unit: int) -> float:
        return self.words[self.units[unit].last - 1].end.seconds
