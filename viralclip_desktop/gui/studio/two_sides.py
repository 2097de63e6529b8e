"""How a tab that makes something lies: what is asked at the left, what came of it at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from viralclip_desktop.gui.widgets.layout import column, frame, row, scrolled
from viralclip_desktop.gui.widgets.progress import ProgressLine


def two_sides(asked: QWidget, bar: QWidget, made: QWidget) -> QHBoxLayout:
    """Both sides scroll, the bar stays in sight."""
    left = frame("column-left", column(scrolled(_padded(asked, right=16)), bar, gap=0))
    both = row(gap=0)
    both.addWidget(left, 1)
    both.addWidget(scrolled(_padded(made, right=24)), 1)
    return both


def work_bar(progress: ProgressLine, does: QLayout) -> QWidget:
    """Buttons under a line of progress, whose place stays free while nothing is under way."""
    keeps = progress.sizePolicy()
    keeps.setRetainSizeWhenHidden(True)
    progress.setSizePolicy(keeps)
    return frame("strip", column(progress, does, gap=8, margins=(24, 12, 16, 12)))


def _padded(content: QWidget, *, right: int) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(content, margins=(24, 16, right, 16)))
    return holder
