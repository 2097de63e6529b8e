"""The command line on a services with one project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import stored
from support.command_line import CommandLine, make_services


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """One recording of a minute with one clip (5.25 to 31.5 s), words each half second from 0 on."""
    services = make_services(tmp_path / "home")
    stored.fill(services.store)
    yield CommandLine(services, capsys)
    services.close()
