"""Any file of the library is told where it is now; files never read are read where they are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import makers, stored

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.features.common.assets import add_file, asset_of_file, read_unread
from viralclip_desktop.features.relink.relinking import relink_asset
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return makers.make_sound(tmp_path / "song.wav", 1.0)


def test_a_moved_song_is_taken_and_another_needs_a_word(store: Store, song: Path, tmp_path: Path) -> None:
    asset = add_file(store, song, AssetKind.MUSIC)
    assert (asset.title, asset.duration.seconds) == ("song", pytest.approx(1.0))
    moved = song.rename(tmp_path / "moved.wav")
    assert relink_asset(store, asset.id, moved).path == str(moved)
    assert store.undo("") == "Relink media"
    other = makers.make_sound(tmp_path / "other.wav", 2.0)
    with pytest.raises(BadInput, match="another recording"):
        relink_asset(store, asset.id, other)
    taken = relink_asset(store, asset.id, other, force=True)
    assert (taken.fingerprint, taken.duration.seconds) == (fingerprint(other), pytest.approx(2.0))
    assert store.asset(asset.id) == taken


def test_a_file_is_taken_in_once_and_known_when_it_moved(store: Store, song: Path, tmp_path: Path) -> None:
    asset = add_file(store, song, AssetKind.MUSIC)
    assert add_file(store, song, AssetKind.MUSIC) == asset
    copy = tmp_path / "copy.wav"
    copy.write_bytes(song.read_bytes())
    assert asset_of_file(store, copy, AssetKind.MUSIC).id != asset.id, "the first is there: this is a copy"
    song.unlink()
    assert add_file(store, copy, AssetKind.MUSIC).id == asset.id
    assert [one.path for one in store.assets()] == [str(copy)]


def test_files_that_an_older_program_named_are_read(store: Store, song: Path, tmp_path: Path) -> None:
    font = tmp_path / "font.ttf"
    font.write_bytes(b"letters")
    unread = {"fingerprint": "", "info": None}
    with store.transaction("Old", undoable=False) as tx:
        tx.put(stored.asset("asset_song", kind=AssetKind.MUSIC, path=str(song), **unread))
        tx.put(stored.asset("asset_font", kind=AssetKind.FONT, path=str(font), **unread))
        tx.put(stored.asset("asset_gone", kind=AssetKind.FONT, path="/gone/x.ttf", **unread))
    assert read_unread(store) == 2
    assert store.asset("asset_song").fingerprint == fingerprint(song)
    assert store.asset("asset_song").duration.seconds == pytest.approx(1.0)
    assert store.asset("asset_font").fingerprint == fingerprint(font)
    assert store.asset("asset_gone").fingerprint == ""
    assert store.history("") == []
    assert read_unread(store) == 0
