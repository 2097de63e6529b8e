"""The timeline by mouse and keyboard on real services: what is done is in the store, and can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication
from support.gui_timeline import at, within

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.features import editing
from viralclip_desktop.gui.timeline.menus import build_menu
from viralclip_desktop.gui.timeline.model import Key, Kind
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
CITY, CHART = Key(Kind.PICTURE, "layer_city"), Key(Kind.PICTURE, "layer_chart")
BED = Key(Kind.MUSIC, "layer_bed")


# --- playhead --------------------------------------------------------------------------------------------


def test_a_click_on_the_ruler_brings_the_playhead(bench, hand, qtbot) -> None:
    hand.click(6.3, None)
    qtbot.waitUntil(lambda: abs((bench.player.position - at(6.3)).seconds) < 0.04, timeout=3000)


def test_a_click_on_a_caption_selects_it_and_goes_there(bench, hand, qtbot) -> None:
    hand.click(6, Kind.CAPTION)
    assert [key.kind for key in bench.panel.selected] == [Kind.CAPTION]
    qtbot.waitUntil(lambda: abs((bench.player.position - at(6)).seconds) < 0.04, timeout=3000)


def test_scrubbing_follows_the_pointer_and_stops_at_marks(bench, hand, qtbot) -> None:
    just_past = hand.point(4, None) + QPoint(3, 0)
    hand.drag(hand.point(1, None), just_past)
    assert bench.panel.control.scene.playhead == at(4)
    bench.panel.control.set_snapping(not bench.panel.control.snapping)
    hand.drag(hand.point(1, None), just_past)
    assert bench.panel.control.scene.playhead > at(4)


def test_playing_is_followed_and_a_user_who_looks_elsewhere_is_left_alone(bench) -> None:
    control = bench.panel.control
    control.zoom(8, 0)
    control.player = Playing(bench.player, at(15))
    bench.player.moved.emit(at(15))
    shown = control.scene.view.window
    assert shown.contains(at(15))
    control.scroll_to(0)
    control.player.clip_position = at(15.1)
    bench.player.moved.emit(at(15.1))
    assert control.scene.view.scroll_px == 0


class Playing:
    """A player that plays."""

    playing = True

    def __init__(self, player, at: Time) -> None:
        self._player, self.clip_position = player, at

    def __getattr__(self, name: str):
        return getattr(self._player, name)


# --- view ------------------------------------------------------------------------------------------------


def test_ctrl_wheel_zooms_where_the_mouse_is(bench, hand) -> None:
    view = bench.panel.control.scene.view
    place = hand.point(9, Kind.VOICE)
    before = view.px_per_s
    hand.wheel(place, 240, CTRL)
    assert view.px_per_s == pytest.approx(2 * before)
    assert abs(hand.x(at(9)) - place.x()) <= 1


def test_the_wheel_scrolls_along_time_and_fit_shows_all(bench, hand) -> None:
    view, bar = bench.panel.control.scene.view, bench.panel.canvas.horizontalScrollBar()
    bench.panel.control.zoom_in()
    bench.panel.control.zoom_in()
    hand.wheel(hand.point(9, Kind.VOICE), -480)
    assert view.scroll_px > 0
    assert bar.value() == int(view.scroll_px)
    bar.setValue(5)
    assert view.scroll_px == 5
    bench.panel.control.fit()
    assert view.fitted
    assert bar.maximum() == 0


def test_only_what_is_exposed_is_painted(bench, monkeypatch) -> None:
    from viralclip_desktop.gui.timeline.painting import items

    painted: list[str] = []
    real = items.paint_item

    def spy(painter, scene, row, item, box, *, selected) -> None:
        painted.append(item.key.id)
        real(painter, scene, row, item, box, selected=selected)

    monkeypatch.setattr(items, "paint_item", spy)
    room = bench.panel.canvas.viewport()
    room.repaint()  # what waits to be painted anyway
    painted.clear()
    room.repaint(HEADER_PX + 20, 0, 40, room.height())
    assert "layer_bed" in painted
    assert "layer_chart" not in painted


# --- trimming --------------------------------------------------------------------------------------------


def test_trim_by_drag_snaps_to_a_word_and_is_one_entry(bench, hand) -> None:
    before = bench.clip()
    start = QPoint(hand.x(ZERO) - 5, hand.y(Kind.VIDEO))
    hand.drag(start, start + QPoint(hand.x(at(1.2)) - hand.x(ZERO), 0))
    after = bench.clip()
    assert after.range.start > before.range.start
    assert after.range.end == before.range.end
    words = bench.session.loaded.transcript.words
    assert any(abs((word.start - after.range.start).seconds) <= 0.081 for word in words)
    assert bench.labels().count("Trim clip") == 1
    assert bench.panel.control.model.duration == after.duration


def test_trim_outwards_brings_more_of_the_recording(bench, hand) -> None:
    end = bench.panel.control.model.duration
    start = QPoint(hand.x(end) + 5, hand.y(Kind.VIDEO))
    hand.drag(start, start + QPoint(12, 0), ALT)
    assert bench.clip().range.end > at(22)
    assert bench.clip().range.start == at(2)


def test_escape_takes_a_trim_back(bench, hand, qtbot) -> None:
    start = QPoint(hand.x(ZERO) - 5, hand.y(Kind.VIDEO))
    hand.drag(start, start + QPoint(90, 0), drop=False)
    qtbot.keyClick(bench.panel.canvas, Qt.Key.Key_Escape)
    hand.settle()
    assert bench.clip().range == within(2, 22)


# --- layers and captions ---------------------------------------------------------------------------------


def test_dragging_a_layer_moves_it_and_it_snaps_to_a_cut(bench, hand) -> None:
    here = hand.point(10, Kind.PICTURE)
    to = here + QPoint(hand.x(at(8.5)) - hand.x(at(9)) + 3, 0)
    hand.drag(here, to)
    chart = next(layer for layer in bench.clip().layers if layer.id == "layer_chart")
    assert chart.range == within(8.5, 10.5)
    assert bench.labels()[-1] == "Move layer"


def test_alt_moves_freely(bench, hand) -> None:
    here = hand.point(10, Kind.PICTURE)
    hand.drag(here, here + QPoint(hand.x(at(8.5)) - hand.x(at(9)) + 3, 0), ALT)
    chart = next(layer for layer in bench.clip().layers if layer.id == "layer_chart")
    assert chart.range.start != at(8.5)
    assert abs((chart.range.start - at(8.5)).seconds) < 0.1


def test_an_end_of_a_layer_is_dragged(bench, hand) -> None:
    end = QPoint(hand.x(at(11)) - 3, hand.y(Kind.PICTURE))
    hand.drag(end, QPoint(hand.x(at(13)), end.y()), ALT)
    chart = next(layer for layer in bench.clip().layers if layer.id == "layer_chart")
    assert chart.range.start == at(9)
    assert chart.range.end.seconds == pytest.approx(13, abs=0.05)


def test_with_ripple_the_layers_behind_come_along(bench, hand) -> None:
    bench.panel.control.set_ripple(not bench.panel.control.ripple)
    hand.drag(hand.point(4, Kind.PICTURE), hand.point(5, Kind.PICTURE), ALT)
    moved = {layer.id: layer.range.start.seconds for layer in bench.clip().layers}
    assert moved["layer_city"] == pytest.approx(3, abs=0.03)
    assert moved["layer_chart"] == pytest.approx(10, abs=0.03)
    assert moved["layer_bed"] == 0


def test_an_end_of_a_caption_changes_its_last_word(bench, hand) -> None:
    cues = bench.panel.control.model.cues
    item = cues.lane.item(5)
    last = cues.words_of(5)[-1]
    before = bench.session.loaded.transcript.words[last]
    end = QPoint(hand.x(item.range.end) - 3, hand.y(Kind.CAPTION))
    hand.drag(end, end - QPoint(8, 0), ALT)
    after = bench.services.store.transcript(bench.clip().source_id).words[last]
    assert after.start == before.start
    assert after.end < before.end


def test_a_caption_is_nudged_with_all_its_words(bench, hand) -> None:
    cues = bench.panel.control.model.cues
    words = cues.words_of(5)
    before = bench.session.loaded.transcript.words
    bench.panel.control.selection.only(cues.lane.key(5))
    bench.panel.commands.nudge(1)
    hand.settle()
    after = bench.services.store.transcript(bench.clip().source_id).words
    frame = bench.panel.control.scene.frame
    assert [after[n].start - before[n].start for n in words] == [frame] * len(words)
    assert bench.labels()[-1] == "Nudge captions"


def _words(bench, cue: int) -> list[str]:
    words = bench.services.store.transcript(bench.clip().source_id).words
    return [words[n].text for n in bench.panel.control.model.cues.words_of(cue)]


def test_a_double_click_on_a_caption_writes_it_anew_where_it_stands(bench, hand, qtbot) -> None:
    item, before = bench.panel.control.model.cues.lane.item(2), _words(bench, 2)
    middle = (item.range.start.seconds + item.range.end.seconds) / 2
    qtbot.mouseDClick(hand.room, LEFT, pos=hand.point(middle, Kind.CAPTION))
    field = bench.panel.typing.field
    assert field.text() == item.text
    assert field.geometry().intersects(QRect(hand.point(middle, Kind.CAPTION), hand.room.size()))
    pointed = field.selectedText()
    assert pointed in before
    qtbot.keyClicks(field, "Corrected")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    hand.settle()
    assert _words(bench, 2) == [("Corrected" if word == pointed else word) for word in before]
    assert bench.labels()[-1] == "Correct words"
    bench.session.undo()
    hand.settle()
    assert _words(bench, 2) == before


def test_a_double_click_on_a_word_writes_that_one_and_tab_goes_on(bench, hand, qtbot) -> None:
    control = bench.panel.control
    control.zoom(40, 500)
    control.scroll_to(0)
    at_s = Time(int(control.model.cues.word_starts[1]) + 1000).seconds
    before = _words(bench, 0)
    qtbot.mouseDClick(hand.room, LEFT, pos=hand.point(at_s, Kind.CAPTION) + QPoint(4, 0))
    field = bench.panel.typing.field
    assert field.text() == before[1]
    qtbot.keyClicks(field, "first")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    hand.settle()
    assert bench.panel.typing.field.text() == before[2], "it stays while the first word is stored"
    qtbot.keyClick(bench.panel.typing.field, Qt.Key.Key_Escape)
    hand.settle()
    assert _words(bench, 0) == [before[0], "first", *before[2:]]
    assert bench.panel.typing.field is None


def test_a_caption_is_written_anew_while_one_before_it_becomes_longer(bench, hand, qtbot) -> None:
    typing, lane = bench.panel.typing, bench.panel.control.model.cues.lane
    first, third = (" ".join(_words(bench, cue)) for cue in (0, 2))
    said = _said(bench)
    typing.start(lane.key(0), lane.item(0).range.start)
    typing.field.setText(f"Three more words {first}")
    qtbot.keyClick(typing.field, Qt.Key.Key_Return)
    typing.start(lane.key(2), lane.item(2).range.start)
    typing.field.setText("Otherwise")
    qtbot.keyClick(typing.field, Qt.Key.Key_Return)
    hand.settle()
    assert _said(bench) == said.replace(first, f"Three more words {first}").replace(third, "Otherwise")


def _said(bench) -> str:
    return " ".join(word.text for word in bench.services.store.transcript(bench.clip().source_id).words)


def test_a_double_click_on_a_title_writes_it_anew(bench, hand, qtbot) -> None:
    title = TitleLayer("hook", "Numbers", within(9, 12))
    bench.session.edit(editing.put_layer, title)
    hand.settle()
    lane = next(
        one
        for one in bench.panel.control.model.pictures
        if one.index_of(Key(Kind.PICTURE, "hook")) is not None
    )
    row = bench.panel.control.scene.rows.of(lane)
    at_title = QPoint(hand.x(at(11.5)), row.top_px + row.height_px // 2)
    qtbot.mouseDClick(hand.room, LEFT, pos=at_title)
    qtbot.keyClicks(bench.panel.typing.field, "Letters")
    qtbot.keyClick(bench.panel.typing.field, Qt.Key.Key_Return)
    hand.settle()
    assert next(layer for layer in bench.clip().layers if layer.id == "hook").text == "Letters"


def test_enter_writes_the_selected_caption(bench, hand, qtbot) -> None:
    key = bench.panel.control.model.cues.lane.key(1)
    bench.panel.control.selection.only(key)
    qtbot.keyClick(bench.panel.canvas, Qt.Key.Key_Return)
    assert bench.panel.typing.field.text() == bench.panel.control.model.find(key).text
    before = bench.panel.typing.field.x()
    bench.panel.control.zoom(2, 0)
    assert bench.panel.typing.field.x() > before, "it goes along"
    bench.panel.control.zoom(20, 900)
    bench.panel.control.scroll_to(10**6)
    assert bench.panel.typing.field is None, "it does not stay behind"


# --- selecting -------------------------------------------------------------------------------------------


def test_ctrl_shift_and_the_rubber_band_select_several(bench, hand) -> None:
    hand.click(4, Kind.PICTURE)
    assert bench.panel.selected == {CITY}
    hand.click(10, Kind.PICTURE, CTRL)
    assert bench.panel.selected == {CITY, CHART}
    hand.click(10, Kind.PICTURE, CTRL)
    assert bench.panel.selected == {CITY}
    hand.click(10, Kind.PICTURE, SHIFT)
    assert bench.panel.selected == {CITY, CHART}
    below = QPoint(hand.x(at(7)), hand.control.scene.rows.height_px + 2)
    hand.drag(QPoint(hand.x(at(6.2)), hand.y(Kind.PICTURE)), QPoint(hand.x(at(9.5)), below.y()))
    assert CHART in bench.panel.selected
    assert BED in bench.panel.selected
    assert CITY not in bench.panel.selected


def test_a_click_beside_everything_clears_the_selection(bench, hand) -> None:
    hand.click(4, Kind.PICTURE)
    hand.click(7, Kind.PICTURE)
    assert not bench.panel.selected


# --- edits -----------------------------------------------------------------------------------------------


def test_delete_lifts_layers_and_undo_brings_them_back(bench, hand) -> None:
    bench.panel.control.selection.put([CITY, BED])
    bench.panel.commands.delete()
    hand.settle()
    assert {layer.id for layer in bench.clip().layers} == {"layer_chart", "layer_aside"}
    assert bench.clip().duration == at(17)
    assert not bench.panel.selected
    bench.session.undo()
    hand.settle()
    assert len(bench.clip().layers) == 4


def test_ripple_delete_of_a_caption_cuts_its_words_out(bench, hand) -> None:
    model = bench.panel.control.model
    gone = model.cues.lane.item(1)
    bench.panel.control.selection.only(gone.key)
    bench.panel.commands.ripple_delete()
    hand.settle()
    assert bench.clip().duration < at(17) - gone.range.duration + at(0.2)
    assert all(item.key != gone.key for item in bench.panel.control.model.cues.lane)
    assert bench.labels()[-1] == "Ripple delete"


def test_delete_of_a_caption_keeps_the_sound(bench, hand) -> None:
    model = bench.panel.control.model
    words = len(bench.session.loaded.transcript.words)
    gone = model.words_of(model.cues.lane.key(1))
    bench.panel.control.selection.only(model.cues.lane.key(1))
    bench.panel.commands.delete()
    hand.settle()
    assert bench.clip().duration == at(17)
    assert len(bench.services.store.transcript(bench.clip().source_id).words) == words - len(gone)


def test_ripple_delete_of_a_layer_moves_those_behind_up(bench, hand) -> None:
    bench.panel.control.selection.only(CITY)
    bench.panel.commands.ripple_delete()
    hand.settle()
    chart = next(layer for layer in bench.clip().layers if layer.id == "layer_chart")
    assert chart.range == within(5.5, 7.5)


def test_in_to_out_is_cut_when_nothing_is_selected(bench, hand) -> None:
    loops: list[object] = []
    bench.panel.control.loop_changed.connect(loops.append)
    bench.panel.control.seek(at(1))
    bench.panel.commands.set_in()
    bench.panel.control.seek(at(3))
    bench.panel.commands.set_out()
    assert bench.panel.loop == within(1, 3)
    bench.panel.commands.ripple_delete()
    hand.settle()
    assert bench.clip().duration == at(15)
    assert bench.panel.loop is None
    assert loops[-1] is None


def test_shift_on_the_ruler_sets_in_and_out(bench, hand) -> None:
    hand.drag(hand.point(5, None), hand.point(8.5, None), SHIFT)
    assert bench.panel.loop.end == at(8.5)
    hand.click(2.9, None, SHIFT)
    assert bench.panel.loop is None


def test_nothing_would_be_left_is_said_before_it_is_done(bench, hand) -> None:
    bench.panel.control.selection.put(bench.panel.control.model.video.key(n) for n in range(3))
    bench.panel.commands.ripple_delete()
    hand.settle()
    assert bench.clip().duration == at(17)
    assert "one second" in bench.told[-1]


def test_a_cut_is_restored_from_its_mark(bench, hand, qtbot) -> None:
    mark = QPoint(hand.x(at(4)), hand.control.scene.rows.tracks[Kind.VIDEO][0] + 10)
    qtbot.mouseDClick(hand.room, LEFT, pos=mark)
    hand.settle()
    assert bench.clip().cuts == (within(12.0, 13.5),)
    assert bench.clip().duration == at(18.5)


def test_markers_come_go_and_move(bench, hand) -> None:
    bench.panel.control.seek(at(6))
    bench.panel.commands.add_marker()
    hand.settle()
    assert [marker.label for marker in bench.clip().markers] == ["Hook", "Marker 3", "The turn"]
    hand.drag(hand.point(6, None), hand.point(7, None), ALT)
    moved = next(marker for marker in bench.clip().markers if marker.label == "Marker 3")
    assert moved.at.seconds == pytest.approx(10.5, abs=0.03)
    bench.panel.commands.delete()
    hand.settle()
    assert len(bench.clip().markers) == 2


def test_the_menu_offers_what_fits_the_item(bench) -> None:
    panel, control = bench.panel, bench.panel.control

    def words(key: Key | None) -> list[str]:
        menu = build_menu(panel, control, panel.commands, key, at(5))
        return [action.text().split("\t")[0] for action in menu.actions() if action.text()]

    assert "Split here" in words(None)
    assert "Restore all 2 cuts" in words(None)
    assert words(control.model.cuts.key(0))[0] == "Restore 1.5 s"
    control.selection.only(CITY)
    assert words(CITY)[:3] == ["Show its settings", "Delete", "Delete and close the gap"]
    assert words(control.model.cues.lane.key(0))[0] == "Delete the caption, keep the sound"


# --- bar -------------------------------------------------------------------------------------------------


def test_the_bar_shows_and_switches_what_is_on(bench, qtbot) -> None:
    bar, panel = bench.panel.bar, bench.panel
    assert bar.snap.isChecked()
    panel.control.set_snapping(not panel.control.snapping)
    assert not bar.snap.isChecked()
    qtbot.mouseClick(bar.ripple, LEFT)
    assert panel.control.ripple
    assert not bar.lift.isEnabled()
    panel.control.selection.only(CITY)
    assert bar.lift.isEnabled()
    assert bar.height() == 36
    assert all(button.height() == 28 for button in (bar.split, bar.snap, bar.fit, bar.zoom_in))
    for button in (bar.split, bar.lift, bar.ripple_delete, bar.marker, bar.snap, bar.ripple, bar.items):
        assert button.accessibleName()
        assert button.toolTip()


# --- the list beside the painting ------------------------------------------------------------------------


def test_the_list_names_every_item(bench) -> None:
    items = bench.panel.items.items
    names = [items.sentence(row) for row in range(items.rowCount())]
    assert len(names) == sum(len(lane) for lane in bench.panel.control.model.lanes)
    assert names[0] == "Part 1 of 3, 0:00.0 to 0:04.0"
    assert any(name.startswith("Caption 2 of 7: You will be wrong") for name in names)
    assert "Cut 2 of 2: 1.5 s taken out at 0:08.5" in names
    assert all(names)


def test_screen_readers_reach_the_list_while_it_is_folded(bench) -> None:
    assert bench.panel.items.isVisible()
    assert bench.panel.items.width() == 1
    face = QAccessible.queryAccessibleInterface(bench.panel.items)
    assert face.text(QAccessible.Text.Name) == "Items of the timeline"
    assert face.childCount() == bench.panel.items.items.rowCount()
    assert face.child(0).text(QAccessible.Text.Name) == "Part 1 of 3, 0:00.0 to 0:04.0"


def test_tab_walks_from_the_bar_to_the_list(bench, qtbot) -> None:
    bench.panel.activateWindow()
    bench.panel.bar.zoom_in.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        if bench.panel.items.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert bench.panel.items.hasFocus()
    assert bench.panel.items.width() > 200


def test_arrows_enter_and_delete_work_in_the_list(bench, hand, qtbot) -> None:
    items, control = bench.panel.items, bench.panel.control
    items.setFocus()
    qtbot.waitUntil(lambda: items.width() > 200, timeout=2000)
    row = items.items.row_of(CHART)
    items.setCurrentIndex(items.items.index(row - 1))
    qtbot.keyClick(items, Qt.Key.Key_Down)
    assert control.scene.current == CHART
    assert bench.panel.selected == {CHART}
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert control.scene.playhead == at(9)
    qtbot.keyClick(items, Qt.Key.Key_Delete)
    hand.settle()
    assert all(layer.id != "layer_chart" for layer in bench.clip().layers)
    assert items.currentIndex().row() == row
    items.clearFocus()
    assert items.width() == 1


def test_the_painting_scrolls_to_where_the_keyboard_stands(bench, qtbot) -> None:
    control, items = bench.panel.control, bench.panel.items
    control.zoom(10, 0)
    items.setFocus()
    items.setCurrentIndex(items.items.index(items.items.row_of(CHART)))
    assert control.scene.view.window.contains(at(9))


# --- files, other clips ----------------------------------------------------------------------------------


def test_dropped_files_are_handed_on_with_time_and_track(bench, hand, tmp_path) -> None:
    got: list[tuple] = []
    bench.panel.canvas.dropped.connect(lambda *parts: got.append(parts))
    bench.panel.control.set_snapping(False)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "cat.png"))])
    place = QPointF(hand.point(7, Kind.PICTURE))
    move = Qt.DropAction.CopyAction
    bench.panel.canvas.dropEvent(QDropEvent(place, move, data, LEFT, Qt.KeyboardModifier.NoModifier))
    (paths, time, track) = got[0]
    assert [path.name for path in paths] == ["cat.png"]
    assert time.seconds == pytest.approx(7, abs=0.02)
    assert track is Kind.PICTURE


def test_dropped_files_begin_on_what_is_near_unless_alt_is_held(bench, hand, tmp_path) -> None:
    got: list[Time] = []
    bench.panel.canvas.dropped.connect(lambda _paths, time, _track: got.append(time))
    bench.panel.control.seek(at(7))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "cat.png"))])
    place = QPointF(hand.point(7, Kind.PICTURE)) + QPointF(4, 0)
    for held in (NONE, ALT):
        bench.panel.canvas.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, held))
    playhead = bench.panel.control.scene.playhead
    assert got[0] == playhead
    assert got[1] > playhead


def test_the_frame_of_the_focus_comes_and_goes_as_a_whole(qtbot, bench) -> None:
    canvas, painted = bench.panel.canvas, list[QRect]()

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                painted.append(event.rect())
            return False

    bench.panel.activateWindow()
    canvas.clearFocus()
    QApplication.processEvents()
    watch = Watch(canvas)
    canvas.viewport().installEventFilter(watch)
    for change in (canvas.setFocus, canvas.clearFocus):
        painted.clear()
        change()
        qtbot.waitUntil(lambda: canvas.viewport().rect() in painted)


def test_another_clip_starts_anew(bench, hand) -> None:
    control = bench.panel.control
    control.zoom(4, 100)
    control.selection.only(CITY)
    other = next(clip for clip in bench.session.clips if clip.id != bench.session.clip.id)
    bench.session.select(other.id)
    assert control.model.clip.id == other.id
    assert control.scene.view.fitted
    assert not bench.panel.selected
    bench.session.close()
    assert control.clip is None
    assert not bench.panel.bar.split.isEnabled()


def test_an_edit_from_elsewhere_shows(bench, hand) -> None:
    clip = bench.clip()
    editing.edit_clip(
        bench.services.store,
        clip.id,
        "Cut",
        lambda before: replace(before, parts=parts_of(before.asset_id, before.range)),
    )
    hand.settle()
    assert bench.panel.control.model.duration == at(20)


def test_pictures_of_the_recording_arrive(bench, qtbot) -> None:
    strip = bench.panel.control.scene.filmstrip
    bench.panel.control.zoom(1.01, 10)
    qtbot.waitUntil(lambda: strip.nearest(at(5)) is not None, timeout=15000)
    folder = bench.services.paths.source_cache(bench.clip().source_id) / "filmstrip"
    assert list(folder.glob("*.jpg"))
