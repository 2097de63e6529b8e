"""``viralclip settings``, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.command_line import CommandLine, make_services

from viralclip_desktop.features.transcription import speech_setup
from viralclip_desktop.settings.declaration import declared
from viralclip_desktop.settings.file import SettingsStore


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    services = make_services(tmp_path / "home")
    yield CommandLine(services, capsys)
    services.close()


def test_list_has_every_setting_as_declared(viralclip: CommandLine) -> None:
    listed = viralclip.json("settings", "list")
    assert [setting["key"] for setting in listed] == list(viralclip.services.settings.declared())
    by_key = {setting["key"]: setting for setting in listed}
    assert by_key["clip_count"] == {
        "key": "clip_count",
        "value": 10,
        "default": 10,
        "section": "Clips",
        "label": "Number of clips",
        "help": "How many clips to look for.",
        "choices": None,
        "low": 1,
        "high": 100,
        "override": "",
    }
    assert by_key["theme"]["choices"] == ["system", "dark", "light"]
    assert set(declared()) < set(by_key)
    text = viralclip("settings", "list")[1]
    assert "  fps = source" in text
    assert "One of: system, dark, light." in text


def test_set_get_reset(viralclip: CommandLine) -> None:
    assert viralclip.json("settings", "set", "clip-count", "4")["value"] == 4
    assert viralclip("settings", "get", "clip_count")[1] == "4\n"
    assert SettingsStore(viralclip.services.paths.settings, environ={}).values.clip_count == 4
    assert viralclip.json("settings", "reset", "clip_count")["value"] == 10


@pytest.mark.parametrize(
    ("key", "value"),
    [("clip_count", "-3"), ("clip_count", "many"), ("colour", "red"), ("caption_style", "sparkles")],
)
def test_what_makes_no_sense_is_refused(viralclip: CommandLine, key: str, value: str) -> None:
    code, out, err = viralclip("settings", "set", key, value)
    assert (code, out) == (2, "")
    assert err.startswith("viralclip: ")
    assert not viralclip.services.paths.settings.exists()


def test_a_folder_means_the_same_from_anywhere(viralclip: CommandLine) -> None:
    stored = viralclip.json("settings", "set", "export_folder", "clips")["value"]
    assert Path(stored) == Path("clips").absolute()
    assert viralclip.json("settings", "set", "export_folder", "")["value"] == ""


def test_an_environment_variable_is_told(viralclip: CommandLine) -> None:
    settings = SettingsStore(
        viralclip.services.paths.settings, environ={"OPENAI_BASE_URL": "http://localhost/v1"}
    )
    viralclip.services = replace(viralclip.services, settings=settings)
    code, out, err = viralclip("settings", "get", "openai_base_url")
    assert (code, out) == (0, "http://localhost/v1\n")
    assert "OPENAI_BASE_URL" in err


def test_settings_that_providers_declare_are_settings_like_others(viralclip: CommandLine) -> None:
    key = "providers.openai.transcription_model"
    assert viralclip.json("settings", "get", key)["value"] == "whisper-1"
    changed = viralclip.json("settings", "set", "providers.openai.transcription-model", "large")
    assert (changed["value"], changed["section"]) == ("large", "OpenAI transcription")
    assert speech_setup(viralclip.services).options[key] == "large"
    price = "providers.openai.transcription_price_usd"
    assert viralclip("settings", "set", price, "11")[0] == 2
    assert viralclip("settings", "set", "providers.openai.colour", "red")[0] == 2
    assert SettingsStore(viralclip.services.paths.settings, environ={}).values.clip_count == 10
    assert viralclip.json("settings", "reset", key)["value"] == "whisper-1"
