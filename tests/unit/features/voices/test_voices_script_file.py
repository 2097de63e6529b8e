"""Text files that are to be spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.features.voices import text_in

SUBTITLES = "1\n00:00:01,000 --> 00:00:02,500\nIt is open.\n\n2\n00:00:03,000 --> 00:00:04,000\nCome in.\n"


def test_text_comes_as_it_is_and_subtitles_without_times(tmp_path: Path) -> None:
    for name, content in (("a.txt", b"\xef\xbb\xbfCome in.\n"), ("b.md", b"Come in."), ("c.srt", SUBTITLES)):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        assert text_in(path).splitlines()[-1] == "Come in."
    assert text_in(tmp_path / "c.srt") == "It is open.\nCome in."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp4", b"Come in."),
        ("empty.txt", b" \n"),
        ("large.txt", b"a" * 1_000_001),
        ("none.srt", b"Nothing here."),
        ("binary.txt", b"\x89PNG\0\1\2\3\0\0"),
    ],
)
def test_what_gives_no_text_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        text_in(path)
    assert str(refused.value.message) == f"“{name}” gives no text to speak."


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        text_in(tmp_path / "gone.txt")
