"""The keys that mean the same wherever one is: Space, Escape, Ctrl+F; and where the focus never rests."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
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


def switch_to(qtbot: Any, window: Any, panel: str) -> None:
    """Click the tab of a panel."""
    dock = window.editor.docks.docks[panel]
    bars = [bar for bar in window.editor.docks.findChildren(QTabBar) if bar.isVisible()]
    tabs = ((bar, n) for bar in bars for n in range(bar.count()) if bar.tabText(n) == dock.windowTitle())
    bar, number = next(tabs)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())
    qtbot.waitUntil(lambda: window.editor.docks.in_front(panel) and window.editor.settled)


def test_space_plays_after_another_panel_came_in_front(qtbot: Any, editor: Any) -> None:
    toggled: list[object] = []
    editor.actions_by_id["play"].triggered.connect(lambda _on=False: toggled.append(1))
    for before, behind in (
        ("transcript", "clips"),
        ("transcript", "tighten"),
        *pairwise(("captions", "brand", "frame", "audio", "finish", "history", "captions")),
    ):
        switch_to(qtbot, editor, before)
        content = editor.editor.panel(before)
        parts = [one for one in content.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        takes = [one for one in parts if one.focusPolicy() & Qt.FocusPolicy.TabFocus] or [content]
        (content.view if before == "transcript" else takes[0]).setFocus()
        switch_to(qtbot, editor, behind)
        qtbot.waitUntil(lambda content=content: not content.isVisible())
        played = len(toggled)
        press(qtbot, Qt.Key.Key_Space)
        assert (editor.page, len(toggled)) == (Page.EDITOR, played + 1), f"{before}, then {behind}"
    editor.player.pause()


def test_space_plays_after_the_activity_was_closed(qtbot: Any, editor: Any) -> None:
    toggled: list[object] = []
    editor.actions_by_id["play"].triggered.connect(lambda _on=False: toggled.append(1))
    for times, close in enumerate((Qt.Key.Key_Escape, Qt.Key.Key_J), start=1):
        press(qtbot, Qt.Key.Key_J, CONTROL)
        assert editor.queue.isAncestorOf(QApplication.focusWidget()) or editor.queue.hasFocus()
        press(qtbot, close, CONTROL if close is Qt.Key.Key_J else Qt.KeyboardModifier.NoModifier)
        assert not editor.queue.isVisible()
        press(qtbot, Qt.Key.Key_Space)
        assert (editor.page, len(toggled)) == (Page.EDITOR, times)
    editor.player.pause()


def test_a_window_that_comes_in_front_again_puts_the_focus_on_no_button(qtbot: Any, editor: Any) -> None:
    back, other = editor.editor.header.back, QWidget()
    qtbot.addWidget(other)
    for reason in (None, Qt.FocusReason.OtherFocusReason, Qt.FocusReason.TabFocusReason):
        QApplication.focusWidget().clearFocus()
        if reason is not None:
            back.setFocus(reason)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        assert back.hasFocus() is (reason is Qt.FocusReason.TabFocusReason), reason
    press(qtbot, Qt.Key.Key_Space)  # who walked there by Tab means it
    assert editor.page is Page.CLIPS
