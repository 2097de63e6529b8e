"""A dub in a clip's mix: what goes down under it, how far, and how fast."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers, stored
from support.edited import s, span
from support.rendered import RATE_HZ, samples_of

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.mixing import DubSound
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.assets import Asset, AssetKind, Stem
from viralclip_desktop.domain.audio_config import UNDER_DUB_DB, DubMode, dubbed
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.mix import MUSIC, SPEECH, Bus, Ducking, Mix
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.media.probe import probe

SONG = MusicLayer("m", "tone", span(0, 5))
TALK = (span(2, 3),)


@pytest.fixture
def film(tmp_path: Path) -> Source:
    path = makers.make_video(tmp_path / "film.mp4", 5.0, audio="tone")
    return stored.source(path=str(path), info=probe(path))


@pytest.fixture
def sounds(tmp_path: Path) -> dict[str, Asset]:
    made = {"tone": makers.make_sound(tmp_path / "tone.wav", 5.0)}
    made["still"] = makers.make_sound(tmp_path / "still.wav", 5.0, "silence")
    return {name: Asset(name, AssetKind.MUSIC, str(path), info=probe(path)) for name, path in made.items()}


def planned(
    film: Source,
    sounds: dict[str, Asset],
    mix: Mix,
    *layers: MusicLayer,
    backgrounds: dict[str, Stem] | None = None,
    ranges: tuple[tuple[float, float], ...] = ((0, 5),),
) -> RenderPlan:
    """Five seconds in which somebody spoke at 0.5 s, and a silent dub that speaks from 2 to 3 s."""
    clip = replace(stored.clip(), parts=stored.ranges(*ranges), mix=mix, layers=layers)
    transcript = Transcript("t", "en", (Word("Hello", s(0.4), s(0.6)),), (Sentence(0, 1),))
    still = sounds["still"]
    assert still.info is not None
    dub = DubSound("es", still.path, still.info, TALK)
    plan = plan_clip(film, transcript, clip, None, assets=sounds, backgrounds=backgrounds, dub=dub)
    return replace(plan, fade_in=ZERO, fade_out=ZERO)


def curve_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The level of every 20 ms against that of the third half second, when nobody speaks."""
    levels = np.sqrt((samples[:, 0].reshape(-1, RATE_HZ // 50) ** 2).mean(axis=1))
    return 20 * np.log10(np.maximum(levels, 1e-9) / levels[60:75].mean())


def at(curve: NDArray[np.float64], at_s: float) -> float:
    return float(curve[round(at_s * 50)])


@pytest.mark.parametrize(("depth_db", "attack_s", "release_s"), [(-12.0, 0.15, 0.4), (-20.0, 0.5, 1.0)])
def test_music_makes_room_for_the_new_voice_as_it_did_for_the_old(
    film: Source, sounds: dict[str, Asset], depth_db: float, attack_s: float, release_s: float
) -> None:
    ducking = (Ducking(MUSIC, SPEECH, depth_db, attack_s, release_s),)
    mix = dubbed(Mix(speech=Bus(mute=True), ducking=ducking), "es", DubMode.REPLACE)
    curve = curve_db(samples_of(planned(film, sounds, mix, SONG)))
    assert at(curve, 0.5) == pytest.approx(0, abs=0.5), "nobody is heard there any more"
    assert at(curve, 2 - attack_s - 0.04) == pytest.approx(0, abs=0.5), "not before the attack"
    assert at(curve, 2 - attack_s / 2) == pytest.approx(depth_db / 2, abs=2), "half way down"
    for moment in (2.02, 2.5, 2.96):
        assert at(curve, moment) == pytest.approx(depth_db, abs=1), "down from the first word to the last"
    assert at(curve, 3 + release_s / 2) == pytest.approx(depth_db / 2, abs=2), "half way up"
    assert at(curve, 3 + release_s + 0.04) == pytest.approx(0, abs=0.5), "up again after the release"


def test_the_original_goes_down_under_a_voice_laid_over_it(film: Source, sounds: dict[str, Asset]) -> None:
    curve = curve_db(samples_of(planned(film, sounds, dubbed(Mix(), "es", DubMode.OVERLAY))))
    assert at(curve, 2.5) == pytest.approx(UNDER_DUB_DB, abs=1)
    assert at(curve, 1.5) == pytest.approx(0, abs=0.5)
    assert at(curve, 3.6) == pytest.approx(0, abs=0.5), "in the gaps it is as loud as it was"


def test_the_background_stays_at_the_recordings_own_level(film: Source, sounds: dict[str, Asset]) -> None:
    mix = dubbed(Mix(), "es", DubMode.REPLACE)
    tone = sounds["tone"]
    bare = samples_of(planned(film, sounds, mix))
    assert np.abs(bare).max() == 0, "rather nothing than the voices"
    heard = samples_of(planned(film, sounds, mix, backgrounds={film.asset_id: Stem(tone)}))
    assert np.abs(curve_db(heard)[1:-1]).max() < 0.2, "it is not pushed down either"
    own = samples_of(planned(film, sounds, Mix()))
    assert np.abs(heard).max() == pytest.approx(np.abs(own).max(), rel=0.05)


@pytest.mark.parametrize(
    ("ranges", "clicks_s"), [(((0, 5),), [1.5, 2.5, 3.5]), (((0, 2.2), (3, 5)), [1.5, 2.7])]
)
def test_a_background_of_a_stretch_plays_where_the_stretch_lies(
    film: Source,
    sounds: dict[str, Asset],
    tmp_path: Path,
    ranges: tuple[tuple[float, float], ...],
    clicks_s: list[float],
) -> None:
    clicks = makers.make_sound(tmp_path / "clicks.flac", 3.0, "clicks")
    stem = {film.asset_id: Stem(Asset("bg", AssetKind.STEM, str(clicks), info=probe(clicks)), s(1.5))}
    mix = dubbed(Mix(), "es", DubMode.REPLACE)
    heard = samples_of(planned(film, sounds, mix, backgrounds=stem, ranges=ranges))[:, 0]
    loud = np.flatnonzero(np.abs(heard) > 0.1) / RATE_HZ
    starts = [loud[0], *(after for before, after in pairwise(loud) if after - before > 0.5)]
    assert starts == pytest.approx(clicks_s, abs=0.002)
