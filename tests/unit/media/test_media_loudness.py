"""Loudness, measured on the encoded sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import RATE_HZ, plan_of, playing, sound_of

from viralclip_desktop.compose.plan import Bookend, Level
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.media.loudness import (
    SILENT,
    Levelled,
    Loudness,
    level,
    measure,
    measured,
    parse_meter,
    remembered,
)

SYLLABLES = "(0.25+0.75*abs(sin(3*t)))*gt(mod(t,1.7),0.35)"
VOICE = f"aevalsrc='{SYLLABLES}*(0.5*sin(2*PI*160*t)+0.25*sin(2*PI*900*t)+0.12*random(0))':s=48000:d=8"


def a_voice(path: Path, gain_db: float) -> Path:
    """Something that swells and pauses like speech, at any level; clipped when it is too loud."""
    filters = f"volume={gain_db}dB,aformat=sample_fmts=s16:channel_layouts=stereo"
    return makers.made_once(["-f", "lavfi", "-i", VOICE, "-af", filters], path)


def levelled(path: Path, work: Path, **changes: object) -> Levelled:
    work.mkdir(exist_ok=True)
    fades = {"fade_in": Time.from_seconds(0.04), "fade_out": Time.from_seconds(0.25)}
    return level(plan_of(path, 0.5, 7.5, **fades, **changes), work, work / "memory")


@pytest.mark.parametrize("gain_db", [-50, -20, 0, 12, 30])
def test_every_level_is_brought_to_the_target(gain_db: float, tmp_path: Path) -> None:
    found = levelled(a_voice(tmp_path / "voice.wav", gain_db), tmp_path / "work")
    encoded = measure(found.path)
    assert encoded == found.loudness
    assert encoded.integrated_lufs == pytest.approx(-14, abs=0.2)
    assert encoded.true_peak_dbtp is not None
    assert encoded.true_peak_dbtp <= -1


def test_the_sound_is_as_long_as_ordered(tmp_path: Path) -> None:
    found = levelled(a_voice(tmp_path / "voice.wav", -10), tmp_path / "work")
    samples = sound_of(found.path)
    assert 7 * RATE_HZ <= len(samples) <= 7 * RATE_HZ + 1024
    assert np.abs(samples[7 * RATE_HZ - 30 : 7 * RATE_HZ]).max() < 0.02


def test_lone_cracks_keep_their_peaks_in_bounds(tmp_path: Path) -> None:
    found = levelled(makers.make_sound(tmp_path / "clicks.wav", 8.0, "clicks"), tmp_path / "work")
    assert found.loudness.true_peak_dbtp is not None
    assert found.loudness.true_peak_dbtp <= -1


def test_silence_is_left_alone(tmp_path: Path) -> None:
    found = levelled(makers.make_sound(tmp_path / "quiet.wav", 8.0, "silence"), tmp_path / "work")
    assert found.loudness == SILENT
    assert found.plan.gain_db is None
    assert np.abs(sound_of(found.path)).max() < 0.001


def test_no_sound_at_all_becomes_a_silent_track(tmp_path: Path) -> None:
    found = levelled(makers.make_video(tmp_path / "mute.mp4", 8.0, audio=None), tmp_path / "work")
    assert found.loudness == SILENT
    assert len(sound_of(found.path)) >= 7 * RATE_HZ


def test_what_was_found_is_remembered_for_the_preview(tmp_path: Path) -> None:
    voice = a_voice(tmp_path / "voice.wav", -20)
    plan = plan_of(voice, 0.5, 7.5)
    (tmp_path / "work").mkdir()
    assert remembered(plan, tmp_path / "memory") == plan
    found = level(plan, tmp_path / "work", tmp_path / "memory")
    assert remembered(plan, tmp_path / "memory").loudness == found.plan
    assert found.plan.gain_db is not None
    trimmed = plan_of(voice, 1.5, 7.5)
    softer = replace(plan, own_level=Level(-6.0))
    assert remembered(trimmed, tmp_path / "memory") == trimmed
    assert remembered(softer, tmp_path / "memory") == softer


def test_a_spoilt_memory_is_no_trouble(tmp_path: Path) -> None:
    plan = plan_of(a_voice(tmp_path / "voice.wav", -20), 0.5, 7.5)
    [file] = plan.recordings
    (tmp_path / "work").mkdir()
    level(plan, tmp_path / "work", tmp_path / "memory")
    for file in (tmp_path / "memory").iterdir():
        file.write_text("{", encoding="utf-8")
    assert remembered(plan, tmp_path / "memory") == plan


def test_a_wrong_gain_from_memory_is_corrected(tmp_path: Path) -> None:
    voice = a_voice(tmp_path / "voice.wav", -20)
    plan = plan_of(voice, 0.5, 7.5)
    (tmp_path / "work").mkdir()
    wrong = replace(plan, loudness=replace(plan.loudness, gain_db=2.0))
    assert level(wrong, tmp_path / "work").loudness.integrated_lufs == pytest.approx(-14, abs=0.2)


def test_reading_the_meter() -> None:
    log = "x Summary:\n  Integrated loudness:\n    I:    -21.0 LUFS\n  True peak:\n    Peak:   -1.9 dBFS"
    assert parse_meter(log) == Loudness(-21.0, -1.9)
    assert parse_meter(log.replace("-21.0", "-70.0").replace("-1.9", "-inf")) == SILENT
    assert parse_meter("nothing here") == SILENT


def test_the_preview_gets_the_gain_of_the_export(tmp_path: Path) -> None:
    plan = plan_of(a_voice(tmp_path / "voice.wav", -20), 0.5, 7.5)
    work, memory = tmp_path / "work", tmp_path / "memory"
    found = measured(plan, work, memory)
    assert found.loudness.gain_db is not None
    assert [entry.name for entry in work.iterdir()] == [], "nothing of the measuring is left"
    assert level(plan, work, memory).plan == found.loudness, "the export takes what was measured"
    for entry in memory.iterdir():
        entry.write_text('{"target_lufs": -14.0, "ceiling_dbtp": -2.0, "gain_db": 4.5}', encoding="utf-8")
    assert measured(plan, work, memory).loudness.gain_db == 4.5, "what is known is not measured again"


def test_silence_is_measured_once(tmp_path: Path) -> None:
    plan = plan_of(makers.make_sound(tmp_path / "quiet.wav", 8.0, "silence"), 0.5, 7.5)
    assert measured(plan, tmp_path / "work", tmp_path / "memory").loudness.gain_db is None
    assert len(list((tmp_path / "memory").iterdir())) == 1


def test_another_file_in_its_place_is_measured_anew(tmp_path: Path) -> None:
    voice = a_voice(tmp_path / "voice.wav", -20)
    plan = plan_of(voice, 0.5, 7.5)
    before = measured(plan, tmp_path / "work", tmp_path / "memory").loudness.gain_db
    a_voice(tmp_path / "softer.wav", -32).replace(voice)
    after = measured(plan_of(voice, 0.5, 7.5), tmp_path / "work", tmp_path / "memory").loudness.gain_db
    assert before is not None
    assert after is not None
    assert after - before == pytest.approx(12, abs=1)


def test_only_what_is_heard_makes_another_sound(tmp_path: Path) -> None:
    plan = plan_of(a_voice(tmp_path / "voice.wav", -20), 0.5, 7.5)
    [file] = plan.recordings
    assert plan.heard == replace(plan, centre_x=0.2, loudness=replace(plan.loudness, gain_db=3.0)).heard
    for other in (
        playing(plan, TimeRange.from_seconds(1, 7.5)),
        replace(plan, own_level=Level(-3.0)),
        replace(plan, outro=Bookend(file.path, file.info)),
    ):
        assert plan.heard != other.heard


def test_a_softened_recording_is_levelled_all_the_same(tmp_path: Path) -> None:
    """Its own level is in the sound that is measured, and must not count twice."""
    voice = a_voice(tmp_path / "voice.wav", -20)
    (tmp_path / "work").mkdir()
    found = level(plan_of(voice, 0.5, 7.5, own_level=Level(-8.0)), tmp_path / "work")
    plain = level(plan_of(voice, 0.5, 7.5), tmp_path / "work")
    assert found.plan.gain_db is not None
    assert plain.plan.gain_db is not None
    assert found.plan.gain_db - plain.plan.gain_db == pytest.approx(8, abs=0.6)
