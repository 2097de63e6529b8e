"""Finding ffmpeg."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.media.locate import ffmpeg_path


def test_ships_with_the_program() -> None:
    assert ffmpeg_path({}).is_file()


def test_an_empty_override_counts_as_none() -> None:
    assert ffmpeg_path({"FFMPEG_BIN": " "}) == ffmpeg_path({})


@pytest.mark.skipif(sys.platform == "win32", reason="needs an executable bit")
def test_override_wins(tmp_path: Path) -> None:
    own = Path(shutil.copy(sys.executable, tmp_path / "my ffmpeg"))
    assert ffmpeg_path({"FFMPEG_BIN": str(own)}) == own


def test_a_wrong_override_is_told_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks, match="FFMPEG_BIN"):
        ffmpeg_path({"FFMPEG_BIN": str(tmp_path / "nothing")})
