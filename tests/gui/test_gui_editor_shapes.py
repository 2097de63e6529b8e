"""The editor's layout: a column of its own for the player of an upright clip, the middle for any other."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support.gui_walk import clipped
from support.shown import button

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time
from viralclip_desktop.features import editing
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.timeline.model import Kind


@pytest.fixture
def editor_window(qtbot: Any, clips_window: Any) -> Any:
    """The window with its best clip, an upright one, in the editor."""
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.player.current and clips_window.editor.settled)
    return clips_window


def _resize(qtbot: Any, window: Any, width: int, height: int) -> None:
    window.setMinimumSize(1, 1)
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.width() == width and window.player.current)


def _reshape(qtbot: Any, window: Any, aspect: Aspect) -> None:
    picture = window.editor.preview.picture
    window.editor.header.shape.chosen.emit(aspect)
    window.context.edits.last.wait()
    qtbot.waitUntil(lambda: picture.aspect is aspect and window.player.current and window.context.idle)


def _place(window: Any, widget: QWidget) -> tuple[QPoint, QPoint]:
    corner = widget.mapTo(window, QPoint(0, 0))
    return corner, corner + QPoint(widget.width(), widget.height())


# --- who has which room -----------------------------------------------------------------------------------


@pytest.mark.parametrize("aspect", [Aspect.VERTICAL, Aspect.PORTRAIT])
@pytest.mark.parametrize(("size", "least_px"), [((1366, 768), 300), ((1920, 1080), 450)])
def test_an_upright_clip_has_a_column_of_the_full_height(
    qtbot: Any, editor_window: Any, size: tuple[int, int], least_px: int, aspect: Aspect
) -> None:
    window = editor_window
    _resize(qtbot, window, *size)
    _reshape(qtbot, window, aspect)
    editor, docks = window.editor, window.editor.docks.docks
    assert editor.preview.picture.picture_rect().width() >= least_px
    assert editor.preview.height() == editor.height()
    assert docks["timeline"].height() <= window.height() / 3
    header, player = _place(window, editor.header), _place(window, editor.preview)
    assert header[1].x() < player[0].x()
    assert _place(window, docks["transcript"])[1].x() < _place(window, docks["captions"])[0].x()
    assert _place(window, docks["captions"])[1].x() < player[0].x()
    assert _place(window, docks["timeline"])[1].x() < player[0].x()
    assert docks["captions"].width() >= 560


@pytest.mark.parametrize("aspect", [Aspect.WIDE, Aspect.SQUARE])
def test_any_other_clip_plays_in_the_middle_over_a_timeline_of_the_full_width(
    qtbot: Any, editor_window: Any, aspect: Aspect
) -> None:
    window = editor_window
    _reshape(qtbot, window, aspect)
    editor, docks = window.editor, window.editor.docks.docks
    player, captions = _place(window, editor.preview), _place(window, docks["captions"])
    assert _place(window, docks["transcript"])[1].x() < player[0].x()
    assert player[1].x() < captions[0].x()
    assert docks["timeline"].width() == editor.width()
    assert editor.header.width() == editor.width()
    assert editor.preview.picture.width() >= 500
    assert editor.preview.picture.height() >= 300


def test_the_window_may_grow_and_shrink(qtbot: Any, editor_window: Any) -> None:
    window = editor_window
    first = window.editor.preview.picture.picture_rect(), window.editor.docks.sizes
    _resize(qtbot, window, 1920, 1080)
    qtbot.waitUntil(lambda: window.editor.docks.sizes.left > first[1].left)
    _resize(qtbot, window, 1366, 768)
    picture, docks = window.editor.preview.picture, window.editor.docks
    qtbot.waitUntil(lambda: (picture.picture_rect(), docks.sizes) == first)


def test_the_column_has_everything_of_the_transport(editor_window: Any) -> None:
    preview = editor_window.editor.preview
    below = preview.picture.mapTo(preview, preview.picture.rect().bottomLeft()).y()
    for name in ("to_start", "previous_frame", "play", "next_frame", "to_end", "full_preview"):
        shown = button(preview, editor_window.actions_by_id[name].text())
        assert shown.mapTo(preview, QPoint(0, 0)).y() > below
    assert preview.transport.volume.isVisible()
    assert clipped(preview) == []


# --- from one to the other --------------------------------------------------------------------------------


def test_another_shape_leaves_everything_as_it_was(qtbot: Any, editor_window: Any) -> None:
    window, editor = editor_window, editor_window.editor
    window.player.seek(Time.from_seconds(2))
    timeline, transcript = editor.panel("timeline"), editor.panel("transcript")
    timeline.control.select_all()
    editor.docks.reveal("frame")
    qtbot.waitUntil(lambda: editor.settled and window.player.current)
    bar = editor.panel("frame").area.verticalScrollBar()
    transcript.view.setFocus()
    selected, at = timeline.selected, window.player.position
    for aspect in (Aspect.WIDE, Aspect.VERTICAL, Aspect.SQUARE, Aspect.PORTRAIT):
        _reshape(qtbot, window, aspect)
        assert window.page is Page.EDITOR
        assert (timeline.selected, window.player.position) == (selected, at)
        assert QApplication.focusWidget() is transcript.view
        assert editor.docks.in_front("frame")
        assert editor.panel("frame").area.verticalScrollBar() is bar
        assert editor.panel("timeline") is timeline


def test_the_focus_stays_in_the_player_that_moves(qtbot: Any, editor_window: Any) -> None:
    window = editor_window
    slider = window.editor.preview.transport.volume
    slider.setFocus()
    for aspect in (Aspect.WIDE, Aspect.VERTICAL):
        _reshape(qtbot, window, aspect)
        assert QApplication.focusWidget() is slider


def test_edges_that_the_user_moved_stay_where_they_are(
    qtbot: Any, editor_window: Any, open_window: Any
) -> None:
    window, docks = editor_window, editor_window.editor.docks
    before, timeline = docks.sizes, docks.docks["timeline"]
    _drag(docks, QPoint(docks.width() // 2, timeline.y() - 2), QPoint(0, 40))
    qtbot.waitUntil(lambda: docks.sizes.bottom < before.bottom and window.editor.settled)
    chosen = docks.sizes

    def as_chosen() -> None:
        assert docks.sizes == chosen

    _reshape(qtbot, window, Aspect.WIDE)
    qtbot.waitUntil(lambda: docks.sizes.bottom > before.bottom)
    _reshape(qtbot, window, Aspect.VERTICAL)
    qtbot.waitUntil(as_chosen)
    source = window.session.loaded.source.id
    window.close()
    again = open_window()
    again.navigation.open_source(source)
    qtbot.waitUntil(lambda: again.page is Page.CLIPS)
    again.navigation.open_editor()
    qtbot.waitUntil(lambda: again.editor.docks.sizes.bottom == chosen.bottom)
    again.actions_by_id["reset_layout"].trigger()
    qtbot.waitUntil(lambda: again.editor.docks.sizes == before)


def _drag(on: QWidget, at: QPoint, by: QPoint) -> None:
    steps = [
        (QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, at + by / 2, Qt.MouseButton.NoButton),
        (QEvent.Type.MouseMove, at + by, Qt.MouseButton.NoButton),
        (QEvent.Type.MouseButtonRelease, at + by, Qt.MouseButton.LeftButton),
    ]
    for kind, where, pressed in steps:
        held = Qt.MouseButton.NoButton if kind is steps[-1][0] else Qt.MouseButton.LeftButton
        there, none = QPointF(where), Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, there, QPointF(on.mapToGlobal(where)), pressed, held, none)
        QApplication.sendEvent(on, event)
        QTest.qWait(30)


# --- the picture is never stretched -----------------------------------------------------------------------


def _circle(wide: int, high: int) -> QImage:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF0000"))
    return image


def test_a_picture_of_another_shape_is_not_stretched(qtbot: Any) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show_aspect(Aspect.WIDE)
    view.show()
    view.show_image(_circle(90, 160))
    painted = view.grab().toImage()
    row = [x for x in range(400) if painted.pixelColor(x, 200).red() > 200]
    rows = [y for y in range(400) if painted.pixelColor(200, y).red() > 200]
    assert len(row) / len(rows) == pytest.approx(9 / 16, abs=0.02)
    view.show_image(_circle(160, 90))
    assert view.grab().toImage().pixelColor(2, 200).red() > 200


def test_a_wide_clip_opens_in_its_own_shape(qtbot: Any, clips_window: Any) -> None:
    window = clips_window
    window.session.edit(editing.reshape_clip, Aspect.WIDE)
    window.context.edits.last.wait()
    qtbot.waitUntil(lambda: window.clips_page.stage.picture.aspect is Aspect.WIDE and window.player.current)
    window.navigation.open_editor()
    qtbot.waitUntil(lambda: window.editor.settled)
    assert window.editor.preview.picture.aspect is Aspect.WIDE


# --- small screens, news, the timeline's row to add things ------------------------------------------------


def test_messages_lie_over_the_picture_of_the_column(editor_window: Any) -> None:
    from viralclip_desktop.gui.widgets.toasts import ToastText

    window = editor_window
    window.tell(ToastText("The disk is full.", "Make room and try again.", kind="bad"))
    toast = _place(window, window.toasts.shown[-1])
    picture = _place(window, window.editor.preview.picture)
    assert picture[0].x() <= toast[0].x()
    assert toast[1].x() <= picture[1].x() + 1
    assert toast[1].y() < picture[1].y()


def test_tracks_without_anything_are_one_row(qtbot: Any, editor_window: Any) -> None:
    timeline = editor_window.editor.panel("timeline")
    scene, canvas = timeline.control.scene, timeline.canvas
    assert list(scene.rows.tracks) == [Kind.VIDEO, Kind.CAPTION, Kind.VOICE, Kind.ADD]
    top, bottom = scene.rows.tracks[Kind.ADD]
    at = QPoint(300, (top + bottom) // 2 - canvas.verticalScrollBar().value())
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Add a title",
        "Add a picture or video",
        "Add music",
        "Add a voice",
    ]
    menu.close()


def test_what_is_dropped_on_the_row_gets_its_own_track(qtbot: Any, editor_window: Any, tmp_path: Any) -> None:
    window, timeline = editor_window, editor_window.editor.panel("timeline")
    image = QImage(QSize(64, 64), QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    image.save(str(tmp_path / "logo.png"))
    timeline.canvas.dropped.emit([tmp_path / "logo.png"], Time.from_seconds(1), Kind.ADD)
    qtbot.waitUntil(lambda: Kind.PICTURE in timeline.control.scene.rows.tracks)
    assert list(timeline.control.scene.rows.tracks)[-1] is Kind.ADD  # there is still no music
    assert window.session.clip.layers
