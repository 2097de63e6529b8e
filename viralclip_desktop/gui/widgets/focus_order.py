"""The order Tab walks in: as one reads the window, whenever its parts were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def walk_in_order(parts: Sequence[QWidget]) -> None:
    """Let Tab go through the parts of a window one after the other, inside of each as it is laid out. To
    be called right before the focus moves: Qt puts every widget that is made later at the end."""
    walked = [widget for part in parts for widget in _stops(part)]
    for before, after in pairwise(walked):
        if before.nextInFocusChain() is not after:
            QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """The widgets in sight in and under one that take the focus."""
    if not widget.isVisible():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for child in _children(widget):
        yield from _stops(child)


def _children(widget: QWidget) -> list[QWidget]:
    layout = widget.layout()
    laid_out = dict.fromkeys(_laid_out(layout)) if layout is not None else {}
    others = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    return [*laid_out, *(child for child in others if child not in laid_out)]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inside = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inside is not None:
            yield from _laid_out(inside)
