"""A piece that was composed: what it is, its sections, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu

from viralclip_desktop.features.workflows.studio_music import Take
from viralclip_desktop.gui.studio.music_words import preset_words, section_words, sections_words, take_words
from viralclip_desktop.gui.studio.wave_view import WaveView
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import column, row


class TakeCard(QFrame):
    """The user's wishes for it are signals, without a value."""

    play_asked = Signal()
    keep_asked = Signal()
    place_asked = Signal()
    save_asked = Signal()
    stems_asked = Signal()
    values_asked = Signal()
    drop_asked = Signal()
    sought = Signal(float)
    """To be heard from a second on."""

    def __init__(self, take: Take) -> None:
        super().__init__()
        self.take = take
        self.setProperty("role", "card")
        title, told = preset_words(take.preset), take_words(take)
        self.setAccessibleName(f"{title}, {told}")
        self._title, self._told = ElidedLabel(title, "strong"), ElidedLabel(told, "note")
        self.wave = WaveView(tr("Its sections: {sections}", sections=sections_words(take)), "track_music")
        self.wave.sought.connect(self.sought)
        named = [(section_words(name), at) for name, at in take.sections]
        self.wave.show_sound(take.wave, take.duration_s, named)
        self.play = IconButton("play", tr("Play"))
        self.place = Button(tr("Add to the clip"), "", "plus")
        self.keep = Button(tr("Keep in the library"), "", "bookmark-simple")
        self.more = IconButton("dots-three", tr("More"))
        self.more.setMenu(self._menu())
        self.drop = IconButton("x", tr("Remove"))
        self._lay_out()
        for button, signal in (
            (self.play, self.play_asked),
            (self.place, self.place_asked),
            (self.keep, self.keep_asked),
            (self.drop, self.drop_asked),
        ):
            on_click(button, signal.emit)

    def _lay_out(self) -> None:
        head = row(self.play, gap=8)
        head.addLayout(column(self._title, self._told, gap=0), 1)
        head.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)
        does = row(self.place, self.keep, None, self.more, gap=8)
        self.setLayout(column(head, self.wave, does, gap=8, margins=(12, 10, 12, 10)))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for words, signal in (
            (tr("Save as a file…"), self.save_asked),
            (tr("Save its stems in a folder…"), self.stems_asked),
            (tr("Take over its settings"), self.values_asked),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, signal=signal: signal.emit())
        return menu

    def show_heard(self, heard: bool, share: float) -> None:
        """Whether it is heard, and how much of it was."""
        self.play.set_icon("stop" if heard else "play")
        self.play.set_name(tr("Stop") if heard else tr("Play"))
        self.wave.show_place(share * self.take.duration_s if heard else 0.0)

    def show_kept(self, kept: bool) -> None:
        """Whether it is in the library."""
        self.keep.setText(tr("In the library") if kept else tr("Keep in the library"))
        self.keep.setEnabled(not kept)

    def show_place(self, can_place: bool, whole: bool = False) -> None:
        """Whether a clip is open to which it can be added, and whether it is as long as that one."""
        self.place.setEnabled(can_place)
        words = tr("Open a clip in the editor first.")
        if can_place:
            words = tr("At the playhead of the open clip")
        if whole:
            words = tr("At the beginning of the open clip, which is as long")
        self.place.setToolTip(plain(words))
        self.place.setAccessibleDescription(words)
