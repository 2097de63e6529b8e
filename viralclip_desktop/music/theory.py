"""Keys, scales and chords, as numbers: pitches are MIDI numbers (60 is middle C), pitch classes 0..11."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAJOR, MINOR = "maj", "min"
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SCALES = {MAJOR: (0, 2, 4, 5, 7, 9, 11), MINOR: (0, 2, 3, 5, 7, 8, 10)}
_KEY = re.compile(r"([A-Ga-g])([#♯b♭]?)(?::|\s+)?(maj|major|min|minor|m)?")
_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3, "v": 4, "vi": 5, "vii": 6}
_CHORD = re.compile(r"(b?)([ivIV]+)(.*)")
_SUFFIXES = {
    "": (),
    "7": (10,),
    "maj7": (11,),
    "add9": (14,),
    "9": (10, 14),
    "sus4": (),
    "sus2": (),
    "6": (9,),
}


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (pitch class) and a mode (:data:`MAJOR` or :data:`MINOR`)."""

    tonic: int
    mode: str

    @property
    def scale(self) -> tuple[int, ...]:
        """The seven pitch classes, from the tonic on."""
        return tuple((self.tonic + step) % 12 for step in _SCALES[self.mode])

    @property
    def words(self) -> str:
        """As people say it: ``A minor``."""
        return f"{NAMES[self.tonic]} {'minor' if self.mode == MINOR else 'major'}"

    def __str__(self) -> str:
        return f"{NAMES[self.tonic]}:{self.mode}"


def read_key(text: str, mode: str) -> Key:
    """A key as people write it: ``C``, ``A:min``, ``Am``, ``F#``, ``Bb major``; one without a mode has the
    one that is given. Raises ValueError."""
    found = _KEY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    tonic = _LETTERS[found[1].upper()] + {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}[found[2]]
    said = found[3] or ""
    return Key(tonic % 12, (MINOR if said in ("m", "min", "minor") else MAJOR) if said else mode)


@dataclass(frozen=True, slots=True)
class Chord:
    """Its pitch classes, the root first; the bass, where it is another one; its name in Roman numerals."""

    tones: tuple[int, ...]
    bass: int
    numeral: str

    @property
    def root(self) -> int:
        """The root's pitch class."""
        return self.tones[0]

    @property
    def third(self) -> int:
        """The second tone: a third, or what stands for it."""
        return self.tones[1]

    @property
    def fifth(self) -> int:
        """The third tone."""
        return self.tones[2]


def read_chord(numeral: str, key: Key) -> Chord:
    """``I``, ``vi7``, ``IVmaj7``, ``Vsus4``, ``bVII``, ``I/3`` in a key. The numeral's case tells major from
    minor; degrees are those of the key's own scale. Raises ValueError."""
    body, _, over = numeral.partition("/")
    found = _CHORD.fullmatch(body)
    if found is None or found[2].lower() not in _ROMAN:
        raise ValueError(numeral)
    flat, roman, suffix = found.groups()
    root = (key.scale[_ROMAN[roman.lower()]] - bool(flat)) % 12
    third = {"sus4": 5, "sus2": 2}.get(suffix, 4 if roman.isupper() else 3)
    diminished = suffix == "dim"
    fifth = 6 if diminished else 7
    more = () if diminished else _SUFFIXES[suffix]
    tones = tuple((root + step) % 12 for step in (0, third, fifth, *more))
    bass = {"": root, "3": tones[1], "5": tones[2]}[over]
    return Chord(tones, bass, numeral)


def nearest(pitch_class: int, to: float) -> int:
    """The pitch of a class that is nearest to another pitch."""
    base = round(to)
    return min(range(base - 6, base + 7), key=lambda one: ((one - pitch_class) % 12 != 0, abs(one - to)))


def voiced(chord: Chord, centre: float, before: tuple[int, ...] = (), voices: int = 4) -> tuple[int, ...]:
    """The chord's tones as pitches in close position around ``centre``, moving as little as may be from the
    chord before."""
    tones = chord.tones[:voices]
    if len(tones) > 3 and voices == 3:
        tones = (tones[0], tones[1], tones[3])
    best: tuple[float, tuple[int, ...]] | None = None
    for turn in range(len(tones)):
        order = tones[turn:] + tones[:turn]
        for octave in (-12, 0, 12):
            pitches = [nearest(order[0], centre - 5) + octave]
            for tone in order[1:]:
                pitches.append(pitches[-1] + ((tone - pitches[-1]) % 12 or 12))
            middle = sum(pitches) / len(pitches)
            moved = sum(min(abs(one - old) for old in before) for one in pitches) if before else 0.0
            cost = moved + 1.2 * abs(middle - centre)
            if best is None or cost < best[0]:
                best = (cost, tuple(pitches))
    assert best is not None
    return best[1]


def on_scale(pitch: int, key: Key, steps: int) -> int:
    """So many steps of the key's scale up (or down) from a pitch."""
    scale = sorted(key.scale)
    base = min(range(pitch - 1, pitch + 2), key=lambda one: (one % 12 not in scale, abs(one - pitch)))
    index = scale.index(base % 12) + steps
    return base // 12 * 12 + scale[index % 7] + index // 7 * 12
