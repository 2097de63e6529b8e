"""The command line on a real desk: run a command, get its exit code, its JSON and its words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import stored

from viralclip_desktop.cli.main import run
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.registry import provider_settings
from viralclip_desktop.features.desk import Desk
from viralclip_desktop.settings.file import SettingsStore


def make_desk(folder: Path, kind: type[Desk] = Desk) -> Desk:
    """A desk on a folder, its database there already."""
    notices, paths = NoticeBoard(), DataPaths(folder, folder / "models")
    settings = SettingsStore(paths.settings, notices, environ={}, providers=provider_settings)
    return kind(paths, stored.new_store(folder), settings, notices, NetworkGate(offline=True))


class CommandLine:
    """Runs commands on one desk."""

    def __init__(self, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        self.desk = desk
        self._capsys = capsys

    def __call__(self, *args: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = run(args, lambda: self.desk)
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def json(self, *args: str) -> Any:
        """The document of a command that has to succeed."""
        code, out, err = self(*args, "--json")
        assert code == 0, err
        return json.loads(out)
