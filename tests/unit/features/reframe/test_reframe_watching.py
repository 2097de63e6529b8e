"""Watching: done once, kept by content, taken up again, never read half; cuts and faces where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.faces import Head, face_of, make_film

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.sight import cuts
from viralclip_desktop.features.reframe.watching import Recording, seen_between, watch, watched
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe

LEFT, RIGHT = Head(0.3, 0.5), Head(0.7, 0.45)
SIZE = 640, 360


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody at the left, nobody, somebody at the right; 12 s."""
    return make_film(
        tmp_path_factory.mktemp("sight") / "film.mp4", [(4.0, [LEFT]), (3.0, []), (5.0, [RIGHT])], *SIZE
    )


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


def recording(film: Path) -> Recording:
    return Recording("film", film, probe(film), fingerprint(film), None)


def span(start_s: float, end_s: float) -> TimeRange:
    return TimeRange.from_seconds(start_s, end_s)


def test_it_sees_who_is_there_and_where_the_picture_changes(film: Path, paths: DataPaths) -> None:
    watch(paths, recording(film), [span(0, 12)])
    seen = seen_between(paths, recording(film), span(0, 12))
    assert seen is not None
    assert len(seen.looks) == 300
    assert [0, *cuts([look.change for look in seen.looks])] == [0, 100, 175]
    for number, look in enumerate(seen.looks):
        head = LEFT if number < 100 else RIGHT if number >= 175 else None
        assert len(look.faces) == (head is not None), number
        if head is not None:
            assert look.faces[0].face.overlap(face_of(head, *SIZE)) > 0.5
            assert look.faces[0].lips is None, "alone in the picture: nobody needs the mouth"


def test_a_part_has_the_looks_of_its_own_time(film: Path, paths: DataPaths) -> None:
    watch(paths, recording(film), [span(3, 8)])
    seen = seen_between(paths, recording(film), span(3.5, 7.5))
    assert seen is not None
    assert (seen.first, len(seen.looks)) == (87, 101)
    assert cuts([look.change for look in seen.looks]) == [13, 88]


def test_a_cut_between_two_stretches_watched_apart_is_seen(film: Path, paths: DataPaths) -> None:
    """A file holds five seconds."""
    moved = make_film(film.with_name("at5.mp4"), [(5.0, [LEFT]), (5.0, [RIGHT])], *SIZE)
    watch(paths, recording(moved), [span(5, 10)])
    watch(paths, recording(moved), [span(0, 5)])
    seen = seen_between(paths, recording(moved), span(0, 10))
    assert seen is not None
    assert cuts([look.change for look in seen.looks]) == [125]


def test_nothing_is_watched_twice_and_a_copy_is_known(film: Path, paths: DataPaths, tmp_path: Path) -> None:
    one = recording(film)
    assert not watched(paths, one, span(0, 4))
    assert seen_between(paths, one, span(0, 4)) is None
    watch(paths, one, [span(0, 4)])
    assert watched(paths, one, span(0, 4))
    assert not watched(paths, one, span(0, 6))
    files = {path: path.stat().st_mtime_ns for path in paths.cache.rglob("*.json")}
    watch(paths, one, [span(0, 6)])
    after = {path: path.stat().st_mtime_ns for path in paths.cache.rglob("*.json")}
    assert files.items() < after.items()
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(film.read_bytes())
    assert watched(paths, recording(copy), span(0, 6))


def test_what_is_damaged_is_watched_again(film: Path, paths: DataPaths) -> None:
    one = recording(film)
    watch(paths, one, [span(0, 4)])
    (file,) = paths.cache.rglob("*.json")
    text = file.read_text("utf-8")
    for number, broken in enumerate((text[: len(text) // 2], "", "{}", "[1]", "[]")):
        file.write_text(broken + " " * number, "utf-8")
        assert not watched(paths, one, span(0, 4))
    watch(paths, one, [span(0, 4)])
    assert watched(paths, one, span(0, 4))


def test_progress_grows_and_a_cancel_leaves_nothing_half(film: Path, paths: DataPaths) -> None:
    cancel, told = CancelToken(), list[float]()

    def stop_halfway(event: ProgressEvent) -> None:
        told.append(event.fraction or 0.0)
        if told[-1] > 0.4:
            cancel.cancel()

    with pytest.raises(Cancelled):
        watch(paths, recording(film), [span(0, 12)], progress=stop_halfway, cancel=cancel)
    assert told == sorted(told)
    assert [path for path in paths.cache.rglob("*") if path.is_file() and path.suffix != ".json"] == []


def test_a_recording_that_is_gone_is_told(film: Path, paths: DataPaths) -> None:
    one = recording(film)
    gone = Recording("film", film.with_name("gone.mp4"), one.info, one.fingerprint, None)
    with pytest.raises(BadInput):
        watch(paths, gone, [span(0, 4)])


def test_sound_alone_has_nothing_to_watch(film: Path, paths: DataPaths, tmp_path: Path) -> None:
    from support.makers import make_sound

    sound = make_sound(tmp_path / "talk.wav", 3.0, "tone")
    watch(paths, recording(sound), [span(0, 3)])
    assert watched(paths, recording(sound), span(0, 3))
    assert seen_between(paths, recording(sound), TimeRange(Time(0), Time.from_seconds(3))) is None
