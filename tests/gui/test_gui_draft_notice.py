"""Whoever gets draft captions is led to better ones with one button."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from support.projects import add_project
from support.shown import button, says
from support.window_parts import settings_of

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.stt.base import SttSetup
from viralclip_desktop.features.transcription.transcribing import choose_engine

STEP = "Get a speech model"


def pressed(qtbot, window, part) -> None:
    """The button on a part leads to the models."""
    qtbot.mouseClick(button(part, STEP), Qt.MouseButton.LeftButton)
    dialog = settings_of(window)
    assert dialog.isVisible()
    assert says(dialog, "Speech models")
    dialog.close()


@pytest.fixture
def noticed(tmp_path: Path):
    """Post what the program says where it takes the draft recogniser."""
    return lambda services: choose_engine(SttSetup(tmp_path / "no models"), None, None, services.notices)


def test_the_message_has_a_button(qtbot, services, open_window, noticed) -> None:
    window = open_window()
    noticed(services)
    qtbot.waitUntil(lambda: bool(window.toasts.shown))
    (toast,) = window.toasts.shown
    assert not says(toast, "viralclip models install"), "nobody types commands in the window"
    pressed(qtbot, window, toast)


def test_the_page_of_the_work_has_it(qtbot, services, open_window, recording, noticed) -> None:
    window = open_window()
    job = Job("job_1", "find_clips", {"path": str(recording)}, state=WorkState.RUNNING, stage="transcribe")
    window.navigation.watch_job(job)
    noticed(services)
    page = window.working_page
    qtbot.waitUntil(lambda: page.banner.message.startswith("Using the built-in"))
    pressed(qtbot, window, page.banner)
    window.context.events.job_moved.emit(replace(job, state=WorkState.CANCELLED))


def test_the_page_of_the_clips_has_it(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording, engine="sphinx")
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: says(window.clips_page, "Draft captions") and window.context.idle)
    pressed(qtbot, window, window.clips_page)
