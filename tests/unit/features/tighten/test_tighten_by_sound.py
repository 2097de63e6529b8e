"""What sounds like an "um", and what does not, in voices that fall: made of harmonics and formants."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from viralclip_desktop.features.tighten.by_sound import RATE_HZ, is_filler, traits

UH = (650.0, 1200.0, 2600.0)
EE = (300.0, 2300.0, 3000.0)
HUM = (220.0,)


def voiced(seconds: float, pitch_hz: tuple[float, float], *formants: Sequence[float]) -> np.ndarray:
    """A voice whose pitch and formants go evenly from the first to the last."""
    along = np.linspace(0, 1, round(seconds * RATE_HZ))
    pitch = pitch_hz[0] + (pitch_hz[1] - pitch_hz[0]) * along
    places = [np.interp(along, np.linspace(0, 1, len(formants)), row) for row in zip(*formants, strict=True)]
    turns, sound = 2 * np.pi * np.cumsum(pitch) / RATE_HZ, np.zeros(len(along))
    for number in range(1, 20):
        level = sum(1 / (1 + ((number * pitch - at) / 90) ** 2) for at in places)
        sound += level * np.sin(number * turns) / number**0.5
    return sound


def ending(sound: np.ndarray, fall_db: float = 20.0, fades_s: float = 0.05) -> np.ndarray:
    """A sound that fades into a room."""
    gain = np.ones(len(sound))
    fade = round(fades_s * RATE_HZ)
    gain[-fade:] = 10 ** (-np.linspace(0, fall_db, fade) / 20)
    return in_room(sound * gain)


def in_room(sound: np.ndarray) -> np.ndarray:
    room = np.random.default_rng(1).normal(0, 0.002, len(sound))
    return (0.3 * sound / np.abs(sound).max() + room).astype(np.float32)


@pytest.mark.parametrize("pitch_hz", [(260.0, 190.0), (215.0, 200.0), (125.0, 105.0)])
def test_a_vowel_that_stays_is_a_filler_whatever_its_pitch_does(pitch_hz: tuple[float, float]) -> None:
    assert is_filler(traits(ending(voiced(0.3, pitch_hz, UH, UH))))


@pytest.mark.parametrize("pitch_hz", [(260.0, 190.0), (125.0, 105.0)])
def test_a_hum_behind_it_belongs_to_it(pitch_hz: tuple[float, float]) -> None:
    vowel, hum = voiced(0.18, pitch_hz, UH, UH), voiced(0.2, (pitch_hz[1],) * 2, HUM, HUM)
    hum = 0.7 * hum * np.abs(vowel).max() / np.abs(hum).max()
    assert is_filler(traits(ending(np.concatenate([vowel, hum]))))


def test_a_word_is_none() -> None:
    yeah = voiced(0.35, (240.0, 190.0), EE, UH)
    assert not is_filler(traits(ending(yeah)))
    syllable = voiced(0.2, (220.0, 210.0), UH, UH)
    between = voiced(0.06, (210.0, 210.0), HUM, HUM)
    between = 0.25 * between * np.abs(syllable).max() / np.abs(between).max()
    assert not is_filler(traits(ending(np.concatenate([syllable, between, syllable, between, syllable]))))
