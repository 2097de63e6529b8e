"""Keys and chords, as people write them."""

from __future__ import annotations

import pytest

from viralclip_desktop.music.theory import MAJOR, MINOR, Key, read_chord, read_key, voiced


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("C", "C:maj"),
        ("A:min", "A:min"),
        ("Am", "A:min"),
        ("F#", "F#:maj"),
        ("gb minor", "F#:min"),
        ("Bb", "Bb:maj"),
        ("E:maj", "E:maj"),
    ],
)
def test_a_key_is_read_as_people_write_it(typed: str, key: str) -> None:
    assert str(read_key(typed, MAJOR)) == key


def test_a_key_is_said_as_people_say_it() -> None:
    assert [read_key(typed, MAJOR).words for typed in ("A:min", "Bb")] == ["A minor", "Bb major"]


@pytest.mark.parametrize("typed", ["H", "", "C:dorian", "A#b", "minor", "C 7"])
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_key(typed, MINOR)


def test_a_key_without_a_mode_has_that_of_the_mood() -> None:
    assert read_key("D", MINOR) == Key(2, MINOR)


@pytest.mark.parametrize(
    ("numeral", "tones"),
    [("I", "C E G"), ("vi", "A C E"), ("V7", "G B D F"), ("IVmaj7", "F A C E"), ("Vsus4", "G C D")],
)
def test_chords_by_their_numerals(numeral: str, tones: str) -> None:
    names = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
    assert [names[tone] for tone in read_chord(numeral, Key(0, MAJOR)).tones] == tones.split()


def test_the_fifth_of_a_minor_key_may_be_major_and_a_bass_may_be_the_third() -> None:
    minor = Key(9, MINOR)
    assert read_chord("V", minor).tones == (4, 8, 11)
    assert read_chord("bII", minor).root == 10
    assert read_chord("i/3", minor).bass == 0


def test_chords_move_as_little_as_they_may() -> None:
    key = Key(0, MAJOR)
    pitches = voiced(read_chord("I", key), 60)
    for numeral in ("IV", "V", "vi", "ii", "I"):
        following = voiced(read_chord(numeral, key), 60, pitches)
        assert max(min(abs(one - old) for old in pitches) for one in following) <= 4
        assert abs(sum(following) / len(following) - 60) < 8
        pitches = following
