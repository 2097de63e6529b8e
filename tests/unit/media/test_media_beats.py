"""Beats of clicks and drums whose times are known, and none where there is no pulse."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from support.rhythm import RATE_HZ, Samples, clicks, drums, pcm
from support.speech import spoken

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.media.beats import Beats, BeatTracker, load_beats, save_beats

_TALK = (
    "Nobody tells you this about numbers. The first time I counted them, I was wrong by a wide margin, "
    "and that is the whole point of the story. Would you have noticed? Most people would not, and they "
    "are right to be careful, because a mistake like that costs a month of work."
)
TEMPOS = (70, 87, 100, 120, 128, 145, 163, 180)


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """A quarter of a minute of speech."""
    return np.asarray(spoken(_TALK, tmp_path_factory.mktemp("voice")) / 32768)


def heard(sound: Samples, block: int = 31_999) -> Beats:
    """What the tracker hears; odd blocks, as a pipe hands them over."""
    tracker, data = BeatTracker(), pcm(sound)
    for first in range(0, len(data), block):
        tracker.add(data[first : first + block])
    return tracker.finish()


def assert_on(beats: Beats, expected: Samples, bpm: float) -> None:
    """Every beat is found, within 35 ms, and nothing else while they last; the tempo within 2 %."""
    found = np.array([at.seconds for at in beats.times if at.seconds < expected[-1] + 0.2])
    assert beats.tempo_bpm == pytest.approx(bpm, rel=0.02)
    missed = [at for at in expected if np.abs(found - at).min() > 0.035]
    wrong = [at for at in found if np.abs(expected - at).min() > 0.035]
    assert (missed, wrong) == ([], [])
    assert beats.confidence > 0.4


@pytest.mark.parametrize("bpm", TEMPOS)
def test_a_metronome(bpm: float) -> None:
    sound, expected = clicks(bpm)
    assert_on(heard(sound), expected, bpm)


@pytest.mark.parametrize("bpm", TEMPOS)
def test_drums_with_a_hi_hat_on_every_eighth(bpm: float) -> None:
    sound, expected = drums(bpm)
    assert_on(heard(sound), expected, bpm)


@pytest.mark.parametrize("bpm", [75, 120, 170])
def test_quiet_drums_under_noise(bpm: float) -> None:
    sound, expected = drums(bpm, 20.0)
    noise = np.random.default_rng(2).standard_normal(len(sound))
    assert_on(heard(0.3 * sound + 0.03 * noise), expected, bpm)


def test_drums_under_a_voice(voice: Samples) -> None:
    sound, expected = drums(110, 20.0)
    assert_on(heard(0.35 * sound + 0.7 * np.resize(voice, len(sound))), expected, 110)


def test_a_rest_has_no_beats() -> None:
    sound, expected = drums(120, 12.0)
    beats = heard(np.concatenate([sound, np.zeros(12 * RATE_HZ), sound]))
    resting = [at for at in beats.times if 15.0 < at.seconds < 21.0]
    assert resting == []
    assert sum(at.seconds < 12 for at in beats.times) == len(expected)


def test_no_beats_without_a_pulse(voice: Samples) -> None:
    noise = 0.1 * np.random.default_rng(3).standard_normal(20 * RATE_HZ)
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(20 * RATE_HZ) / RATE_HZ)
    for sound in (np.zeros(20 * RATE_HZ), np.zeros(0), noise, tone, voice):
        beats = heard(sound)
        assert beats.times == ()
        assert beats.confidence < 0.2


def test_memory_stays_small_however_long_it_is() -> None:
    tracker, (sound, _) = BeatTracker(), drums(120, 20.0)
    data = pcm(sound)
    for _ in range(30):
        tracker.add(data)
    held = sum(part.nbytes for part in tracker._rises) + tracker._rest.nbytes
    assert held < 600 * 500, "ten minutes of sound, which are 19 MB"
    steps = {round((b - a).seconds, 1) for a, b in pairwise(tracker.finish().times)}
    assert steps <= {0.4, 0.5, 0.6, 0.7}, "the loop is not cut to whole bars"


def test_beats_are_kept(tmp_path: Path) -> None:
    beats = heard(clicks(120)[0])
    save_beats(beats, tmp_path / "deep" / "beats.json")
    assert load_beats(tmp_path / "deep" / "beats.json").times == beats.times
    for broken in ("", "{}", "[1]", '{"format": 99}'):
        (tmp_path / "broken.json").write_text(broken, encoding="utf-8")
        with pytest.raises(BadInput):
            load_beats(tmp_path / "broken.json")
