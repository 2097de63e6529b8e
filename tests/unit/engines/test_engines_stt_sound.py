"""Levels, voices and cuts of the 16 kHz speech file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.speech import RATE_HZ, silence, spoken, write_wav

from viralclip_desktop.engines.stt.sound import (
    SpeechFile,
    Stretch,
    blocks_with_voice,
    split_at_pauses,
    voiced_stretches,
)


def opened(path: Path, samples: np.ndarray) -> SpeechFile:
    write_wav(path, samples)
    return SpeechFile(path)


def test_levels_in_dbfs(tmp_path: Path) -> None:
    loud = np.full(RATE_HZ, 32767 // 2)
    with opened(tmp_path / "a.wav", np.concatenate([loud, np.zeros(RATE_HZ)])) as sound:
        levels = sound.levels()
    assert len(levels) == 200
    assert levels[:100] == pytest.approx(-6.02, abs=0.01)
    assert levels[100:] == pytest.approx(-100)


def test_levels_do_not_depend_on_the_block_borders(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(0, 2000, 61 * RATE_HZ + 77)
    with opened(tmp_path / "a.wav", noise) as sound:
        levels = sound.levels()
        tail = sound.samples(Stretch(60 * RATE_HZ, 60 * RATE_HZ + 160)).astype(float) / 32768
    assert len(levels) == len(noise) // 160
    assert levels[6000] == pytest.approx(10 * np.log10(np.mean(tail**2)), abs=0.01)


def test_what_lies_outside_the_file_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "a.wav", np.ones(100)) as sound:
        assert len(sound.samples(Stretch(-50, 1000))) == 100
        assert len(sound.samples(Stretch(500, 1000))) == 0


def test_voices_are_found_between_silences(tmp_path: Path) -> None:
    hello = spoken("Hello world.", tmp_path)
    parts = [silence(2), hello, silence(3), hello, silence(2)]
    with opened(tmp_path / "a.wav", np.concatenate(parts)) as sound:
        first, second = voiced_stretches(sound.levels())
    length_s = len(hello) / RATE_HZ
    assert first.start / RATE_HZ == pytest.approx(2 - 0.3, abs=0.1)
    assert second.start / RATE_HZ == pytest.approx(2 + length_s + 3 - 0.3, abs=0.1)
    assert first.end < second.start


@pytest.mark.parametrize("hiss", [100, 600])
def test_a_noisy_room_is_no_voice(tmp_path: Path, hiss: float) -> None:
    hello = spoken("Hello world. This is a test.", tmp_path)
    samples = np.concatenate([silence(3), hello, silence(3)]).astype(float)
    samples += np.random.default_rng(5).normal(0, hiss, len(samples))
    with opened(tmp_path / "a.wav", np.clip(samples, -32768, 32767)) as sound:
        stretches = voiced_stretches(sound.levels())
    assert len(stretches) == 1
    assert stretches[0].start / RATE_HZ > 2
    assert stretches[0].seconds < len(hello) / RATE_HZ + 1


def test_steady_speech_over_music_is_all_voice() -> None:
    levels = np.random.default_rng(1).normal(-20, 1, 3000).astype(np.float32)
    assert voiced_stretches(levels) == [Stretch(0, 3000 * 160)]


def test_pieces_are_cut_in_the_pauses_and_cover_everything() -> None:
    levels = np.full(6000, -20, np.float32)  # a minute
    for pause_s in (12, 27, 41):
        levels[pause_s * 100 : pause_s * 100 + 40] = -60
    pieces = split_at_pauses(levels, Stretch(0, 60 * RATE_HZ), 8, 20)
    assert [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]
    assert (pieces[0].start, pieces[-1].end) == (0, 60 * RATE_HZ)
    assert all(piece.seconds <= 20 for piece in pieces)
    cuts_s = [piece.end / RATE_HZ for piece in pieces[:-1]]
    assert cuts_s == [
        pytest.approx(12.2, abs=0.2),
        pytest.approx(27.2, abs=0.2),
        pytest.approx(41.2, abs=0.2),
    ]


def test_cuts_are_the_same_from_a_later_start() -> None:
    levels = np.random.default_rng(2).normal(-20, 6, 60_000).astype(np.float32)
    blocks = blocks_with_voice(levels, 0, 100, 150)
    again = blocks_with_voice(levels, blocks[2].start, 100, 150)
    assert again == blocks[2:]
