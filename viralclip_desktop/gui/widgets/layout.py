"""Rows, columns and frames on the 4-pixel grid."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

SCROLL_BAR_PX = 10  # as the style sheet has it
Box = TypeVar("Box", bound=QBoxLayout)
Item = QWidget | QLayout | int | None
"""A widget, a layout, a distance in pixels, or None for a stretch."""


def row(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items side by side."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items one below the other."""
    return _filled(QVBoxLayout(), items, gap, margins)


def frame(role: str, layout: QLayout, parent: QWidget | None = None) -> QFrame:
    """A framed area; ``role`` names its look in the style sheet."""
    made = QFrame(parent)
    made.setProperty("role", role)
    made.setLayout(layout)
    return made


def line() -> QFrame:
    """A thin dividing line."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """``content`` in an area that scrolls up and down.

    Its right margin gives way to the scroll bar, so that nothing jumps when that comes or goes.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setObjectName("scrolled")
    area.setWidget(content)
    layout, bar = content.layout(), area.verticalScrollBar()
    if layout is not None:
        full = layout.contentsMargins()
        beside = max(0, full.right() - SCROLL_BAR_PX)

        def give_way(_low: int, high: int) -> None:
            right = beside if high > 0 else full.right()
            layout.setContentsMargins(full.left(), full.top(), right, full.bottom())

        bar.rangeChanged.connect(give_way)
    return area


def open_at(dialog: QWidget, width_px: int, height_px: int) -> None:
    """The size a dialog has at first: as wanted, but no larger than the window it belongs to."""
    parent = dialog.parentWidget()
    wanted = QSize(width_px, height_px)
    dialog.resize(wanted.boundedTo(parent.window().size()) if parent is not None else wanted)


def reveal_card(area: QScrollArea, card: QWidget, control: QWidget) -> None:
    """Scroll a card into view and put the keyboard into one of its controls."""

    def scroll() -> None:
        if isValid(area) and isValid(card):
            area.ensureWidgetVisible(card, 0, SCROLL_BAR_PX)

    control.setFocus(Qt.FocusReason.ShortcutFocusReason)
    scroll()
    QTimer.singleShot(0, area, scroll)  # once more when a panel that has just come into sight is laid out


def area_around(widget: QWidget) -> QScrollArea | None:
    """The nearest panel that scrolls around a widget."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    return area


def reveal_part(widget: QWidget, part: QRect) -> None:
    """Scroll the panel around a widget so that a part of it (its own pixels) is in sight."""
    area = area_around(widget)
    content = area.widget() if area is not None else None
    if area is not None and content is not None:
        middle = widget.mapTo(content, part.center())
        area.ensureVisible(middle.x(), middle.y(), 0, part.height() // 2 + SCROLL_BAR_PX)


def _filled(box: Box, items: tuple[Item, ...], gap: int, margins: tuple[int, int, int, int]) -> Box:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box
