"""Music that is shorter than its range begins again, to the sample and without a click."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers, stored
from support.edited import span
from support.rendered import RATE_HZ, clicks, plan_of, samples_of

from viralclip_desktop.compose import looped_sound
from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import RenderPlan, SoundLayer
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.layers import MusicLayer, VoiceLayer
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.probe import probe


def under(folder: Path, path: Path, start_s: float, end_s: float, **how: object) -> RenderPlan:
    """Six silent seconds, 30 frames each, with one sound under them."""
    layer = SoundLayer(str(path), probe(path), span(start_s, end_s), **{"loop": True} | how)  # type: ignore[arg-type]
    film = makers.make_video(folder / "film.mp4", 6.0, fps="30", audio=None)
    return plan_of(film, 0, 6, sounds=(layer,))


@pytest.fixture(params=[True, False], ids=["held", "read again"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Both ways to loop, on short files."""
    if not request.param:
        monkeypatch.setattr(looped_sound, "_HELD_SAMPLES", 0)
    return bool(request.param)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("suffix", ["wav", "mp3"])
def test_clicks_go_on_in_step(tmp_path: Path, suffix: str) -> None:
    music = makers.make_sound(tmp_path / f"clicks.{suffix}", 1.5, "clicks")
    plan = under(tmp_path, music, 0.5, 5.5, source_start=Time.from_seconds(0.25))
    expected = [1.25, 1.75, 2.75, 3.25, 4.25, 4.75]  # rounds of 1.5 s, begun at 0.25 s of the file
    heard = samples_of(plan)
    assert clicks(heard, 0.1) == pytest.approx(expected, abs=0.0025)
    assert len(heard) == 6 * RATE_HZ
    assert np.abs(heard[round(5.5 * RATE_HZ) + 1 :]).max() < 1e-4


@pytest.mark.usefixtures("held")
def test_no_click_where_a_tone_begins_again(tmp_path: Path) -> None:
    """0.9037 s of 440 Hz end in the middle of a wave: without care the sound would jump."""
    tone = makers.make_sound(tmp_path / "tone.wav", 0.9037)
    heard = samples_of(under(tmp_path, tone, 0.0, 5.0))[: 5 * RATE_HZ, 0]
    assert np.abs(np.diff(heard)).max() < 0.03, "a 440 Hz tone of an eighth moves by 0.007 a sample"
    steps = heard[: len(heard) // 480 * 480].reshape(-1, 480)
    assert np.abs(steps).max(axis=1).min() > 0.05, "and no gap of 10 ms"


@pytest.mark.usefixtures("held")
def test_a_window_hears_what_the_whole_does(tmp_path: Path) -> None:
    noise = makers.make_sound(tmp_path / "noise.wav", 0.777, "noise")
    plan = under(tmp_path, noise, 0.3, 5.8)
    whole = samples_of(plan)
    for first, last in ((20, 100), (32, 33), (150, 180)):
        part = samples_of(plan, Window(first, last))
        assert np.abs(part - whole[first * 1600 : last * 1600]).max() < 1e-4


def test_off_it_ends(tmp_path: Path) -> None:
    music = makers.make_sound(tmp_path / "clicks.wav", 1.5, "clicks")
    heard = samples_of(under(tmp_path, music, 0.0, 5.0, loop=False))
    assert clicks(heard, 0.1) == pytest.approx([0.0, 1.0], abs=0.0025)


def test_music_loops_unless_it_is_told_not_to(tmp_path: Path) -> None:
    tone = str(makers.make_sound(tmp_path / "tone.wav", 1.0))
    layers = (
        MusicLayer("a", "tone", span(0, 5)),
        MusicLayer("b", "tone", span(0, 5), loop=False),
        VoiceLayer("c", "tone", span(0, 5)),
    )
    clip = replace(stored.clip(), layers=layers, captions_on=False)
    assets = {"tone": Asset("tone", AssetKind.MUSIC, tone, info=examine(Path(tone)))}
    plan = plan_clip(stored.source(), None, clip, None, assets=assets)
    assert [sound.loop for sound in plan.sounds] == [True, False, False]
