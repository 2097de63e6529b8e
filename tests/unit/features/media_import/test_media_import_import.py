"""A recording comes in: project, source, picture, speech wav, waveform; the original stays untouched."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import makers

from viralclip_desktop.core.errors import BadInput, Cancelled, NotFound
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ProgressEvent, ignore_progress
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.media_import import ensure_sound, import_media, tidy_title
from viralclip_desktop.media.peaks import load_peaks
from viralclip_desktop.store import Store, sqlite_url


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def store(paths: DataPaths) -> Iterator[Store]:
    with Store(sqlite_url(paths.database)) as store:
        yield store


def _import(store: Store, paths: DataPaths, film: Path, project_id: str | None = None) -> Source:
    return import_media(store, paths, film, ignore_progress, CancelToken(), project_id=project_id)


def _cached(paths: DataPaths, source: Source) -> set[str]:
    return {path.name for path in paths.source_cache(source.id).iterdir()}


def test_a_film(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "My_first talk.mp4")
    before = (film.read_bytes(), film.stat().st_mtime_ns)
    source = _import(store, paths, film)
    assert store.source(source.id) == source
    assert store.project(source.project_id).name == source.title == "My first talk"
    assert source.path == str(film)
    assert source.audio is not None
    assert _cached(paths, source) == {"thumbnail.jpg", "speech.wav", "peaks.bin"}
    assert load_peaks(paths.source_cache(source.id) / "peaks.bin").duration_s == pytest.approx(2, abs=0.1)
    assert (film.read_bytes(), film.stat().st_mtime_ns) == before


def test_progress_goes_from_nothing_to_all(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    told: list[ProgressEvent] = []
    sound = makers.make_sound(tmp_path / "talk.wav", 20.0, "mono")
    import_media(store, paths, sound, told.append, CancelToken())
    fractions = [event.fraction for event in told if event.fraction is not None]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert {event.stage for event in told} == {"import"}


def test_a_silent_film(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    source = _import(store, paths, makers.make_video(tmp_path / "silent.mp4", audio=None))
    assert source.audio is None
    assert _cached(paths, source) == {"thumbnail.jpg"}
    assert ensure_sound(paths, source, ignore_progress, CancelToken()) == (None, None)


def test_sound_alone(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    source = _import(store, paths, makers.make_cover_song(tmp_path / "podcast.mp3"))
    assert source.info.video is None
    assert _cached(paths, source) == {"speech.wav", "peaks.bin"}


def test_the_track_the_file_names_is_used(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    source = _import(store, paths, makers.make_two_languages(tmp_path / "two.mkv"))
    assert source.audio is not None
    assert source.audio.language == "eng"


@pytest.mark.parametrize("name", ["-talk.mp4", "100% [true] 'it's'.mp4", "สวัสดี 😀 .mp4"])
def test_any_name(store: Store, paths: DataPaths, tmp_path: Path, name: str) -> None:
    film = makers.make_video(tmp_path / name)
    source = _import(store, paths, film)
    assert source.path == str(film)
    assert len(_cached(paths, source)) == 3


def test_the_same_file_again(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    first = _import(store, paths, film)
    (paths.source_cache(first.id) / "peaks.bin").write_bytes(b"damaged")
    (paths.source_cache(first.id) / "thumbnail.jpg").unlink()
    assert _import(store, paths, film) == first
    assert len(store.projects()) == 1
    assert len(_cached(paths, first)) == 3
    assert load_peaks(paths.source_cache(first.id) / "peaks.bin").duration_s > 1


def test_a_changed_file_is_another_recording(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    first = _import(store, paths, film)
    makers.make_video(film, 1.0)
    assert _import(store, paths, film).id != first.id


def test_into_a_project_there_is(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    first = _import(store, paths, makers.make_video(tmp_path / "one.mp4"))
    second = _import(store, paths, makers.make_sound(tmp_path / "two.wav"), first.project_id)
    assert second.project_id == first.project_id
    assert store.undo(first.project_id) == "Import two"
    assert [source.id for source in store.sources()] == [first.id]
    assert store.undo(first.project_id) is None  # the project itself is not undone away


def test_into_a_project_there_is_not(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        _import(store, paths, makers.make_video(tmp_path / "film.mp4"), "proj_gone")
    assert not paths.cache.exists()


def test_cancel_leaves_nothing(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    token = CancelToken()

    def stop(event: ProgressEvent) -> None:
        if (event.fraction or 0) > 0.06:
            token.cancel()

    sound = makers.make_sound(tmp_path / "long.wav", 60.0, "mono")
    with pytest.raises(Cancelled):
        import_media(store, paths, sound, stop, token)
    assert store.projects() == []
    assert list(paths.source_cache("any").parent.iterdir()) == []


def test_a_derived_file_is_made_again(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    source = _import(store, paths, film)
    shutil.rmtree(paths.source_cache(source.id))
    wav, peaks = ensure_sound(paths, source, ignore_progress, CancelToken())
    assert wav is not None
    assert peaks is not None
    assert wav.exists()
    film.unlink()
    assert ensure_sound(paths, source, ignore_progress, CancelToken()) == (wav, peaks)
    wav.unlink()
    with pytest.raises(BadInput, match="no file"):
        ensure_sound(paths, source, ignore_progress, CancelToken())


def test_leavings_of_a_killed_import_are_swept(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    old, new = paths.source_cache("src_old"), paths.source_cache("src_new")
    old.mkdir(parents=True)
    new.mkdir()
    two_days_ago = time.time() - 48 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    _import(store, paths, makers.make_sound(tmp_path / "talk.wav"))
    assert not old.exists()
    assert new.exists()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my_talk.final-v2.mp4", "my talk final-v2"),
        ("a-great-long-talk.mov", "a great long talk"),
        ("Episode 1.5 - The end.mkv", "Episode 1.5 - The end"),
        ("___.mp4", "Recording"),
        ("บทสัมภาษณ์ 😀.mp4", "บทสัมภาษณ์ 😀"),
        ("x" * 200 + ".mp4", "x" * 80),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert tidy_title(Path(name)) == title


@pytest.mark.media
def test_a_real_recording(store: Store, paths: DataPaths, test_media: Path) -> None:
    source = _import(store, paths, test_media / "talk-sample-42s.mp4")
    assert source.title == "talk sample 42s"
    assert len(_cached(paths, source)) == 3
