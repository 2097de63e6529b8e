"""Pictures over the clip, and sounds beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers, stored
from support.edited import s, span
from support.rendered import NUMBERED, RATE_HZ, clicks, frames_of, make_numbered, numbers, plan_of, samples_of

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.levels import ATTACK, RELEASE, talking
from viralclip_desktop.compose.plan import Duck, Level, Overlay, RenderPlan, SoundLayer
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.edits.clips import revolume
from viralclip_desktop.domain.layers import MusicLayer, PictureLayer, TitleMotion, VoiceLayer
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import run_ffmpeg

SIZE = Size(320, 180)
RED = np.array([255, 0, 0])


def red(path: Path, size: str = "200x100", alpha: str = "1") -> Path:
    run_ffmpeg(
        ["-f", "lavfi", "-i", f"color=c=red@{alpha}:s={size},format=rgba", "-frames:v", "1", str(path)]
    )
    return path


def over(
    path: Path, start_s: float, end_s: float, place: tuple[float, float, float], **how: object
) -> Overlay:
    x, y, width = place
    return Overlay(str(path), examine(path), span(start_s, end_s), x, y, width, **how)  # type: ignore[arg-type]


def black(folder: Path, **changes: object) -> RenderPlan:
    """Three seconds of black, 30 frames a second, without sound."""
    film = folder / "black.mp4"
    run_ffmpeg(["-f", "lavfi", "-i", f"color=c=black:s={SIZE}:r=30:d=4", "-preset", "ultrafast", str(film)])
    return plan_of(film, 0, 3, **changes)


def test_a_picture_lies_at_its_place_for_its_time(tmp_path: Path) -> None:
    plan = black(tmp_path, overlays=(over(red(tmp_path / "red.png"), 1, 2, (0.25, 0.5, 0.5)),))
    frames = frames_of(plan, SIZE).astype(int)
    assert [number for number, frame in enumerate(frames) if frame.max() > 100] == list(range(30, 60))
    rows, columns = np.nonzero(frames[40][..., 0] > 128)
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (80, 239, 90, 169)
    assert np.abs(frames[40][130, 160] - RED).max() < 6
    alone = frames_of(plan, SIZE, Window(40, 41))[0]
    assert np.abs(alone - frames[40]).max() <= 1


def test_opacity_and_fades(tmp_path: Path) -> None:
    layer = over(red(tmp_path / "red.png"), 0.5, 2.5, (0, 0, 0.5), opacity=0.5, fade=Time.from_seconds(0.5))
    frames = frames_of(black(tmp_path, overlays=(layer,)), SIZE)[:, 20, 20, 0].astype(int)
    assert frames[45] == pytest.approx(128, abs=6)
    assert frames[22] == pytest.approx(64, abs=12)
    assert frames[68] == pytest.approx(64, abs=12)
    assert (np.diff(frames[15:30]) > 0).all()
    assert frames[14] < 3 > frames[76]


def extent(frame: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, right, top and bottom of what is red."""
    rows, columns = np.nonzero(frame[..., 0] > 20)
    return int(columns.min()), int(columns.max()), int(rows.min()), int(rows.max())


def moving(folder: Path, motion: TitleMotion) -> RenderPlan:
    picture = red(folder / "red.png", "100x100")
    how = {"fade": Time.from_seconds(0.4), "motion": motion}
    return black(folder, overlays=(over(picture, 1, 2, (0.25, 0.2, 0.25), **how),))


def test_a_picture_pops_beyond_its_size_settles_and_goes(tmp_path: Path) -> None:
    plan = moving(tmp_path, TitleMotion.POP)
    frames = frames_of(plan, SIZE)
    shown = [extent(frame) for frame in frames[32:59]]
    wide = [right - left + 1 for left, right, _, _ in shown]
    assert wide[0] < 78
    assert max(wide[:12]) > 80
    assert wide[13] == 80
    assert wide[-1] < 70
    assert all(abs(left + right - 239) <= 4 for left, right, _, _ in shown), "about its middle"
    alone = frames_of(plan, SIZE, Window(35, 36))[0].astype(int)
    assert np.abs(alone - frames[35]).max() <= 2, "a still shows what the film shows"


@pytest.mark.parametrize("motion", [TitleMotion.RISE, TitleMotion.SLIDE])
def test_a_picture_comes_from_elsewhere_to_its_place(tmp_path: Path, motion: TitleMotion) -> None:
    frames = frames_of(moving(tmp_path, motion), SIZE)
    early, resting = extent(frames[33]), extent(frames[45])
    assert resting == (80, 159, 36, 115)
    moved = (early[0] - resting[0], early[2] - resting[2])
    assert moved[1] > 3 if motion is TitleMotion.RISE else moved[0] < -3


def test_clear_pixels_stay_clear_up_to_the_edge(tmp_path: Path) -> None:
    """A white disc on clear black: nothing of the black may show on white."""
    disc = tmp_path / "disc.png"
    circle = "geq=r='if(lt(hypot(X-100,Y-100),80),255,0)':g='r(X,Y)':b='r(X,Y)':a='r(X,Y)'"
    run_ffmpeg(
        ["-f", "lavfi", "-i", f"color=black:s=200x200,format=rgba,{circle}", "-frames:v", "1", str(disc)]
    )
    white = tmp_path / "white.mp4"
    run_ffmpeg(["-f", "lavfi", "-i", f"color=c=white:s={SIZE}:r=30:d=1", "-preset", "ultrafast", str(white)])
    [frame] = frames_of(
        plan_of(white, 0, 1, overlays=(over(disc, 0, 1, (0.1, 0.1, 0.23)),)), SIZE, Window(3, 4)
    )
    assert frame.min() > 245


def test_b_roll_covers_the_frame_and_shows_its_own_frames(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4", 6.0)
    layer = over(film, 1, 2, (0.3, 0.3, 1.0), source_start=Time.from_seconds(3))
    plan = black(tmp_path, overlays=(layer,))
    frames = frames_of(plan, NUMBERED)
    assert numbers(frames[30:60]) == list(range(90, 120))
    assert numbers(frames_of(plan, NUMBERED, Window(47, 48))) == [107]
    assert frames[29].max() < 30 > frames[60].max()


def test_b_roll_that_is_too_short_holds_its_last_frame(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "short.mp4", 0.5)
    plan = black(tmp_path, overlays=(over(film, 1, 2.5, (0, 0, 1.0)),))
    assert numbers(frames_of(plan, NUMBERED, Window(40, 75))) == [*range(10, 15), *[14] * 30]


def test_the_same_file_may_lie_there_several_times(tmp_path: Path) -> None:
    picture, film = red(tmp_path / "red.png"), make_numbered(tmp_path / "film.mp4", 4.0)
    places = [(0.0, 0.0, 0.1), (0.5, 0.0, 0.1), (0.5, 0.5, 0.1)]
    layers = tuple(over(picture, 0, 3, place) for place in places)
    plan = plan_of(film, 0, 3, overlays=(*layers, *(over(film, 0, 1, (0, 0.6, 0.1)),) * 2))
    [frame] = frames_of(plan, SIZE, Window(50, 51)).astype(int)
    assert all(np.abs(frame[int(180 * y) + 5, int(320 * x) + 5] - RED).max() < 8 for x, y, _ in places)


def sound(path: Path, start_s: float, end_s: float, **how: object) -> SoundLayer:
    return SoundLayer(str(path), probe(path), span(start_s, end_s), **how)  # type: ignore[arg-type]


def level(samples: NDArray[np.float32], at_s: float) -> float:
    """Effective value over 20 ms."""
    first = round(at_s * RATE_HZ)
    return float(np.sqrt((samples[first : first + 960, 0] ** 2).mean()))


def test_a_sound_begins_where_it_was_put(tmp_path: Path) -> None:
    music = makers.make_sound(tmp_path / "clicks.wav", 8.0, "clicks")
    layer = sound(music, 0.7, 2.2, source_start=Time.from_seconds(2.9))
    plan = black(tmp_path, sounds=(layer,))
    assert clicks(samples_of(plan)) == pytest.approx([0.8, 1.8], abs=0.002)
    assert len(samples_of(plan)) == plan.duration.samples(RATE_HZ)
    assert clicks(samples_of(plan, Window(30, 90))) == pytest.approx([0.8], abs=0.002)


def test_music_goes_down_before_speech_and_comes_up_after_it(tmp_path: Path) -> None:
    tone = makers.make_sound(tmp_path / "tone.wav", 4.0)
    down = Level(ducks=(Duck((span(1.0, 1.8),), -12.0, ATTACK, RELEASE),))
    layer = sound(tone, 0, 3, volume_db=-6.0, bus=down)
    plan = black(tmp_path, sounds=(layer,))
    heard = samples_of(plan)
    full = level(heard, 0.5)
    assert full == pytest.approx(
        level(samples_of(replace(plan, sounds=(replace(layer, bus=Level()),))), 0.5), rel=0.02
    )
    for at_s, share in ((0.8, 1.0), (1.0, 0.25), (1.4, 0.25), (1.78, 0.25), (1.99, 0.5), (2.25, 1.0)):
        assert level(heard, at_s) / full == pytest.approx(share, rel=0.12), at_s
    assert np.abs(np.diff(heard[:, 0])).max() < 0.01, "no steps"
    later = samples_of(plan, Window(36, 90))
    assert np.abs(later - heard[round(1.2 * RATE_HZ) :]).max() < 0.01


def test_a_layer_fades_at_both_ends(tmp_path: Path) -> None:
    tone = makers.make_sound(tmp_path / "tone.wav", 4.0)
    heard = samples_of(black(tmp_path, sounds=(sound(tone, 0.5, 2.5, fade=Time.from_seconds(0.5)),)))
    assert level(heard, 0.5) < 0.1 * level(heard, 1.5) > level(heard, 2.47)
    assert level(heard, 0.2) == 0.0 == level(heard, 2.6)


def test_layers_are_heard_with_the_clips_own_sound(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", 4.0, audio="clicks")
    tone = makers.make_sound(tmp_path / "tone.wav", 4.0)
    plan = plan_of(film, 0, 3)
    own, both = samples_of(plan), samples_of(replace(plan, sounds=(sound(tone, 0, 3),)))
    assert clicks(both, 0.3) == pytest.approx(clicks(own, 0.3), abs=0.0005)
    assert level(both, 0.5) > 0.05 > level(own, 0.5)


def test_the_clips_own_sound_is_lowered_and_left_out(tmp_path: Path) -> None:
    film, tone = makers.make_video(tmp_path / "film.mp4", 4.0), makers.make_sound(tmp_path / "t.wav", 4.0)
    source = stored.source(path=str(film), info=probe(film))
    music = MusicLayer("a", "tone", span(0, 2), volume_db=-30)
    clip = replace(stored.clip(), parts=stored.ranges((0, 2)), layers=(music,))
    assets = {"tone": Asset("tone", AssetKind.MUSIC, str(tone), info=probe(tone))}
    talk = Transcript("t", "en", (Word("Hello", s(0.2), s(1.8)),), (Sentence(0, 1),))

    def plan(volume_db: float) -> RenderPlan:
        plan = plan_clip(source, talk, revolume(clip, volume_db), None, assets=assets)
        return replace(plan, fade_in=Time(0), fade_out=Time(0))

    full, soft = (samples_of(replace(plan(volume), sounds=())) for volume in (0.0, -12.0))
    assert level(soft, 1.0) == pytest.approx(level(full, 1.0) * 10 ** (-12 / 20), rel=0.01)
    muted = plan(-75.0)
    assert muted.has_sound
    assert muted.sounds[0].bus.ducks == (), "nobody is heard talking, so the music stays up"
    assert not replace(muted, sounds=()).has_sound
    assert revolume(clip, 40.0).original_volume_db == 12.0


def test_a_clips_layers_become_a_plan(tmp_path: Path) -> None:
    picture, tone = red(tmp_path / "red.png"), makers.make_sound(tmp_path / "tone.wav", 4.0)
    layers = (
        PictureLayer("a", "picture", span(1, 2), x=0.5, width=0.2),
        MusicLayer("b", "tone", span(0, 20), volume_db=-8),
        VoiceLayer("c", "tone", span(15, 16)),
        MusicLayer("d", "gone", span(0, 20)),
    )
    clip = replace(stored.clip(), layers=layers, captions_on=False)
    words = tuple(Word(t, s(6 + n), s(6.5 + n)) for n, t in enumerate(["one", "two", "three"]))
    assets = {
        name: Asset(name, AssetKind.OTHER, str(path), info=examine(path))
        for name, path in (("picture", picture), ("tone", tone))
    }
    transcript = Transcript("x", "en", words, (Sentence(0, 3),))
    plan = plan_clip(stored.source(), transcript, clip, None, assets=assets)
    assert [(o.x, o.width, o.range) for o in plan.overlays] == [(0.5, 0.2, span(1, 2))]
    assert [one.volume_db for one in plan.sounds] == [-8, 0.0]
    [down], [] = (one.bus.ducks for one in plan.sounds)
    assert down.depth_db == -12.0
    assert len(down.talk) == 2, "spoken words and voices, captioned or not"
    assert down.talk[0].end.seconds == pytest.approx(3.25, abs=0.02)
    assert plan.words == ()


def test_short_pauses_are_talked_through() -> None:
    found = talking([span(0, 1), span(1.5, 2), span(4, 5), span(4.5, 4.6)])
    assert found == (span(0, 2), span(4, 5))
    assert talking([]) == ()
    assert talking([TimeRange(s(1), s(1))]) == (span(1, 1),)
