"""Font files of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.compose.captions.fonts import face_of, font_file
from viralclip_desktop.compose.captions.shaping import font_chain
from viralclip_desktop.core.resources import resource

ANTON = str(resource("fonts", "Anton-Regular.ttf"))


def test_a_font_file_is_known_by_its_full_name() -> None:
    font = font_file(ANTON)
    assert font is not None
    assert (font.name, font.family) == ("Anton Regular", "Anton")
    assert face_of(font).path == Path(ANTON)


@pytest.mark.parametrize("content", [None, b"", b"no font at all", b"\x00\x01\x00\x00" + b"\xff" * 40])
def test_what_is_no_font_is_passed_over(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "one.ttf"
    if content is not None:
        path.write_bytes(content)
    assert font_file(str(path)) is None
    assert font_chain("Anton Regular", ["a"], [str(path)]).primary.file == "Anton-Regular.ttf"


def test_a_web_font_cannot_be_drawn_with(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(ANTON)
    font.flavor = "woff"
    font.save(tmp_path / "anton.woff")
    (tmp_path / "anton.woff2").write_bytes(b"wOF2\0\1\0\0" + b"\0" * 60)
    for name in ("anton.woff", "anton.woff2"):
        assert font_file(str(tmp_path / name)) is None


def test_a_brands_font_is_found_by_family_too() -> None:
    assert font_chain("anton", ["a"], [ANTON]).primary.file == ANTON
    assert font_chain("Comic Sans MS", ["a"], [ANTON]).system == "Comic Sans MS"
