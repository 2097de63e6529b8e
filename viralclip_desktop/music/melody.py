"""Melodies: a motif of two bars that comes back, moves with the chords, asks and is answered.

Eight bars are a period: question (four bars, left open) and answer (four bars, closed on a tone of the
tonic chord). Strong beats stand on tones of the chord, what lies between walks along the scale, a leap is
followed by a step back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from viralclip_desktop.music.song import BEATS, Note, Section
from viralclip_desktop.music.theory import Chord, Key, nearest, on_scale

_STEP = BEATS / 16

_CELLS: dict[str, tuple[str, ...]] = {  # a bar: a letter begins a tone, a dash holds it, a dot is silence
    "slow": (
        "x-------x-------",
        "x-----------....",
        "x-------x---x---",
        "....x-------x---",
        "x-----x---------",
    ),
    "medium": (
        "x---x---x-------",
        "x-----x-x-------",
        "x-x-x-----x-----",
        "..x-x-x-x-------",
        "x-----x-----x---",
        "x---x-x---x-....",
    ),
    "busy": (
        "x-x-x-x---x-x---",
        "x--x--x-x---x---",
        "x-x---x-x-x-....",
        "..x-x-x-x-x-x---",
        "x--x--x--x--x---",
        "x-xxx-x-x-------",
    ),
}
_ANSWERS = ("x---------------", "x-----x---------", "x-x-x-----------", "x---x-----------")


@dataclass(frozen=True, slots=True)
class _Motif:
    """On which steps its tones begin, how long they are, how the line moves between them (scale steps)."""

    onsets: tuple[int, ...]
    lengths: tuple[int, ...]
    moves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The pitches a melody may have: ``reach`` semitones up and down from ``centre``."""

    centre: int
    reach: int = 9

    def tone_of(self, chord: Chord, pitch: int) -> int:
        """The chord's tone that is nearest to a pitch; its root and third rather than its fifth."""
        within = range(self.centre - self.reach, self.centre + self.reach + 1)
        tones = [one for one in within if one % 12 in chord.tones]
        return min(tones, key=lambda one: (abs(one - pitch) + 1.6 * (one % 12 == chord.fifth), one))

    def inside(self, pitch: int) -> int:
        """A pitch, by octaves brought inside."""
        while pitch > self.centre + self.reach:
            pitch -= 12
        while pitch < self.centre - self.reach:
            pitch += 12
        return pitch


class Melodist:
    """The melodies of one song: a section that comes back has the motif it had, a little changed."""

    def __init__(self, key: Key, busy: float, rng: Random) -> None:
        self._key, self._rng = key, rng
        self._pace = "slow" if busy < 0.35 else "medium" if busy < 0.7 else "busy"
        self._motifs: dict[str, tuple[_Motif, _Motif]] = {}
        self._heard: set[str] = set()

    def section(self, section: Section, chords: Sequence[Chord], room: Range) -> Iterator[Note]:
        """The melody of a section over its chords (two a bar)."""
        motifs = self._of(section.name)
        again = section.name in self._heard
        self._heard.add(section.name)
        before = nearest(chords[0].third, room.centre)
        for bar in range(section.bars):
            closes = bar == section.bars - 1 or bar % 8 == 7
            motif = motifs[bar % 2]
            if closes or bar % 4 == 3:
                motif = self._cadence(closed=closes)
            elif again or bar % 8 in (4, 5):
                motif = self._varied(motif)
            higher = 2 if bar % 4 == 2 else 0  # a sequence: the motif once more, above
            here = chords[2 * bar : 2 * bar + 2]
            pitches = self._pitches(motif, here, before + higher, room)
            if closes:
                pitches[-1] = room.inside(nearest(self._home(here[1]), pitches[-1]))
            at = (section.start_bar + bar) * BEATS
            for step, length, pitch in zip(motif.onsets, motif.lengths, pitches, strict=True):
                velocity = self._velocity(step, pitch - room.centre)
                yield Note(at + step * _STEP, length * _STEP * 0.95, pitch, velocity)
            before = pitches[-1]

    def _velocity(self, step: int, above: int) -> int:
        accent = 8 if step % 8 == 0 else 3 if step % 4 == 0 else 0
        return 76 + accent + min(10, max(-6, round(above * 0.8))) + self._rng.randint(-4, 4)

    def _home(self, chord: Chord) -> int:
        return self._key.tonic if self._key.tonic in chord.tones else chord.fifth

    def _of(self, name: str) -> tuple[_Motif, _Motif]:
        if name not in self._motifs:
            first = self._new()
            second = self._new() if self._rng.random() < 0.6 else self._varied(first)
            self._motifs[name] = (first, second)
        return self._motifs[name]

    def _new(self) -> _Motif:
        onsets, lengths = _read(self._rng.choice(_CELLS[self._pace]))
        moves = [0]
        for _ in onsets[1:]:
            last = moves[-1]
            if abs(last) > 1:  # a leap is followed by a step back
                moves.append(-1 if last > 0 else 1)
            else:
                moves.append(self._rng.choice((1, -1, 1, -1, 2, -2, 0, 3 if last == 0 else -1)))
        return _Motif(onsets, lengths, tuple(moves))

    def _varied(self, motif: _Motif) -> _Motif:
        """The same rhythm with one move turned round, or its last tone held instead of moved on from."""
        if len(motif.onsets) < 3:
            return motif
        if self._rng.random() < 0.5:
            place = self._rng.randrange(1, len(motif.moves))
            turned = tuple(-move if index == place else move for index, move in enumerate(motif.moves))
            return _Motif(motif.onsets, motif.lengths, turned)
        held = (*motif.lengths[:-2], motif.lengths[-2] + motif.lengths[-1])
        return _Motif(motif.onsets[:-1], held, motif.moves[:-1])

    def _cadence(self, *, closed: bool) -> _Motif:
        onsets, lengths = _read(self._rng.choice(_ANSWERS))
        down = self._rng.random() < (0.7 if closed else 0.4)
        return _Motif(onsets, lengths, (0, *(((-1 if down else 1),) * (len(onsets) - 1))))

    def _pitches(self, motif: _Motif, chords: Sequence[Chord], start: int, room: Range) -> list[int]:
        """The motif's tones over the chords of its bar."""
        made: list[int] = []
        for step, length, move in zip(motif.onsets, motif.lengths, motif.moves, strict=True):
            chord = chords[step // 8]
            pitch = on_scale(made[-1], self._key, move) if made else start
            rubs = length > 2 and any((pitch - tone) % 12 in (1, 11) for tone in chord.tones)
            if not made or step % 4 == 0 or length >= 4 or rubs:
                pitch = room.tone_of(chord, pitch)
            made.append(room.inside(pitch))
        return made


def answers(notes: Sequence[Note], section: Section, chords: Sequence[Chord], centre: int) -> Iterator[Note]:
    """Short replies of another instrument where the melody is silent or holds a tone for half a bar."""
    for bar in range(1, section.bars, 2):
        at = (section.start_bar + bar) * BEATS
        busy = [note for note in notes if at + 2 <= note.start < at + 4]
        if busy:
            continue
        chord = chords[2 * bar + 1]
        pitches = [nearest(tone, centre) for tone in (chord.fifth, chord.third, chord.root)]
        for index, pitch in enumerate(pitches):
            yield Note(at + 2.5 + 0.5 * index, 0.5 if index < 2 else 1.0, pitch, 66 + 4 * index)


def _read(cell: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    onsets = [index for index, mark in enumerate(cell) if mark == "x"]
    lengths = []
    for onset in onsets:
        end = onset + 1
        while end < len(cell) and cell[end] == "-":
            end += 1
        lengths.append(end - onset)
    return tuple(onsets), tuple(lengths)
