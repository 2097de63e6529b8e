"""Faces of a recording: looked for once, kept, taken up again; never read half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import stored
from support.faces import Head, face_of, make_film
from support.makers import make_sound

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.faces.finding import faces_between, find_faces, finder_here
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store import Store

LEFT, RIGHT = Head(0.3, 0.5), Head(0.7, 0.45)
SIZE = 640, 360


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody at the left, nobody, somebody at the right; 23 s."""
    path = tmp_path_factory.mktemp("faces") / "film.mp4"
    return make_film(path, [(8.0, [LEFT]), (6.0, []), (9.0, [RIGHT])], *SIZE)


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "db") as store:
        yield store


@pytest.fixture
def source(store: Store, film: Path) -> Source:
    return put(store, film)


def put(store: Store, film: Path) -> Source:
    info = probe(film)
    source = stored.source(path=str(film), info=info)
    with store.transaction("Import", undoable=False) as tx:
        tx.put(stored.project())
        tx.put(source)
    return source


def span(start_s: float, end_s: float) -> TimeRange:
    return TimeRange.from_seconds(start_s, end_s)


def test_it_finds_who_is_there_and_when(store: Store, paths: DataPaths, source: Source) -> None:
    assert finder_here(paths) == "blazeface"
    seen = find_faces(store, paths, source.id, span(0, 23))
    assert [look.at for look in seen] == [Time.from_seconds(n / 2) for n in range(46)]
    for look in seen:
        head = LEFT if look.at.seconds < 8 else RIGHT if look.at.seconds >= 14 else None
        assert len(look.faces) == (head is not None), look.at
        if head is not None:
            assert look.faces[0].overlap(face_of(head, *SIZE)) > 0.5


def test_nothing_is_looked_at_twice(store: Store, paths: DataPaths, source: Source) -> None:
    assert not faces_between(paths, source, span(3, 9)).whole
    find_faces(store, paths, source.id, span(3, 9))
    known = faces_between(paths, source, span(3, 9))
    assert known.whole
    assert known.seen[0].at <= Time.from_seconds(3)
    assert known.seen[-1].at >= Time.from_seconds(9)
    files = {path: path.stat().st_mtime_ns for path in paths.cache.rglob("*.json")}
    assert not faces_between(paths, source, span(3, 15)).whole
    both = find_faces(store, paths, source.id, span(3, 15))
    after = {path: path.stat().st_mtime_ns for path in paths.cache.rglob("*.json")}
    assert files.items() < after.items()
    Path(source.path).rename(Path(source.path).with_suffix(".gone"))
    try:
        assert find_faces(store, paths, source.id, span(3, 15)) == both, "known without the recording"
        with pytest.raises(BadInput, match="no file"):
            find_faces(store, paths, source.id, span(3, 23))
    finally:
        Path(source.path).with_suffix(".gone").rename(source.path)


def test_what_is_damaged_or_of_something_else_is_not_read(
    store: Store, paths: DataPaths, source: Source
) -> None:
    whole = find_faces(store, paths, source.id, span(0, 5))
    (file,) = paths.cache.rglob("*.json")
    text = file.read_text("utf-8")
    for broken in (text[: len(text) // 2], "", "{}", "[1]", text.replace("0.", '"x', 1)):
        file.write_text(broken, "utf-8")
        known = faces_between(paths, source, span(0, 5))
        assert (known.seen, known.whole) == ((), False)
    file.unlink()
    file.with_name(f"{file.name}.partial").write_text(text, "utf-8")
    assert not faces_between(paths, source, span(0, 5)).whole
    file.write_text(text, "utf-8")
    assert faces_between(paths, source, span(0, 5)).seen == whole
    assert not faces_between(paths, stored.with_file(source, fingerprint="another"), span(0, 5)).whole


def test_progress_grows_and_a_cancel_keeps_what_was_found(
    store: Store, paths: DataPaths, source: Source
) -> None:
    cancel, told = CancelToken(), list[float]()

    def stop_in_the_second_part(event: ProgressEvent) -> None:
        told.append(event.fraction or 0.0)
        if any(paths.cache.rglob("*.json")):
            cancel.cancel()

    with pytest.raises(Cancelled):
        find_faces(store, paths, source.id, span(0, 23), progress=stop_in_the_second_part, cancel=cancel)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1
    assert len(faces_between(paths, source, span(0, 23)).seen) in (20, 40)
    assert [path for path in paths.cache.rglob("*") if path.is_file() and path.suffix != ".json"] == []
    told.clear()
    seen = find_faces(store, paths, source.id, span(0, 23), progress=lambda e: told.append(e.fraction or 0))
    assert len(seen) == 46
    assert told[-1] == 1.0


def test_a_range_beyond_the_recording_and_sound_alone_have_none(
    store: Store, paths: DataPaths, source: Source, tmp_path: Path
) -> None:
    assert faces_between(paths, source, span(100, 120)).whole
    assert find_faces(store, paths, source.id, span(100, 120)) == ()
    sound = put(store, make_sound(tmp_path / "talk.wav"))
    assert find_faces(store, paths, sound.id, span(0, 2)) == ()
    assert faces_between(paths, sound, span(0, 2)).whole
