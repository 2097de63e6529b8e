"""A title of the user's own, beside the elements that a finish writes itself."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row


class OwnTitleCard(QFrame):
    """Its button ``add`` lays another title each time, for a clip may have several."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        name = tr("Your own title")
        self.setAccessibleName(name)
        self.add = Button(tr("Add a title"))
        note = label(tr("Any words, from the playhead on. Type them on the picture."), "note", wrap=True)
        head = row(column(label(name, "strong"), note, gap=0), gap=8, margins=(12, 10, 12, 10))
        head.setStretch(0, 1)
        head.addWidget(self.add)
        self.setLayout(head)
