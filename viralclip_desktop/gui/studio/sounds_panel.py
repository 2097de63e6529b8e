"""The sounds of the library beside the timeline: found, heard, and laid on the clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.studio.sound_list import SoundList
from viralclip_desktop.gui.studio.tabs import studio_place
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, action_button, on_click
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.sound_model import Sound


class SoundsPanel(QWidget):
    """Enter, a double click and the button add a sound at the playhead; a drag puts it anywhere."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._place = studio_place(work)
        self.list = SoundList(work, compact=True)
        self.place = Button(tr("Add at the playhead"), "", "plus")
        self.hear = IconButton("play", tr("Listen"))
        self.studio = action_button(work.actions["studio"], "faders")
        buttons = row(gap=4)
        buttons.addWidget(self.place, 1)
        buttons.addWidget(self.hear)
        buttons.addWidget(self.studio)
        layout = column(self.list, buttons, gap=8, margins=(12, 12, 12, 12))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._connect(work)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here types what they look for."""
        super().focusInEvent(event)
        self.list.rest(self.list.search)

    def _connect(self, work: Workspace) -> None:
        sounds = self.list
        sounds.view.opened.connect(lambda sound: self._place.place(sound.entry))
        sounds.import_asked.connect(lambda: work.navigation.open_studio("library"))
        sounds.chosen.connect(self._show)
        sounds.hearing.moved.connect(lambda: self._show(sounds.current))
        self._place.changed.connect(lambda: self._show(sounds.current))
        self._place.kept.connect(lambda entry: sounds.choose(entry.id))
        on_click(self.place, self._add)
        on_click(self.hear, self._hear)
        self._show(sounds.current)

    def _show(self, sound: Sound | None) -> None:
        there = sound is not None and sound.there
        heard = sound is not None and self.list.hearing.heard == sound.id
        self.place.setEnabled(there and self._place.can_place)
        self.hear.setEnabled(there)
        self.hear.set_icon("stop" if heard else "play")
        self.hear.set_name(tr("Stop") if heard else tr("Listen"))

    def _add(self) -> None:
        if self.list.current is not None:
            self._place.place(self.list.current.entry)

    def _hear(self) -> None:
        if self.list.current is not None:
            self.list.hear(self.list.current)
