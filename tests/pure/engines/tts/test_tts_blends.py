"""Voices mixed of several: how they are typed, their one name, and the mean of their styles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.engines.tts.blends import Share, is_blend, mixed, name_of, shares_of

NAMES = st.sampled_from(["af_heart", "af_bella", "bm_george", "am_michael"])


@pytest.mark.parametrize(
    "typed",
    [
        "af_heart*0.6+af_bella*0.4",
        "0.6*af_heart + 0.4*af_bella",
        "af_bella(2)+af_heart(3)",
        "af_bella*40 + af_heart * 60.",
        "af_heart*.3+af_bella*.4+af_heart*.3",
    ],
)
def test_it_is_read_as_others_write_it(typed: str) -> None:
    assert is_blend(typed)
    assert name_of(shares_of(typed)) == "af_heart*0.6+af_bella*0.4"


def test_without_weights_all_count_the_same() -> None:
    assert shares_of("b+a") == (Share("a", 0.5), Share("b", 0.5))
    assert name_of(shares_of("c+a+b")) == "a*0.3333+b*0.3333+c*0.3333"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "+",
        "a+",
        "a**2",
        "a*b",
        "a*-1+b",
        "a*nan+b",
        "a*1e400",
        "a(0)+b",
        "a(1",
        "../a*1",
        "a*9" + "9" * 400,
    ],
)
def test_what_is_no_blend_is_said(typed: str) -> None:
    with pytest.raises(BadInput, match="no voice"):
        shares_of(typed)


@given(st.lists(st.tuples(NAMES, st.floats(0.01, 100)), min_size=1, max_size=6))
def test_a_name_is_the_same_blend_again(parts: list[tuple[str, float]]) -> None:
    shares = shares_of("+".join(f"{name}*{weight:.3f}" for name, weight in parts))
    assert sum(share.weight for share in shares) == pytest.approx(1)
    again = shares_of(name_of(shares))
    for one in again:
        same = next(share for share in shares if share.name == one.name)
        assert one.weight == pytest.approx(same.weight, abs=2e-4)


@given(st.lists(st.tuples(NAMES, st.integers(1, 9)), min_size=1, max_size=6))
def test_the_order_of_typing_does_not_count(parts: list[tuple[str, int]]) -> None:
    typed = [f"{name}({weight})" for name, weight in parts]
    assert name_of(shares_of("+".join(typed))) == name_of(shares_of("+".join(reversed(typed))))


def test_a_style_is_the_weighted_mean_of_those_that_are_mixed() -> None:
    low, high = np.zeros((3, 1, 2), np.float32), np.full((3, 1, 2), 10, np.float32)
    high[2, 0] = (20, -20)
    style = mixed([low, high], shares_of("low*3+high*1"))
    assert style.dtype == np.float32
    assert style[:, 0].tolist() == [[2.5, 2.5], [2.5, 2.5], [5.0, -5.0]]
    with pytest.raises(ValueError, match="shapes"):
        mixed([low, high[:2]], shares_of("low+high"))
