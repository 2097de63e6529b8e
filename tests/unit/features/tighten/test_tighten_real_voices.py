"""Tightening in voices that sound real, with what a real recogniser hears of them: fillers that it wrote,
fillers that it left out, and that no word is hurt by either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support.kokoro import real_kokoro
from support.real_voices import heard_by_whisper, is_filler, kokoro_talk
from support.speech import RATE_HZ
from support.tight_talk import Placed, TightTalk, f1, share_cut, tightened

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.levels import Levels
from viralclip_desktop.features.tighten.lists import load_lists
from viralclip_desktop.features.tighten.plan import Heard, PlannedCut, plan_cuts

pytestmark = [pytest.mark.real, pytest.mark.models]

TALK = (
    0.5,
    "Today we talk, um, about bridges, uh, and about how they fall.",
    1.4,
    "One of them said, um, that the whole thing would break.",
    1.2,
    "I went to the river with, uh, my three brothers.",
    0.4,
    "Uh, that was the list of all our costs.",
    1.0,
)
PAUSES = 2
"""How many of the pauses between sentences are dead air."""


@dataclass(frozen=True)
class RealTalk:
    """A talk, and what Whisper hears of it: asked for fillers, and as it is used otherwise."""

    talk: TightTalk
    verbatim: tuple[Word, ...]
    plain: tuple[Word, ...]

    @property
    def without_fillers(self) -> tuple[Word, ...]:
        """The words as heard by a recogniser that leaves all fillers out."""
        return tuple(word for word in self.plain if not is_filler(word.text))


@pytest.fixture(scope="module", params=["af_heart", "am_michael"])
def real(
    request: pytest.FixtureRequest, real_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> RealTalk:
    scratch = tmp_path_factory.mktemp("real")
    talk = kokoro_talk(TALK, real_kokoro(real_models, scratch), scratch, request.param)
    verbatim, plain = (
        heard_by_whisper(talk, real_models, scratch, verbatim=asked) for asked in (True, False)
    )
    return RealTalk(talk, verbatim, plain)


def plan(talk: TightTalk, words: Sequence[Word], strength: float = 0.5) -> list[PlannedCut]:
    heard = Heard(words, load_lists("en"), talk.levels(), talk.between, Fraction(30))
    return plan_cuts(heard, strength)


def fillers_in(cuts: Sequence[PlannedCut]) -> list[TimeRange]:
    return [cut.range for cut in cuts if cut.kind == "filler"]


def test_fillers_that_were_written_down_go(real: RealTalk) -> None:
    written, others = [], []
    for one in real.talk.of("filler"):
        near = (word for word in real.verbatim if is_filler(word.text))
        told = any(word.start.seconds < one.end_s and one.start_s < word.end.seconds for word in near)
        (written if told else others).append(one)
    assert len(written) >= 4, "else this says nothing"
    cuts = fillers_in(plan(real.talk, real.verbatim))
    counted = [cut for cut in cuts if all(share_cut(one, [cut]) < 0.5 for one in others)]
    assert f1(written, counted) >= 0.9


def test_fillers_that_were_left_out_go(real: RealTalk) -> None:
    cuts = plan(real.talk, real.without_fillers)
    assert f1(real.talk.of("filler"), fillers_in(cuts)) >= 0.7


@pytest.mark.parametrize("strength", [0.5, 1.0])
@pytest.mark.parametrize("heard", ["verbatim", "plain", "without_fillers"])
def test_no_word_is_hurt_and_dead_air_goes(real: RealTalk, heard: str, strength: float) -> None:
    talk, levels = real.talk, real.talk.levels()
    cuts = [cut.range for cut in plan(talk, getattr(real, heard), strength)]
    spoken = [_to_its_end(one, levels) for one in talk.of("say")]
    for said in spoken:
        lost = sum(levels.sounding_s(*_overlap(said, cut)) for cut in cuts)
        assert lost <= 0.01, said.item.text
    assert sum(share_cut(one, cuts) >= 0.4 for one in talk.of("pause")) >= PAUSES
    after, _ = tightened(talk.samples, cuts)
    for said in spoken:
        assert abs(_change_db(talk, after, cuts, said)) <= 1.0, said.item.text


def _to_its_end(said: Placed, levels: Levels) -> Placed:
    """What is said up to its last sound that is no click."""
    sounds = [end for start, end in levels.sound_runs() if end - start >= 0.05 and start < said.end_s]
    return replace(said, end_s=min(said.end_s, sounds[-1]))


def _overlap(said: Placed, cut: TimeRange) -> tuple[float, float]:
    start_s = max(said.start_s, cut.start.seconds)
    return start_s, max(start_s, min(said.end_s, cut.end.seconds))


def _change_db(talk: TightTalk, after: np.ndarray, cuts: Sequence[TimeRange], said: Placed) -> float:
    """How much quieter the last 120 ms of what is said have become."""
    length, end = round(0.12 * RATE_HZ), round(said.end_s * RATE_HZ)
    earlier = sum(
        cut.end.samples(RATE_HZ) - cut.start.samples(RATE_HZ) for cut in cuts if cut.end.seconds < said.end_s
    )
    now = end - earlier
    powers = [np.sum(one**2) for one in (talk.samples[end - length : end], after[now - length : now])]
    return float(10 * np.log10(powers[0] / powers[1]))
