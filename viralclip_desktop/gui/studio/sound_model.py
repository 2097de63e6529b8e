"""The sounds of the library as a list that is narrowed by what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from viralclip_desktop.domain.library import LibraryEntry, LibraryKind
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.gui.common.dropping import sound_data
from viralclip_desktop.gui.text import duration, plain, tr

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

Index = QModelIndex | QPersistentModelIndex
SoundRole = Qt.ItemDataRole.UserRole

KINDS = {
    LibraryKind.VOICE: "Voice-over",
    LibraryKind.MUSIC: "Music",
    LibraryKind.EFFECT: "Sound effect",
    LibraryKind.IMPORT: "Other sound",
}


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound of the library, as it is listed."""

    entry: LibraryEntry
    there: bool
    """Whether its file is where it was."""
    told: str
    """All that it is found by, in lower case."""

    @property
    def id(self) -> str:
        """The id of its entry."""
        return self.entry.id

    @property
    def kind_words(self) -> str:
        """What it is."""
        return tr(KINDS[self.entry.item.kind])

    @property
    def length_words(self) -> str:
        """``24 s``."""
        return duration(self.entry.asset.duration)

    @property
    def note(self) -> str:
        """The quiet line below the title: that the file is missing, or what it is, where, and its licence."""
        if not self.there:
            return tr("The file is missing")
        parts = (self.kind_words, self.entry.item.folder, self.entry.asset.licence)
        return "  ·  ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is looked for: sounds of some kinds (none: of all), in a folder (None: in all), with all of some
    tags, and with every word."""

    kinds: Collection[LibraryKind] = ()
    folder: str | None = None
    tags: Collection[str] = ()
    words: str = ""

    def fits(self, sound: Sound) -> bool:
        """Whether a sound is one of them."""
        entry = sound.entry
        return (
            (not self.kinds or entry.item.kind in self.kinds)
            and (self.folder is None or entry.lies_in(self.folder))
            and {tag.casefold() for tag in self.tags} <= {tag.casefold() for tag in entry.asset.tags}
            and all(word in sound.told for word in self.words.casefold().split())
        )


def read_sounds(services: Services) -> list[Sound]:
    """All sounds, the newest first. Blocks: called off the GUI thread."""
    return [Sound(entry, is_there(entry.asset.path), entry.told) for entry in services.store.library()]


def tags_of(sounds: Sequence[Sound]) -> list[str]:
    """All tags, by the alphabet."""
    tags = {tag.casefold(): tag for sound in sounds for tag in sound.entry.asset.tags}
    return [tags[key] for key in sorted(tags)]


def folders_of(sounds: Sequence[Sound]) -> list[str]:
    """All folders, each with those around it, by the alphabet."""
    named = {sound.entry.item.folder for sound in sounds} - {""}
    around = {str(folder) for one in named for folder in PurePosixPath(one).parents} - {"."}
    return sorted(named | around, key=str.casefold)


class SoundModel(QAbstractListModel):
    """``sounds`` are all there are, ``shown`` those that are looked for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sounds: list[Sound] = []
        self.shown: list[Sound] = []

    def narrow(self, narrowing: Narrowing) -> bool:
        """Show only some; whether those are others than before."""
        everything = narrowing == Narrowing()
        shown = [sound for sound in self.sounds if everything or narrowing.fits(sound)]
        if [sound.id for sound in shown] == [sound.id for sound in self.shown]:
            self.shown = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return False
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()
        return True

    def row_of(self, sound_id: str) -> int:
        """The row of a sound; -1 where it is not shown."""
        return next((row for row, sound in enumerate(self.shown) if sound.id == sound_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A sound's parts by role."""
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        sound = self.shown[index.row()]
        title = sound.entry.asset.title
        parts: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: title,
            Qt.ItemDataRole.ToolTipRole: lambda: plain(title),
            Qt.ItemDataRole.AccessibleTextRole: lambda: f"{title}, {sound.note}, {sound.length_words}",
            SoundRole: lambda: sound,
        }
        return parts[role]() if role in parts else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is there can be dragged onto the timeline and into other programs."""
        flags = super().flags(index)
        there = index.isValid() and self.shown[index.row()].there
        return flags | Qt.ItemFlag.ItemIsDragEnabled if there else flags

    def mimeTypes(self) -> list[str]:
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """What a drag carries."""
        return sound_data([self.shown[index.row()].entry for index in indexes])

    def supportedDragActions(self) -> Qt.DropAction:
        """A sound stays in the library."""
        return Qt.DropAction.CopyAction
