"""Files that are no recordings: one clear sentence, one hint, nothing left behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import makers

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.features.media_import import import_media
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store import Store, sqlite_url


def _empty(path: Path) -> Path:
    path.touch()
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _noise(path: Path) -> Path:
    path.write_bytes(bytes((number * 7919) % 256 for number in range(20_000)))
    return path


def _list_of(content: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        makers.make_video(path.with_name("real.mp4"))
        path.write_text(content, encoding="utf-8")
        return path

    return make


FFCONCAT = "ffconcat version 1.0\nfile real.mp4\n"
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nreal.mp4\n#EXT-X-ENDLIST\n"


def _subtitles(path: Path) -> Path:
    path.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n", encoding="utf-8")
    return path


BAD: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "missing": ("gone.mp4", lambda path: path, "There is no file at"),
    "folder": ("films", _folder, "is a folder"),
    "empty": ("zero.mp4", _empty, "is empty"),
    "text": ("text.mp4", makers.make_text, "is a text file"),
    "text shown as a film by ffmpeg": ("list.txt", makers.make_text, "is a text file"),
    "ffconcat": ("film.mp4", _list_of(FFCONCAT), "is a text file"),
    "playlist": ("film.mkv", _list_of(PLAYLIST), "is a text file"),
    "noise": ("noise.mp4", _noise, "is damaged or not a recording"),
    "truncated": ("cut.mp4", makers.make_truncated, "is incomplete"),
    "cut short": ("half.mp4", makers.make_cut_short, "is incomplete"),
    "protected": ("bought.mp4", makers.make_encrypted, "is copy-protected"),
    "unknown codec": ("new.mp4", makers.make_unknown_codec, "uses a codec that is not known"),
    "subtitles alone": ("film.srt", _subtitles, "has neither picture nor sound"),
    "photo": ("photo.jpg", makers.make_still, "is a still image"),
    "drawing": ("drawing.png", makers.make_still, "is a still image"),
}


@pytest.mark.parametrize("case", BAD)
def test_probe_says_what_is_wrong(tmp_path: Path, case: str) -> None:
    name, make, sentence = BAD[case]
    with pytest.raises(BadInput, match=sentence) as caught:
        probe(make(tmp_path / name))
    fault = caught.value
    assert name in fault.message
    assert fault.message.count(".") - fault.message.count(name) * name.count(".") <= 1
    assert fault.message.endswith(".")
    assert fault.hint.endswith(".")
    assert fault.exit_code == 3


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.mp4", "a.wav"])
@pytest.mark.parametrize("content", [FFCONCAT, PLAYLIST], ids=["ffconcat", "playlist"])
def test_a_layer_is_no_list_of_other_files(name: str, content: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        examine(_list_of(content)(tmp_path / name))


@pytest.mark.parametrize("case", BAD)
def test_import_leaves_nothing_behind(tmp_path: Path, case: str) -> None:
    name, make, sentence = BAD[case]
    bad = make(tmp_path / name)
    paths = DataPaths(tmp_path / "home", tmp_path / "models")
    with Store(sqlite_url(paths.database)) as store:
        with pytest.raises(BadInput, match=sentence):
            import_media(store, paths, bad, ignore_progress, CancelToken())
        assert store.projects() == []
        assert store.sources() == []
    assert not paths.cache.exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "private.mp4")
    film.chmod(0)
    with pytest.raises(BadInput, match="may not be read"):
        probe(film)


@pytest.mark.parametrize("keep", [9, 40, 100, 1000, 5000])
def test_a_file_cut_anywhere_never_leaks_a_foreign_error(tmp_path: Path, keep: int) -> None:
    data = makers.make_video(tmp_path / "film.mp4").read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(data[:keep])
    with pytest.raises(BadInput):
        probe(cut)
