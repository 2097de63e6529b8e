"""What the words of each unit show: phrases found, how it opens, who speaks, how long it takes.

Everything is an array with one value a unit. Where a language has no phrase lists, the counts are 0 and what
remains is structure: turns, pauses, lengths, questions, digits, and which words come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.features.moments.arrays import Floats, Ints
from viralclip_desktop.features.moments.lexicon import (
    KINDS,
    Lexicon,
    Mark,
    ends_sentence,
    ends_with_question,
    has_digit,
)
from viralclip_desktop.features.moments.units import Unit

_LEAD_INS: Final = ("filler", "so", "join", "nod")
"""What may stand before the real opening: "so, um, and then I ..." opens with "I"."""
_MOST_LEAD_INS: Final = 4
_QUOTES: Final = tuple("\"“«„'‘")
_BREAKS: Final = ("...", "…", "-", "–", "—")
_WHOLE: Final = tuple(".!?…।")
_NEAR_START: Final = 5  # tokens in which a pronoun still opens the sentence


@dataclass(frozen=True)
class Said:
    """One unit as tokens (``places``: the word each comes from), with the phrases found in it."""

    tokens: list[str]
    places: list[int]
    marks: list[Mark]
    first_kinds: frozenset[str]
    """Kinds of the very first phrase."""
    real_kinds: frozenset[str]
    """Kinds of the first phrase after the lead-ins."""
    lead_ins: int
    """Tokens of lead-in before it."""
    names: int = 0
    """Words with a capital inside the sentence."""
    exclaims: bool = False
    quote_closes: bool = False
    quotes: int = 0
    """Quotation marks in it."""
    commas: int = 0
    begins_small: bool = False
    begins_quoted: bool = False
    breaks_off: bool = False
    ends_whole: bool = True
    """Whether it ends on a full stop, question or exclamation mark, quoted or not."""


@dataclass(frozen=True)
class Signals:
    """All units of a talk in numbers. Times are seconds of source time; ``gap_s[u]`` is the silence before
    unit ``u`` by the words' times; ``voice`` numbers the speakers, ``turn`` is 1 where another one begins."""

    said: list[Said]
    counts: dict[str, Floats]
    start_s: Floats
    end_s: Floats
    seconds: Floats
    gap_s: Floats
    words: Floats
    voice: Ints
    turn: Floats
    question: Floats
    stopped: Floats
    """1 where the unit ends on a full stop or question mark."""
    marked: bool
    """Whether the transcript has full stops at all."""

    def __len__(self) -> int:
        return len(self.said)

    def opens(self, kind: str) -> Floats:
        """1 where a unit's very first phrase is of a kind."""
        return np.array([float(kind in said.first_kinds) for said in self.said])

    def really_opens(self, kind: str) -> Floats:
        """1 where the first phrase after the lead-ins is of a kind."""
        return np.array([float(kind in said.real_kinds) for said in self.said])

    def density(self, kind: str) -> Floats:
        """Phrases of a kind for each word."""
        density: Floats = self.counts[kind] / np.maximum(self.words, 3.0)
        return density


def read_signals(
    transcript: Transcript, units: Sequence[Unit], lexicon: Lexicon, heard_voice: Ints | None = None
) -> Signals:
    """Measure all units of a transcript. ``heard_voice`` numbers the voices where the transcript names
    none."""
    words = transcript.words
    said = [_say(words, unit, lexicon) for unit in units]
    tallies = [Counter(mark.kind for mark in unit.marks) for unit in said]
    counts = {kind: np.array([float(tally[kind]) for tally in tallies]) for kind in KINDS}
    counts["digit"] = np.array([float(sum(has_digit(token) for token in unit.tokens)) for unit in said])
    start_s = np.array([words[unit.first].start.seconds for unit in units])
    end_s = np.array([words[unit.last - 1].end.seconds for unit in units])
    voice = voices_of(words, units)
    if heard_voice is not None and not voice.any():
        voice = heard_voice
    last = [words[unit.last - 1].text for unit in units]
    return Signals(
        said=said,
        counts=counts,
        start_s=start_s,
        end_s=end_s,
        seconds=np.maximum(end_s - start_s, 0.05),
        gap_s=np.concatenate([[10.0], np.maximum(0.0, start_s[1:] - end_s[:-1])]),
        words=_lengths(said, lexicon),
        voice=voice,
        turn=np.concatenate([[1.0], (np.diff(voice) != 0).astype(float)]),
        question=_questions(last, said, lexicon),
        stopped=np.array([float(ends_sentence(text)) for text in last]),
        marked=sum(ends_sentence(word.text) for word in words) * 45 > len(words),
    )


def _say(words: Sequence[Word], unit: Unit, lexicon: Lexicon) -> Said:
    tokens, places = [], []
    for at in range(unit.first, unit.last):
        for token in lexicon.split(words[at].text):
            tokens.append(token)
            places.append(at)
    first = frozenset(lexicon.openings(tokens))
    rest, taken = tokens, 0
    for _ in range(_MOST_LEAD_INS):
        kinds = lexicon.openings(rest)
        lengths = [kinds[kind] for kind in _LEAD_INS if kind in kinds]
        if not lengths or max(lengths) >= len(rest):
            break
        rest, taken = rest[max(lengths) :], taken + max(lengths)
    texts = [word.text for word in words[unit.first : unit.last]]
    return Said(
        tokens,
        places,
        lexicon.marks(tokens),
        first,
        frozenset(lexicon.openings(rest)),
        taken,
        names=sum(
            text[:1].isupper() and len(text) > 1 and not text.startswith("I'") and not text.startswith("I’")
            for text in texts[1:]
        ),
        exclaims=texts[-1].rstrip("\"'”’»").endswith("!"),
        quote_closes=texts[-1][-1:] in '"”»“',
        quotes=sum(text.count(mark) for text in texts for mark in '"“”«»„'),
        commas=sum(text.endswith(",") for text in texts),
        begins_small=texts[0][:1].islower(),
        begins_quoted=texts[0][:1] in _QUOTES,
        breaks_off=texts[-1].endswith(_BREAKS),
        ends_whole=texts[-1].rstrip("\"'”’»)")[-1:] in _WHOLE,
    )


def _lengths(said: Sequence[Said], lexicon: Lexicon) -> Floats:
    """Words in each unit; in scripts without spaces, where pieces are no words, by letters."""
    if lexicon.unspaced:
        return np.array([max(1.0, sum(map(len, unit.tokens)) / 5.0) for unit in said])
    return np.array([float(max(1, len(unit.tokens))) for unit in said])


def _questions(last: Sequence[str], said: Sequence[Said], lexicon: Lexicon) -> Floats:
    """By question marks; where the whole talk has none, by question words at the opening."""
    marked = np.array([float(ends_with_question(text)) for text in last])
    if marked.any() or not lexicon.known:
        return marked
    return np.array([float("question" in unit.real_kinds) for unit in said])


def voices_of(words: Sequence[Word], units: Sequence[Unit]) -> Ints:
    """A number for each unit's speaker, by the transcript's names; all the same without names."""
    named = [
        Counter(word.speaker for word in words[unit.first : unit.last]).most_common(1)[0][0] for unit in units
    ]
    order = {name: number for number, name in enumerate(dict.fromkeys(named))}
    return np.array([order[name] for name in named], np.int64)
