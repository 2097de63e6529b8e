"""The command line on a desk with one project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import stored
from support.cli_desk import CommandLine, make_desk


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """One recording of a minute with one clip (5.25 to 31.5 s), words each half second from 0 on."""
    desk = make_desk(tmp_path / "home")
    stored.fill(desk.store)
    yield CommandLine(desk, capsys)
    desk.close()
