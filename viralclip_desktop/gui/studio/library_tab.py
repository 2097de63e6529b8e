"""The library of the audio studio: all sounds, and beside them what is known of the one that is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.library import LibraryEntry, LibraryKind
from viralclip_desktop.features.library import Brought, bring_sounds, change_sound, removal_of, remove_sound
from viralclip_desktop.gui.common.incoming import sort_incoming
from viralclip_desktop.gui.studio.again import Again
from viralclip_desktop.gui.studio.details import SoundDetails
from viralclip_desktop.gui.studio.sound_list import SoundList
from viralclip_desktop.gui.studio.sound_model import Sound, folders_of
from viralclip_desktop.gui.text import plural, tr, tr_fault
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.file_field import SOUNDS, VIDEOS, file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.library import Removal
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.tabs import StudioPlace


class LibraryTab(QWidget):
    """Files come by the button and by being dropped here."""

    def __init__(self, work: Workspace, place: StudioPlace) -> None:
        super().__init__()
        self._context, self._services, self._place = work.context, work.context.services, place
        self.list, self.details = SoundList(work), SoundDetails()
        self.add = Button(tr("Add sounds"), "", "plus")
        self.again = Again(work.context, self)
        self.question: Question | None = None
        self._asking = False
        head = row(label(tr("Library"), "page"), None, self.add, gap=8)
        left = column(head, self.list, gap=16, margins=(24, 16, 24, 12))
        left.setStretch(1, 1)
        layout = row(gap=0)
        layout.addLayout(left, 1)
        layout.addWidget(self.details)
        self.setLayout(layout)
        self._connect()
        self.details.show_place(place.where)
        self._show(self.list.current)

    def bring(self, paths: Sequence[Path]) -> None:
        """Take files, and all in folders, into the library. What became of them is told."""
        services = self._services
        self._context.tasks.run(lambda: _bring(services, paths), self._brought)

    def ask_to_remove(self, sound: Sound) -> None:
        """Say where a sound is used and what becomes of its file, and ask; once."""
        if self._asking:
            return
        self._asking, services = True, self._services
        self._context.tasks.run(
            lambda: removal_of(services, sound.id),
            lambda removal: self._ask(sound, removal),
            self._not_asked,
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The rows have the keys."""
        super().focusInEvent(event)
        self.list.rest(self.list.view)

    # --- inside ------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        sounds, details, place = self.list, self.details, self._place
        on_click(self.add, self._choose_files)
        sounds.import_asked.connect(self._choose_files)
        sounds.chosen.connect(self._show)
        sounds.view.opened.connect(sounds.hear)
        sounds.view.remove_asked.connect(self.ask_to_remove)
        sounds.hearing.moved.connect(self._show_heard)
        details.changed.connect(self._change)
        details.hear_asked.connect(sounds.hear)
        details.place_asked.connect(lambda sound: place.place(sound.entry))
        details.again_asked.connect(lambda sound: self.again.begin(sound.entry))
        details.cancel_asked.connect(self.again.cancel)
        details.folder_asked.connect(self._show_file)
        details.remove_asked.connect(self.ask_to_remove)
        self.again.moved.connect(self._show_work)
        self.again.made.connect(sounds.choose)
        place.changed.connect(lambda: details.show_place(place.where))
        place.kept.connect(lambda entry: sounds.choose(entry.id))

    def _show(self, sound: Sound | None) -> None:
        self.details.show_folders(folders_of(self.list.model.sounds))
        self.details.show_sound(sound)
        self.details.setVisible(bool(self.list.model.sounds))
        self._show_heard()
        self._show_work()

    def _show_heard(self) -> None:
        sound = self.details.sound
        self.details.show_heard(sound is not None and self.list.hearing.heard == sound.id)

    def _show_work(self) -> None:
        sound = self.details.sound
        self.details.show_job(None if sound is None else self.again.job_of(sound.id))

    def _show_file(self, sound: Sound) -> None:
        show_in_folder(Path(sound.entry.asset.path), self._context.tell)

    def _change(self, sound_id: str, values: dict[str, object]) -> None:
        store = self._services.store
        self._context.edits.submit(lambda: change_sound(store, sound_id, **values))  # type: ignore[arg-type]

    def _choose_files(self) -> None:
        offered = file_filter(tr("Sound and video"), f"{SOUNDS} {VIDEOS}")
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Add sounds"), QDir.homePath(), offered)
        if paths:
            self.bring([Path(path) for path in paths])

    def _brought(self, brought: Brought) -> None:
        for entry in (*brought.entries, *brought.known)[:1]:
            self.list.choose(entry.id)
        if brought.known:
            self._context.tell(ToastText(_known_words(brought.known)))
        if brought.entries:
            hint = tr("What a sound is can be changed beside the list.")
            self._context.tell(ToastText(_brought_words(brought), hint))
        if brought.refused:
            names = ", ".join(path.name for path in brought.refused)
            details = "\n".join(tr_fault(fault) for fault in brought.refused.values())
            text = tr("These files were not added: {names}", names=names)
            self._context.tell(ToastText(text, "", details, kind="bad"))

    def _not_asked(self, error: Exception) -> None:
        self._asking = False
        self._context.trouble(error)

    def _asked(self) -> None:
        self._asking = False

    def _ask(self, sound: Sound, removal: Removal) -> None:
        title = tr("Remove “{title}” from the library?", title=sound.entry.asset.title)
        question = Question(self.window(), title, removal_words(removal), tr("Keep it"), tr("Remove"))
        self.question = question
        question.accepted.connect(lambda: self._remove(sound))
        question.finished.connect(self._asked)
        question.finished.connect(question.deleteLater)
        question.open()

    def _remove(self, sound: Sound) -> None:
        services, text = self._services, tr("“{title}” was removed", title=sound.entry.asset.title)
        if self.list.hearing.heard == sound.id:
            self.list.hearing.stop()
        removed = self._context.edits.submit(lambda: remove_sound(services, sound.id))
        removed.then(lambda _removal: self._context.tell(ToastText(text)))


def _bring(services: Services, paths: Sequence[Path]) -> Brought:
    """Each path by itself: one that cannot be taken keeps no other from coming."""
    found: list[Path] = []
    refused: dict[Path, Fault] = {}
    for path in paths:
        try:
            found += sort_incoming([path]).recordings
        except Fault as fault:
            refused[path] = fault
    brought = bring_sounds(services, list(dict.fromkeys(found)))
    return replace(brought, refused={**refused, **brought.refused})


def removal_words(removal: Removal) -> str:
    """Where a sound is used, and what becomes of its file."""
    used = ", ".join(dict.fromkeys(f"“{use.title}”" for use in removal.used_by))
    if used:
        return tr("It is used in {clips}, where it stays. Its file is kept.", clips=used)
    if removal.file_deleted:
        return tr("Nothing uses it. It was made here, and its file is deleted, too.")
    return tr("Nothing uses it. Its file stays where it is.")


def _known_words(known: Sequence[LibraryEntry]) -> str:
    if len(known) == 1:
        return tr("“{title}” is in the library already", title=known[0].asset.title)
    return plural(len(known), "{n} sound is in the library already", "{n} sounds are in the library already")


def _brought_words(brought: Brought) -> str:
    music = sum(entry.item.kind is LibraryKind.MUSIC for entry in brought.entries)
    count = len(brought.entries)
    if count == 1:
        title = brought.entries[0].asset.title
        if music:
            return tr("“{title}” was added as music", title=title)
        return tr("“{title}” was added as a sound effect", title=title)
    added = plural(count, "{n} sound was added", "{n} sounds were added")
    return tr("{added}, {music} of them as music", added=added, music=music)
