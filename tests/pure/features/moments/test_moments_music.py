"""Music told from speech, and where it counts: reactions, edges, openings, wishes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.sounds import applause, laughter, music, speech, write_wav
from support.spoken import end_s, spoken

from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments.edges import find_edges, reactions
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.model import load_model
from viralclip_desktop.features.moments.music import hear_music
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import Moment, rank
from viralclip_desktop.features.moments.sound import Sound, listen, load_sound, save_sound
from viralclip_desktop.features.moments.talk import Talk, read_talk
from viralclip_desktop.features.moments.units import Unit, units_of
from viralclip_desktop.features.moments.wishes import read_wish

Within = tuple[float, float]


def heard(path: Path, samples: np.ndarray) -> Sound:
    return listen(write_wav(path, samples), ignore_progress, CancelToken())


@pytest.mark.parametrize("between", [speech(6.0, seed=11), laughter(6.0), applause(6.0), np.zeros(96_000)])
def test_nothing_that_people_do_is_music(tmp_path: Path, between: np.ndarray) -> None:
    sound = heard(tmp_path / "talk.wav", np.concatenate([speech(8.0), between, speech(8.0, seed=4)]))
    assert sound.music == ()
    assert not sound.is_music(8.0, 14.0)


def test_music_is_found_to_a_second(tmp_path: Path) -> None:
    sound = heard(tmp_path / "talk.wav", np.concatenate([speech(8.0), music(7.0), speech(8.0, seed=4)]))
    ((begins_s, ends_s),) = sound.music
    assert (begins_s, ends_s) == (pytest.approx(8.0, abs=1.0), pytest.approx(15.0, abs=1.0))


def test_music_is_heard_under_somebody_who_speaks(tmp_path: Path) -> None:
    assert heard(tmp_path / "talk.wav", speech(30.0)).music == ()
    over = heard(tmp_path / "over.wav", speech(30.0) + 0.4 * music(30.0))
    assert sum(b - a for a, b in over.music) > 20.0


def test_music_is_found_wherever_the_blocks_of_reading_end(tmp_path: Path) -> None:
    sound = heard(tmp_path / "talk.wav", np.concatenate([speech(27.0), music(6.0), speech(28.5, seed=4)]))
    assert len(sound.tones) == pytest.approx(61.5 * 5, abs=1)
    assert sum(b - a for a, b in sound.music) == pytest.approx(6.0, abs=1.5)


def test_a_measurement_kept_without_it_still_loads(tmp_path: Path) -> None:
    sound = heard(tmp_path / "talk.wav", music(4.0))
    save_sound(sound, tmp_path / "sound.npz")
    again = load_sound(tmp_path / "sound.npz")
    assert again is not None
    assert again.music == sound.music != ()
    np.savez(tmp_path / "older.npz", level=sound.level_db, pitch=sound.pitch_st, steady=sound.steady)
    older = load_sound(tmp_path / "older.npz")
    assert older is not None
    assert older.music == ()


def sound_of(transcript: Transcript, played: tuple[Within, ...]) -> Sound:
    """-60 dB of room, -20 dB of words and of music where it is played."""
    seconds = max(end_s(transcript), *(b for _, b in played), 0.0) + 1.0
    level, tones = np.full(int(seconds * 100), -60.0, np.float32), np.ones(int(seconds * 5), np.float32)
    for word in transcript.words:
        level[round(word.start.seconds * 100) : round(word.end.seconds * 100)] = -20.0
    for start_s, stop_s in played:
        level[round(start_s * 100) : round(stop_s * 100)] = -20.0
        tones[round(start_s * 5) : round(stop_s * 5)] = 3.5
    none = np.full(len(level) // 4, np.nan, np.float32)
    return Sound(level, none, np.zeros(len(none), np.float32), tones)


def later(transcript: Transcript, first: int, by_s: float) -> Transcript:
    """A transcript whose words from sentence ``first`` on are said later."""
    begins, by = transcript.sentences[first].first, Time.from_seconds(by_s)
    words = [
        type(w)(w.text, w.start + by, w.end + by, w.confidence, w.speaker) if at >= begins else w
        for at, w in enumerate(transcript.words)
    ]
    return Transcript(transcript.engine, transcript.language, tuple(words), transcript.sentences)


TWO = later(spoken("We never told the children why the lights went out.\nThen they all came back."), 1, 4.0)
UNITS = [Unit(sentence.first, sentence.last) for sentence in TWO.sentences]
SAID_S, AGAIN_S = TWO.words[UNITS[0].last - 1].end.seconds, TWO.words[UNITS[1].first].start.seconds


def test_a_jingle_is_no_reaction_and_no_clip_closes_or_opens_in_it() -> None:
    jingle = ((SAID_S + 0.1, AGAIN_S - 0.1),)
    for played, reacts in ((jingle, False), ((), True)):
        sound = sound_of(TWO, jingle)
        sound = Sound(sound.level_db, sound.pitch_st, sound.steady, sound_of(TWO, played).tones)
        assert bool(reactions(TWO.words, UNITS, sound)[0]) is reacts
        edges = find_edges(TWO.words, UNITS, sound, 20.0)
        assert (edges.end_s[0] - SAID_S < 0.5) is not reacts
        assert edges.start_s[1] >= AGAIN_S - 0.5 or reacts


def test_a_tail_ends_where_the_music_begins() -> None:
    edges = find_edges(TWO.words, UNITS, sound_of(TWO, ((SAID_S + 0.2, AGAIN_S - 1.0),)), 20.0)
    assert edges.end_s[0] - SAID_S == pytest.approx(0.2, abs=0.11)
    assert AGAIN_S - edges.start_s[1] == pytest.approx(0.2, abs=0.02)


LINES = "\n".join(
    f"I lost my house number {n} because I trusted a banker who smiled at me." for n in range(16)
)
TALK = spoken(LINES)
START_S = [TALK.range_of(sentence).start.seconds for sentence in TALK.sentences]
END_S = [TALK.range_of(sentence).end.seconds for sentence in TALK.sentences]


def test_music_under_everything_tells_nothing() -> None:
    units = [Unit(sentence.first, sentence.last) for sentence in TALK.sentences]
    spaced = later(TALK, 8, 3.0)
    all_over = hear_music(spaced.words, units, sound_of(spaced, ((0.0, END_S[-1] + 3.0),)))
    assert not any(all_over.gaps)
    assert all_over.over.min() > 0.9
    between = hear_music(spaced.words, units, sound_of(spaced, ((END_S[7], START_S[8] + 3.0),)))
    assert [at for at, within in enumerate(between.gaps) if within] == [8]
    assert between.alone_s[7] == pytest.approx(3.4, abs=0.3)
    assert not hear_music(spaced.words, units, None)


def talk(transcript: Transcript, sound: Sound | None) -> Talk:
    lexicon = load_lexicon("en")
    units = units_of(transcript, 57.0, lexicon)
    return read_talk(transcript, units, lexicon, sound, end_s(transcript), load_model())


def test_what_is_spoken_over_music_at_the_start_is_rather_an_opening() -> None:
    plain = talk(TALK, sound_of(TALK, ())).traps.odds
    jingle = talk(TALK, sound_of(TALK, ((0.0, START_S[2]),))).traps.odds
    bed = talk(TALK, sound_of(TALK, ((0.0, END_S[-1]),))).traps.odds
    assert np.all(jingle[:2] - plain[:2] > 0.8)
    assert np.array_equal(jingle[2:], plain[2:])
    assert np.array_equal(bed, plain)


def find(transcript: Transcript, sound: Sound, about: str = "") -> list[Moment]:
    options = FindOptions(count=3, min_length_s=20.0, max_length_s=40.0, about=about)
    return rank(transcript, end_s(transcript), options, sound)


def test_no_clip_holds_more_than_four_seconds_of_music_without_words() -> None:
    spaced = TALK
    for first in range(1, 16):
        spaced = later(spaced, first, 2.2)
    ends = [spaced.range_of(s).end.seconds for s in spaced.sentences]
    starts = [spaced.range_of(s).start.seconds for s in spaced.sentences]
    played = tuple((a, b) for a, b in zip(ends[3:12], starts[4:13], strict=True))
    sound = sound_of(spaced, played)
    for moment in find(spaced, sound):
        inside = [
            b - a for a, b in sound.music if moment.range.start.seconds < a < moment.range.end.seconds - 1
        ]
        assert sum(inside) <= 4.0
    wished = find(spaced, sound, "the song")[0]
    assert any(wished.range.start.seconds < a and b < wished.range.end.seconds for a, b in played)
    assert any("seconds of music" in reason.text for reason in wished.reasons)


def test_a_wish_for_music_is_a_signal_only_where_music_is_heard() -> None:
    for played, signals, unknown in (
        (((START_S[6], END_S[8]),), ("music",), ()),
        ((), (), ("sing",)),
    ):
        wish = read_wish("where they sing", talk(TALK, sound_of(TALK, played)))
        assert (wish.signals, wish.not_understood) == (signals, unknown)


def test_where_music_is_wished_for_the_clip_over_music_comes_first() -> None:
    played = ((START_S[9], END_S[13]),)
    best = find(TALK, sound_of(TALK, played), "the part with the music")[0]
    assert best.range.start.seconds < played[0][1] - 8.0
    assert best.range.end.seconds > played[0][0] + 8.0
    assert any("seconds of music" in reason.text for reason in best.reasons)
    assert not any("of music" in reason.text for reason in find(TALK, sound_of(TALK, played))[0].reasons)
