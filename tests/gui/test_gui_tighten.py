"""The tighten panel: what a strength would save, the cuts it makes, each of them heard and brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from support.gui_bench import Bench, bench_on
from support.rhythm import drums, write_wav
from support.tight_talk import filler, film_of, pause, say, talk_of

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.edits.new_layers import new_layer
from viralclip_desktop.domain.edits.tightening import is_made, listed
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.domain.transcript import Sentence, Transcript
from viralclip_desktop.features.common.assets import layer_file
from viralclip_desktop.gui.tighten.tighten_panel import TightenPanel


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    items = [say("This is how it began."), pause(1.8), say("We were"), pause(0.2), filler("um"), pause(0.2)]
    return talk_of([*items, say("three people in a room.")], tmp_path_factory.mktemp("talk"))


@pytest.fixture
def bench(qtbot, services, talk, tmp_path):
    with bench_on(qtbot, services, film_of(talk, tmp_path / "talk.mov")) as bench:
        words, source = talk.heard_by(), bench.session.loaded.source
        with services.store.transaction("Set up", source.project_id, undoable=False) as tx:
            tx.put_transcript(source.id, Transcript("test", "en", words, (Sentence(0, len(words)),)))
            for clip in services.store.clips(source.id):
                whole = TimeRange(Time(0), source.info.duration)
                tx.put(replace(clip, parts=parts_of(source.asset_id, whole), layers=(), frame_keys=()))
        bench.settle()
        yield bench


@pytest.fixture
def panel(bench: Bench) -> TightenPanel:
    return bench.show(TightenPanel(bench.session, bench.context, bench.player))


def _saved(bench: Bench, panel: TightenPanel) -> str:
    bench.wait(lambda: bool(panel.saved.text()) and bench.context.tasks.idle)
    return panel.saved.text()


def _tightened(bench: Bench, panel: TightenPanel) -> None:
    panel.tighten.click()
    bench.wait(lambda: bool(bench.clip.tightened))
    bench.settle()


def test_the_strength_says_what_it_would_save_and_changes_nothing(bench, panel) -> None:
    before = bench.clip
    middle = _saved(bench, panel)
    assert middle.endswith("s, 2 cuts")
    panel.strength.slider.setValue(100)
    bench.wait(lambda: panel.saved.text() != middle)
    assert bench.clip == before


def test_tightening_lists_every_cut(bench, panel) -> None:
    told = _saved(bench, panel)
    _tightened(bench, panel)
    assert [cut.kind for cut in listed(bench.clip)] == ["silence", "filler"]
    assert panel.saved.text() == told
    texts = [panel.cuts.item(place).text() for place in range(panel.cuts.count())]
    assert "Silence" in texts[0]
    assert "um" in texts[1]
    assert bench.history[0] == "Tighten clip"


def test_a_tick_taken_away_brings_a_cut_back(bench, panel) -> None:
    _tightened(bench, panel)
    short = bench.clip.duration
    panel.cuts.item(1).setCheckState(Qt.CheckState.Unchecked)
    bench.settle()
    silence, um = listed(bench.clip)
    assert is_made(bench.clip, silence)
    assert not is_made(bench.clip, um)
    assert panel.saved.text().endswith("s, 1 cut")
    panel.cuts.item(1).setCheckState(Qt.CheckState.Checked)
    bench.settle()
    assert bench.clip.duration == short


def test_a_drag_of_the_strength_is_one_edit_of_a_tightened_clip(bench, panel) -> None:
    _tightened(bench, panel)
    edits, before = len(bench.history), bench.clip.duration
    panel.strength.slider.setSliderDown(True)
    panel.strength.slider.sliderPressed.emit()
    for value in (60, 80, 100):
        panel.strength.slider.setValue(value)
    panel.strength.slider.setSliderDown(False)
    bench.wait(lambda: bench.clip.duration < before)
    bench.settle()
    assert len(bench.history) == edits + 1


def test_a_cut_is_heard_from_a_little_before_its_join(bench, panel) -> None:
    _tightened(bench, panel)
    bench.wait(lambda: bench.player.duration == bench.clip.duration)
    panel.cuts.setCurrentRow(1)
    panel.hear.click()
    assert bench.player.playing
    row = panel.cuts.rows[1]
    assert 1.0 <= (row.at - bench.player.clip_position).seconds <= 1.6
    bench.player.pause()


def test_all_cuts_are_restored_at_once(bench, panel) -> None:
    before = bench.clip
    _tightened(bench, panel)
    panel.restore_all.click()
    bench.settle()
    assert bench.clip == before
    assert not panel.cuts.isVisible()


def test_all_clips_of_the_recording(bench, panel) -> None:
    panel.tighten_all.click()
    bench.wait(lambda: bool(bench.told))
    source = bench.session.loaded.source
    clips = bench.services.store.clips(source.id)
    assert all(len(clip.tightened) == 2 for clip in clips)
    assert bench.told == [f"Tightened {len(clips)} clips"]
    assert bench.history[0] == "Tighten all clips"


def test_slow_parts_play_faster_are_listed_and_put_back_one_by_one(bench, panel) -> None:
    panel.pace_fold.unfold(True)
    pace, before = panel.pace, bench.clip
    bench.wait(lambda: bool(pace.saved.text()) and bench.context.tasks.idle)
    assert pace.saved.text().endswith("2 parts")
    assert bench.clip == before, "only said"
    pace.faster.click()
    bench.wait(lambda: bool(pace.stretches.rows))
    bench.settle()
    assert bench.clip.duration < before.duration
    assert bench.history[0] == "Auto speed"
    faster = bench.clip
    pace.stretches.item(0).setCheckState(Qt.CheckState.Unchecked)
    bench.wait(lambda: not pace.stretches.rows[0].made)
    bench.settle()
    assert faster.duration < bench.clip.duration < before.duration
    pace.stretches.item(0).setCheckState(Qt.CheckState.Checked)
    bench.wait(lambda: bench.clip == faster)
    bench.settle()
    pace.as_recorded.click()
    bench.wait(lambda: bench.clip == before)


def test_a_drag_of_the_strength_of_a_paced_clip_is_one_edit(bench, panel) -> None:
    panel.pace_fold.unfold(True)
    pace = panel.pace
    bench.wait(lambda: bool(pace.saved.text()) and bench.context.tasks.idle)
    pace.faster.click()
    bench.wait(lambda: bool(pace.stretches.rows))
    bench.settle()
    edits, half = len(bench.history), bench.clip.duration
    pace.strength.slider.setSliderDown(True)
    pace.strength.slider.sliderPressed.emit()
    for value in (70, 85, 100):
        pace.strength.slider.setValue(value)
        bench.settle()
    pace.strength.slider.setSliderDown(False)
    bench.wait(lambda: bench.clip.duration < half)
    assert len(bench.history) == edits + 1


def test_without_music_there_is_no_beat_and_it_is_said(bench, panel) -> None:
    panel.pace_fold.unfold(True)
    before = bench.clip
    panel.pace.beat.click()
    bench.wait(lambda: "steady beat" in panel.pace.trouble.text())
    assert bench.clip == before


def test_cuts_are_moved_to_the_beat_of_the_music_as_one_edit(bench, panel, tmp_path) -> None:
    store = bench.context.services.store
    song = layer_file(store, write_wav(tmp_path / "song.wav", drums(120, 8.0)[0]), LayerKind.MUSIC)
    whole = bench.clip.parts[0].range
    two = (TimeRange(whole.start, Time.from_seconds(2.35)), TimeRange(Time.from_seconds(2.6), whole.end))
    with store.transaction("Cut", bench.clip.project_id, undoable=False) as tx:
        cut = replace(bench.clip, parts=parts_of(bench.clip.asset_id, *two))
        music = new_layer("m", LayerKind.MUSIC, song.id, TimeRange(Time(0), cut.duration))
        tx.put(replace(cut, layers=(music,)))
    bench.settle()
    panel.pace_fold.unfold(True)
    panel.pace.beat.click()
    bench.wait(lambda: bench.history[:1] == ["Cut to the beat"])
    bench.settle()
    edge = bench.clip.parts[0].duration.seconds
    assert min(abs(drums(120, 8.0)[1] - edge)) < 0.04


def test_the_whole_recording_becomes_a_tightened_clip(bench, panel) -> None:
    before = len(bench.session.clips)
    panel.tighten_whole.click()
    bench.wait(lambda: len(bench.session.clips) == before + 1)
    bench.settle()
    whole = bench.session.clips[-1]
    assert len(whole.tightened) == 2
    assert bench.history[0] == "Tighten recording"
