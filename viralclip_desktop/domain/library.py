"""The library of sounds: what was spoken, composed, cloned or brought, each an asset with a place of its own.

An item goes by the id of its asset, which has all that is true of the file whatever it is used for: where it
lies, how long it is, its tags, its licence and the settings that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from viralclip_desktop.domain.assets import Asset, AssetKind


class LibraryKind(StrEnum):
    """What a sound is in the library."""

    VOICE = "voice"
    MUSIC = "music"
    EFFECT = "effect"
    IMPORT = "import"  # brought, and nobody has said what it is

    @property
    def asset_kind(self) -> AssetKind:
        """What its file is among all files."""
        return _ASSET_KINDS[self]


_ASSET_KINDS: Final = {
    LibraryKind.VOICE: AssetKind.VOICE,
    LibraryKind.MUSIC: AssetKind.MUSIC,
    LibraryKind.EFFECT: AssetKind.EFFECT,
    LibraryKind.IMPORT: AssetKind.SOUND,
}


@dataclass(frozen=True, slots=True)
class AudioItem:
    """A voice, an effect or an import in the library; ``created_at``: when it came there, Unix seconds."""

    id: str
    kind: LibraryKind
    folder: str = ""
    """``Jingles/Short``; empty for none."""
    created_at: float = 0.0


@dataclass(frozen=True, slots=True)
class MusicItem:
    """Music in the library."""

    id: str
    folder: str = ""
    created_at: float = 0.0

    @property
    def kind(self) -> LibraryKind:
        """As the other items have it."""
        return LibraryKind.MUSIC


LibraryItem = AudioItem | MusicItem


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """An item and its file."""

    item: LibraryItem
    asset: Asset

    @property
    def id(self) -> str:
        """The id of both."""
        return self.item.id

    @property
    def told(self) -> str:
        """All that it can be found by, in lower case: its name, its tags, its folder, its licence, and the
        words that it was made with."""
        asset = self.asset
        made = _words_in(asset.made_with)
        told = " ".join((asset.title, *asset.tags, self.item.folder, asset.licence, asset.origin, *made))
        return told.casefold()

    def matches(self, words: Iterable[str]) -> bool:
        """Whether it can be found by each of the words."""
        told = self.told
        return all(word.casefold() in told for word in words)

    def lies_in(self, folder: str) -> bool:
        """Whether it lies in a folder or in one within that."""
        here, wanted = self.item.folder.casefold(), folder.casefold()
        return here == wanted or here.startswith(f"{wanted}/")


def _words_in(value: object) -> Iterator[str]:
    """The words among values of JSON; nobody looks for names of fields, numbers or switches."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _words_in(one)


def new_item(asset_id: str, kind: LibraryKind, folder: str, created_at: float) -> LibraryItem:
    """An item of any kind."""
    if kind is LibraryKind.MUSIC:
        return MusicItem(asset_id, folder, created_at)
    return AudioItem(asset_id, kind, folder, created_at)
