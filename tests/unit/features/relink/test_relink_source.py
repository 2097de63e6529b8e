"""One source, one file: the same content is taken, another only when the user says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.features.relink.relinking import relink_source
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store import Store


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return makers.make_video(tmp_path / "film.mp4", 4.0)


@pytest.fixture
def store(tmp_path: Path, film: Path) -> Iterator[Store]:
    """A project whose recording is gone from where it was; its clip ends at 3 s."""
    with stored.new_store(tmp_path / "home") as opened:
        stored.fill(opened)
        with opened.transaction("Film", "proj_1") as tx:
            info, content = probe(film), fingerprint(film)
            tx.put(stored.asset(path="/gone/film.mp4", info=info, fingerprint=content))
            tx.put(replace(stored.clip(), parts=stored.ranges((1, 3))))
        yield opened


def refused(store: Store, path: Path, *, force: bool = False) -> BadInput:
    before = store.source("src_1")
    with pytest.raises(BadInput) as told:
        relink_source(store, "src_1", path, force)
    assert store.source("src_1") == before
    return told.value


def test_the_same_content_is_taken(store: Store, film: Path) -> None:
    moved = film.rename(film.with_name("renamed.mp4"))
    before = store.source("src_1")
    assert relink_source(store, "src_1", moved) == stored.with_file(before, path=str(moved))
    assert store.undo("proj_1") == "Relink media"
    assert store.source("src_1") == before


def test_another_version_of_it_needs_a_word(store: Store, tmp_path: Path) -> None:
    smaller = makers.make_video(tmp_path / "smaller.mp4", 4.0, "160x90", audio="mono")
    told = refused(store, smaller)
    assert "not the same file" in told.message
    assert "as long" in told.message
    assert "relink it all the same" in told.hint


def test_another_version_is_taken_when_told(store: Store, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "data", tmp_path / "models")
    old_peaks = paths.source_cache("src_1") / "peaks.bin"
    old_peaks.parent.mkdir(parents=True)
    old_peaks.write_bytes(b"of the old sound")
    smaller = makers.make_video(tmp_path / "smaller.mp4", 4.0, "160x90", audio="mono")
    now = relink_source(store, "src_1", smaller, True, paths=paths)
    assert (now.path, now.fingerprint) == (str(smaller), fingerprint(smaller))
    assert now.info.video is not None
    assert now.info.video.size.width == 160
    assert now.audio is not None
    assert now.audio.channels == 1
    assert not old_peaks.exists()


def test_another_recording_is_told_by_its_length(store: Store, tmp_path: Path) -> None:
    told = refused(store, makers.make_video(tmp_path / "long.mp4", 9.0))
    assert told.message == "long.mp4 is another recording: it is 9 s long, and Talk is 4 s."


def test_a_recording_too_short_for_the_clips_is_never_taken(store: Store, tmp_path: Path) -> None:
    told = refused(store, makers.make_video(tmp_path / "short.mp4", 2.0), force=True)
    assert "too short" in told.message


@pytest.mark.parametrize("force", [False, True])
def test_a_recording_without_the_tracks_is_never_taken(store: Store, tmp_path: Path, force: bool) -> None:
    silent = makers.make_video(tmp_path / "silent.mp4", 4.0, audio=None)
    sound = makers.make_sound(tmp_path / "sound.wav", 4.0)
    assert "has no sound" in refused(store, silent, force=force).message
    assert "has no picture" in refused(store, sound, force=force).message


def test_what_is_no_recording_is_told(store: Store, tmp_path: Path) -> None:
    assert "no file" in refused(store, tmp_path / "nothing.mp4").message
    assert "folder" in refused(store, tmp_path).message
    assert "text file" in refused(store, makers.make_text(tmp_path / "list.mp4"), force=True).message
