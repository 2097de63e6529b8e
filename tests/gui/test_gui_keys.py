"""The keys that mean the same wherever one is: Space, Escape, Ctrl+F; and where the focus never rests."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from support.shown import button

from viralclip_desktop.gui.session.navigation import Page

CONTROL = Qt.KeyboardModifier.ControlModifier
_TEXT = (QLineEdit, QAbstractSpinBox, QPlainTextEdit)


@pytest.fixture
def editor(qtbot: Any, clips_window: Any) -> Any:
    """The window in the editor, its panels made."""
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.editor.settled)
    return clips_window


def press(qtbot: Any, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window = QApplication.activeWindow()
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def test_escape_lets_go_and_never_leaves_the_editor(qtbot: Any, editor: Any) -> None:
    timeline, words = editor.editor.panel("timeline").control, editor.editor.panel("transcript").view
    timeline.select_all()
    words.choose(range(3, 6))
    editor.editor.preview.setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert not timeline.selection.keys
    assert words.selection.words is None
    for place in (editor.editor.preview, words, editor.editor.panel("timeline").canvas, editor.pages):
        place.setFocus()
        for _ in range(3):
            press(qtbot, Qt.Key.Key_Escape)
        assert editor.page is Page.EDITOR
    press(qtbot, Qt.Key.Key_W, CONTROL)
    assert editor.page is Page.CLIPS


def test_the_way_back_leads_back_at_once_while_a_field_is_open(qtbot: Any, editor: Any) -> None:
    editor.actions_by_id["rename"].trigger()
    assert editor.editor.header.title.hasFocus()
    qtbot.mouseClick(editor.editor.header.back, Qt.MouseButton.LeftButton)
    assert editor.page is Page.CLIPS


def test_ctrl_f_finds_while_the_editor_is_still_being_made(qtbot: Any, clips_window: Any) -> None:
    clips_window.activateWindow()
    clips_window.clips_page.cards.setFocus()
    press(qtbot, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "accessibleName", str)() == "Find")
    qtbot.keyClicks(QApplication.focusWidget(), "number")
    qtbot.waitUntil(lambda: clips_window.editor.settled)
    assert clips_window.editor.panel("transcript").bar.wanted.text() == "number"
    assert clips_window.editor.panel("transcript").bar.wanted.hasFocus()


def test_ctrl_f_always_finds(qtbot: Any, clips_window: Any) -> None:
    clips_window.activateWindow()
    clips_window.clips_page.cards.setFocus()
    press(qtbot, Qt.Key.Key_F, CONTROL)
    assert clips_window.page is Page.EDITOR
    bar = clips_window.editor.panel("transcript").bar
    qtbot.waitUntil(bar.wanted.hasFocus)
    press(qtbot, Qt.Key.Key_Escape)
    clips_window.editor.docks.reveal("clips")
    clips_window.editor.panel("timeline").canvas.setFocus()
    press(qtbot, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(bar.wanted.hasFocus)
    clips_window.navigation.go_home()
    press(qtbot, Qt.Key.Key_F, CONTROL)
    assert clips_window.home_page.search.field.hasFocus()


def clicked(window: Any) -> list[QWidget]:
    """Everything in sight that a click gives the focus to and that no text is typed into."""
    parts = [part for part in window.findChildren(QWidget) if part.isVisible() and part.isEnabled()]
    takes = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.ClickFocus]
    return [part for part in takes if not isinstance(part, _TEXT)]


def test_space_plays_wherever_somebody_clicked(qtbot: Any, editor: Any) -> None:
    toggled: list[object] = []
    editor.actions_by_id["play"].triggered.connect(lambda _on=False: toggled.append(1))
    dead = []
    for panel in ("clips", "transcript", "captions", "brand", "frame", "audio", "finish", "history"):
        editor.editor.docks.reveal(panel)
        qtbot.waitUntil(lambda: editor.context.idle)
        for part in clicked(editor):
            before = len(toggled)
            part.setFocus(Qt.FocusReason.MouseFocusReason)
            press(qtbot, Qt.Key.Key_Space)
            if len(toggled) == before:
                dead.append(f"{panel}: {type(part).__name__} {part.accessibleName()}")
    editor.player.pause()
    assert dead == []


def test_the_focus_never_rests_on_a_button_that_leads_away(qtbot: Any, clips_window: Any) -> None:
    window = clips_window
    window.activateWindow()
    leading = [button(window.header, "Back to the start page")]
    window.navigation.open_editor()
    leading.append(window.editor.header.back)
    window.navigation.show_clips()
    seen: list[QWidget | None] = []
    for page in (window.navigation.open_editor, window.navigation.leave_editor, window.navigation.go_home):
        page()
        seen.append(QApplication.focusWidget())
    window.navigation.open_editor()
    leading[1].click()  # with the mouse
    seen.append(QApplication.focusWidget())
    assert not any(isinstance(one, QAbstractButton) and one in leading for one in seen)
    assert all(one.focusPolicy() == Qt.FocusPolicy.TabFocus for one in leading)  # Tab leads there, no click
