"""A package brings a feature of its own: no line of ours names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command_line import CommandLine, make_services
from support.toy import installed

from viralclip_desktop import app
from viralclip_desktop.cli.main import build_parser
from viralclip_desktop.engines.registry import STT
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.settings.file import SettingsStore


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with installed(monkeypatch):
        services = make_services(tmp_path / "home")
        yield services
        services.close()


def test_its_command_runs_its_job_with_its_setting(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    viralclip = CommandLine(services, capsys)
    assert viralclip.json("wind", "2") == {"sound": "ticktick"}
    assert viralclip.json("settings", "set", "toy.sound", "tock")["value"] == "tock"
    assert viralclip.json("wind", "3") == {"sound": "tocktocktock"}
    assert [job["kind"] for job in viralclip.json("jobs", "list")] == ["toy_wind", "toy_wind"]
    stored = SettingsStore(services.paths.settings, environ={}, more=app.declared_settings)
    assert stored.value("toy.sound") == "tock"


def test_its_setting_is_listed_in_a_section_of_its_own(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "\nToy\n" in CommandLine(services, capsys)("settings", "list")[1]


def test_help_names_its_command(services: Services) -> None:
    assert "wind the toy up" in build_parser(more=app.more_commands()).format_help()
    assert "wind the toy up" not in build_parser().format_help()


def test_its_provider_stands_with_ours(services: Services) -> None:
    assert STT.ids()[-1] == "toy"
    assert STT.info("toy").name == "Toy"


def test_without_it_nothing_is_left(tmp_path: Path) -> None:
    assert "toy" not in {feature.name for feature in app.features()}
    assert "toy" not in STT.ids()
