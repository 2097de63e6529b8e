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
    """Escape: first out of a field, then out of the activity, then back to where the editor was opened."""
    navigation, field = work.navigation, QApplication.focusWidget()
    if isinstance(field, QLineEdit | QAbstractSpinBox | QPlainTextEdit):
        _page(work).preview.setFocus()
    elif navigation.activity is not None and navigation.activity_in_view:
        navigation.activity.hide()
    elif navigation.page is Page.EDITOR:
        navigation.leave_editor()
    else:
        navigation.leave_review()


ACTIONS = (
    ActionRow("leave_editor", "Back to the clips", _leave, ("Esc",), "caret-left", BEFORE_CLIPS, first=True),
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
