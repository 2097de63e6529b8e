"""The audio panel: music and voice of a clip."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers
from support.gui_bench import bench_on
from support.shown import words_on

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.domain.media import ChannelUse
from viralclip_desktop.domain.mix import MUTE_DB, NoiseReduction, VoiceTone
from viralclip_desktop.gui.audio.audio_panel import AudioPanel
from viralclip_desktop.media.locate import ffmpeg_path


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    return bench.show(AudioPanel(bench.session, bench.context, bench.pictures, bench.player))


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    path = tmp_path / "Calm bed.wav"
    command = [str(ffmpeg_path()), "-v", "error", "-f", "lavfi", "-i", "sine=220:d=2", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def _add(bench, panel, path: Path, kind: LayerKind) -> None:
    count = len(panel.cards)
    panel.add_file(path, kind)
    bench.wait(lambda: len(panel.cards) == count + 1)
    bench.settle()


def test_music_starts_with_the_clip_and_goes_down_under_speech(bench, panel, tune) -> None:
    assert not panel.empty.isHidden()
    _add(bench, panel, tune, LayerKind.MUSIC)
    (layer,) = bench.clip.layers
    assert (layer.kind, bench.session.file_of(layer.asset_id)) == (LayerKind.MUSIC, str(tune))
    assert layer.range.start == ZERO
    assert layer.range.end == bench.clip.duration, "two seconds of music loop to the end"
    assert panel.cards[layer.id].loop.isChecked()
    assert -26 <= layer.volume_db + layer.duck_db <= -18, "under speech, and still heard"
    assert layer.duck_db < 0
    assert panel.empty.isHidden()


def test_a_voice_starts_at_the_playhead(bench, panel, tune) -> None:
    bench.player.seek(Time.from_seconds(1))
    _add(bench, panel, tune, LayerKind.VOICE)
    (layer,) = bench.clip.layers
    assert layer.range.start == Time.from_seconds(1)
    assert layer.volume_db == 0


def test_level_fade_and_ducking_are_stored_and_a_drag_is_one_edit(bench, panel, tune) -> None:
    _add(bench, panel, tune, LayerKind.MUSIC)
    (card,) = panel.cards.values()
    before = len(bench.history)
    card.volume.slider.setSliderDown(True)
    card.volume.slider.sliderPressed.emit()
    for value in (-200, -150, -95):
        card.volume.slider.setValue(value)
    card.volume.slider.setSliderDown(False)
    bench.settle()
    assert bench.clip.layers[0].volume_db == -9.5
    assert len(bench.history) == before + 1
    card.volume.field.setValue(-123)
    card.fade.slider.setValue(5)
    bench.settle()
    card.ducks.click()
    bench.settle()
    (layer,) = bench.clip.layers
    assert (layer.volume_db, layer.fade, layer.duck_db) == (-12.3, Time.from_seconds(0.5), 0)
    bench.undo()
    assert card.ducks.isChecked()


def test_the_original_sound_is_lowered_in_one_edit_and_switched_off(bench, panel) -> None:
    assert panel.own.heard.isChecked()
    before = len(bench.history)
    slider = panel.own.volume.slider
    slider.setSliderDown(True)
    slider.sliderPressed.emit()
    for value in (-20, -75):
        slider.setValue(value)
    slider.setSliderDown(False)
    bench.settle()
    assert bench.clip.original_volume_db == -7.5
    assert len(bench.history) == before + 1
    panel.own.heard.click()
    bench.settle()
    assert bench.clip.original_volume_db == MUTE_DB
    assert not panel.own.volume.isVisibleTo(panel.own)
    bench.undo()
    assert panel.own.heard.isChecked()
    assert panel.own.volume.number == -7.5


def test_a_layer_is_removed_and_comes_back(bench, panel, tune) -> None:
    _add(bench, panel, tune, LayerKind.MUSIC)
    (card,) = panel.cards.values()
    card.remove.click()
    bench.settle()
    assert panel.cards == {}
    bench.undo()
    assert len(panel.cards) == 1


def test_a_file_without_sound_is_told(bench, panel, tmp_path) -> None:
    silent = tmp_path / "silent.mp4"
    source = ["-f", "lavfi", "-i", "color=c=red:s=64x64:d=1"]
    subprocess.run([str(ffmpeg_path()), "-v", "error", *source, str(silent)], check=True)
    panel.add_file(silent, LayerKind.MUSIC)
    bench.wait(lambda: bool(bench.told))
    assert bench.told == ["There is no sound in “silent.mp4”."]
    assert bench.clip.layers == ()


def test_a_missing_file_is_said_on_its_card(bench, panel, tune) -> None:
    _add(bench, panel, tune, LayerKind.MUSIC)
    tune.unlink()
    panel.show_clip(bench.clip)
    (card,) = panel.cards.values()
    assert "The file is missing" in words_on(card)


def test_another_sound_track_is_chosen_and_its_waveform_shown(qtbot, services, tmp_path: Path) -> None:
    """A recording with a silent first track: the second one is heard, and the first one can be had."""
    with bench_on(qtbot, services, makers.make_silent_first_track(tmp_path / "obs.mkv", 12.0)) as bench:
        panel = bench.show(AudioPanel(bench.session, bench.context, bench.pictures, bench.player))
        assert panel.own.track.isVisibleTo(panel.own)
        assert (panel.own.track.value, len(panel.own.track.choices)) == (1, 2)
        assert loudest(bench) > 0.05
        panel.own.track.chosen.emit(0)
        bench.wait(lambda: bench.session.loaded.source.audio_index == 0)
        bench.settle()
        assert panel.own.track.value == 0
        assert panel.own.isEnabled()
        assert loudest(bench) == 0
        assert bench.player.plan.parts[0].audio_stream == 1
        panel.own.channels.chosen.emit(ChannelUse.LEFT)
        bench.wait(lambda: bench.session.loaded.source.audio.channel_use is ChannelUse.LEFT)


def test_a_recording_with_one_mono_track_offers_no_choice(bench, panel) -> None:
    assert not panel.own.track.isVisibleTo(panel.own)


def loudest(bench) -> float:
    """Of the waveform that is shown."""
    return float(bench.session.loaded.peaks.between(TimeRange(ZERO, Time.from_seconds(10)), 50).max())


def test_a_transcript_of_another_track_is_said_and_mended_by_one_button(
    qtbot, services, test_media: Path, tmp_path: Path
) -> None:
    film = makers.make_two_voices(tmp_path / "talk.mkv", *2 * (test_media / "speech-en-11s.flac",))
    with bench_on(qtbot, services, film) as bench:
        store, source = services.store, bench.session.loaded.source
        heard = replace(store.transcript(source.id), track=source.audio_index)
        with store.transaction("Transcribe", source.project_id, undoable=False) as tx:
            tx.put_transcript(source.id, heard)
        panel = bench.show(AudioPanel(bench.session, bench.context, bench.pictures, bench.player))
        banner = panel.own.other_words
        assert not banner.isVisibleTo(panel.own)
        panel.own.track.chosen.emit(1)
        bench.wait(lambda: banner.isVisibleTo(panel.own))
        assert "The transcript is of sound track 1; track 2 is heard." in words_on(banner)
        services.settings.set(speech_engine="sphinx")
        banner.acted.emit()
        bench.wait(lambda: store.transcript(source.id).track == 1)
        bench.wait(lambda: not banner.isVisibleTo(panel.own))
        assert store.transcript(source.id).words != heard.words


def test_noise_reduction_and_a_voice_preset_are_chosen_seen_and_undone(bench, panel) -> None:
    assert (panel.own.noise.value, panel.own.tone.value) == (NoiseReduction.OFF, VoiceTone.AS_RECORDED)
    before = len(bench.history)
    panel.own.noise.button(NoiseReduction.STRONG).click()
    bench.settle()
    assert bench.clip.mix.noise is NoiseReduction.STRONG
    bench.wait(lambda: all(one.heard_from is not None for one in bench.player.plan.recordings))
    bench.wait(lambda: not panel.own.cleaning.isVisible())
    panel.own.tone.button(VoiceTone.WARM).click()
    bench.settle()
    assert bench.clip.mix.tone is VoiceTone.WARM
    assert len(bench.history) == before + 2
    bench.undo()
    bench.undo()
    assert (panel.own.noise.value, panel.own.tone.value) == (NoiseReduction.OFF, VoiceTone.AS_RECORDED)
    bench.wait(lambda: all(one.heard_from is None for one in bench.player.plan.recordings))
    panel.own.heard.click()
    bench.settle()
    assert not panel.own.noise.isVisible(), "nothing of it is heard"
