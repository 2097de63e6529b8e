"""A file is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import (
    Partial,
    check_is_file,
    drop_abandoned,
    from_home,
    make_folder,
    partial_of,
    write_whole,
    written_beside,
)
from viralclip_desktop.core.private import make_private, private


def test_a_file_is_written_with_its_folder_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "new" / "é.json"
    for data in (b"one", b"two"):
        write_whole(out, data, synced=True)
        assert out.read_bytes() == data
    assert list(out.parent.iterdir()) == [out]


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    out = tmp_path / "a.bin"
    write_whole(out, b"good")

    def fail() -> None:
        with written_beside(out) as path:
            path.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert out.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [out]


def test_a_writer_that_stays_open_finishes_or_drops(tmp_path: Path) -> None:
    out = tmp_path / "a.wav"
    partial = partial_of(out)
    partial.path.write_bytes(b"sound")
    partial.drop()
    partial.drop()
    assert list(tmp_path.iterdir()) == []
    partial.path.write_bytes(b"sound")
    partial.finish()
    partial.drop()
    assert out.read_bytes() == b"sound"


DEAD = 2**22 + 1  # above Linux's largest process id
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights and pipes of this kind are POSIX")


def test_what_is_finished_as_a_new_file_replaces_nothing(tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    partial = partial_of(out)
    partial.path.write_bytes(b"mine")
    out.write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        partial.finish_new()
    assert out.read_bytes() == b"theirs"
    other = Partial(partial.path, tmp_path / "b.mp4")
    other.finish_new()
    other.drop()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "b.mp4"]


def test_two_that_write_the_same_file_do_not_meet(tmp_path: Path) -> None:
    one, other = (partial_of(tmp_path / "a.wav") for _ in range(2))
    one.path.write_bytes(b"one")
    other.path.write_bytes(b"other")
    one.finish()
    other.finish()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"other"]


def test_what_a_dead_program_was_writing_is_removed_and_nothing_else(tmp_path: Path) -> None:
    mine = partial_of(tmp_path / "a.mp4").path
    dead = [tmp_path / f"{name}.partial" for name in (f"a.mp4.{DEAD}-7", f"b.mp4.{DEAD}")]
    kept = [tmp_path / name for name in ("model.bin.partial", "a.mp4", "x.partial.1")]
    for path in (mine, *dead, *kept):
        path.write_bytes(b"")
    drop_abandoned(tmp_path, "a.mp4")
    assert sorted(tmp_path.iterdir()) == sorted([mine, dead[1], *kept])
    drop_abandoned(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([mine, *kept])
    drop_abandoned(tmp_path / "gone")


@POSIX
def test_pipes_and_devices_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    for path in (tmp_path / "pipe.mp4", Path("/dev/zero"), Path("/dev/stdin"), Path("/proc/self/fd/0")):
        with pytest.raises(BadInput, match="is a pipe or a device"):
            check_is_file(path)
    check_is_file(tmp_path)
    check_is_file(tmp_path / "gone")


@pytest.mark.parametrize("typed", ["~~", "~~/x", "~nobody-of-this-name/x"])
def test_a_home_that_nobody_has_is_a_name(typed: str) -> None:
    assert from_home(typed) == Path(typed)
    assert from_home("~/x") == Path.home() / "x"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@POSIX
def test_the_data_folder_is_its_users_alone_and_what_is_asked_for_follows_the_umask(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "new" / "out" / "a.mp4"
    before = os.umask(0o027)
    try:
        make_private(home)
        with private(home):
            write_whole(home / "cache" / "a.json", b"{}")
            write_whole(out, b"film")
            make_folder(tmp_path / "made")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert [mode(path) for path in (home, home / "cache", home / "cache" / "a.json")] == [0o700, 0o700, 0o600]
    assert [mode(path) for path in (out, out.parent, tmp_path / "new", tmp_path / "made")] == [
        0o640,
        *[0o750] * 3,
    ]


@POSIX
def test_an_older_data_folder_is_closed_and_somebody_elses_folder_is_not(tmp_path: Path) -> None:
    ours, others = tmp_path / "ours", tmp_path / "others"
    for folder, name in ((ours, "app.db"), (others, "diary.txt")):
        folder.mkdir(mode=0o755)
        (folder / name).write_bytes(b"")
        (folder / name).chmod(0o644)
        make_private(folder)
    assert [mode(ours), mode(ours / "app.db")] == [0o700, 0o600]
    assert [mode(others), mode(others / "diary.txt")] == [0o755, 0o644]
