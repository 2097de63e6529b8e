"""Clearing the cache frees room and loses nothing that cannot be made again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.features.upkeep.cache import cache_size, clear_cache
from viralclip_desktop.store import Store


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    with stored.new_store(tmp_path) as opened:
        stored.fill(opened)
        with opened.transaction("Film", "proj_1") as tx:
            tx.put(stored.source(path=str(film)))
        yield opened


def put(path: Path, size: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def test_what_can_be_made_again_goes(store: Store, paths: DataPaths) -> None:
    folder = paths.source_cache(store.sources()[0].id)
    picture, wav = put(folder / "thumbnail.jpg", 10), put(folder / "speech.wav", 1000)
    gone = put(paths.source_cache("src_deleted") / "speech.wav", 500)
    work = put(paths.render_work / "look_1" / "captions.ass", 100)
    assert cache_size(paths) == 1610
    assert clear_cache(store, paths) == 1600
    assert picture.exists()
    assert not any(path.exists() for path in (wav, gone, work))


def test_what_belongs_to_a_lost_recording_stays(store: Store, paths: DataPaths) -> None:
    Path(store.sources()[0].path).unlink()
    wav = put(paths.source_cache(store.sources()[0].id) / "speech.wav", 1000)
    assert clear_cache(store, paths) == 0
    assert wav.exists()


def test_an_empty_data_folder_is_no_trouble(store: Store, paths: DataPaths) -> None:
    assert cache_size(paths) == 0
    assert clear_cache(store, paths) == 0
