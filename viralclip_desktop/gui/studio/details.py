"""What is known of one sound, to be changed where it stands, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QWidget

from viralclip_desktop.domain.library import LibraryKind
from viralclip_desktop.features.library import Making
from viralclip_desktop.gui.studio.made_with import made_with
from viralclip_desktop.gui.studio.sound_model import KINDS
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, line, row, scrolled
from viralclip_desktop.gui.widgets.messages import Banner
from viralclip_desktop.gui.widgets.progress import ProgressLine
from viralclip_desktop.gui.widgets.typed import show_stored_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.studio.sound_model import Sound

WIDTH_PX = 340


class SoundDetails(QFrame):
    """``changed`` carries the id of the sound and what is another now; the other signals carry the
    :class:`Sound`."""

    changed = Signal(str, object)
    place_asked = Signal(object)
    hear_asked = Signal(object)
    again_asked = Signal(object)
    cancel_asked = Signal(object)
    """The :class:`Job` that makes it again is to be stopped."""
    folder_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "column-right")
        self.setFixedWidth(WIDTH_PX)
        self.sound: Sound | None = None
        self._job: Job | None = None
        self.title = _field(tr("Name"))
        self.kind = DropDown(tr("Kind of sound"), [(kind, tr(words)) for kind, words in KINDS.items()])
        self.folder = _field(tr("Folder"), tr("None"))
        self.tags = _field(tr("Tags"), tr("calm, intro, jingle"))
        self.licence = _field(tr("Licence"), tr("Not told"))
        self.place = Button(tr("Add to the clip"), "primary", "plus")
        self.hear = Button(tr("Listen"), "", "play")
        self.again = Button(tr("Make again"), "", "arrow-clockwise")
        self.show_file = IconButton("folder-open", tr("Show in folder"))
        self.remove = IconButton("trash", tr("Remove from the library"))
        self.missing = Banner()
        self.why_not, self._where = label("", "note", wrap=True), ElidedLabel("", "note")
        self._file = ElidedLabel("", "note", elide=Qt.TextElideMode.ElideMiddle)
        self._line, self._made_head, self.made = (
            line(),
            label(tr("Made with"), "section"),
            label("", "quiet", wrap=True),
        )
        self._progress, self.cancel = ProgressLine(tr("Making it again"), 4), IconButton("x", tr("Cancel"))
        self._build()
        self._connect()
        self.show_sound(None)

    def show_sound(self, sound: Sound | None) -> None:
        """Show another sound, or the same as it is now; None for none."""
        self.sound = sound
        self._content.setVisible(sound is not None)
        if sound is None:
            return
        asset = sound.entry.asset
        show_stored_text(self.title, asset.title)
        show_stored_text(self.folder, sound.entry.item.folder)
        show_stored_text(self.tags, ", ".join(asset.tags))
        show_stored_text(self.licence, asset.licence)
        self.kind.show_value(sound.entry.item.kind)
        self._file.setText(asset.path)
        made = Making.of(asset)
        self.made.setText(made_with(made, asset.origin))
        for part in (self._line, self._made_head, self.made):
            part.setVisible(bool(self.made.text()))
        self._show_missing(sound, made is not None)
        self._show_what_can_be_done(made is not None)

    def show_folders(self, folders: Sequence[str]) -> None:
        """The folders there are: what is typed is completed to one of them."""
        completer = QCompleter(list(folders), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.folder.setCompleter(completer)

    def show_job(self, job: Job | None) -> None:
        """How far the making anew of this sound is; None while it is not made."""
        self._job = job
        self._working.setVisible(job is not None)
        self._progress.show_share(job.fraction if job is not None else 0.0)
        self.again.setEnabled(job is None)

    def show_place(self, where: str) -> None:
        """Where a sound is added to the open clip, in words; empty without a clip."""
        self._can_place = bool(where)
        self._where.setText(where)
        self._where.setVisible(bool(where))
        self._show_what_can_be_done(self.again.isVisibleTo(self))

    def show_heard(self, heard: bool) -> None:
        """Whether this sound is heard now."""
        words = tr("Stop") if heard else tr("Listen")
        if self.hear.accessibleName() != words:
            self.hear.show_icon("stop" if heard else "play")
            self.hear.setText(words)

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._can_place = False
        self._working = QWidget()
        self._working.setLayout(row(self._progress, self.cancel))
        self._content = QWidget()
        fields = column(gap=12)
        for name, control in (
            (tr("Name"), self.title),
            (tr("Kind"), self.kind),
            (tr("Folder"), self.folder),
            (tr("Tags, apart by commas"), self.tags),
            (tr("Licence"), self.licence),
        ):
            fields.addLayout(column(label(name, "note"), control, gap=4))
        buttons = row(self.hear, None, self.show_file, self.remove, gap=8)
        self._content.setLayout(
            column(
                self.missing,
                column(self.place, self.why_not, self._where, gap=6),
                buttons,
                fields,
                self._file,
                self._line,
                self._made_head,
                self.made,
                row(self.again, None),
                self._working,
                None,
                gap=16,
                margins=(16, 16, 16, 16),
            )
        )
        self.setLayout(column(scrolled(self._content), gap=0))

    def _connect(self) -> None:
        self.title.editingFinished.connect(self._retitle)
        self.folder.editingFinished.connect(lambda: self._change(folder=self.folder.text().strip()))
        self.licence.editingFinished.connect(lambda: self._change(licence=self.licence.text().strip()))
        self.tags.editingFinished.connect(self._retag)
        self.kind.chosen.connect(lambda kind: self._change(kind=LibraryKind(kind)))
        for button, signal in (
            (self.place, self.place_asked),
            (self.hear, self.hear_asked),
            (self.again, self.again_asked),
            (self.show_file, self.folder_asked),
            (self.remove, self.remove_asked),
        ):
            on_click(button, partial(self._ask, signal))
        on_click(self.cancel, lambda: self.cancel_asked.emit(self._job))

    # --- inside ------------------------------------------------------------------------------------------

    def _ask(self, signal: SignalInstance) -> None:
        if self.sound is not None:
            signal.emit(self.sound)

    def _show_missing(self, sound: Sound, made_here: bool) -> None:
        hint = tr("It was moved, renamed or deleted, or its disk is not connected.")
        if made_here:
            hint = tr("It was made here: “Make again” brings it back.")
        self.missing.show_message("bad", "" if sound.there else tr("The file is missing"), hint)
        self.missing.setToolTip(plain("" if sound.there else sound.entry.asset.path))

    def _show_what_can_be_done(self, made_here: bool) -> None:
        there = self.sound is not None and self.sound.there
        self.again.setVisible(made_here)
        self.hear.setEnabled(there)
        self.show_file.setEnabled(there)
        self.place.setEnabled(there and self._can_place)
        why_not = "" if self._can_place else tr("Open a clip in the editor first, then come here from there.")
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))

    def _change(self, **values: object) -> None:
        sound = self.sound
        if sound is None:
            return
        entry, asset = sound.entry, sound.entry.asset
        now: Mapping[str, object] = {
            "title": asset.title,
            "folder": entry.item.folder,
            "licence": asset.licence,
            "kind": entry.item.kind,
        }
        if any(now.get(name) != value for name, value in values.items()):
            self.changed.emit(sound.id, values)

    def _retitle(self) -> None:
        """A name that says nothing is not taken."""
        if self.title.text().strip():
            self._change(title=self.title.text().strip())
        elif self.sound is not None:
            self.title.setText(self.sound.entry.asset.title)

    def _retag(self) -> None:
        if self.sound is None:
            return
        wanted = [tag.strip() for tag in self.tags.text().split(",") if tag.strip()]
        before = self.sound.entry.asset.tags
        if list(before) != wanted:
            dropped = [tag for tag in before if tag not in wanted]
            self.changed.emit(self.sound.id, {"add_tags": wanted, "drop_tags": dropped})


def _field(name: str, hint: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made
