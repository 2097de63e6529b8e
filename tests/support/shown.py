"""What a user reads on a part of the window and presses there: its words, its buttons, its menus.

A part that is on a page behind another one counts as its own page has it; what is hidden within it does not.
"""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget


def words_on(part: QWidget) -> list[str]:
    """The words of the labels and buttons in a part, in the order they were placed there."""
    shown = (one for one in part.findChildren(QWidget) if one.isVisibleTo(part))
    texts = (one.text() for one in shown if isinstance(one, QLabel | QAbstractButton))
    return [words for text in texts if (words := text.strip())]


def says(part: QWidget, words: str) -> bool:
    """Whether one of the texts on a part holds some words."""
    return any(words in text for text in words_on(part))


def button(part: QWidget, name: str) -> QAbstractButton:
    """The button on a part that screen readers call by a name; fails when there is not exactly one."""
    buttons = [one for one in part.findChildren(QAbstractButton) if one.isVisibleTo(part)]
    named = [one for one in buttons if one.accessibleName() == name]
    assert len(named) == 1, f"{name!r} is one of {[one.accessibleName() for one in buttons]}"
    return named[0]


def entries(menu: QMenu) -> dict[str, QAction]:
    """The entries that a menu shows, by their words."""
    return {action.text(): action for action in menu.actions() if action.isVisible()}
