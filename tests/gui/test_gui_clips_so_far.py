"""Clips that appear while the recording is still being listened to, in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.drops import drop
from support.shown import says, words_on
from support.told import ALL_S, LENGTH_S, Told, make_long_recording

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.so_far import clips_so_far
from viralclip_desktop.gui.moments.clip_cards import ClipRole, ProvisionalRole
from viralclip_desktop.gui.projects.project_cards import EntryRole
from viralclip_desktop.gui.session.navigation import Page

WHOLE = round(LENGTH_S / 60)
FIRST_S = 640.0


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_long_recording(tmp_path_factory.mktemp("recording") / "Long talk.mp4")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told(tmp_path / "told")
    told.install(monkeypatch)
    return told


@pytest.fixture
def listening(
    qtbot: Any, services: Any, told: Told, long_recording: Path, open_window: Callable[[], Any]
) -> Any:
    """The window, brought from its working page to the first clips of a recording it still listens to."""
    services.settings.set(clip_count=6, min_length_s=12.0, speech_engine="told")
    window = open_window()
    drop(window, long_recording)
    qtbot.waitUntil(lambda: window.page is Page.WORKING)
    told.hear(FIRST_S)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS)
    qtbot.waitUntil(lambda: marked(window) == 6)
    return window


def marked(window: Any) -> int:
    model = window.clips_page.model
    return sum(model.index(row).data(ProvisionalRole) for row in range(model.rowCount()))


def job_of(window: Any) -> Any:
    (job,) = [job for job in window.services.jobs.list() if job.kind == "find_clips"]
    return job


def test_the_first_clips_are_shown_and_settled_at_the_end(qtbot: Any, listening: Any, told: Told) -> None:
    page = listening.clips_page
    assert page.listening.message == f"Still listening: 10 of {WHOLE} min."
    assert says(page.listening, "These may change.")
    assert page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Provisional")
    qtbot.waitUntil(lambda: page.stage.player.current)  # it can be played
    assert page.session.loaded.transcript is not None

    page.session.edit(editing.rename_clip, "Mine")
    qtbot.waitUntil(lambda: marked(listening) == 5)
    mine = page.session.clip
    told.hear(900.0)
    qtbot.waitUntil(lambda: page.listening.message == f"Still listening: 14 of {WHOLE} min.")

    told.hear(ALL_S)
    qtbot.waitUntil(lambda: job_of(listening).state is WorkState.COMPLETED)
    qtbot.waitUntil(lambda: page.listening.message == "")
    assert marked(listening) == 0
    assert page.session.clip.id == mine.id
    assert page.session.clip.title == "Mine"
    ranks = [page.model.index(row).data(ClipRole).rank for row in range(page.model.rowCount())]
    assert ranks == list(range(1, len(ranks) + 1))
    qtbot.waitUntil(lambda: any("The clips are settled." in t.text.message for t in listening.toasts.shown))


def test_cancelled_the_clips_stay_and_the_page_leads_on(qtbot: Any, listening: Any, told: Told) -> None:
    page = listening.clips_page
    assert not page.hear_on.isVisible()
    listening.services.jobs.cancel(job_of(listening).id)
    qtbot.waitUntil(lambda: page.listening.message == "Listening stopped.")
    assert says(page.listening, f"These clips are from the first 10 of {WHOLE} min.")
    assert page.model.rowCount() == 6
    assert marked(listening) == 0
    told.hear(ALL_S)
    qtbot.mouseClick(page.hear_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: job_of(listening).state is WorkState.COMPLETED)
    qtbot.waitUntil(lambda: page.listening.message == "")
    assert not page.hear_on.isVisible()


def test_the_clip_in_the_editor_is_held_while_it_is_open(qtbot: Any, listening: Any) -> None:
    store, session = listening.services.store, listening.session

    def held() -> str:
        return clips_so_far(store, session.source_id).held

    listening.navigation.open_editor()
    qtbot.waitUntil(lambda: held() == session.clip.id)
    session.select_beside(1)
    qtbot.waitUntil(lambda: held() == session.clip.id)
    listening.navigation.show_clips()
    qtbot.waitUntil(lambda: held() == "")
    assert marked(listening) == 6


def test_the_way_between_the_progress_and_the_clips(qtbot: Any, listening: Any, told: Told) -> None:
    listening.navigation.watch_job(job_of(listening))
    page = listening.working_page
    assert page.so_far.isVisible()
    qtbot.mouseClick(page.so_far, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listening.page is Page.CLIPS)
    listening.navigation.go_home()
    home = listening.home_page
    qtbot.waitUntil(lambda: home.model.rowCount() == 1 and bool(home.model.index(0).data(EntryRole).clips))
    home.cards.clicked.emit(home.model.index(0))
    qtbot.waitUntil(lambda: listening.page is Page.CLIPS)
    told.hear(ALL_S)
    qtbot.waitUntil(lambda: job_of(listening).state is WorkState.COMPLETED)


def test_the_page_tells_who_listens_how_far_and_what_was_heard(
    qtbot: Any, services: Any, told: Told, long_recording: Path, open_window: Callable[[], Any]
) -> None:
    services.settings.set(speech_engine="told")
    window = open_window()
    lefts: list[float | None] = []
    window.context.events.job_moved.connect(
        lambda job: lefts.append(job.time_left_s) if job.stage == "import" else None
    )
    drop(window, long_recording)
    page = window.working_page
    told.hear(120.0)
    qtbot.waitUntil(lambda: page.state.text().startswith("Told (told)  ·  1:5"))
    assert f"of {WHOLE - 1}:" in page.state.text() or f"of {WHOLE}:" in page.state.text()
    assert page.heard.text().startswith("… ")
    assert len(page.heard.text().split()) == 13
    assert lefts
    assert set(lefts) == {None}
    services.jobs.cancel(job_of(window).id)
    qtbot.waitUntil(lambda: page.job.state is WorkState.CANCELLED)
    assert page.heard.text() == ""


def test_cancelling_work_of_more_than_a_minute_asks(
    qtbot: Any, listening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = job_of(listening)
    listening.navigation.watch_job(job)
    page = listening.working_page
    monkeypatch.setattr("viralclip_desktop.gui.common.cancelling.ASK_AFTER_S", 0.0)

    def asked() -> Any:
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        return QApplication.activeModalWidget()

    listening.queue.toggle()
    (row,) = (one for one in listening.queue.work.others if one.job.id == job.id)
    for cancel in (page.cancel, row.cancel):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
        question = asked()
        assert "Cancel “Finding clips in Long talk.mp4”?" in words_on(question)
        assert says(question, "What was heard so far stays")
        qtbot.mouseClick(question.stay, Qt.MouseButton.LeftButton)
        assert not job_of(listening).state.ended
    qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(asked().go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: job_of(listening).state is WorkState.CANCELLED)


def test_cancelling_work_of_seconds_does_not_ask(qtbot: Any, listening: Any) -> None:
    listening.navigation.watch_job(job_of(listening))
    qtbot.mouseClick(listening.working_page.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: job_of(listening).state is WorkState.CANCELLED)
