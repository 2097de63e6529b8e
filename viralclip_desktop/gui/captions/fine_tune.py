"""The fine controls of a clip's captions, and what can be done with the look they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.captions.style_controls import StyleControls
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.clip import Clip


class FineTune(QWidget):
    """A page of the captions panel."""

    def __init__(self) -> None:
        super().__init__()
        self.controls = StyleControls()
        self.note = label("", "note", wrap=True)
        self.reset = Button(tr("Reset to the style"), "link")
        self.reset.setToolTip(tr("Adjusted for this clip"))
        keeping = self.reset.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # it comes during a drag: the slider has to stay where it is
        self.reset.setSizePolicy(keeping)
        self.save_style = Button(tr("Save as my style"), icon="bookmark-simple")
        self.share = Button(tr("Apply to all clips"), icon="copy")
        head = row(gap=8)
        head.addWidget(self.note, 1)
        head.addWidget(self.reset)
        ends = TwoColumns(column(self.save_style), column(self.share), below=8)
        self.setLayout(column(head, self.controls, 4, ends, None, gap=8, margins=(16, 4, 16, 16)))

    def show_clip(self, clip: Clip, style: CaptionStyle, name: str) -> None:
        """A clip (or another state of it), its look, and what the style it comes from is called."""
        self.note.setText(tr("Changes to “{style}” for this clip", style=name))
        self.controls.show_style(style)
        self.reset.setVisible(clip.caption_override is not None)
