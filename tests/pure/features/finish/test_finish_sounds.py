"""The sound effects: what they are like, by their samples."""

from __future__ import annotations

import numpy as np
import pytest

from viralclip_desktop.features.finish.sounds import LENGTH_S, RATE_HZ, Effect, make_effect


@pytest.mark.parametrize("effect", list(Effect))
def test_an_effect_is_as_long_as_said_begins_and_ends_in_silence_and_never_clips(effect: Effect) -> None:
    samples = make_effect(effect)
    assert len(samples) == round(LENGTH_S[effect] * RATE_HZ)
    assert abs(samples[0]) < 1e-3
    assert abs(samples[-1]) < 1e-3
    assert np.abs(samples).max() == pytest.approx(0.7, abs=1e-3)
    assert np.array_equal(samples, make_effect(effect))


def test_a_pop_is_over_at_once_and_a_whoosh_is_loudest_in_its_middle() -> None:
    pop, whoosh = (np.square(make_effect(effect)) for effect in (Effect.POP, Effect.WHOOSH))
    assert pop[: len(pop) // 2].sum() > 0.95 * pop.sum()
    third = len(whoosh) // 3
    assert whoosh[third : 2 * third].sum() > 0.5 * whoosh.sum()
