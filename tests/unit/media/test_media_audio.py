"""The speech wav is in source time, and the loudness curve tells what is heard."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers

from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.media.audio import decode_sound, envelope, extract_speech, samples_between
from viralclip_desktop.media.peaks import load_peaks
from viralclip_desktop.media.probe import probe

RATE_HZ = 16_000


def _speech(film: Path, track: int = 0, within: TimeRange | None = None) -> NDArray[np.int16]:
    info = probe(film)
    wav = extract_speech(film, info.audio[track].index, film.with_suffix(".speech.wav"), range=within)
    with wave.open(str(wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def _onsets_s(samples: NDArray[np.int16]) -> list[float]:
    """Where a click begins: loud after at least half a second of quiet."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 3000)
    gaps = np.diff(loud, prepend=-RATE_HZ) > RATE_HZ // 2
    return [float(index) / RATE_HZ for index in loud[gaps]]


def test_the_length_is_the_recordings(tmp_path: Path) -> None:
    assert len(_speech(makers.make_video(tmp_path / "film.mp4"))) == pytest.approx(2 * RATE_HZ, abs=400)


# MPEG audio in a transport stream and Matroska's milliseconds move a click by a few milliseconds.
@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts", "mov"])
def test_sound_that_starts_late(tmp_path: Path, ending: str) -> None:
    film = makers.make_late_sound(tmp_path / f"late.{ending}", 0.5)
    assert _onsets_s(_speech(film)) == pytest.approx([0.5, 1.5, 2.5], abs=0.025)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_a_gap_in_the_sound(tmp_path: Path, ending: str) -> None:
    film = makers.make_gap_in_sound(tmp_path / f"gap.{ending}")
    assert _onsets_s(_speech(film)) == pytest.approx([0.0, 1.0, 4.0], abs=0.025)


def test_a_part(tmp_path: Path) -> None:
    film = makers.make_late_sound(tmp_path / "late.ts", 0.5)
    part = _speech(film, within=TimeRange.from_seconds(0.75, 2.75))
    assert _onsets_s(part) == pytest.approx([0.75, 1.75], abs=0.025)
    assert len(part) == 2 * RATE_HZ


def test_each_track_is_its_own(tmp_path: Path) -> None:
    film = makers.make_two_languages(tmp_path / "two.mkv")
    assert len(_speech(film, 0)) == pytest.approx(len(_speech(film, 1)), abs=200)


def test_all_channels_are_heard(tmp_path: Path) -> None:
    level = np.abs(_speech(makers.make_video(tmp_path / "film.mkv", audio="5.1")).astype(np.int32)).max()
    assert 1000 < level < 32767


def test_wav_and_waveform_in_one_go(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", audio="clicks")
    info, told = probe(film), list[float | None]()
    wav, peaks = tmp_path / "cache" / "a.wav", tmp_path / "cache" / "a.peaks"
    decode_sound(
        film, info, info.audio[0].index, wav, peaks, progress=lambda event: told.append(event.fraction)
    )
    assert sorted(path.name for path in wav.parent.iterdir()) == ["a.peaks", "a.wav"]
    assert load_peaks(peaks).duration_s == pytest.approx(2.0, abs=0.05)
    assert told == sorted(told, key=lambda fraction: fraction or 0)
    assert told[-1] == 1.0


def test_cancel_leaves_nothing(tmp_path: Path) -> None:
    sound = makers.make_sound(tmp_path / "long.wav", 60.0, "mono")
    info, token = probe(sound), CancelToken()

    def stop(event: ProgressEvent) -> None:
        token.cancel()

    with pytest.raises(Cancelled):
        decode_sound(
            sound,
            info,
            0,
            tmp_path / "out" / "a.wav",
            tmp_path / "out" / "a.peaks",
            progress=stop,
            cancel=token,
        )
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    film = makers.make_sound(tmp_path / "talk.wav")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentLacks):
        extract_speech(film, 0, tmp_path / "file" / "a.wav", ignore_progress)


def test_loudness_curve(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mkv", 3.0, audio="clicks")
    _speech(film)
    curve = envelope(film.with_suffix(".speech.wav"))
    assert len(curve) == pytest.approx(300, abs=3)
    assert curve[50] == pytest.approx(-100.0)
    assert curve[100:102].max() > -20
    assert curve.dtype == np.float32


def test_loudness_of_a_full_scale_square(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "square.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.full(240, 32767, "<i2").tobytes())  # a hop and a half
    assert envelope(tmp_path / "square.wav") == pytest.approx([0.0, 0.0], abs=0.01)


def test_not_a_wav(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        envelope(makers.make_text(tmp_path / "text.wav"))
    with pytest.raises(BadInput):
        samples_between(tmp_path / "gone.wav", TimeRange.from_seconds(0, 1))


def test_samples_of_a_stretch(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", audio="clicks")
    _speech(film)
    wav = film.with_suffix(".speech.wav")
    assert len(samples_between(wav, TimeRange.from_seconds(0.5, 1.5))) == RATE_HZ
    assert np.abs(samples_between(wav, TimeRange.from_seconds(0.99, 1.02))).max() > 0.2
    assert len(samples_between(wav, TimeRange.from_seconds(50, 60))) == 0


@pytest.mark.media
def test_real_speech(test_media: Path, tmp_path: Path) -> None:
    info = probe(test_media / "talk-sample-42s.mp4")
    wav = extract_speech(test_media / "talk-sample-42s.mp4", info.audio[0].index, tmp_path / "a.wav")
    curve = envelope(wav)
    assert len(curve) == pytest.approx(4240, abs=5)
    assert np.percentile(curve, 90) - np.percentile(curve, 5) > 15
