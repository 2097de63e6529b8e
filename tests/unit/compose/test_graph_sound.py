"""What a clip lets hear, when: clicks at known times through the graph."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import RATE_HZ, clicks, make_numbered, plan_of, playing, samples_of

from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import LoudnessPlan, parts_of_file
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.media.run import input_args, run_ffmpeg

NTSC = Fraction(30000, 1001)


def a_recording(kind: str, folder: Path) -> Path:
    if kind in ("click.mp3", "click.flac", "click.m4a", "click.wav"):
        return makers.make_sound(folder / kind, 8.0, "clicks")
    film = make_numbered(folder / "film.mp4")
    if kind == "film.mp4":
        return film
    out = folder / kind
    codec = ["-c:v", "copy", "-c:a", "libopus"] if kind.endswith(".mkv") else ["-c", "copy"]
    run_ffmpeg([*input_args(film), *codec, str(out)])
    return out


@pytest.mark.parametrize(
    "kind", ["film.mp4", "film.mkv", "click.mp3", "click.flac", "click.m4a", "click.wav"]
)
@pytest.mark.parametrize("gain_db", [None, 0.0])
def test_sound_is_where_it_was(kind: str, gain_db: float | None, tmp_path: Path) -> None:
    plan = plan_of(a_recording(kind, tmp_path), 2.5, 6.5, loudness=LoudnessPlan(gain_db=gain_db))
    assert clicks(samples_of(plan)) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.002)


def test_mpeg_ts_keeps_sound_and_picture_together(tmp_path: Path) -> None:
    """The container starts with the sound, 23 ms before the picture: source time counts from there."""
    plan = plan_of(a_recording("film.ts", tmp_path), 2.5, 6.5)
    lead_s = 2 * 1024 / 44100 if plan.recordings[0].info.audio[0].rate_hz == 44100 else 1024 / RATE_HZ
    assert clicks(samples_of(plan))[0] == pytest.approx(0.5 + lead_s, abs=0.006)


@pytest.mark.parametrize("fps", [Fraction(30), NTSC, Fraction(24000, 1001)])
def test_sound_is_as_long_as_the_picture_to_the_sample(fps: Fraction, tmp_path: Path) -> None:
    plan = plan_of(a_recording("film.mp4", tmp_path), 1.017, 5.3, fps=fps)
    assert len(samples_of(plan)) == plan.duration.samples(RATE_HZ)
    [file] = plan.recordings
    muted = replace(plan, parts=parts_of_file(file.path, file.info, None, *plan.kept))
    assert len(samples_of(muted)) == plan.duration.samples(RATE_HZ)


def test_a_window_sounds_like_its_part_of_the_whole(tmp_path: Path) -> None:
    plan = plan_of(a_recording("film.mp4", tmp_path), 2.5, 6.5, fps=NTSC, loudness=LoudnessPlan(gain_db=3.0))
    all_of_it, first = samples_of(plan), Time.from_frames(47, NTSC).samples(RATE_HZ)
    window = samples_of(plan, Window(47, plan.frame_count))
    assert len(window) == len(all_of_it) - first
    assert np.abs(window - all_of_it[first:]).max() < 0.02


def test_late_sound_and_holes_are_silence_in_place(tmp_path: Path) -> None:
    late = plan_of(makers.make_late_sound(tmp_path / "late.mp4"), 0.0, 3.0)
    assert clicks(samples_of(late)) == pytest.approx([0.5, 1.5, 2.5], abs=0.003)
    hole = plan_of(makers.make_gap_in_sound(tmp_path / "hole.mkv"), 0.5, 5.0)
    assert clicks(samples_of(hole)) == pytest.approx([0.5, 3.5], abs=0.03)


@pytest.mark.parametrize("layout", ["5.1", "mono"])
def test_every_layout_reaches_both_ears(layout: str, tmp_path: Path) -> None:
    plan = plan_of(makers.make_sound(tmp_path / "tone.wav", 2.0, layout), 0.2, 1.8)
    loud = np.abs(samples_of(plan)).max(axis=0)
    assert min(loud) > 0.05
    assert loud[0] == pytest.approx(loud[1], rel=0.01)


def test_the_centre_of_surround_sound_is_kept(tmp_path: Path) -> None:
    extra = ("-af", "pan=5.1|FC=c0")
    plan = plan_of(makers.make_sound(tmp_path / "voice.wav", 2.0, "mono", extra=extra), 0.2, 1.8)
    assert np.abs(samples_of(plan)).max(axis=0).min() > 0.05


@pytest.mark.parametrize("channels", [4, 12, 16])
def test_a_recorder_with_many_microphones_is_heard(channels: int, tmp_path: Path) -> None:
    extra = ("-af", f"pan={channels}c|c{channels - 2}=c0")
    plan = plan_of(makers.make_sound(tmp_path / "services.wav", 2.0, "mono", extra=extra), 0.2, 1.8)
    assert np.abs(samples_of(plan)).max(axis=0).min() > 0.015


def test_fades_end_in_silence_without_a_click(tmp_path: Path) -> None:
    fades = {"fade_in": Time.from_seconds(0.04), "fade_out": Time.from_seconds(0.25)}
    sound = samples_of(plan_of(makers.make_sound(tmp_path / "tone.wav", 4.0), 1.0, 3.0, **fades))[:, 0]
    assert np.abs(sound[:20]).max() < 0.01
    assert np.abs(sound[-20:]).max() < 0.01
    assert np.abs(sound[RATE_HZ // 10 : -RATE_HZ // 3]).max() == pytest.approx(0.088, abs=0.005)


def test_the_limiter_holds_peaks_under_its_ceiling(tmp_path: Path) -> None:
    noise = makers.make_sound(tmp_path / "noise.wav", 3.0, "noise")
    sound = samples_of(plan_of(noise, 0.5, 2.5, loudness=LoudnessPlan(gain_db=24.0, ceiling_dbtp=-2.0)))
    assert 10 ** (-3 / 20) < np.abs(sound).max() <= 10 ** (-1.8 / 20)


def test_sound_of_several_kept_ranges(tmp_path: Path) -> None:
    kept = (TimeRange.from_seconds(0.5, 1.5), TimeRange.from_seconds(3.75, 4.75))
    plan = playing(plan_of(a_recording("film.mp4", tmp_path), 0, 1), *kept)
    assert clicks(samples_of(plan)) == pytest.approx([0.5, 1.25], abs=0.002)
