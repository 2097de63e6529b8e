"""Composing: from what is wanted to a whole :class:`~viralclip_desktop.music.song.Song`. The same wishes and
seed give the same notes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from viralclip_desktop.music import drums, form, timing
from viralclip_desktop.music.bass import Bassist
from viralclip_desktop.music.comping import Comper
from viralclip_desktop.music.harmony import MOODS, Harmony, Mood
from viralclip_desktop.music.melody import Melodist, Range, answers
from viralclip_desktop.music.presets import USUAL, Layer, Preset, of_mood, presets
from viralclip_desktop.music.song import BEATS, Note, Section, Song, Track, Voice
from viralclip_desktop.music.theory import MAJOR, MINOR, Chord, Key, nearest, voiced

MOOD_NAMES = tuple(MOODS)
_OTHER_MODE = {
    (MINOR, "happy"): "dark", (MINOR, "energetic"): "dark", (MINOR, "hopeful"): "sad", (MINOR, "calm"): "sad",
    (MAJOR, "sad"): "calm", (MAJOR, "dark"): "hopeful", (MAJOR, "tense"): "hopeful",
}  # fmt: skip
_SHORTEST_S = 0.05
_EIGHTH = 0.5  # of a beat
_JUMP = 0.15  # of energy, from which a section is announced
_ROOM_FOR_A_RING = 12.0  # beats; a last chord is not held longer
_ACCENT_KIT = Voice(0, 128, -4.0, room=0.3, low_hz=40, high_hz=9000)
_ACCENT_LOW = Voice(0, level_lu=-3.0, room=0.35, low_hz=28, high_hz=4000, sound="impact")
_ACCENT_RISE = Voice(0, level_lu=-14.0, room=0.35, low_hz=250, high_hz=7000, sound="riser")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of the composer; what is None is its own choice. ``key`` without a mode has that of the
    mood. ``hits_s``: moments that get an accent. ``without``: stems of the preset that are left out; what the
    others play stays the same."""

    duration_s: float = 30.0
    mood: str | None = None
    tempo: float | None = None
    tonic: int | None = None
    mode: str | None = None
    seed: int = 1
    loops: bool = False
    preset: str | None = None
    hits_s: tuple[float, ...] = ()
    without: tuple[str, ...] = ()


def mood_of(wishes: Wishes) -> str:
    """The mood that wishes come to."""
    return wishes.mood or presets()[wishes.preset or USUAL].mood


def compose(wishes: Wishes) -> Song:
    """Write a song. Raises KeyError for a mood or preset that there is not."""
    preset = presets()[_preset(wishes)]
    name = wishes.mood or preset.mood
    rng = Random(f"{wishes.seed}/{preset.id}/{name}")
    mood, key = _mood_and_key(wishes, name, rng)
    score = _Score(wishes, preset, mood, key, rng)
    fit = score.fit
    tracks = score.tracks(wishes.hits_s, wishes.without)
    return Song(
        preset=preset.id,
        key=key,
        tempo=fit.tempo,
        time=fit.time,
        bars=fit.bars,
        duration_s=fit.duration_s,
        loops=wishes.loops,
        sections=score.sections,
        tracks=tracks,
        chords=tuple(chord.numeral for chords in score.chords for chord in chords),
        room_s=preset.room_s,
        high_hz=preset.high_hz,
        air_db=preset.air_db,
        accents_s=wishes.hits_s,
    )


def _preset(wishes: Wishes) -> str:
    if wishes.preset is not None:
        return wishes.preset
    if wishes.mood is None:
        return USUAL
    return Random(f"{wishes.seed}/{wishes.mood}").choice(of_mood(wishes.mood))


def _mood_and_key(wishes: Wishes, name: str, rng: Random) -> tuple[Mood, Key]:
    mood = MOODS[name]
    tonic = rng.choice((0, 2, 4, 5, 7, 9, 10)) if wishes.tonic is None else wishes.tonic
    mode = wishes.mode or mood.mode
    if mode != mood.mode:
        mood = replace(MOODS[_OTHER_MODE[(mode, name)]], busy=mood.busy)
    return mood, Key(tonic, mode)


class _Score:
    def __init__(self, wishes: Wishes, preset: Preset, mood: Mood, key: Key, rng: Random) -> None:
        self.fit = timing.fitted(
            wishes.duration_s,
            wishes.tempo,
            preset.tempo,
            rng,
            loops=wishes.loops,
            hits=wishes.hits_s,
        )
        self.sections = form.sections_of(self.fit.bars, loops=wishes.loops)
        self._loops = wishes.loops
        self._preset, self._mood, self._key = preset, mood, key
        self._rng = rng
        harmony = Harmony(mood, key, preset.colour, rng)
        self.chords = [
            harmony.half_bars(section, leads_on=self._loops or section is not self.sections[-1])
            for section in self.sections
        ]
        """The chords of each section, two a bar."""
        self._end = self.fit.bars * BEATS
        ring = self.fit.time.beat(self.fit.duration_s) - self._end
        self._ring = 0.0 if self._loops else min(_ROOM_FOR_A_RING, ring)
        self._melodies = self._write_melodies()

    def tracks(self, hits_s: Sequence[float], without: Collection[str] = ()) -> tuple[Track, ...]:
        made = [Track(layer.stem, layer.voice, tuple(self._played(layer))) for layer in self._preset.layers]
        made = [track for track in made if track.stem not in without]
        made += self._accents(hits_s)
        return tuple(track for track in made if track.notes)

    def _played(self, layer: Layer) -> Iterator[Note]:
        loose = self._preset.loose_s * (0.5 if layer.part == "drums" else 1.0)
        for note in sorted(self._notes(layer), key=lambda one: (one.start, one.pitch)):
            late = note.late_s + self._rng.gauss(0, loose)
            start = _swung(note.start, self._preset.swing)
            if self.fit.time.seconds(start) > self.fit.duration_s - _SHORTEST_S:
                continue  # of a piece that is shorter than a bar
            first = start == 0 and not self._loops
            yield replace(note, start=start, late_s=max(0.0, late) if first else late)

    def _notes(self, layer: Layer) -> Iterator[Note]:
        for index, section in enumerate(self.sections):
            if layer.part in ("rise", "impact"):
                yield from self._announced(layer, index, section)
            elif layer.since <= section.energy <= layer.until:
                for note in self._section(layer, index, section):
                    louder = 0.82 + 0.25 * section.energy
                    yield replace(note, velocity=max(8, min(124, round(note.velocity * louder))))
        if not self._loops and layer.since <= self._last_energy() <= layer.until:
            yield from self._last_chord(layer)

    def _last_energy(self) -> float:
        return self.sections[-1].energy

    def _section(self, layer: Layer, index: int, section: Section) -> Iterator[Note]:
        chords, groove = self.chords[index], self._preset.groove
        match layer.part:
            case "drums":
                following = self.sections[(index + 1) % len(self.sections)]
                leads_on = following.energy >= section.energy or following.name == form.OUTRO
                yield from drums.section_drums(
                    groove,
                    section,
                    self._rng,
                    crash=index > 0 and section.energy >= 0.6,
                    fill=self._loops or leads_on,
                )
            case "bass":
                bassist = Bassist(layer.style, groove, self._key, layer.centre, self._rng)
                yield from bassist.section(section, chords)
            case "chords" | "pads":
                comper = Comper(layer.style, layer.centre, layer.voices, self._rng)
                yield from comper.section(section, chords)
            case "melody" | "double":
                yield from _moved(self._melodies[index], layer.centre)
            case "answer":
                yield from answers(self._melodies[index], section, chords, layer.centre)
            case "texture":
                start = section.start_bar * BEATS
                yield Note(start, section.bars * BEATS, 60, 80)

    def _write_melodies(self) -> list[list[Note]]:
        """One melody for all who play it, around middle C + 12; those who play it move it by octaves."""
        melodist = Melodist(self._key, self._mood.busy, self._rng)
        made = []
        for section, chords in zip(self.sections, self.chords, strict=True):
            higher = 3 if section.name == form.B else 0
            notes = list(melodist.section(section, chords, Range(72 + higher)))
            if section.name in (form.INTRO, form.BREAK, form.OUTRO):  # a memory of it: every other bar
                notes = [note for note in notes if int(note.start // BEATS - section.start_bar) % 2 == 0]
            made.append(notes)
        return made

    def _announced(self, layer: Layer, index: int, section: Section) -> Iterator[Note]:
        """A rise that leads into a fuller section, an impact on its first beat."""
        before = self.sections[index - 1]
        if (index == 0 and not self._loops) or section.energy - before.energy < _JUMP:
            return
        start = section.start_bar * BEATS
        if layer.part == "impact":
            yield Note(start, 4, 60, 100)
            return
        length = min(4.0, before.bars * BEATS)
        if start >= length:
            yield Note(start - length, length, 60, 90)
        elif self._loops:
            yield Note(self._end - length, length, 60, 90)

    def _last_chord(self, layer: Layer) -> Iterator[Note]:
        home = self._home()
        at, ring = float(self._end), self._ring
        match layer.part:
            case "drums":
                yield Note(at, 1, drums.KICK, 84)
                if drums.crashes(self._preset.groove):
                    yield Note(at, 2, drums.CRASH, 62)
            case "bass":
                yield Note(at, ring, nearest(home.root, layer.centre), 76)
            case "chords" | "pads":
                for order, pitch in enumerate(voiced(home, layer.centre, (), layer.voices)):
                    rolled = 0.02 * order if layer.part == "chords" else 0.0
                    yield Note(at, ring, pitch, 68, rolled)
            case "melody" | "double":
                before = next((notes[-1].pitch for notes in reversed(self._melodies) if notes), layer.centre)
                near = before + 12 * round((layer.centre - before) / 12)
                yield Note(at, ring, nearest(home.root, near), 70)
            case "texture":
                yield Note(at, ring, 60, 80)

    def _home(self) -> Chord:
        third = 4 if self._key.mode == MAJOR else 3
        tones = tuple((self._key.tonic + step) % 12 for step in (0, third, 7))
        return Chord(tones, self._key.tonic, "I" if third == 4 else "i")

    def _accents(self, hits_s: Sequence[float]) -> list[Track]:
        if not hits_s:
            return []
        time = self.fit.time
        struck, low, rises = [], [], []
        for at in hits_s:
            beat = time.beat(at)
            struck += [Note(beat, 2, drums.CRASH, 108), Note(beat, 1, drums.KICK, 118)]
            low.append(Note(beat, 4, 60, 110))
            if beat >= 2:
                rises.append(Note(beat - 2, 2, 60, 90))
        return [
            Track("effects", _ACCENT_KIT, tuple(struck)),
            Track("effects", _ACCENT_LOW, tuple(low)),
            Track("effects", _ACCENT_RISE, tuple(rises)),
        ]


def _moved(notes: Sequence[Note], centre: int) -> Iterator[Note]:
    octaves = 12 * round((centre - 72) / 12)
    return (replace(note, pitch=note.pitch + octaves) for note in notes)


def _swung(start: float, swing: float) -> float:
    """A place in a bar with every second sixteenth late; what lies between moves along."""
    place = start % _EIGHTH
    if not swing or place < 1e-9:
        return start
    step = _EIGHTH / 2
    middle = step * (1 + swing)
    moved = place * middle / step if place <= step else middle + (place - step) * (_EIGHTH - middle) / step
    return start - place + moved
