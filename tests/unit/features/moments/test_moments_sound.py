"""What the ranker hears, on sounds made for the purpose."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from support import talks
from support.spoken import end_s, spoken

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.moments.edges import find_edges
from viralclip_desktop.features.moments.liveliness import hear
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import rank
from viralclip_desktop.features.moments.sound import Sound, listen, load_sound, save_sound
from viralclip_desktop.features.moments.units import Unit

RATE = 16000


def write(path: Path, samples: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def voice(pitch_hz: float, seconds: float, level: float = 0.2) -> np.ndarray:
    """A buzz with the harmonics of a voice."""
    t = np.arange(int(seconds * RATE)) / RATE
    return level * sum(np.sin(2 * np.pi * pitch_hz * k * t) / k for k in range(1, 8))


def heard(path: Path) -> Sound:
    return listen(path, ignore_progress, CancelToken())


def sound_of(transcript: Transcript, late_s: float = 0.0, louder: tuple[int, float] = (-1, 0.0)) -> Sound:
    """A level curve: -60 dB of room, -20 dB in each word, which is heard ``late_s`` longer than stated.

    ``louder``: a sentence by number, and by how many dB.
    """
    level = np.full(int(end_s(transcript) * 100) + 1, -60.0, np.float32)
    for number, sentence in enumerate(transcript.sentences):
        for word in transcript.words[sentence.first : sentence.last]:
            part = slice(round(word.start.seconds * 100), round((word.end.seconds + late_s) * 100))
            level[part] = -20.0 + (louder[1] if number == louder[0] else 0.0)
    return Sound(level, np.full(len(level) // 4, np.nan, np.float32))


@pytest.mark.parametrize("pitch_hz", [82.0, 110.0, 145.0, 210.0, 300.0, 390.0])
def test_pitch_is_right_to_a_quarter_of_a_semitone(tmp_path: Path, pitch_hz: float) -> None:
    sound = heard(write(tmp_path / "voice.wav", voice(pitch_hz, 1.5)))
    assert np.nanmedian(sound.pitch_st) == pytest.approx(12 * np.log2(pitch_hz / 100), abs=0.25)


def test_noise_and_silence_have_no_pitch(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).standard_normal(RATE * 2) * 0.1
    sound = heard(write(tmp_path / "noise.wav", np.concatenate([np.zeros(RATE), noise])))
    assert np.isnan(sound.pitch_st).mean() > 0.9


def test_level_is_measured_in_ten_milliseconds_of_source_time(tmp_path: Path) -> None:
    sound = heard(write(tmp_path / "step.wav", np.concatenate([np.zeros(RATE), voice(120, 1, 0.3)])))
    assert len(sound.level_db) == 200
    assert sound.level_db[99] == pytest.approx(-100)
    assert sound.level_db[101] > -20


def test_a_long_recording_is_read_in_blocks_without_losing_time(tmp_path: Path) -> None:
    samples = np.zeros(RATE * 65)
    samples[RATE * 62 : RATE * 63] = voice(200, 1)
    sound = heard(write(tmp_path / "long.wav", samples))
    assert len(sound.level_db) == 6500
    assert np.flatnonzero(sound.level_db > -60)[0] == 6200
    assert np.flatnonzero(~np.isnan(sound.pitch_st))[0] == pytest.approx(62 / 0.04, abs=2)


def test_listening_can_be_cancelled(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        listen(write(tmp_path / "voice.wav", voice(120, 0.5)), ignore_progress, cancel)


def test_a_measurement_is_kept_and_a_damaged_one_ignored(tmp_path: Path) -> None:
    sound = heard(write(tmp_path / "voice.wav", voice(120, 0.5)))
    save_sound(sound, tmp_path / "sound.npz")
    again = load_sound(tmp_path / "sound.npz")
    assert again is not None
    assert np.array_equal(again.level_db, sound.level_db)
    (tmp_path / "sound.npz").write_bytes(b"PK damaged")
    assert load_sound(tmp_path / "sound.npz") is None
    assert load_sound(tmp_path / "none.npz") is None


def two_words(gap_s: float) -> tuple[Transcript, list[Unit]]:
    times = (1.0, 1.5), (1.5 + gap_s, 2.2 + gap_s)
    words = tuple(
        Word(text, Time.from_seconds(a), Time.from_seconds(b))
        for text, (a, b) in zip(("One.", "Two."), times, strict=True)
    )
    return Transcript("test", "en", words, (Sentence(0, 1), Sentence(1, 2))), [Unit(0, 1), Unit(1, 2)]


def test_a_clip_gets_room_to_breathe_around_its_words() -> None:
    transcript, units = two_words(gap_s=2.0)
    edges = find_edges(transcript.words, units, sound_of(transcript), 6.0)
    assert 0.15 <= 1.0 - edges.start_s[0] <= 0.25
    assert 0.3 <= edges.end_s[0] - 1.5 <= 0.5
    assert 0.15 <= 3.5 - edges.start_s[1] <= 0.25


def test_the_tail_follows_the_sound_where_the_recogniser_stops_too_early() -> None:
    transcript, units = two_words(gap_s=2.0)
    exact = find_edges(transcript.words, units, sound_of(transcript), 6.0)
    late = find_edges(transcript.words, units, sound_of(transcript, late_s=0.1), 6.0)
    assert late.end_s[0] - exact.end_s[0] == pytest.approx(0.1, abs=0.011)


def test_a_short_gap_is_shared_and_never_overstepped() -> None:
    transcript, units = two_words(gap_s=0.2)
    for sound in (None, sound_of(transcript), sound_of(transcript, late_s=0.5)):
        edges = find_edges(transcript.words, units, sound, 6.0)
        assert 1.5 <= edges.end_s[0] <= edges.start_s[1] <= 1.7


def test_edges_stay_inside_the_recording() -> None:
    words = (Word("Hi.", Time(0), Time.from_seconds(0.5)),)
    edges = find_edges(words, [Unit(0, 1)], None, 0.6)
    assert edges.start_s[0] == 0.0
    assert edges.end_s[0] <= 0.6


def test_a_livelier_story_wins_and_says_why() -> None:
    transcript = spoken(talks.LECTURE)
    plain = {
        m.quote_last: m for m in rank(transcript, end_s(transcript), FindOptions(), sound_of(transcript))
    }
    first = next(n for n, s in enumerate(transcript.sentences) if "worst" in transcript.text_of(s))
    level = sound_of(transcript)
    start, end = (transcript.range_of(transcript.sentences[n]) for n in (first, first + 5))
    level.level_db[round(start.start.seconds * 100) : round(end.end.seconds * 100)] += np.float32(4.0)
    lively = {m.quote_last: m for m in rank(transcript, end_s(transcript), FindOptions(), level)}
    told = [reason.text for m in lively.values() if "mice" in m.quote_last for reason in m.reasons]
    assert any("Louder and livelier than the rest of the talk by 4 dB" in text for text in told)
    key = next(quote for quote in plain if "mice" in quote)
    assert lively[key].score >= plain[key].score


def test_a_softer_second_voice_is_measured_against_itself() -> None:
    transcript = spoken(
        "\n".join(f"Sentence number {n} is about as long as all of them are." for n in range(12))
    )
    sound = sound_of(transcript)
    pitch = np.full(len(sound.pitch_st), np.nan, np.float32)
    for number, sentence in enumerate(transcript.sentences):
        part = transcript.range_of(sentence)
        low, high = part.start.seconds, part.end.seconds
        deep = number % 2 == 0
        pitch[int(low / 0.04) : int(high / 0.04)] = 1.0 if deep else 12.0
        if deep:
            sound.level_db[round(low * 100) : round(high * 100)] -= np.float32(6.0)
    units = [Unit(s.first, s.last) for s in transcript.sentences]
    alive = hear(transcript, units, Sound(sound.level_db, pitch))
    assert list(alive.voice) == [0, 1] * 6
    assert np.abs(alive.louder_db).max() < 1.0
