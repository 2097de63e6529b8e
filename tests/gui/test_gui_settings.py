"""The settings: made from their declaration, stored at once, keys never shown, backups put back."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from support.projects import add_project
from support.shown import says, words_on
from support.window_parts import open_settings, settings_of

from viralclip_desktop.features.common.derived import source_thumbnail
from viralclip_desktop.features.common.styles import caption_styles
from viralclip_desktop.features.projects import rename_project
from viralclip_desktop.features.relink.job import start_relink
from viralclip_desktop.gui.settings.backups import moment_words
from viralclip_desktop.gui.settings.keys import KeyRow
from viralclip_desktop.gui.settings.rows import SettingRow
from viralclip_desktop.gui.settings.storage import StorageSection
from viralclip_desktop.gui.theme.theme import ThemeChoice, theme
from viralclip_desktop.gui.theme.tokens import DARK, LIGHT
from viralclip_desktop.settings.declaration import declared


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture
def dialog(qtbot, services, open_window, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    window = open_window()
    window.actions_by_id["settings"].trigger()
    shown = settings_of(window)
    qtbot.waitUntil(lambda: bool(row(shown, "caption_style").field.control.choices), timeout=10000)
    return shown


def row(dialog, key: str):
    return next(part for part in dialog.setting_rows if part.setting.key == key)


def test_a_price_keeps_its_fractions(dialog, services, qtbot) -> None:
    key = "providers.openai.transcription_price_usd"
    part = next(part for part in dialog.setting_rows if part.setting.key == key)
    assert part.field.box.text().startswith("0.0060")
    part.field.box.selectAll()
    qtbot.keyClicks(part.field.box, "0.0045")
    qtbot.keyClick(part.field.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.settings.value(key) == pytest.approx(0.0045), timeout=5000)


def test_every_declared_setting_has_a_row(dialog) -> None:
    keys = [part.setting.key for part in dialog.setting_rows]
    assert set(declared()) <= set(keys)
    assert len(keys) == len(set(keys))
    assert "providers.openai.transcription_model" in keys


def test_engines_and_services_stand_below_a_heading_of_their_own(qtbot, dialog) -> None:
    """The list is longer than the dialog is high: it scrolls, and no entry is squeezed."""
    qtbot.waitUntil(lambda: all(section.filled for section in dialog.sections))
    engines = [
        all(row.setting.key.startswith("providers.") for row in section.findChildren(SettingRow))
        and bool(section.findChildren(SettingRow))
        for section in dialog.sections
    ]
    assert engines == sorted(engines), "what every user sets comes first"
    assert any(engines)
    buttons = [one for one in dialog.findChildren(QPushButton) if one.property("role") == "nav"]
    assert len(buttons) == len(dialog.sections)
    assert min(one.height() for one in buttons) >= buttons[0].sizeHint().height()


def test_everything_that_takes_the_focus_has_a_name(dialog) -> None:
    assert [
        type(widget).__name__
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ] == []


def test_a_change_is_stored_and_works_at_once(qtbot, services, dialog) -> None:
    row(dialog, "offline").field.switch.click()
    qtbot.waitUntil(lambda: services.settings.values.offline, timeout=5000)
    assert services.gate.offline
    row(dialog, "offline").field.switch.click()
    qtbot.waitUntil(lambda: not services.gate.offline, timeout=5000)
    row(dialog, "theme").field.control.button("light").click()
    qtbot.waitUntil(lambda: theme().colours is LIGHT, timeout=5000)
    assert services.settings.values.theme == "light"
    theme().choose(ThemeChoice.DARK)
    assert theme().colours is DARK


def test_what_makes_no_sense_is_told_beside_it_and_taken_back(qtbot, services, dialog) -> None:
    part = row(dialog, "min_length_s")
    dialog.show_section("Clips")
    part.field.box.setValue(500)
    qtbot.waitUntil(lambda: says(part, "longer than the longest"), timeout=5000)
    assert part.isVisible()
    assert part.field.box.value() == 15
    assert services.settings.values.min_length_s == 15


def test_a_value_from_the_command_line_shows_up(qtbot, services, dialog) -> None:
    services.settings.set(clip_count=7, export_folder="/somewhere")
    qtbot.waitUntil(lambda: row(dialog, "clip_count").field.box.value() == 7, timeout=5000)
    assert "/somewhere" in words_on(row(dialog, "export_folder").field)


def test_the_environment_locks_a_setting(qtbot, services, open_window, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1")
    window = open_window()
    open_settings(window)
    part = row(settings_of(window), "openai_base_url")
    qtbot.waitUntil(lambda: not part.field.isEnabled(), timeout=5000)
    assert says(part, "OPENAI_BASE_URL")
    qtbot.waitUntil(lambda: window.context.tasks.idle, timeout=10000)


def test_search_finds_a_setting_and_says_when_there_is_none(qtbot, dialog) -> None:
    dialog.search.setText("shortest")
    assert [part.setting.key for part in dialog.setting_rows if part.isVisible()] == ["min_length_s"]
    dialog.search.setText("frobnicate")
    assert not any(part.isVisible() for part in dialog.setting_rows)
    assert says(dialog, "No setting has these words.")
    dialog.search.clear()
    assert not says(dialog, "No setting has these words.")
    assert any(part.isVisible() for part in dialog.setting_rows)


def test_choices_come_from_this_computer(qtbot, services, dialog) -> None:
    styles = {value for value, _words in row(dialog, "caption_style").field.control.choices}
    assert {style.id for style in caption_styles(services.store)} == styles
    rate = row(dialog, "fps").field.control
    assert rate.value is None
    rate.setFocus()
    qtbot.keyClick(rate, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: str(services.settings.values.fps) == "24", timeout=5000)


def test_a_key_is_kept_in_the_keyring_and_never_shown(qtbot, dialog) -> None:
    before, keys = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(keys)
    try:
        dialog.show_section("Keys of cloud services")
        part = next(one for section in dialog.sections for one in section.rows if isinstance(one, KeyRow))
        part.refresh()
        qtbot.waitUntil(part.line.isEnabled, timeout=5000)
        part.line.setText("sk-secret")
        part.save.click()
        qtbot.waitUntil(part.remove.isVisible, timeout=5000)
        assert list(keys.kept.values()) == ["sk-secret"]
        assert part.line.text() == ""
        assert not any("sk-secret" in field.text() for field in dialog.findChildren(QLineEdit))
        part.remove.click()
        qtbot.waitUntil(part.line.isVisible, timeout=5000)
        assert keys.kept == {}
    finally:
        keyring.set_keyring(before)


def test_a_key_of_the_environment_is_told_and_locked(qtbot, dialog, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    part = next(one for section in dialog.sections for one in section.rows if isinstance(one, KeyRow))
    part.refresh()
    qtbot.waitUntil(lambda: says(part, "OPENAI_API_KEY"), timeout=5000)
    assert not part.line.isEnabled()
    assert not says(part, "sk-environment")


def test_the_cache_is_cleared_but_not_during_work(qtbot, services, dialog, recording) -> None:
    source = add_project(services, recording)
    wav = services.paths.source_cache(source.id) / "speech.wav"
    assert wav.exists()
    cache = dialog.section_of(StorageSection).cache
    dialog.show_section("Storage")
    cache.clear.click()
    qtbot.waitUntil(lambda: not wav.exists() and cache.clear.isEnabled(), timeout=5000)
    assert says(cache, "freed")
    assert source_thumbnail(services.paths, source.id) is not None
    services.jobs.pause("files")
    job = start_relink(services, recording.parent)
    cache.clear.click()
    qtbot.waitUntil(lambda: says(cache, "still running"), timeout=5000)
    assert cache.isVisible()
    services.jobs.cancel(job.id)
    services.jobs.resume("files")


def test_a_backup_is_put_back_after_a_question(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording)
    services.store.backup_now()
    rename_project(services.store, source.project_id, "Later name")
    window = open_window()
    settings = open_settings(window)
    section = settings.backups
    settings.show_section(section.title)
    qtbot.waitUntil(lambda: len(section.rows) == 1, timeout=5000)
    section.now.click()
    qtbot.waitUntil(lambda: len(section.rows) == 2, timeout=5000)
    section.rows[-1].restore.click()
    assert services.store.project(source.project_id).name == "Later name"
    qtbot.mouseClick(section.question.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: services.store.project(source.project_id).name == "Talk about numbers", timeout=10000
    )
    qtbot.waitUntil(lambda: window.home_page.model.index(0).data() == "Talk about numbers", timeout=5000)
    qtbot.waitUntil(lambda: len(section.rows) == 3, timeout=5000)  # what was there before is a copy too


def test_moments_are_said_as_people_say_them() -> None:
    noon = 1_760_000_000.0
    assert moment_words(noon - 60, noon).startswith("Today, ")
    assert moment_words(noon - 86_400, noon).startswith("Yesterday, ")
    assert "2025" in moment_words(noon - 30 * 86_400, noon)
