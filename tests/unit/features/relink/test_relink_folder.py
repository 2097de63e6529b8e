"""Moved recordings are found in a tree of any shape, by what is in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.errors import BadInput, Cancelled, NotFound
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.features.relink.relinking import find_missing, relink_folder, relink_if_known
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.store import Store

Keep = Callable[..., Store]
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@pytest.fixture
def new_home(tmp_path: Path) -> Path:
    """Where the recordings are now."""
    folder = tmp_path / "new" / "2024" / "films"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Keep]:
    """Puts files into a store as the recordings of projects, under the paths they once had."""
    with stored.new_store(tmp_path / "home") as store:

        def put(*files: Path, old: str = "/gone", project_id: str = "proj_1", first: int = 1) -> Store:
            with store.transaction("Fill", project_id) as tx:
                tx.put(stored.project(project_id))
                for number, file in enumerate(files, first):
                    info = replace(stored.media_info(), size_bytes=file.stat().st_size)
                    known = {"path": f"{old}/{file.name}", "fingerprint": fingerprint(file), "info": info}
                    tx.put(stored.source(f"src_{number}", project_id, file.stem, **known))
            return store

        yield put


def write(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or f"the recording {path.name}", encoding="utf-8")
    return path


def test_one_folder_finds_all(keep: Keep, new_home: Path, tmp_path: Path) -> None:
    files = [write(new_home / "a.mp4"), write(new_home / "b é.mp4"), write(tmp_path / "new" / "c.mp4")]
    store = keep(*files)
    gone = store.source("src_1")
    assert [source.id for source in find_missing(store)] == ["src_1", "src_2", "src_3"]
    report = relink_folder(store, tmp_path / "new")
    assert report.found == {"src_1": files[0], "src_2": files[1], "src_3": files[2]}
    assert report.still_missing == ()
    assert find_missing(store) == []
    assert store.source("src_1") == stored.with_file(gone, path=str(files[0])), "only the path changes"
    assert [entry.label for entry in store.history("proj_1")][-1] == "Relink media"
    assert store.undo("proj_1") == "Relink media"
    assert len(find_missing(store)) == 3


def test_a_recording_is_known_by_its_content_not_its_name(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "talk.mp4", "the true one"))
    (new_home / "talk.mp4").rename(new_home / "renamed.mkv")
    write(new_home / "talk.mp4", "a false one")
    assert relink_folder(store, new_home).found == {"src_1": new_home / "renamed.mkv"}


def test_of_several_copies_the_old_name_wins_then_the_uppermost(keep: Keep, tmp_path: Path) -> None:
    root = tmp_path / "new"
    store = keep(
        write(root / "deep" / "er" / "Talk.MP4", "same"), write(root / "x" / "y" / "other.mp4", "SAME")
    )
    write(root / "copy of talk.mp4", "same")
    write(root / "copy of other.mp4", "SAME")
    (root / "x" / "y" / "other.mp4").unlink()
    write(root / "x" / "still another.mp4", "SAME")
    report = relink_folder(store, root)
    assert report.found["src_1"] == root / "deep" / "er" / "Talk.MP4"
    assert report.found["src_2"] == root / "copy of other.mp4"


@pytest.mark.parametrize("old", ["C:\\My films\\deep", "/gone"])
def test_the_old_name_may_come_from_another_system(keep: Keep, tmp_path: Path, old: str) -> None:
    named = write(tmp_path / "new" / "z" / "é.mp4", "same")
    store = keep(named, old=old)
    if old.startswith("C:"):
        with store.transaction("Windows", "proj_1") as tx:
            tx.put(replace(store.asset("asset_1"), path=f"{old}\\E\u0301.MP4"))
    write(tmp_path / "new" / "a.mp4", "same")
    assert relink_folder(store, tmp_path / "new").found == {"src_1": named}


def test_what_is_not_found_is_told(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "a.mp4"), write(new_home / "b.mp4"))
    (new_home / "b.mp4").unlink()
    report = relink_folder(store, new_home)
    assert list(report.found) == ["src_1"]
    assert [source.id for source in report.still_missing] == ["src_2"]
    assert relink_folder(store, new_home).found == {}


def test_recordings_that_are_where_they_were_are_left_alone(keep: Keep, new_home: Path) -> None:
    here = write(new_home / "a.mp4")
    store = keep(here, old=str(new_home))
    write(new_home / "copies" / "a.mp4", here.read_text())
    assert relink_folder(store, new_home / "copies").found == {}
    assert store.source("src_1").path == str(here)
    wished = relink_folder(store, new_home / "copies", ["src_1"])
    assert wished.found == {"src_1": new_home / "copies" / "a.mp4"}, "asked for by name, it moves"


def test_every_project_that_misses_a_recording_gets_it(keep: Keep, new_home: Path) -> None:
    file = write(new_home / "a.mp4")
    keep(file)
    store = keep(file, project_id="proj_2", first=2)
    assert [source.id for source in find_missing(store, "proj_2")] == ["src_2"]
    assert set(relink_folder(store, new_home).found) == {"src_1", "src_2"}
    assert store.undo("proj_2") == "Relink media"
    assert [source.id for source in find_missing(store)] == ["src_2"], "each project has its own step"


@needs_links
def test_links_in_circles_and_trees_outside(keep: Keep, new_home: Path, tmp_path: Path) -> None:
    root = tmp_path / "new"
    outside = write(tmp_path / "outside" / "deep" / "a.mp4")
    store = keep(outside)
    (new_home / "up").symlink_to(root)
    (new_home / "all").symlink_to(tmp_path)
    (outside.parent / "back").symlink_to(root)
    (outside.parent / "self").symlink_to(outside.parent)
    (root / "elsewhere").symlink_to(tmp_path / "outside")
    (root / "again").symlink_to(tmp_path / "outside" / "deep")
    (root / "broken").symlink_to(tmp_path / "nothing")
    report = relink_folder(store, root)
    assert list(report.found) == ["src_1"]
    assert report.found["src_1"].samefile(outside)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_closed_folders_are_passed_by_and_counted(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "z" / "a.mp4"))
    closed = new_home / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        report = relink_folder(store, new_home)
    finally:
        closed.chmod(0o700)
    assert list(report.found) == ["src_1"]
    assert report.unreadable == 1


def test_a_folder_that_goes_while_we_look_is_counted(
    keep: Keep, new_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = keep(write(new_home / "z" / "a.mp4"))
    (new_home / "dead drive").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("dead drive"):
            raise OSError(112, "Host is down")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = relink_folder(store, new_home)
    assert (list(report.found), report.unreadable) == (["src_1"], 1)


def test_what_was_thrown_away_is_not_found(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "$RECYCLE.BIN" / "a.mp4"), write(new_home / ".Trash-1000" / "b.mp4"))
    assert relink_folder(store, new_home).found == {}


def test_cancel_changes_nothing(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "a.mp4"), write(new_home / "b" / "b.mp4"))
    cancel = CancelToken()
    told: list[ProgressEvent] = []

    def progress(event: ProgressEvent) -> None:
        told.append(event)
        cancel.cancel()

    with pytest.raises(Cancelled):
        relink_folder(store, new_home, progress=progress, cancel=cancel)
    assert len(told) == 1
    assert len(find_missing(store)) == 2


def test_progress_says_what_was_found(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "a.mp4"))
    told: list[ProgressEvent] = []
    relink_folder(store, new_home, progress=told.append)
    assert told[-1].fraction == 1.0
    assert told[-1].message == "1 of 1 found, 1 file seen"


def test_no_folder_and_no_source_are_told(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "a.mp4"))
    with pytest.raises(BadInput, match="no folder"):
        relink_folder(store, new_home / "nowhere")
    with pytest.raises(BadInput, match="no folder"):
        relink_folder(store, new_home / "a.mp4")
    with pytest.raises(NotFound):
        relink_folder(store, new_home, ["src_9"])


def test_an_imported_file_that_was_missing_is_relinked(keep: Keep, new_home: Path) -> None:
    file = write(new_home / "a.mp4")
    keep(file)
    store = keep(file, project_id="proj_2", first=2)
    found = relink_if_known(store, file)
    assert found == store.source("src_2")
    assert {source.path for source in store.sources()} == {str(file)}
    assert relink_if_known(store, file) is None, "it is not missing any more"


def test_an_imported_file_that_is_new_is_left_to_the_import(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "a.mp4", "content A"))
    assert relink_if_known(store, write(new_home / "b.mp4", "content B")) is None
    assert relink_if_known(store, new_home / "nothing.mp4") is None
    assert relink_if_known(store, new_home) is None
    assert len(find_missing(store)) == 1


def test_a_copy_of_a_recording_that_is_there_is_no_move(keep: Keep, new_home: Path) -> None:
    file = write(new_home / "a.mp4")
    store = keep(file, old=str(new_home))
    assert relink_if_known(store, write(new_home / "copy.mp4", file.read_text())) is None
    assert store.source("src_1").path == str(file)


def test_songs_logos_and_fonts_are_found_as_recordings_are(keep: Keep, new_home: Path) -> None:
    store = keep(write(new_home / "talk.mp4"))
    files = {name: write(new_home / "new" / name) for name in ("song.mp3", "logo.png", "font.ttf")}
    size = files["song.mp3"].stat().st_size
    with store.transaction("Brand", "proj_1") as tx:
        for name, path in files.items():
            info = replace(stored.media_info(), size_bytes=size) if name == "song.mp3" else None
            known = {"fingerprint": fingerprint(path), "info": info}
            tx.put(stored.asset(f"asset_{name}", kind=AssetKind.OTHER, path=f"/gone/{name}", **known))
        tx.put(BrandKit("brand_1", "Ours", fonts=("asset_font.ttf",), logo=Logo("asset_logo.png")))
        song = MusicLayer("layer_1", "asset_song.mp3", TimeRange.from_seconds(0, 5))
        tx.put(replace(stored.clip(), batch_id="", brand_kit="brand_1", layers=(song,)))
    assert len(find_missing(store)) == len(find_missing(store, "proj_1")) == 4
    files["song.mp3"] = files["song.mp3"].rename(new_home / "renamed.ogg")
    report = relink_folder(store, new_home.parent)
    assert {asset_id: path for asset_id, path in report.found.items() if asset_id != "src_1"} == {
        f"asset_{name}": path for name, path in files.items()
    }
    assert report.project_ids == ("proj_1",)
    assert find_missing(store) == []
    assert store.undo("proj_1") == "Relink media"
    assert {one.id for one in find_missing(store)} == {"src_1", "asset_song.mp3"}, "the kit is no project's"
    assert store.undo("") == "Relink media"
    assert len(find_missing(store)) == 4
