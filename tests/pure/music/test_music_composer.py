"""Songs as they are written: form, length, repetition, what changes with seed, mood and energy."""

from __future__ import annotations

import pytest

from viralclip_desktop.music import form
from viralclip_desktop.music.composer import MOOD_NAMES, Wishes, compose
from viralclip_desktop.music.presets import of_mood, presets
from viralclip_desktop.music.song import Note, Song
from viralclip_desktop.music.theory import on_scale


def _notes(song: Song, stem: str) -> list[Note]:
    return [note for track in song.tracks if track.stem == stem for note in track.notes]


def _within(song: Song, notes: list[Note], name: str) -> list[list[tuple[float, int]]]:
    """What is played in each section of a name, in beats from its start."""
    found = []
    for section in song.sections:
        if section.name == name:
            start, end = section.start_bar * 4, section.end_bar * 4
            found.append(
                [(round(one.start - start, 3), one.pitch) for one in notes if start <= one.start < end]
            )
    return found


@pytest.mark.parametrize("loops", [False, True])
def test_sections_fill_a_song_of_any_length_without_a_gap(loops: bool) -> None:
    for bars in range(1, 200):
        sections = form.sections_of(bars, loops=loops)
        assert [one.start_bar for one in sections] == [0, *(one.end_bar for one in sections[:-1])]
        assert sections[-1].end_bar == bars
        assert all(one.bars > 0 for one in sections)
        assert not loops or not {one.name for one in sections} & {form.INTRO, form.OUTRO}


def test_a_song_of_two_minutes_has_sections_that_come_back_and_one_that_breathes() -> None:
    names = [one.name for one in compose(Wishes(120, preset="corporate-background", seed=1)).sections]
    assert names[0] == form.INTRO
    assert names[-1] == form.OUTRO
    assert names.count(form.A) > 1
    assert names.count(form.B) > 1
    assert form.BREAK in names


@pytest.mark.parametrize("preset", presets())
def test_the_same_seed_writes_the_same_song_and_another_one_another(preset: str) -> None:
    one, again, other = (compose(Wishes(40, preset=preset, seed=seed)) for seed in (5, 5, 6))
    assert one == again
    assert _notes(one, "melody") != _notes(other, "melody")


def test_who_is_left_out_does_not_play_and_the_others_play_the_same() -> None:
    whole = compose(Wishes(30, preset="lo-fi", seed=3, hits_s=(9.0,)))
    without = compose(Wishes(30, preset="lo-fi", seed=3, hits_s=(9.0,), without=("drums", "bass")))
    gone = {track.stem for track in whole.tracks} - {track.stem for track in without.tracks}
    assert gone == {"drums", "bass"}
    assert all(track in whole.tracks for track in without.tracks)


@pytest.mark.parametrize("preset", presets())
@pytest.mark.parametrize("duration_s", [3.0, 31.0])
def test_every_length_is_filled_and_ends_with_a_chord_that_rings(preset: str, duration_s: float) -> None:
    song = compose(Wishes(duration_s, preset=preset, seed=2))
    low, high = presets()[preset].tempo
    assert song.duration_s == duration_s
    assert low <= song.tempo <= high
    last = song.time.seconds(song.bars * 4)
    assert 1.5 < duration_s - last < 10 or duration_s < 8
    assert all(song.time.seconds(note.start) < duration_s for track in song.tracks for note in track.notes)


@pytest.mark.parametrize("tempo", [50.0, 93.7, 128.0, 200.0])
def test_a_tempo_that_is_asked_for_is_kept(tempo: float) -> None:
    assert compose(Wishes(37.3, tempo=tempo, preset="lo-fi", seed=1)).tempo == tempo
    loop = compose(Wishes(37.3, tempo=tempo, preset="lo-fi", seed=1, loops=True))
    assert loop.tempo == pytest.approx(tempo, rel=0.005)


@pytest.mark.parametrize("duration_s", [4.0, 10.0, 29.97, 61.0])
def test_a_loop_is_a_whole_number_of_bars(duration_s: float) -> None:
    song = compose(Wishes(duration_s, preset="funk-pop", seed=1, loops=True))
    assert song.duration_s == pytest.approx(duration_s, abs=1e-6)
    assert song.duration_s * song.tempo / 240 == pytest.approx(song.bars)


def test_accents_fall_on_beats_where_the_tempo_is_free() -> None:
    hits = (5.37, 11.2)
    song = compose(Wishes(20, preset="corporate-background", seed=3, hits_s=hits))
    beats = [song.time.beat(at) for at in hits]
    assert beats == pytest.approx([round(beat) for beat in beats])
    struck = [song.time.seconds(note.start) for note in _notes(song, "effects") if note.pitch == 49]
    assert struck == pytest.approx(hits)


def test_accents_are_exact_where_the_tempo_is_not_free() -> None:
    song = compose(Wishes(20, tempo=90, preset="tension", seed=3, hits_s=(3.81,)))
    struck = [song.time.seconds(note.start) for note in _notes(song, "effects") if note.pitch == 49]
    assert struck == pytest.approx([3.81])


def test_a_melody_comes_back_and_varies() -> None:
    song = compose(Wishes(120, preset="corporate-background", seed=4))
    played = _within(song, _notes(song, "melody"), form.A)
    first, second = (set(one) for one in played[:2])
    shared = {at for at, _ in first} & {at for at, _ in second}
    assert first != second, "nothing changes"
    rhythm = {round(at % 8 * 4) for at, _ in first} & {round(at % 8 * 4) for at, _ in second}
    assert len(rhythm) >= 3 or len(shared) > 4, "it is another melody"


@pytest.mark.parametrize("mood", MOOD_NAMES)
def test_melodies_stay_in_the_key(mood: str) -> None:
    song = compose(Wishes(60, mood=mood, seed=7))
    notes = _notes(song, "melody")
    outside = [one for one in notes if on_scale(one.pitch, song.key, 0) != one.pitch]
    assert notes
    assert len(outside) <= 0.12 * len(notes), "leading tones apart, all of it is of the scale"


def test_a_bass_is_struck_with_the_kick() -> None:
    song = compose(Wishes(60, preset="corporate-background", seed=1))
    kicks = {round(note.start, 3) for note in _notes(song, "drums") if note.pitch == 36}
    bass = [round(note.start, 3) for note in _notes(song, "bass")]
    assert sum(at in kicks for at in bass) > 0.75 * len(bass)


@pytest.mark.parametrize("preset", presets())
def test_sections_differ_by_who_plays_and_how_much(preset: str) -> None:
    song = compose(Wishes(120, preset=preset, seed=1))
    busy = {}
    for section in song.sections:
        start, end = section.start_bar * 4, section.end_bar * 4
        heard = [
            sum(start <= note.start < end for note in track.notes) / section.bars for track in song.tracks
        ]
        busy[section.name] = (sum(one > 0 for one in heard), sum(heard))
    assert busy[form.B][0] > busy[form.A][0] >= busy[form.INTRO][0]
    assert busy[form.B][1] > busy[form.INTRO][1] * 1.3


def test_presets_have_instruments_grooves_and_harmonies_of_their_own() -> None:
    players = {
        tuple(sorted((one.voice.bank, one.voice.program) for one in row.layers)) for row in presets().values()
    }
    assert len(players) == len(presets()) >= 8
    assert len({row.groove for row in presets().values()}) >= 8
    assert len({row.tempo for row in presets().values()}) >= 8
    assert {name for mood in MOOD_NAMES for name in of_mood(mood)} == set(presets())
