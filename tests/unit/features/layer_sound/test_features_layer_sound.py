"""A sound file is listened to once, and known again by its content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import makers
from support.rhythm import drums, write_wav

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.features.layer_sound import listen


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


def test_wave_and_beats_of_a_file(paths: DataPaths, tmp_path: Path) -> None:
    sound, beats = drums(100, 10.0)
    found = listen(paths, write_wav(tmp_path / "loop.wav", sound), CancelToken())
    assert found.length.seconds == pytest.approx(10.0)
    assert found.beats.tempo_bpm == pytest.approx(100, rel=0.02)
    assert [at.seconds for at in found.beats.times] == pytest.approx(list(beats), abs=0.035)
    quiet, loud = found.peaks.between(TimeRange.from_seconds(0.0, 0.4), 2)[:, 1]
    assert loud > 0.5
    assert quiet < 0.01, "the first kick is at 0.21 s"


def test_the_same_content_is_not_listened_to_again(paths: DataPaths, tmp_path: Path) -> None:
    first = write_wav(tmp_path / "loop.wav", drums(120)[0])
    listen(paths, first, CancelToken())
    kept = {path: path.stat().st_mtime_ns for path in paths.cache.rglob("*") if path.is_file()}
    copy = Path(shutil.copy(first, tmp_path / "the same.wav"))
    refused = CancelToken()
    refused.cancel()
    assert listen(paths, copy, refused).beats.times, "found without listening"
    assert kept == {path: path.stat().st_mtime_ns for path in paths.cache.rglob("*") if path.is_file()}


def test_a_cancelled_one_leaves_nothing(paths: DataPaths, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        listen(paths, write_wav(tmp_path / "loop.wav", drums(120)[0]), cancel)
    assert [path for path in paths.cache.rglob("*") if path.is_file()] == []


def test_a_damaged_memory_is_made_anew(paths: DataPaths, tmp_path: Path) -> None:
    file = write_wav(tmp_path / "loop.wav", drums(120)[0])
    listen(paths, file, CancelToken())
    for path in paths.cache.rglob("beats.json"):
        path.write_text("{", encoding="utf-8")
    assert listen(paths, file, CancelToken()).beats.times


def test_what_cannot_be_heard_is_told(paths: DataPaths, tmp_path: Path) -> None:
    silent = makers.make_video(tmp_path / "silent.mp4", 1.0, audio=None)
    for path in (silent, tmp_path / "gone.wav"):
        with pytest.raises(BadInput, match=path.stem):
            listen(paths, path, CancelToken())
