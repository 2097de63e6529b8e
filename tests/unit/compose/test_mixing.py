"""The mix as a plan and as sound: buses, automation, fades, ducking, mute and solo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers, stored
from support.edited import s, span
from support.rendered import RATE_HZ, clicks, plan_of, samples_of

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.footage import Footage
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import Level, RenderPlan
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.assets import Asset, AssetKind, Stem
from viralclip_desktop.domain.layers import EffectLayer, MusicLayer, VoiceLayer
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.mix import Bus, Ducking, LevelKey, Mix, OwnSound, dub_bus
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.media.probe import probe


@pytest.fixture
def film(tmp_path: Path) -> Source:
    path = makers.make_video(tmp_path / "film.mp4", 4.0, audio="tone")
    return stored.source(path=str(path), info=probe(path))


@pytest.fixture
def tone(tmp_path: Path) -> dict[str, Asset]:
    path = makers.make_sound(tmp_path / "tone.wav", 4.0)
    return {"tone": Asset("tone", AssetKind.MUSIC, str(path), info=probe(path))}


def planned(
    film: Source, assets: dict[str, Asset], mix: Mix, *layers: object, said: bool = False
) -> RenderPlan:
    clip = replace(stored.clip(), parts=stored.ranges((0, 3)), mix=mix, layers=layers)  # type: ignore[arg-type]
    words = (Word("Hello", s(1), s(2)),) if said else ()
    transcript = Transcript("t", "en", words, (Sentence(0, 1),) if words else ())
    plan = plan_clip(film, transcript, clip, None, assets=assets)
    return replace(plan, fade_in=ZERO, fade_out=ZERO)


def level(samples: NDArray[np.float32], at_s: float) -> float:
    """Effective value over 20 ms."""
    first = round(at_s * RATE_HZ)
    return float(np.sqrt((samples[first : first + 960, 0] ** 2).mean()))


MUSIC = MusicLayer("m", "tone", span(0, 3))
VOICE = VoiceLayer("v", "tone", span(1, 2))
QUIET = Mix(speech=Bus(mute=True))


def test_a_plain_mix_changes_nothing(film: Source, tone: dict[str, Asset]) -> None:
    plan = planned(film, tone, Mix())
    assert plan.own_level == Level()
    bare = plan_of(Path(film.path), 0, 3)
    assert np.array_equal(samples_of(plan), samples_of(bare))


def test_a_buss_volume_adds_to_its_layers(film: Source, tone: dict[str, Asset]) -> None:
    plain = samples_of(planned(film, tone, QUIET, MUSIC))
    lower = samples_of(planned(film, tone, replace(QUIET, music=Bus(-6.0)), MUSIC))
    twice = samples_of(planned(film, tone, replace(QUIET, music=Bus(-6.0)), replace(MUSIC, volume_db=-6.0)))
    assert level(lower, 1) / level(plain, 1) == pytest.approx(10 ** (-6 / 20), rel=0.01)
    assert level(twice, 1) / level(plain, 1) == pytest.approx(10 ** (-12 / 20), rel=0.01)


def test_automation_moves_evenly_between_its_keys(film: Source, tone: dict[str, Asset]) -> None:
    bus = Bus(automation=(LevelKey(s(1), 0.0), LevelKey(s(2), -20.0)))
    moved = planned(film, tone, replace(QUIET, music=bus), MUSIC)
    heard, plain = samples_of(moved), level(samples_of(planned(film, tone, QUIET, MUSIC)), 1)
    for at_s, wanted_db in ((0.5, 0), (1.25, -5), (1.5, -10), (2.5, -20)):
        assert 20 * np.log10(level(heard, at_s) / plain) == pytest.approx(wanted_db, abs=0.6), at_s
    later = samples_of(moved, Window(round(1.2 * plan_fps(moved)), round(3 * plan_fps(moved))))
    assert level(later, 0.3) == pytest.approx(level(heard, 1.5), rel=0.03)


def plan_fps(plan: RenderPlan) -> float:
    return float(plan.fps)


def test_the_speech_bus_has_automation_and_fades_too(film: Source, tone: dict[str, Asset]) -> None:
    bus = Bus(automation=(LevelKey(s(1.4), 0.0), LevelKey(s(1.6), -40.0)), fade_in=s(0.5))
    heard = samples_of(planned(film, tone, Mix(speech=bus)))
    assert level(heard, 0.02) < 0.2 * level(heard, 1.0)
    assert level(heard, 2.0) < 0.02 * level(heard, 1.0)
    assert len(heard) == 3 * RATE_HZ


@pytest.mark.parametrize(
    ("mix", "own", "sounds"),
    [
        (Mix(), True, 3),
        (Mix(speech=Bus(mute=True)), False, 3),
        (Mix(music=Bus(mute=True)), True, 2),
        (Mix(music=Bus(solo=True)), False, 1),
        (Mix(music=Bus(solo=True), effects=Bus(solo=True)), False, 2),
        (Mix(dub={"th": Bus(solo=True)}), False, 0),
        (Mix(voice=Bus(-60.0)), True, 2),
    ],
)
def test_mute_and_solo(film: Source, tone: dict[str, Asset], mix: Mix, own: bool, sounds: int) -> None:
    plan = planned(film, tone, mix, MUSIC, VOICE, EffectLayer("e", "tone", span(0, 1)))
    assert plan.has_own_sound is own
    assert len(plan.sounds) == sounds


def test_music_goes_down_under_speech_and_voices_as_far_as_the_mix_or_the_song_says(
    film: Source, tone: dict[str, Asset]
) -> None:
    [plain] = planned(film, tone, Mix(), MUSIC, said=True).sounds
    assert [duck.depth_db for duck in plain.bus.ducks] == [-12.0]
    own = planned(film, tone, Mix(), replace(MUSIC, duck_db=-20.0), VOICE, said=True).sounds[0]
    [duck] = own.bus.ducks
    assert duck.depth_db == -20.0
    assert duck.talk == (span(1, 2),), "a voice and a word at one time are one talk"
    assert planned(film, tone, Mix(), replace(MUSIC, duck_db=0.0), said=True).sounds[0].bus.ducks == ()
    assert planned(film, tone, replace(QUIET), MUSIC, said=True).sounds[0].bus.ducks == (), "nobody is heard"


def test_a_dub_plays_over_the_speech_and_pushes_it_down(film: Source, tone: dict[str, Asset]) -> None:
    thai = VoiceLayer("t", "tone", span(1, 2), volume_db=-60.0, language="th")
    mix = Mix(ducking=(Ducking("speech", dub_bus("th"), -18.0),))
    heard, plain = samples_of(planned(film, tone, mix, thai)), samples_of(planned(film, tone, Mix()))
    assert 20 * np.log10(level(heard, 1.5) / level(plain, 1.5)) == pytest.approx(-18, abs=0.7)
    assert level(heard, 0.5) == pytest.approx(level(plain, 0.5), rel=0.02)
    assert level(heard, 2.6) == pytest.approx(level(plain, 2.6), rel=0.02)


def test_the_background_plays_in_the_place_of_the_recordings_sound(
    film: Source, tone: dict[str, Asset], tmp_path: Path
) -> None:
    sound = makers.make_sound(tmp_path / "background.wav", 4.0, "clicks")
    background = Asset("bg", AssetKind.STEM, str(sound), info=probe(sound))
    mix = Mix(own_sound=OwnSound.BACKGROUND)
    clip = replace(stored.clip(), parts=stored.ranges((0.4, 3)), mix=mix)
    without = plan_clip(film, None, clip, None)
    assert not without.has_own_sound, "rather nothing than the voices"
    known = plan_clip(None, None, clip, None, others=[Footage(film, background=Stem(background))])
    heard = samples_of(replace(known, fade_in=ZERO, fade_out=ZERO))
    assert known.has_own_sound
    assert clicks(heard) == pytest.approx([0.6, 1.6], abs=0.005)
