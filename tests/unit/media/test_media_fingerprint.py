"""Knowing a file again by its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.media.fingerprint import fingerprint

MIB = 1 << 20


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_same_content_under_another_name(tmp_path: Path) -> None:
    first, second = _write(tmp_path / "a.mp4", b"x" * 5000), _write(tmp_path / "b.mov", b"x" * 5000)
    assert fingerprint(first) == fingerprint(second)
    assert len(fingerprint(first)) == 40


@pytest.mark.parametrize("place", [0, 5 * MIB, 10 * MIB - 1])
def test_a_change_at_the_head_the_middle_or_the_tail(tmp_path: Path, place: int) -> None:
    data = bytearray(10 * MIB)
    before = fingerprint(_write(tmp_path / "a", bytes(data)))
    data[place] = 1
    assert fingerprint(_write(tmp_path / "a", bytes(data))) != before


def test_another_length(tmp_path: Path) -> None:
    assert fingerprint(_write(tmp_path / "a", bytes(10))) != fingerprint(_write(tmp_path / "b", bytes(11)))


def test_reads_little_of_a_huge_file(tmp_path: Path) -> None:
    huge = tmp_path / "huge.mp4"
    with huge.open("wb") as file:
        file.truncate(200 << 30)  # a sparse file: reading it whole would take minutes
    assert len(fingerprint(huge)) == 40


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no file"):
        fingerprint(tmp_path / "gone.mp4")
