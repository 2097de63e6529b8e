"""The command line on real services: run a command, get its exit code, its JSON and its words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import stored

from viralclip_desktop.app import declared_settings, more_commands, wire
from viralclip_desktop.cli.main import run
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.settings.file import SettingsStore


def make_services(folder: Path) -> Services:
    """Services on a folder, its database there already; offline."""
    notices, paths = NoticeBoard(), DataPaths(folder, folder / "models")
    settings = SettingsStore(paths.settings, notices, environ={}, more=declared_settings)
    return wire(paths, stored.new_store(folder), settings, notices, NetworkGate(offline=True))


class CommandLine:
    """Runs commands on one data folder."""

    def __init__(self, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
        self.services = services
        self._capsys = capsys

    def __call__(self, *args: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = run(args, lambda: self.services, more_commands)
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def json(self, *args: str) -> Any:
        """The document of a command that has to succeed."""
        code, out, err = self(*args, "--json")
        assert code == 0, err
        return json.loads(out)
