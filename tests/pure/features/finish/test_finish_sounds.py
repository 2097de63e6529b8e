"""The sound effects: what they are like, by their samples, and how loud they lie beside speech."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from viralclip_desktop.features.finish.heard_level import loudest_db, speech_db
from viralclip_desktop.features.finish.synth import (
    LENGTH_S,
    MARK_S,
    RATE_HZ,
    REFERENCE_DB,
    Effect,
    make_effect,
)

Samples = NDArray[np.float64]
EVERY = pytest.mark.parametrize("effect", list(Effect))
FRAME_S = 1 / 30


def _made(effect: Effect) -> Samples:
    return make_effect(effect).astype(np.float64)


def _levels_db(samples: Samples, step_s: float = 0.02) -> Samples:
    step = round(step_s * RATE_HZ)
    power = np.mean(np.square(samples[: len(samples) // step * step]).reshape(-1, step), axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)))


def _centre_hz(samples: Samples) -> float:
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    return float((power * np.fft.rfftfreq(len(samples), 1 / RATE_HZ)).sum() / power.sum())


def _true_peak_db(samples: Samples) -> float:
    """Of the wave between the samples: oversampled by four."""
    size = 1 << 17
    spectrum = np.zeros(2 * size + 1, dtype=complex)
    spectrum[: size // 2 + 1] = np.fft.rfft(samples, size)
    return float(20 * np.log10(np.abs(np.fft.irfft(spectrum) * 4).max()))


@EVERY
def test_an_effect_is_as_long_as_said_and_the_same_at_every_call(effect: Effect) -> None:
    assert len(make_effect(effect)) == round(LENGTH_S[effect] * RATE_HZ)
    assert np.array_equal(make_effect(effect), make_effect(effect))


@EVERY
def test_it_comes_out_of_silence_and_goes_into_it_without_a_click(effect: Effect) -> None:
    samples = _made(effect)
    bends = np.abs(np.diff(samples, 2))
    assert abs(samples[0]) < 1e-6 > abs(samples[-1])
    for edge in (bends[:24], bends[-24:]):
        assert edge.max() <= np.percentile(bends, 99.9)
    levels = _levels_db(samples, 0.005)
    assert levels[-1] < levels.max() - 15


@EVERY
def test_all_are_as_loud_to_the_ear_and_none_clips(effect: Effect) -> None:
    samples = _made(effect)
    assert loudest_db(samples, RATE_HZ) == pytest.approx(REFERENCE_DB, abs=0.1)
    assert _true_peak_db(samples) < -3


@EVERY
def test_its_mark_is_where_it_is_loudest_within_a_frame(effect: Effect) -> None:
    around = round(0.01 * RATE_HZ)
    power = np.convolve(_made(effect) ** 2, np.ones(2 * around), "same")
    assert abs(power.argmax() / RATE_HZ - MARK_S[effect]) < FRAME_S


@EVERY
def test_it_hums_not_and_hisses_not(effect: Effect) -> None:
    samples = _made(effect)
    power = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    assert power[hz < 100].sum() < 0.02 * power.sum()
    assert power[hz > 10_000].sum() < 0.05 * power.sum()
    assert abs(samples.mean()) < 1e-3


def test_a_pop_is_over_at_once() -> None:
    pop = np.square(_made(Effect.POP))
    assert pop[: len(pop) // 3].sum() > 0.95 * pop.sum()


def test_a_whoosh_swells_brightens_and_goes_faster_than_it_came() -> None:
    whoosh = _made(Effect.WHOOSH)
    mark = round(MARK_S[Effect.WHOOSH] * RATE_HZ)
    came, gone = mark, len(whoosh) - mark
    assert came > gone
    third = len(whoosh) // 3
    begin, middle, end = (_centre_hz(whoosh[at : at + third]) for at in (0, third, 2 * third))
    assert middle > 1.3 * begin
    assert middle > 1.3 * end
    smooth = np.convolve(_levels_db(whoosh, 0.06), np.ones(1), "same")
    top = int(smooth.argmax())
    assert all(b > a - 1.5 for a, b in pairwise(smooth[: top + 1])), "no stumble on the way up"
    assert all(b < a + 1.5 for a, b in pairwise(smooth[top:]))


def test_a_bells_partials_die_the_sooner_the_higher_they_are() -> None:
    ding = _made(Effect.DING)
    length = RATE_HZ // 10
    early, late = ding[length : 2 * length], ding[4 * length : 5 * length]
    assert _centre_hz(early) > _centre_hz(late) == pytest.approx(1318.5, rel=0.03)
    falls = np.diff(_levels_db(ding, 0.1)[:-1])
    assert (falls < 0).all(), "it rings out evenly, and doesn't beat"


def test_a_rise_climbs_in_level_and_in_pitch_to_its_end() -> None:
    riser = _made(Effect.RISER)
    quarters = np.array_split(riser, 4)
    levels = [float(10 * np.log10(np.mean(one**2))) for one in quarters]
    assert all(b > a + 3 for a, b in pairwise(levels))
    assert all(b > a for a, b in pairwise(map(_centre_hz, quarters)))


@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_loudness_is_what_the_recommendation_says(rate_hz: int) -> None:
    t = np.arange(3 * rate_hz) / rate_hz
    assert speech_db(np.sin(2 * np.pi * 997 * t), rate_hz) == pytest.approx(-3.01, abs=0.05)
    half = np.concatenate([0.1 * np.sin(2 * np.pi * 997 * t), np.zeros(3 * rate_hz)])
    assert speech_db(half, rate_hz) == pytest.approx(-23.01, abs=0.4), "silence doesn't count"
    assert speech_db(np.zeros(rate_hz), rate_hz) is None
