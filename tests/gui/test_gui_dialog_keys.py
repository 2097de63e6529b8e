"""Enter in a dialog: it means the primary button, wherever the focus is, and ends no search."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from viralclip_desktop.gui.widgets.buttons import Button
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.search_field import SearchField


@pytest.fixture
def dialog(qtbot: Any, dark_theme: None) -> Any:
    """A dialog with the primary button last, as ours are."""
    made: Any = QDialog()
    made.switch, made.search, made.choice = Switch("With media"), SearchField("Find"), DropDown("Size")
    made.cancel, made.go, made.pressed = Button("Cancel"), Button("Go", "primary"), []
    made.setLayout(column(made.switch, made.search, made.choice, made.cancel, made.go))
    for button in (made.cancel, made.go, made.choice):
        button.clicked.connect(lambda _on=False, button=button: made.pressed.append(button))
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_is_the_primary_button(qtbot: Any, dialog: Any) -> None:
    qtbot.keyClick(dialog.switch, Qt.Key.Key_Return)
    assert dialog.pressed == [dialog.go]


def test_enter_on_another_button_presses_that_one(qtbot: Any, dialog: Any) -> None:
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert dialog.pressed == [dialog.cancel]


def test_enter_in_a_search_presses_nothing(qtbot: Any, dialog: Any) -> None:
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.pressed == []
