"""The first start: one calm card, and never again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from support.projects import add_project
from support.shown import says

from viralclip_desktop.features.projects import delete_project
from viralclip_desktop.gui.session.navigation import Page

MAKE_SAMPLE = "viralclip_desktop.features.workflows.sample.sample_file"


def test_a_newcomer_gets_to_a_first_job_with_one_click(
    qtbot, services, open_window, recording, monkeypatch
) -> None:
    monkeypatch.setattr(MAKE_SAMPLE, lambda _paths, _progress, _cancel: recording)
    window = open_window()
    card = window.home_page.welcome
    qtbot.waitUntil(card.isVisible, timeout=5000)
    qtbot.mouseClick(card.sample.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page is Page.WORKING, timeout=10000)
    assert window.working_page.job.payload["path"] == str(recording)
    services.jobs.cancel(window.working_page.job.id)
    qtbot.waitUntil(lambda: not window.status.busy, timeout=20000)


def test_the_offer_shows_how_far_it_is_and_can_be_stopped(qtbot, services, open_window, monkeypatch) -> None:
    from viralclip_desktop.core.progress import ProgressEvent

    def slowly(_paths, progress, cancel):
        progress(ProgressEvent("film", 0.4, "Filming the sample talk"))
        cancel.wait(20)
        cancel.raise_if_cancelled()

    monkeypatch.setattr(MAKE_SAMPLE, slowly)
    window = open_window()
    offer = window.home_page.welcome.sample
    qtbot.waitUntil(offer.isVisible, timeout=5000)
    offer.button.click()
    qtbot.waitUntil(lambda: says(offer, "40 %"), timeout=5000)
    assert offer.cancel.isVisible()
    assert not offer.button.isVisible()
    offer.cancel.click()
    qtbot.waitUntil(lambda: offer.button.isVisible() and not window.status.busy, timeout=5000)
    assert window.page is Page.HOME


def test_it_is_gone_for_good_once_there_was_a_project(qtbot, services, open_window, recording) -> None:
    window = open_window()
    qtbot.waitUntil(window.home_page.welcome.isVisible, timeout=5000)
    source = add_project(services, recording)
    qtbot.waitUntil(lambda: not window.home_page.welcome.isVisible(), timeout=5000)
    delete_project(services.store, source.project_id)
    qtbot.waitUntil(lambda: window.home_page.model.rowCount() == 0, timeout=5000)
    assert not window.home_page.welcome.isVisible()
    window.close()
    again = open_window()
    assert not again.home_page.welcome.isVisible()


def test_offline_the_download_says_why_not(qtbot, services, open_window) -> None:
    services.settings.set(offline=True)
    window = open_window()
    model = window.home_page.welcome.model
    qtbot.waitUntil(model.isVisible, timeout=5000)
    assert not model.button.isEnabled()
    assert says(model, "offline switch")
    services.settings.set(offline=False)
    qtbot.waitUntil(model.button.isEnabled, timeout=3000)
    assert says(model, "Whisper model")
    services.settings.set(offline=True)
    qtbot.waitUntil(lambda: not model.button.isEnabled(), timeout=3000)


def test_with_a_model_there_is_nothing_to_download(qtbot, services, open_window) -> None:
    folder = services.paths.models / "whisper" / "base"
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "preprocessor_config.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"x")
    window = open_window()
    card = window.home_page.welcome
    qtbot.waitUntil(lambda: card.isVisible() and not card.model.isVisible(), timeout=5000)
    assert card.sample.isVisible()
