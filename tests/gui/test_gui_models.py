"""The model manager: install with progress, stop and go on, use a folder, check, remove, offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.loopback_hub import LoopbackHub, loopback_hub
from support.shown import entries, says, words_on
from support.window_parts import settings_of

from viralclip_desktop.engines.downloads.models import ModelShop
from viralclip_desktop.gui.models.models_section import ModelsSection

FILES = {
    "model.bin": b"m" * 400_000,
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.txt": b"a\nb\n",
}


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with loopback_hub(dict(FILES)) as running:
        yield running


@pytest.fixture
def section(qtbot, services, open_window, hub, monkeypatch):
    monkeypatch.setattr(ModelShop.__init__, "__defaults__", (hub.url,))
    window = open_window()
    window.actions_by_id["models"].trigger()
    found = settings_of(window).section_of(ModelsSection)
    qtbot.waitUntil(lambda: bool(found.models) and window.context.tasks.idle, timeout=10000)
    return found


def whole_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in (*FILES, "preprocessor_config.json"):
        (folder / name).write_bytes(b"x")
    return folder


def test_install_use_check_remove(qtbot, services, section) -> None:
    row = section.models["tiny"]
    assert row.install.isVisible()
    assert not row.more.isVisible()
    row.install.click()
    qtbot.waitUntil(lambda: row.state.entry.installed, timeout=10000)
    assert "In use" in words_on(row)
    assert (services.paths.models / "whisper" / "tiny" / "model.bin").stat().st_size == 400_000
    entries(row.more.menu())["Check the files"].trigger()
    qtbot.waitUntil(lambda: "All files are whole." in words_on(row), timeout=5000)
    (services.paths.models / "whisper" / "tiny" / "model.bin").write_bytes(b"spoilt")
    entries(row.more.menu())["Check the files"].trigger()
    qtbot.waitUntil(lambda: says(row, "damaged"), timeout=5000)
    entries(row.more.menu())["Remove"].trigger()
    qtbot.waitUntil(row.install.isVisible, timeout=5000)
    assert not (services.paths.models / "whisper" / "tiny").exists()


def test_a_stopped_download_goes_on_where_it_was(qtbot, services, section, hub) -> None:
    hub.stall = True
    row = section.models["tiny"]
    row.install.click()
    qtbot.waitUntil(lambda: row.job is not None and row.job.fraction > 0.4, timeout=10000)
    assert row.cancel.isVisible()
    row.cancel.click()
    qtbot.waitUntil(row.install.isVisible, timeout=10000)
    qtbot.waitUntil(lambda: row.install.text().strip() == "Go on", timeout=5000)
    assert says(row, "are here")
    hub.stall = False
    row.install.click()
    qtbot.waitUntil(lambda: row.state.entry.installed, timeout=10000)
    assert any(wanted == "bytes=200000-" for _path, wanted in hub.asked)


def test_trouble_is_one_sentence_in_its_row(qtbot, section, hub) -> None:
    hub.files.pop("tokenizer.json")
    row = section.models["base"]
    row.install.click()
    qtbot.waitUntil(lambda: says(row, "tokenizer.json"), timeout=10000)
    assert row.install.isVisible()


def test_offline_is_told_and_nothing_can_be_downloaded(qtbot, services, section, hub) -> None:
    services.settings.set(offline=True)
    section.refresh()
    qtbot.waitUntil(section.banner.isVisible, timeout=5000)
    assert "offline switch" in section.banner.message
    assert not any(row.install.isEnabled() for row in section.models.values())
    assert hub.asked == []


def test_a_folder_of_the_users_is_taken_if_it_is_whole(qtbot, services, section, tmp_path) -> None:
    window = section.window().parent()
    folder = whole_model(tmp_path / "my whisper")
    section.use_folder(folder)
    qtbot.waitUntil(lambda: str(folder) in section.models, timeout=5000)
    row = section.models[str(folder)]
    assert "In use" in words_on(row)
    assert "Remove" not in entries(row.more.menu())
    assert services.settings.values.whisper_model == str(folder)
    section.automatic.click()
    qtbot.waitUntil(lambda: services.settings.values.whisper_model == "", timeout=5000)
    (folder / "tokenizer.json").unlink()
    section.use_folder(folder)
    qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
    assert "tokenizer.json" in window.toasts.shown[-1].text.message
    assert services.settings.values.whisper_model == ""


def test_a_folder_that_cant_be_used_says_why_in_its_row(qtbot, services, section) -> None:
    (whole_model(services.paths.models / "whisper" / "mine") / "tokenizer.json").unlink()
    section.refresh()
    qtbot.waitUntil(lambda: "mine" in section.models, timeout=5000)
    row = section.models["mine"]
    assert says(row, "tokenizer.json missing")
    assert not row.install.isVisible()
    assert not row.use.isVisible()
