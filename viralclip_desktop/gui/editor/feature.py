"""The editor's actions: leaving it, its layout, its picture on the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit

from viralclip_desktop.gui.session.actions import BEFORE_CLIPS, EDITING, IN_EDITOR, ActionRow, Group
from viralclip_desktop.gui.session.navigation import Page

if TYPE_CHECKING:
    from viralclip_desktop.gui.editor.editor_page import EditorPage
    from viralclip_desktop.gui.session.workspace import Workspace


def _page(work: Workspace) -> EditorPage:
    from viralclip_desktop.gui.editor.editor_page import EditorPage

    return work.part(EditorPage).whole()


def _leave(work: Workspace) -> None:
    """Back to where the editor was opened; from a review to the clips."""
    if work.navigation.page is Page.EDITOR:
        work.navigation.leave_editor()
    else:
        work.navigation.show_clips()


def _let_go(work: Workspace) -> None:
    """Escape: out of a field, else the activity is closed, else nothing is selected any more. It closes a
    review, and never leaves the editor."""
    navigation, field = work.navigation, QApplication.focusWidget()
    if isinstance(field, QLineEdit | QAbstractSpinBox | QPlainTextEdit):
        _page(work).preview.setFocus()
    elif navigation.activity is not None and navigation.activity_in_view:
        navigation.activity.hide()
    elif navigation.page is Page.EDITOR:
        work.session.let_go.emit()
    else:
        navigation.leave_review()


ACTIONS = (
    ActionRow(
        "leave_editor", "Back to the clips", _leave, ("Ctrl+W",), "caret-left", BEFORE_CLIPS, first=True
    ),
    ActionRow("let_go", "Deselect, or close what is open", _let_go, ("Esc",), "x", BEFORE_CLIPS),
    ActionRow(
        "full_preview",
        "Full-screen preview",
        lambda work: _page(work).full_screen(),
        ("F",),
        "corners-out",
        EDITING,
        Group.PREVIEW,
    ),
    ActionRow(
        "reset_layout",
        "Reset the layout",
        lambda work: _page(work).reset_layout(),
        (),
        "layout",
        IN_EDITOR,
        Group.PANELS,
    ),
)
