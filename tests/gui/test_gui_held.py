"""A drag belongs to the clip it began on: when another clip comes under the hand, that one stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from viralclip_desktop.core.time import ZERO
from viralclip_desktop.gui.timeline.model import Kind
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def _move(on: QWidget, to: QPoint) -> None:
    """With the left button held."""
    place = QPointF(to)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, on.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, NONE
    )
    QApplication.sendEvent(on, event)


def _drag(on: QWidget, start: QPoint, step: QPoint, meanwhile: Callable[[], object]) -> None:
    QTest.mousePress(on, LEFT, NONE, start)
    _move(on, start + step)
    _move(on, start + 2 * step)
    meanwhile()
    _move(on, start + 3 * step)
    _move(on, start + 4 * step)
    QTest.mouseRelease(on, LEFT, NONE, start + 4 * step)


def _end_on_the_timeline(window: Any) -> tuple[QWidget, QPoint, QPoint]:
    window.actions_by_id["panel_timeline"].trigger()
    panel = window.editor.panel("timeline")
    panel.control.fit()
    top, bottom = panel.control.scene.rows.tracks[Kind.VIDEO]
    x = HEADER_PX + round(panel.control.scene.view.x_of(ZERO)) + 2
    y = (top + bottom) // 2 - panel.canvas.verticalScrollBar().value()
    return panel.canvas.viewport(), QPoint(x, y), QPoint(40, 0)


def _crop_on_the_picture(window: Any) -> tuple[QWidget, QPoint, QPoint]:
    window.actions_by_id["panel_frame"].trigger()
    handles = window.editor.panel("frame").handles
    return handles, handles.rect().center(), QPoint(12, 0)


@pytest.mark.parametrize("held", [_end_on_the_timeline, _crop_on_the_picture])
@pytest.mark.parametrize("way", ["next_clip", "delete_clip"])
def test_a_drag_in_the_editor_stops_where_another_clip_comes(qtbot, clips_window, held, way) -> None:
    window = clips_window
    window.navigation.open_editor()
    qtbot.waitUntil(lambda: window.player.current and window.editor.settled)
    first, second = window.session.clips[:2]

    def go_on() -> None:
        window.actions_by_id[way].trigger()
        qtbot.waitUntil(lambda: window.session.clip.id == second.id)

    _check(qtbot, window, held(window), go_on)
    if way == "next_clip":
        assert window.services.store.clip(first.id) != first, "the first one was really held"


def test_a_drag_on_the_page_of_the_clips_stops_where_another_clip_comes(qtbot, clips_window) -> None:
    window = clips_window
    handle = window.clips_page.stage.trim.handle_out
    held = handle, handle.rect().center(), QPoint(-15, 0)
    _check(qtbot, window, held, window.actions_by_id["next_clip"].trigger)


def _check(qtbot, window: Any, held: tuple[QWidget, QPoint, QPoint], go_on: Callable[[], object]) -> None:
    """Drag, and go on to the next clip meanwhile: it is stored as it was, and as it is numbered by then."""
    second = window.session.clips[1]
    _drag(*held, go_on)
    qtbot.waitUntil(lambda: window.context.edits.last.settled)
    after = window.services.store.clip(second.id)
    assert (after.parts, after.frame_keys, after.centre_x) == (
        second.parts,
        second.frame_keys,
        second.centre_x,
    )
    assert [one.text.message for one in window.messages.messages if one.text.kind == "bad"] == []
