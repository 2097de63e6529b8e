"""Titles of the user's own, beside the elements that a finish writes itself."""

from __future__ import annotations

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
        layers = clip.layers if clip is not None else ()
        own = [one for one in layers if isinstance(one, TitleLayer) and one.element is Element.NONE]
        titles = sorted(own, key=lambda one: one.range.start)
        clip_s = clip.duration.seconds if clip is not None else 0.0
        known = {form.layer.id: form for form in self.forms}
        forms = [known.get(title.id) or self._made(title, clip_s) for title in titles]
        for form in self.forms:
            if form not in forms:
                self._inside.removeWidget(form)
                form.deleteLater()
        for place, (form, title) in enumerate(zip(forms, titles, strict=True), start=1):  # below the head
            self._inside.insertWidget(place, form)
            form.show_layer(title, clip_s)
        self.forms = forms

    def _made(self, title: TitleLayer, clip_s: float) -> LayerForm:
        form = LayerForm(title, clip_s)
        form.changed.connect(self.changed)
        return form
