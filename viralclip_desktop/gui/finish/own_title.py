"""Titles of the user's own, beside the elements that a finish writes itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, TitleLayer
from viralclip_desktop.gui.finish.layer_form import LayerForm
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row


class OwnTitleCard(QFrame):
    """Its button ``add`` lays another title each time, for a clip may have several; each can be changed here.
    Emits ``changed`` with a layer and the gesture."""

    changed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.forms: list[LayerForm] = []
        self._shown: tuple[Sequence[str], float] = ((), 0.0)
        name = tr("Your own title")
        self.setAccessibleName(name)
        self.add = Button(tr("Add a title"))
        note = label(tr("Any words, from the playhead on. Type them on the picture."), "note", wrap=True)
        head = row(column(label(name, "strong"), note, gap=0), gap=8)
        head.setStretch(0, 1)
        head.addWidget(self.add)
        self._inside = column(head, gap=8, margins=(12, 10, 12, 10))
        self.setLayout(self._inside)

    def show_clip(self, clip: Clip | None) -> None:
        """The titles that were laid on it by hand, in the order of time."""
        own = [one for one in clip.layers if _by_hand(one)] if clip is not None else []
        titles = sorted(own, key=lambda one: one.range.start)
        shown = ([one.id for one in titles], clip.duration.seconds if clip is not None else 0.0)
        if shown == self._shown:
            for form, title in zip(self.forms, titles, strict=True):
                form.show_layer(title)
            return
        self._shown = shown
        for form in self.forms:
            self._inside.removeWidget(form)
            form.deleteLater()
        self.forms = [LayerForm(title, shown[1]) for title in titles]
        for form in self.forms:
            form.changed.connect(self.changed)
            self._inside.addWidget(form)


def _by_hand(layer: object) -> bool:
    return isinstance(layer, TitleLayer) and layer.element is Element.NONE
