"""The last pieces that were composed, to be compared by playing, kept, placed and saved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.library import LibraryEntry
from viralclip_desktop.features.workflows.studio_music import (
    COMPOSE_STEMS,
    StemsMade,
    Take,
    drop_take,
    forget_dropped,
    keep_take,
    kept_of,
    restore_take,
    save_take,
    submit_stems,
    takes,
)
from viralclip_desktop.gui.common.hearing import Hearing
from viralclip_desktop.gui.studio.followed_job import FollowedJob
from viralclip_desktop.gui.studio.music_words import preset_words
from viralclip_desktop.gui.studio.take_card import TakeCard
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.file_field import ending_in, file_filter
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.tabs import StudioPlace


def _read(services: Services) -> list[tuple[Take, bool]]:
    """The takes, and whether each is in the library."""
    return [(take, kept_of(services, take) is not None) for take in takes(services.paths)]


class MusicTakes(QWidget):
    """``values_asked`` carries a :class:`Take` whose settings are wanted in the form."""

    values_asked = Signal(object)

    def __init__(self, work: Workspace, place: StudioPlace) -> None:
        super().__init__()
        self._work, self._context, self._place = work, work.context, place
        self.cards: dict[str, TakeCard] = {}
        self._keeping: set[str] = set()
        self.hearing = Hearing(work.context, work.player, self)
        self.stems = FollowedJob(work.context, COMPOSE_STEMS, self)
        self.empty = EmptyState("music-notes", tr("What you compose appears here, to be compared and kept."))
        self._list = column(self.empty, None, gap=12, margins=(0, 0, 0, 0))
        self.setLayout(self._list)
        self.hearing.moved.connect(self._show_heard)
        self.stems.done.connect(self._tell_stems)
        place.changed.connect(self._show_place)
        place.kept.connect(lambda _entry: self.read())
        paths = work.context.services.paths
        work.context.tasks.run(lambda: forget_dropped(paths), lambda _nothing: self.read())

    def read(self) -> None:
        """Read the takes anew, off the GUI thread."""
        services = self._context.services
        self._context.tasks.run(lambda: _read(services), self._show)

    def play(self, key: str) -> None:
        """Hear a take, or no more of it."""
        card = self.cards.get(key)
        if card is not None:
            self.hearing.toggle(key, card.take.sound, Time.from_seconds(card.take.duration_s))

    def _play_from(self, take: Take, at_s: float) -> None:
        length = Time.from_seconds(take.duration_s)
        self.hearing.hear(take.key, take.sound, length, Time.from_seconds(at_s))

    def _show(self, found: Sequence[tuple[Take, bool]]) -> None:
        wanted = [take.key for take, _ in found]
        for key in set(self.cards) - set(wanted):
            self._list.removeWidget(self.cards[key])
            self.cards.pop(key).deleteLater()
            if self.hearing.heard == key:
                self.hearing.stop()
        for place, (take, kept) in enumerate(found):
            card = self.cards.get(take.key) or self._made_card(take)
            card.show_kept(kept)
            if self._list.indexOf(card) != place + 1:
                self._list.insertWidget(place + 1, card)
        self.empty.setVisible(not found)
        self._show_place()

    def _made_card(self, take: Take) -> TakeCard:
        card = self.cards[take.key] = TakeCard(take)
        card.play_asked.connect(partial(self.play, take.key))
        card.sought.connect(partial(self._play_from, take))
        card.keep_asked.connect(partial(self._keep, take, place=False))
        card.place_asked.connect(partial(self._keep, take, place=True))
        card.save_asked.connect(partial(self._ask_file, take))
        card.stems_asked.connect(partial(self._ask_folder, take))
        card.values_asked.connect(partial(self.values_asked.emit, take))
        card.drop_asked.connect(partial(self._drop, take))
        return card

    def _show_heard(self) -> None:
        for key, card in self.cards.items():
            card.show_heard(key == self.hearing.heard, self.hearing.share)

    def _show_place(self) -> None:
        for card in self.cards.values():
            card.show_place(self._place.can_place, self._place.is_whole(card.take.duration_s))

    def _keep(self, take: Take, *, place: bool) -> None:
        """Into the library, and from there on the timeline where that is wanted: what is as long as the clip
        from its beginning on."""
        if take.key in self._keeping:
            return
        self._keeping.add(take.key)
        services = self._context.services

        def kept(entry: LibraryEntry) -> None:
            self._keeping.discard(take.key)
            self._place.kept.emit(entry)
            if place:
                self._place.place(entry, ZERO if self._place.is_whole(take.duration_s) else None)

        def failed(error: Exception) -> None:
            self._keeping.discard(take.key)
            self._context.trouble(error)

        self._context.tasks.run(lambda: keep_take(services, take), kept, failed)

    def _ask_file(self, take: Take) -> None:
        name = f"{safe_name(take.title, 'Music', 80)}.wav"
        start = str(Path(self._work.memory.last_folder or QDir.homePath()) / name)
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save the music"), start, file_filter(tr("Sounds"), "wav")
        )
        if path:
            self.save(take, ending_in(Path(path), ".wav"))

    def save(self, take: Take, out: Path) -> None:
        """Copy a take into a file of the user's."""
        services = self._context.services
        self._context.tasks.run(
            lambda: save_take(services, take, out), lambda _nothing: self._tell_saved(out)
        )

    def _ask_folder(self, take: Take) -> None:
        start = self._work.memory.last_folder or QDir.homePath()
        folder = QFileDialog.getExistingDirectory(self, tr("Folder for the stems"), start)
        if folder:
            self.save_stems(take, Path(folder))

    def save_stems(self, take: Take, folder: Path) -> None:
        """Have the stems of a take composed into a new folder within ``folder``."""
        if self.stems.running:
            hint = tr("Wait for them, or cancel them under Activity.")
            self._context.tell(ToastText(tr("Stems are being composed already"), hint))
            return
        services = self._context.services
        self.stems.start(lambda: submit_stems(services, take, folder))

    def _tell_stems(self, made: StemsMade) -> None:
        self._tell_saved(next(iter(sorted(made.folder.glob("*.wav"))), made.folder))

    def _tell_saved(self, path: Path) -> None:
        tell = self._context.tell
        text = tr("Saved in {folder}", folder=path.parent.name or str(path.parent))
        tell(ToastText(text, action=tr("Show in folder"), then=partial(show_in_folder, path, tell)))

    def _drop(self, take: Take) -> None:
        paths, number = self._context.services.paths, tr("number {number}", number=take.wishes.seed)
        text = tr("“{title}” was removed", title=f"{preset_words(take.preset)}, {number}")

        def dropped(_nothing: object) -> None:
            self._context.tell(ToastText(text, action=tr("Undo"), then=partial(self._restore, take)))
            self.read()

        self._context.tasks.run(lambda: drop_take(paths, take.key), dropped)

    def _restore(self, take: Take) -> None:
        paths = self._context.services.paths
        self._context.tasks.run(lambda: restore_take(paths, take.key), lambda _nothing: self.read())
