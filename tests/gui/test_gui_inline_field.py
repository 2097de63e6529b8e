"""Fields that lie over a text: a press beside them keeps what was typed, before it does anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from viralclip_desktop.gui.common.inline_field import InlineField
from viralclip_desktop.gui.common.inline_text import InlineText


@pytest.mark.parametrize("kind", [InlineField, InlineText])
def test_a_button_without_focus_acts_on_what_was_typed(qtbot, kind) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(400, 200)
    button = QPushButton("Undo", room)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.move(300, 150)
    happened: list[str] = []
    button.clicked.connect(lambda: happened.append("undo"))
    room.show()
    field = kind(
        room,
        "Title",
        "before",
        QRect(20, 20, 100, 20),
        keep=lambda text, *_: happened.append(text),
        back=room,
    )
    qtbot.keyClicks(field, "after")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert happened == ["after", "undo"]


def test_a_press_in_the_field_itself_ends_nothing(qtbot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(400, 200)
    room.show()
    kept: list[str] = []
    field = InlineField(
        room, "Title", "before", QRect(20, 20, 100, 20), keep=lambda text, _step: kept.append(text), back=room
    )
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert kept == []
    field.leave(keep=True)
    assert kept == ["before"]
