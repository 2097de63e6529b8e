"""A setting of a panel: its name at the left, its control at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import row

NAME_PX = 84


def setting_row(name: str, control: QWidget, *, wide: bool = True, name_px: int = NAME_PX) -> QWidget:
    """One row; ``wide`` gives the control all the room there is, else it stands at the right."""
    words = label(name, "quiet", wrap=True)
    words.setFixedWidth(name_px)
    layout: QHBoxLayout = row(words)
    if not wide:
        layout.addStretch(1)
    layout.addWidget(control, 1 if wide else 0)
    made = QWidget()
    made.setLayout(layout)
    return made
