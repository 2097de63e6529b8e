"""What is selected on the timeline is framed on the picture, and the other way round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from viralclip_desktop.compose.elements import CAPTIONS
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer
from viralclip_desktop.features.editing import put_layer, remove_layer
from viralclip_desktop.gui.preview.element_overlay import ElementOverlay
from viralclip_desktop.gui.timeline.model import Key, Kind
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX

LEFT = Qt.MouseButton.LeftButton
TITLE, BAR = Key(Kind.PICTURE, "title"), Key(Kind.PICTURE, "bar")


class Editor:
    """The editor on a clip with a title and a progress bar, and a hand on its timeline and its picture."""

    def __init__(self, qtbot: Any, window: Any) -> None:
        self.qtbot, self.window = qtbot, window
        window.navigation.open_editor()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.player.current and window.editor.settled)
        self.overlay = window.work.part(ElementOverlay)
        self.timeline = window.editor.panel("timeline")
        length = window.session.clip.duration
        window.session.edit(put_layer, TitleLayer("title", "Numbers", TimeRange.from_seconds(0, 3), y=0.4))
        window.session.edit(put_layer, ProgressLayer("bar", TimeRange(Time(0), length), y=0.2))
        qtbot.waitUntil(lambda: self.timeline.control.model.find(BAR) is not None)
        window.player.seek(Time.from_seconds(1))
        qtbot.waitUntil(lambda: {"title", "bar", CAPTIONS} <= {one.id for one in self.overlay.editor.shown})

    @property
    def framed(self) -> str:
        """The id of what has the frame on the picture."""
        selected = self.overlay.editor.selected
        return selected.id if selected is not None else ""

    def click_picture(self, element_id: str) -> None:
        """Click an element on the picture."""
        element = next(one for one in self.overlay.editor.shown if one.id == element_id)
        middle = self.overlay.place(element.box).center().toPoint()
        QTest.mouseClick(self.overlay.reach, LEFT, pos=middle)

    def click_timeline(self, key: Key) -> None:
        """Click an item a second after the clip's start."""
        control, canvas = self.timeline.control, self.timeline.canvas
        lane = next(lane for lane in control.model.lanes if lane.index_of(key) is not None)
        row = control.scene.rows.of(lane)
        x = HEADER_PX + round(control.scene.view.x_of(Time.from_seconds(1)))
        y = (row.top_px + row.bottom_px) // 2 - canvas.verticalScrollBar().value()
        QTest.mouseClick(canvas.viewport(), LEFT, pos=QPoint(x, y))


@pytest.fixture
def editor(qtbot: Any, clips_window: Any) -> Editor:
    return Editor(qtbot, clips_window)


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """A red picture."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    image.save(str(tmp_path / "Red card.png"))
    return tmp_path / "Red card.png"


def test_the_picture_frames_what_is_selected_on_the_timeline(qtbot: Any, editor: Editor) -> None:
    editor.click_picture(CAPTIONS)
    assert editor.framed == CAPTIONS
    for key in (TITLE, BAR):
        editor.click_timeline(key)
        qtbot.waitUntil(lambda key=key: editor.framed == key.id)
        assert editor.timeline.selected == {key}
    cue = next(iter(editor.timeline.control.model.cues.lane)).key
    editor.timeline.control.selection.only(cue)
    assert editor.framed == CAPTIONS
    editor.timeline.control.select_all()
    assert editor.framed == "", "several at once have no frame"


def test_the_timeline_selects_what_is_clicked_on_the_picture(qtbot: Any, editor: Editor) -> None:
    editor.click_timeline(BAR)
    editor.click_picture("title")
    assert (editor.framed, editor.timeline.selected) == ("title", {TITLE})
    editor.click_picture(CAPTIONS)
    assert (editor.framed, editor.timeline.selected) == (CAPTIONS, frozenset())
    editor.click_picture("title")
    editor.window.session.edit(remove_layer, "title")
    qtbot.waitUntil(lambda: editor.timeline.control.model.find(TITLE) is None)
    assert (editor.framed, editor.timeline.selected) == ("", frozenset())
    editor.click_picture("bar")
    editor.window.actions_by_id["let_go"].trigger()
    assert (editor.framed, editor.timeline.selected) == ("", frozenset())


def test_a_picture_that_is_added_is_selected(qtbot: Any, editor: Editor, red: Path) -> None:
    window, clip = editor.window, editor.window.session.clip
    editor.click_picture(CAPTIONS)
    known = {layer.id for layer in clip.layers}

    def new() -> str:
        layers = window.services.store.clip(clip.id).layers
        return next((layer.id for layer in layers if layer.id not in known), "")

    window.editor.docks.reveal("frame")
    qtbot.waitUntil(lambda: window.editor.settled)
    for add in (
        window.editor.panel("frame").pictures.add_file,
        lambda path: editor.timeline.take_files([path], window.player.clip_position, Kind.PICTURE),
    ):
        add(red)
        qtbot.waitUntil(lambda: bool(new()) and editor.framed == new())
        assert editor.timeline.selected == {Key(Kind.PICTURE, new())}
        known.add(new())
        editor.click_picture("title")


def test_the_frame_of_the_progress_bar_leaves_it_to_be_seen(editor: Editor) -> None:
    editor.click_timeline(BAR)
    overlay = editor.overlay
    image = QImage(overlay.size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    overlay.render(image, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)
    bar = overlay.place(overlay.editor.selected.box)
    rows = range(round(bar.top()) + 1, round(bar.bottom()) - 1)
    painted = [y for y in rows if image.pixelColor(int(bar.center().x()), y).alpha()]
    assert len(rows) > 0
    assert painted == []
