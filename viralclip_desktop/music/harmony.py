"""Chords by a grammar: a section is phrases, a phrase is functions (tonic, subdominant, dominant), a function
is a chord. What a mood likes stands in its productions, with how much it likes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from viralclip_desktop.music import form
from viralclip_desktop.music.song import Section
from viralclip_desktop.music.theory import MAJOR, MINOR, Chord, Key, read_chord

Productions = tuple[tuple[str, int], ...]
"""What may be put down, and with what weight; words are read left to right, one a bar (``a+b``: half a bar
each). Words in the table are rewritten, the others are chords."""


@dataclass(frozen=True, slots=True)
class Mood:
    """A mode and a grammar; ``busy``: how much its melodies and drums move, 0..1."""

    mode: str
    rules: Mapping[str, Productions]
    busy: float


_COMMON_MAJOR: dict[str, Productions] = {
    "END": (("I", 3),),
    "BREAK": (("IV V vi IV", 1), ("vi IV I V", 2), ("IV I IV V", 2)),
    "OPEN": (("V", 2), ("IV+V", 2), ("IV", 1)),
    "INTRO": (("I IV I IV", 2), ("I I IV V", 1)),
}
_COMMON_MINOR: dict[str, Productions] = {
    "END": (("i", 3),),
    "BREAK": (("VI iv i V", 2), ("iv i VI V", 1)),
    "OPEN": (("V", 3), ("iv+V", 2)),
    "INTRO": (("i VI i V", 2), ("i i iv V", 1)),
}

MOODS: dict[str, Mood] = {
    "happy": Mood(
        MAJOR,
        {
            **_COMMON_MAJOR,
            "A": (("I V vi IV", 3), ("I T S D", 3), ("I IV I V", 2), ("I S T D", 2)),
            "B": (("IV I V vi", 2), ("IV V I vi", 2), ("S D I T", 2), ("IV I S V", 2)),
            "C": (("vi IV I V", 2), ("ii V I IV", 2)),
            "CLOSE": (("I", 3), ("I+V", 2), ("IV+I", 1)),
            "T": (("I", 2), ("vi", 2), ("I/3", 1)),
            "S": (("IV", 3), ("ii", 2)),
            "D": (("V", 3), ("Vsus4+V", 1)),
        },
        0.75,
    ),
    "hopeful": Mood(
        MAJOR,
        {
            **_COMMON_MAJOR,
            "A": (("I V vi IV", 3), ("I T IV S", 2), ("I I/3 IV V", 3)),
            "B": (("IV V vi I/3", 2), ("IV I/3 V vi", 2), ("vi IV I V", 2)),
            "C": (("ii vi IV V", 2), ("IV I ii V", 1)),
            "CLOSE": (("I", 3), ("IV+I", 2), ("I+Vsus4", 1)),
            "T": (("vi", 2), ("I/3", 2)),
            "S": (("IV", 2), ("ii", 1), ("V", 1)),
        },
        0.55,
    ),
    "calm": Mood(
        MAJOR,
        {
            **_COMMON_MAJOR,
            "A": (("I IV I IV", 2), ("I T IV I", 2), ("I IV vi V", 2)),
            "B": (("IV I IV V", 2), ("vi IV I V", 2), ("IV I S I", 1)),
            "C": (("ii IV I V", 2),),
            "OPEN": (("IV", 2), ("Vsus4", 1), ("V", 1)),
            "CLOSE": (("I", 3), ("IV+I", 2)),
            "T": (("I/3", 2), ("vi", 2)),
            "S": (("IV", 2), ("ii", 2)),
        },
        0.25,
    ),
    "energetic": Mood(
        MAJOR,
        {
            **_COMMON_MAJOR,
            "A": (("I I IV V", 2), ("I V IV I", 2), ("I IV I V", 2)),
            "B": (("IV I V I", 2), ("I vi IV I", 2), ("I V vi IV", 2), ("IV V I I", 2)),
            "C": (("vi IV V V", 2), ("ii IV I V", 1)),
            "CLOSE": (("I", 3), ("IV+I", 2), ("I+V", 2)),
        },
        1.0,
    ),
    "sad": Mood(
        MINOR,
        {
            **_COMMON_MINOR,
            "A": (("i VI iv V", 3), ("i iv i V", 2), ("i VI III V", 1), ("i T S D", 2)),
            "B": (("VI iv i V", 2), ("iv i VI V", 2), ("VI VII i i", 2)),
            "C": (("III VII i V", 2), ("iv VI i V", 1)),
            "CLOSE": (("i", 3), ("i+V", 1), ("iv+i", 1)),
            "T": (("VI", 2), ("i", 1)),
            "S": (("iv", 3), ("VI", 1)),
            "D": (("V", 2), ("VII", 1)),
        },
        0.3,
    ),
    "dark": Mood(
        MINOR,
        {
            **_COMMON_MINOR,
            "A": (("i i VI V", 2), ("i i iv V", 2), ("i bII i V", 2)),
            "B": (("VI iv i V", 2), ("iv bII i V", 2), ("i VI iv V", 2)),
            "C": (("iv i bII V", 1), ("VI bII i V", 1)),
            "OPEN": (("V", 1), ("bII", 1)),
            "CLOSE": (("i", 3), ("i+V", 2)),
        },
        0.5,
    ),
}
MOODS["tense"] = MOODS["dark"]

_COLOURS = {  # what a preset puts on plain chords
    "plain": {},
    "open": {"ii": "ii7", "vi": "vi7", "V": "Vsus4", "iv": "iv7"},
    "groove": {"IV": "IVmaj7", "ii": "ii7", "vi": "vi7", "V": "V7", "i": "i7", "iv": "iv7"},
    "seventh": {
        "I": "Imaj7", "IV": "IVmaj7", "ii": "ii7", "vi": "vi7", "V": "V7", "i": "i7", "iv": "iv7",
        "VI": "VImaj7", "III": "IIImaj7",
    },
}  # fmt: skip
COLOURS = tuple(_COLOURS)


def phrase(mood: Mood, start: str, rng: Random) -> list[str]:
    """Bars of chords of a start symbol (``A``, ``BREAK``, ``OPEN``...)."""
    made: list[str] = []
    for word in _chosen(mood.rules[start], rng).split():
        made += phrase(mood, word, rng) if word in mood.rules else [word]
    return made


def _chosen(productions: Productions, rng: Random) -> str:
    return rng.choices([one for one, _ in productions], [weight for _, weight in productions])[0]


class Harmony:
    """The chords of the sections of one song: a section that comes back has the chords it had."""

    def __init__(self, mood: Mood, key: Key, colour: str, rng: Random) -> None:
        self._mood, self._key, self._rng = mood, key, rng
        self._colour = _COLOURS[colour]
        self._known: dict[str, list[str]] = {}

    def half_bars(self, section: Section, *, leads_on: bool) -> list[Chord]:
        """Two chords a bar. The end of every eighth bar closes, that of a fourth one stays open; the last bar
        before an end comes home, unless it ``leads_on``."""
        made: list[str] = []
        for bar in range(section.bars):
            word = self._four(section.name)[bar % 4]
            last = bar == section.bars - 1
            if last and not leads_on and section.bars > 1:
                word = self._once("END")[0]
            elif last or bar % 8 == 7:
                word = self._once("CLOSE")[0]
            elif bar % 8 == 3 and section.name in (form.A, form.B, form.C):
                word = self._once("OPEN")[0]
            halves = word.split("+")
            made += [halves[0], halves[-1]]
        return [read_chord(self._coloured(word), self._key) for word in made]

    def _four(self, name: str) -> list[str]:
        start = {form.INTRO: "INTRO", form.BREAK: "BREAK", form.OUTRO: "A"}.get(name, name)
        return self._once(start)

    def _once(self, start: str) -> list[str]:
        if start not in self._known:
            self._known[start] = phrase(self._mood, start, self._rng)
        return self._known[start]

    def _coloured(self, word: str) -> str:
        return self._colour.get(word, word)
