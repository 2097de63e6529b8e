"""Music on the timeline: it loops as it is heard, its beats can be seen, snapped to, and gone to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget
from support.gui_timeline import Bench, at, make_bench, within
from support.projects import add_project
from support.rhythm import drums, write_wav

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.layers import MusicLayer, VoiceLayer
from viralclip_desktop.features import editing
from viralclip_desktop.features.layer_sound import LayerSound, listen
from viralclip_desktop.gui.bridge.tasks import Tasks
from viralclip_desktop.gui.timeline.gestures import EdgeDrag, LayerMove
from viralclip_desktop.gui.timeline.model import Key, Kind, build_model
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX
from viralclip_desktop.gui.timeline.rhythm import beats_by_layer, file_times, layer_beats, together
from viralclip_desktop.gui.timeline.spoken import describe
from viralclip_desktop.media.beats import Beats

LOOP = Key(Kind.MUSIC, "layer_loop")
PLAIN = Clip(
    "clip_x", "project_x", "source_x", "batch_x", 1, parts_of("asset_x", within(0, 20)), "Title", 80,
    (), "", "", asset_id="asset_x",
)  # fmt: skip


def music(start_s: float, end_s: float, source_s: float = 0.0, **how: object) -> MusicLayer:
    return MusicLayer("m", "/a.wav", within(start_s, end_s), at(source_s), **how)  # type: ignore[arg-type]


def sound(length_s: float, *beats_s: float) -> LayerSound:
    return LayerSound(at(length_s), None, Beats(120, 0.9, tuple(at(s) for s in beats_s)))  # type: ignore[arg-type]


def seconds(ticks) -> list[float]:
    return [round(Time(int(one)).seconds, 3) for one in ticks]


# --- where beats fall ------------------------------------------------------------------------------------


def test_a_looped_file_plays_from_where_it_was_begun_and_again_from_its_start() -> None:
    times = file_times(music(2, 7, 1.5), at(2))
    assert times.kept == (within(1.5, 2), within(0, 2), within(0, 2), within(0, 0.5))
    assert file_times(music(2, 7, 3.5), at(2)).kept[0] == within(1.5, 2), "begun behind its end"
    assert file_times(music(2, 7, 1.5, loop=False), at(2)).kept == (within(1.5, 2),)
    assert file_times(music(2, 7, 3.5, loop=False), at(2)).kept == ()
    assert file_times(music(2, 3), at(2)).kept == (within(0, 1),)
    assert file_times(VoiceLayer("m", "/a.wav", within(2, 7)), at(2)).kept == (within(0, 2),)


def test_beats_follow_start_range_and_loop() -> None:
    known = sound(2.0, 0.1, 0.6, 1.1, 1.6)
    assert seconds(layer_beats(music(3, 6, 1.5), known)) == [3.1, 3.6, 4.1, 4.6, 5.1, 5.6]
    assert seconds(layer_beats(music(3, 6, 1.5, loop=False), known)) == [3.1]
    clip = replace(PLAIN, layers=(music(3, 4), replace(music(3.5, 5), id="n")))
    both = beats_by_layer(clip, {"/a.wav": known})
    assert seconds(both["n"]) == [3.6, 4.1, 4.6]
    assert seconds(together(both.values(), at(20))) == [3.1, 3.6, 4.1, 4.6]
    assert seconds(together(both.values(), at(4.2))) == [3.1, 3.6, 4.1]
    assert beats_by_layer(clip, {}) == {}
    assert len(together([], at(20))) == 0


def test_beats_are_items_with_names() -> None:
    model = build_model(PLAIN, None, np.array([at(1.5).ticks, at(2).ticks]))
    assert [describe(model, item) for item in model.beats] == [
        "Beat 1 of 2, at 0:01.5",
        "Beat 2 of 2, at 0:02.0",
    ]


# --- on the panel ----------------------------------------------------------------------------------------


@pytest.fixture
def bench(qtbot, services, recording, tmp_path: Path) -> Iterator[Bench]:
    """A clip of twenty seconds over a drum loop of four that begins at one second."""
    source = add_project(services, recording, clips=1)
    [clip] = services.store.clips(source.id)
    loop = write_wav(tmp_path / "loop.wav", drums(120, 4.0, 0.0)[0])
    layer = MusicLayer(LOOP.id, "loop", within(1, 20))
    with services.store.transaction("Set up", source.project_id, undoable=False) as tx:
        tx.put(Asset("loop", AssetKind.MUSIC, str(loop)))
        tx.put(replace(clip, parts=parts_of(clip.asset_id, within(2, 22)), layers=(layer,)))
    host = QWidget()
    qtbot.addWidget(host)
    bench = make_bench(services, source.id, host, lambda done: qtbot.waitUntil(done, timeout=15000))
    qtbot.addWidget(bench.panel)
    qtbot.waitUntil(lambda: len(bench.panel.control.model.beats) > 0, timeout=15000)
    yield bench
    bench.close()


def test_beats_of_the_music_are_found_and_repeat(bench) -> None:
    found = seconds(bench.panel.control.model.beats.starts)
    assert len(found) == 38, "two a second over 19 s"
    assert found == pytest.approx(np.arange(1.0, 20.0, 0.5), abs=0.035)
    kept = list((bench.services.paths.cache / "layers").rglob("beats.json"))
    assert len(kept) == 1


def test_wave_and_beats_are_painted_again_in_every_round(bench, qtbot) -> None:
    control, canvas = bench.panel.control, bench.panel.canvas
    control.seek(ZERO)
    qtbot.waitUntil(lambda: bench.context.tasks.idle, timeout=15000)
    image = canvas.viewport().grab().toImage()
    top, bottom = control.scene.rows.tracks[Kind.MUSIC]
    ratio = image.width() / canvas.viewport().width()

    def strip(start_s: float) -> list[int]:
        """What 1.5 s look like, without names and playhead."""
        left = HEADER_PX + control.scene.view.x_of(at(start_s))
        right = HEADER_PX + control.scene.view.x_of(at(start_s + 1.5))
        rows = range(round((top + 2) * ratio), round((bottom - 2) * ratio), 2)
        return [
            image.pixelColor(round(x * ratio), y).lightness() for x in np.arange(left, right, 3) for y in rows
        ]

    one, other = np.array(strip(6.2), int), np.array(strip(10.2), int)
    assert one.std() > 5, "a wave, not a plain block"
    assert np.corrcoef(one, other[: len(one)])[0, 1] > 0.6, "the next round looks like this one"


def test_an_edge_snaps_to_a_beat_and_not_without_snapping(bench) -> None:
    control = bench.panel.control
    control.zoom(6, 400)
    beat = Time(int(control.model.beats.starts[9]))
    item = control.model.find(LOOP)
    x = control.scene.view.x_of(beat) + 4
    drag = EdgeDrag(control, item, "end")
    drag.move(QPointF(x, 0), False)
    assert control.scene.preview[LOOP].end == beat
    assert control.scene.guide == beat
    drag.move(QPointF(x, 0), True)
    assert control.scene.preview[LOOP].end != beat
    drag.cancel()


def test_music_in_the_hand_does_not_stick_to_its_own_beats(bench) -> None:
    control = bench.panel.control
    control.zoom(6, 400)
    start = QPointF(control.scene.view.x_of(at(5)), 0)
    move = LayerMove(control, LOOP, start)
    move.move(
        QPointF(start.x() + control.scene.view.px_per_s * 0.5 + 3, 0), False
    )  # 1.5 s: a beat of its own
    by = control.scene.preview[LOOP].start - at(1)
    assert by.seconds == pytest.approx(0.5 + 3 / control.scene.view.px_per_s, abs=0.002)
    move.cancel()


def test_beats_are_gone_to_and_listed(bench, qtbot) -> None:
    panel, control = bench.panel, bench.panel.control
    beats = control.model.beats.starts
    control.seek(at(3.2))
    panel.commands.step_to_beat(1)
    assert control.scene.playhead.ticks == beats[5]
    panel.commands.step_to_beat(1)
    panel.commands.step_to_beat(-1)
    assert control.scene.playhead.ticks == beats[5]
    rows = panel.items.items.rowCount()
    assert panel.items.items.sentence(rows - 1) == "Beat 38 of 38, at 0:19.5"
    panel.items.setCurrentIndex(panel.items.items.index(rows - 1))
    qtbot.keyClick(panel.items, Qt.Key.Key_Delete)
    assert bench.clip().layers, "a beat cannot be deleted"
    assert panel.items.items.rowCount() == rows


def test_without_music_it_is_said_why_nothing_happens(bench, qtbot) -> None:
    editing.remove_layer(bench.services.store, bench.clip().id, LOOP.id)
    qtbot.waitUntil(lambda: len(bench.panel.control.model.beats) == 0, timeout=5000)
    bench.panel.commands.step_to_beat(1)
    assert bench.told == ["There is no music with a steady beat in this clip."]


def test_enter_and_double_click_open_a_layer(bench, qtbot) -> None:
    opened: list[str] = []
    panel = bench.panel
    panel.sound_opened.connect(opened.append)
    panel.control.selection.only(LOOP)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    row = panel.items.items.row_of(LOOP)
    panel.items.setCurrentIndex(panel.items.items.index(row))
    qtbot.keyClick(panel.items, Qt.Key.Key_Return)
    x = HEADER_PX + round(panel.control.scene.view.x_of(at(10)))
    top, bottom = panel.control.scene.rows.tracks[Kind.MUSIC]
    place = QPointF(x, (top + bottom) / 2).toPoint()
    qtbot.mouseDClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [LOOP.id] * 3


def test_a_file_that_is_gone_only_has_no_wave(bench, qtbot) -> None:
    with bench.services.store.transaction("Add file", undoable=False) as tx:
        tx.put(Asset("gone", AssetKind.MUSIC, "/nowhere/lost.wav"))
    layer = replace(bench.clip().layers[0], id="lost", asset_id="gone")
    editing.put_layer(bench.services.store, bench.clip().id, layer)
    qtbot.waitUntil(lambda: len(bench.panel.control.model.music) == 2, timeout=5000)
    qtbot.waitUntil(lambda: bench.context.tasks.idle, timeout=5000)
    assert len(bench.panel.control.model.beats) == 38
    with pytest.raises(Exception, match="lost"):
        listen(bench.services.paths, Path("/nowhere/lost.wav"), CancelToken())


def test_listening_ends_with_the_window(qtbot) -> None:
    host, token = QWidget(), CancelToken()
    qtbot.addWidget(host)
    tasks = Tasks(host, threads=1, on_trouble=lambda _error: None)
    tasks.run(lambda: token.wait(60), cancel=token)
    assert tasks.close(timeout_ms=5000), "the work heard that nobody waits for it"
    assert token.cancelled
