"""A file is whole or not there, whatever happens while it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.core.files import partial_of, write_whole, written_beside


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
