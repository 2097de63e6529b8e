"""The editor page: the ways in and out, its panels, its keys, and what an edit leaves in the store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.features import editing
from viralclip_desktop.gui.moments.clip_cards import edit_rect
from viralclip_desktop.gui.preview.still_file import save_still_to
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.shell.features import PANELS


@pytest.fixture
def editor_window(qtbot, clips_window):
    """The window with its best clip in the editor."""
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.player.current and clips_window.editor.settled, timeout=15000)
    return clips_window


def _settled(qtbot, window) -> None:
    for _ in range(2):  # edits end, the store's news comes through the event loop, and is read up on
        window.context.edits.last.wait()
        qtbot.waitUntil(lambda: window.context.tasks.idle, timeout=10000)
        QTest.qWait(30)


def _stored(window):
    return window.services.store.clip(window.session.clip.id)


def _labels(window) -> list[str]:
    return [entry.label for entry in window.services.store.history(window.session.loaded.project.id)]


# --- in and out ------------------------------------------------------------------------------------------


def test_enter_on_a_card_opens_it_and_ctrl_w_goes_back(qtbot, clips_window) -> None:
    window = clips_window
    player, session = window.player, window.session
    window.activateWindow()
    qtbot.keyClick(window.clips_page.cards, Qt.Key.Key_Return)
    assert window.page is Page.EDITOR
    assert window.editor.header.title.text() == session.clip.title
    qtbot.keyClick(window.editor, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.page is Page.CLIPS
    assert (window.player, window.session) == (player, session)
    assert window.clips_page.session is session


def test_double_click_edit_button_and_inspector_open_it(qtbot, clips_window) -> None:
    window, cards = clips_window, clips_window.clips_page.cards
    box = cards.visualRect(window.clips_page.model.index(1))
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.mouseDClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert (window.page, window.session.clip.rank) == (Page.EDITOR, 2)
    window.navigation.show_clips()
    qtbot.mouseClick(window.clips_page.inspector.edit, Qt.MouseButton.LeftButton)
    assert window.page is Page.EDITOR
    window.navigation.show_clips()
    box = cards.visualRect(window.clips_page.model.index(0))
    card = box.adjusted(0, 0, 0, -8)
    card.setWidth(cards.width() - 11)
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=edit_rect(card).center())
    assert (window.page, window.session.clip.rank) == (Page.EDITOR, 1)


def test_enter_in_a_number_field_belongs_to_the_field(qtbot, clips_window) -> None:
    field = clips_window.clips_page.inspector.frame.centre.field
    clips_window.activateWindow()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "20")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert clips_window.page is Page.CLIPS
    _settled(qtbot, clips_window)
    assert _stored(clips_window).centre_x == 0.2


def test_escape_leaves_a_field_first(qtbot, editor_window) -> None:
    window = editor_window
    window.actions_by_id["rename"].trigger()
    title = window.editor.header.title
    qtbot.keyClicks(title, "Look at me")
    _settled(qtbot, window)
    assert _stored(window).title == "Look at me"
    assert not window.player.playing
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    assert window.page is Page.EDITOR
    assert not title.hasFocus()
    window.actions_by_id["leave_editor"].trigger()
    assert window.page is Page.CLIPS
    assert window.clips_page.inspector.title.text() == "Look at me"


def test_found_word_opens_the_editor_there(qtbot, clips_window) -> None:
    window = clips_window
    clip = window.session.clips[2]
    word = window.session.loaded.transcript.words_between(clip.range)[4]
    window.navigation.go_home()
    window.navigation.open_source(clip.source_id, clip.id, word.start)
    qtbot.waitUntil(lambda: window.page is Page.EDITOR and window.player.current, timeout=15000)
    assert window.session.clip.id == clip.id
    assert abs((window.player.position - (word.start - clip.range.start)).seconds) < 0.05
    assert window.editor.docks.in_front("transcript")


def test_the_editor_comes_piece_by_piece_and_nothing_is_missing(qtbot, clips_window) -> None:
    window = clips_window
    panel = window.export_panel
    window.navigation.open_editor()
    page = window.pages.currentWidget()
    assert window.page is Page.EDITOR
    assert not page.settled
    assert page.findChild(QDockWidget) is None
    shown = page.grab().toImage()
    empty, side = shown.pixelColor(shown.width() - 100, 200), shown.pixelColor(40, 200)
    assert empty != side  # where the panels will be is seen from the first moment
    qtbot.waitUntil(lambda: page.settled, timeout=5000)
    assert page is window.editor
    assert len(page.findChildren(QDockWidget)) == len(PANELS)
    assert page.header.title.text() == window.session.clip.title
    assert page.panel("timeline").isVisible()
    assert page.panel("transcript").isVisible()
    assert page.panel("captions").isVisible()
    window.actions_by_id["panel_export"].trigger()
    qtbot.waitUntil(panel.isVisible, timeout=2000)


def test_leaving_before_the_editor_is_whole_is_no_trouble(qtbot, clips_window) -> None:
    window = clips_window
    window.navigation.open_editor()
    window.navigation.show_clips()
    assert window.page is Page.CLIPS
    qtbot.waitUntil(lambda: window.editor.settled, timeout=5000)
    assert window.export_panel.isVisible()
    window.navigation.open_editor()
    qtbot.waitUntil(window.editor.panel("timeline").isVisible, timeout=5000)


# --- edits -----------------------------------------------------------------------------------------------


def test_shape_from_the_header_is_stored_and_follows_undo(qtbot, editor_window) -> None:
    window, shape = editor_window, editor_window.editor.header.shape
    shape.menu_now().actions()[2].trigger()
    _settled(qtbot, window)
    assert _stored(window).aspect is Aspect.SQUARE
    window.actions_by_id["undo"].trigger()
    _settled(qtbot, window)
    assert _stored(window).aspect is Aspect.VERTICAL
    assert shape.words() == "9:16"


def test_keys_of_an_editor_mark_split_and_cut(qtbot, editor_window) -> None:
    window = editor_window
    clip = window.session.clip
    window.player.seek(Time.from_seconds(2))
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_M)
    _settled(qtbot, window)
    assert [marker.at for marker in _stored(window).markers] == [clip.range.start + Time.from_seconds(2)]
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_I)
    window.player.seek(Time.from_seconds(3) - Time.from_frames(1, window.player.plan.fps))
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_O)
    assert window.player.loop == TimeRange.from_seconds(2, 3)
    assert window.editor.panel("timeline").loop == window.player.loop
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    _settled(qtbot, window)
    assert _stored(window).duration == clip.duration - Time.from_seconds(1)
    assert window.player.loop is None
    frame = Time.from_frames(1, window.player.plan.fps)
    left = clip.duration - Time.from_seconds(1)
    qtbot.waitUntil(lambda: abs((window.player.duration - left).ticks) <= frame.ticks, timeout=5000)
    window.player.seek(Time.from_seconds(2.5))
    clips, parts = len(window.session.clips), len(_stored(window).kept)
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_S)
    _settled(qtbot, window)
    assert len(_stored(window).kept) == parts + 1
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_B, both)
    _settled(qtbot, window)
    assert len(window.session.clips) == clips + 1
    for _ in range(4):
        qtbot.keyClick(window.editor.preview, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    _settled(qtbot, window)
    assert window.services.store.clip(clip.id) == clip


def test_snap_and_ripple_switches_show_their_state(qtbot, editor_window) -> None:
    window = editor_window
    snap = window.actions_by_id["snap"]
    assert snap.isChecked()
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_N)
    assert not snap.isChecked()
    assert not window.editor.panel("timeline").control.snapping
    window.editor.panel("timeline").control.set_snapping(not window.editor.panel("timeline").control.snapping)
    assert snap.isChecked()


def test_corrected_word_shows_at_once_and_nothing_else_moves(qtbot, editor_window) -> None:
    window, session = editor_window, editor_window.session
    second = session.clips[1]
    session.select(second.id)
    qtbot.waitUntil(lambda: window.player.current, timeout=10000)
    index = session.loaded.transcript.words.index(session.loaded.transcript.words_between(second.range)[1])
    window.player.seek(session.loaded.transcript.words[index].start - second.range.start)
    qtbot.waitUntil(lambda: window.player.current, timeout=10000)
    before, position = window.editor.preview.picture.image, window.player.position
    session.do(editing.correct_word, session.source_id, index, "ELEPHANTS")
    _settled(qtbot, window)
    qtbot.waitUntil(lambda: window.player.current, timeout=10000)
    assert session.loaded.transcript.words[index].text == "ELEPHANTS"
    assert window.editor.preview.picture.image != before
    assert (window.page, session.clip.id) == (Page.EDITOR, second.id)
    assert window.player.position == position


def test_gesture_through_the_session_is_one_entry(qtbot, editor_window) -> None:
    window = editor_window
    start, end = window.session.clip.range.start, window.session.clip.range.end
    for step in range(1, 6):
        shorter = end - Time.from_seconds(step / 10)
        window.session.edit(editing.trim_clip, start, shorter, gesture="drag-1")
        _settled(qtbot, window)
    assert _stored(window).range.end == end - Time.from_seconds(0.5)
    assert _labels(window).count("Trim clip") == 1


def test_duplicate_and_delete_with_undo(qtbot, editor_window) -> None:
    window, count = editor_window, len(editor_window.session.clips)
    window.actions_by_id["duplicate"].trigger()
    _settled(qtbot, window)
    assert len(window.session.clips) == count + 1
    assert window.session.clip.rank == 2
    window.actions_by_id["delete_clip"].trigger()
    _settled(qtbot, window)
    assert len(window.session.clips) == count
    window.toasts.shown[-1].text.then()
    _settled(qtbot, window)
    assert len(window.session.clips) == count + 1


def test_without_any_clip_there_is_nothing_to_edit(qtbot, editor_window) -> None:
    window = editor_window
    for _ in range(len(window.session.clips)):
        window.actions_by_id["delete_clip"].trigger()
        _settled(qtbot, window)
    assert window.page is Page.CLIPS
    assert not window.actions_by_id["edit"].isEnabled()


# --- panels ----------------------------------------------------------------------------------------------


def test_every_panel_is_there_and_has_an_action(qtbot, editor_window) -> None:
    window = editor_window
    for spec in PANELS:
        window.actions_by_id[f"panel_{spec.id}"].trigger()
        qtbot.waitUntil(lambda name=spec.id: window.editor.docks.in_front(name), timeout=2000)


def test_layout_is_remembered_and_can_be_reset(qtbot, editor_window, open_window) -> None:
    window = editor_window
    docks = window.editor.docks
    docks.docks["brand"].close()
    docks.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks.docks["history"])
    assert not docks.docks["brand"].isVisible()
    source = window.session.loaded.source.id
    window.close()
    again = open_window()
    again.navigation.open_source(source)
    qtbot.waitUntil(lambda: again.page is Page.CLIPS, timeout=5000)
    again.navigation.open_editor()
    recalled = again.editor.docks
    assert recalled.docks["brand"].isHidden()
    assert recalled.dockWidgetArea(recalled.docks["history"]) is Qt.DockWidgetArea.LeftDockWidgetArea
    again.actions_by_id["reset_layout"].trigger()
    assert not recalled.docks["brand"].isHidden()
    assert recalled.dockWidgetArea(recalled.docks["history"]) is Qt.DockWidgetArea.RightDockWidgetArea


def test_floating_panel_has_a_title_and_a_tab_has_none(qtbot, editor_window) -> None:
    docks = editor_window.editor.docks
    history = docks.docks["history"]
    qtbot.waitUntil(lambda: history.titleBarWidget().height() == 0, timeout=2000)
    history.setFloating(True)
    qtbot.waitUntil(lambda: history.titleBarWidget().height() > 20, timeout=2000)
    editor_window.navigation.show_clips()
    assert not history.isVisible()
    editor_window.navigation.open_editor()
    assert history.isVisible()
    editor_window.actions_by_id["reset_layout"].trigger()
    assert not history.isFloating()


def test_fits_a_small_laptop_and_leaves_room_for_the_picture(qtbot, editor_window) -> None:
    window = editor_window
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 690
    picture = window.editor.preview.picture
    assert picture.picture_rect().width() >= 300


def test_everything_that_takes_the_focus_has_a_name(editor_window) -> None:
    unnamed = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in editor_window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]
    assert unnamed == []


def test_safe_area_from_action_and_panel_agree(qtbot, editor_window) -> None:
    window = editor_window
    action, guides = window.actions_by_id["safe_area"], window.editor.safe_area
    qtbot.keyClick(window.editor.preview, Qt.Key.Key_G)
    assert action.isChecked()
    assert guides.platform is not None
    assert guides.geometry() == window.editor.preview.picture.picture_rect()
    window.editor.panel("captions").safe_area_chosen.emit(None)
    assert not action.isChecked()


# --- out of the window -----------------------------------------------------------------------------------


def test_finished_clips_can_be_dragged_out(qtbot, clips_window) -> None:
    window, model = clips_window, clips_window.clips_page.model
    first = model.index(0)
    assert not model.flags(first) & Qt.ItemFlag.ItemIsDragEnabled
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: len(window.queue.rows) == 1, timeout=5000)
    row = window.queue.rows[0]
    assert row.drag_data() is None
    qtbot.waitUntil(lambda: row.export.status.ended, timeout=60000)
    qtbot.waitUntil(lambda: bool(model.flags(first) & Qt.ItemFlag.ItemIsDragEnabled), timeout=5000)
    path = row.export.output_path
    assert [url.toLocalFile() for url in row.drag_data().urls()] == [path]
    assert [url.toLocalFile() for url in model.mimeData([first]).urls()] == [path]


def test_menus_offer_what_makes_sense_here(editor_window) -> None:
    window = editor_window
    names = [action.objectName() for action in window.editor.preview.menu().actions() if action.objectName()]
    assert names == ["play", "full_still", "save_still", "cover", "safe_area", "full_preview"]
    offered = [action.objectName() for action in window.clips_page.cards.menu().actions()]
    assert "edit" not in offered
    assert "delete_clip" in offered


def test_still_is_saved_at_export_size(qtbot, editor_window, tmp_path) -> None:
    from PySide6.QtGui import QImage

    window, out = editor_window, tmp_path / "still.png"
    save_still_to(window.context, out, window.player.plan, ZERO)
    qtbot.waitUntil(out.exists, timeout=9000)
    told = lambda: [toast.text.message for toast in window.toasts.shown]  # noqa: E731
    qtbot.waitUntil(lambda: any("still.png" in text for text in told()), timeout=3000)
    assert (QImage(str(out)).width(), QImage(str(out)).height()) == (1080, 1920)


def test_leaving_stops_playing(qtbot, editor_window) -> None:
    window = editor_window
    window.player.play()
    window.actions_by_id["leave_editor"].trigger()
    assert not window.player.playing


def test_files_dropped_on_the_timeline_become_layers(qtbot, editor_window, recording, tmp_path) -> None:
    from PySide6.QtGui import QImage

    from viralclip_desktop.domain.layers import LayerKind
    from viralclip_desktop.gui.timeline.model import Kind

    window, timeline = editor_window, editor_window.editor.panel("timeline")
    picture = tmp_path / "logo.png"
    QImage(64, 64, QImage.Format.Format_RGB32).save(str(picture))
    timeline.take_files([picture], Time.from_seconds(1), Kind.PICTURE)
    _settled(qtbot, window)
    timeline.take_files([recording], Time.from_seconds(2), Kind.MUSIC)
    _settled(qtbot, window)
    laid = {layer.kind: layer.range for layer in _stored(window).layers}
    assert laid == {
        LayerKind.PICTURE: TimeRange.from_seconds(1, 5),
        LayerKind.MUSIC: TimeRange(Time.from_seconds(2), window.session.clip.duration),
    }
    timeline.take_files([picture], Time.from_seconds(1), Kind.VOICE)
    _settled(qtbot, window)
    assert "logo.png" in window.toasts.shown[-1].text.message
    assert len(_stored(window).layers) == 2


def test_several_files_dropped_at_once_are_one_entry_and_bad_ones_are_named(
    qtbot, editor_window, recording, tmp_path
) -> None:
    from PySide6.QtGui import QImage

    from viralclip_desktop.domain.layers import LayerKind
    from viralclip_desktop.gui.timeline.model import Kind

    window, timeline = editor_window, editor_window.editor.panel("timeline")
    end = window.session.clip.duration.seconds
    pictures = [tmp_path / "one.png", tmp_path / "two.png"]
    for path in pictures:
        QImage(64, 64, QImage.Format.Format_RGB32).save(str(path))
    bad = [tmp_path / "notes.txt", tmp_path / "gone.mp4"]
    bad[0].write_text("not a film", encoding="utf-8")
    before = _labels(window)
    files = [pictures[0], bad[0], pictures[1], bad[1]]
    timeline.take_files(files, Time.from_seconds(0.5), Kind.PICTURE)
    _settled(qtbot, window)
    laid = [(layer.kind, layer.range) for layer in _stored(window).layers]
    assert laid == [
        (LayerKind.PICTURE, TimeRange.from_seconds(0.5, 4.5)),
        (LayerKind.PICTURE, TimeRange.from_seconds(4.5, min(8.5, end))),
    ]
    assert _labels(window) == [*before, "Add 2 layers"]
    assert window.toasts.shown[-1].text.message == "These files were not added: notes.txt, gone.mp4"
    window.session.undo()
    _settled(qtbot, window)
    assert _stored(window).layers == ()


def test_a_layer_opens_where_its_settings_are(qtbot, editor_window, recording, tmp_path) -> None:
    from PySide6.QtGui import QImage

    from viralclip_desktop.gui.timeline.model import Key, Kind

    window, editor = editor_window, editor_window.editor
    picture = tmp_path / "logo.png"
    QImage(64, 64, QImage.Format.Format_RGB32).save(str(picture))
    for path, kind in ((picture, Kind.PICTURE), (recording, Kind.MUSIC)):
        editor.panel("timeline").take_files([path], ZERO, kind)
        _settled(qtbot, window)
    places = (("frame", Kind.PICTURE), ("audio", Kind.MUSIC))
    for layer, (name, kind) in zip(_stored(window).layers, places, strict=True):
        editor.panel("timeline").control.selection.only(Key(kind, layer.id))
        editor.panel("timeline").canvas.setFocus()
        qtbot.keyClick(editor.panel("timeline").canvas, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: editor.docks.in_front(name), timeout=3000)
        panel = editor.panel(name)
        cards = panel.pictures.cards if name == "frame" else panel.cards
        card = cards[layer.id]
        qtbot.waitUntil(lambda panel=panel, card=card: not card.visibleRegion().isEmpty(), timeout=3000)
        assert card.isAncestorOf(window.focusWidget())


def test_a_click_on_the_picture_plays_and_pauses_beside_the_frame_panel_too(qtbot, editor_window) -> None:
    window = editor_window
    window.editor.docks.reveal("frame")
    handles = window.editor.panel("frame").handles
    qtbot.waitUntil(lambda: handles.active and handles.isVisible(), timeout=5000)
    states: list[bool] = []
    window.player.playing_changed.connect(states.append)
    QTest.mouseClick(handles, Qt.MouseButton.LeftButton)
    assert window.player.playing
    QTest.mouseClick(handles, Qt.MouseButton.LeftButton)
    assert not window.player.playing
    assert states == [True, False]
