"""All work and all messages in one quiet place."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from support.patience import LIMIT_S
from support.shown import button, says, words_on

from viralclip_desktop.domain.exports import ExportSettings, Resolution, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.exports import LANE, cancel_export, export_clip
from viralclip_desktop.gui.jobs.message_log import MessageLog
from viralclip_desktop.gui.jobs.work_list import WorkList
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.widgets.toasts import ToastText

LOST = ToastText("The connection was lost.", "Try again.", "Traceback", "bad")


def _job(number: int, kind: str = "find_clips", **how: object) -> Job:
    how = {"payload": {"path": f"/films/Talk {number}.mp4"}, "created_at": time.time() - number, **how}
    return Job(f"job_{number}", kind, **how)


def _tell(window, *jobs: Job) -> None:
    for job in jobs:
        window.context.events.job_moved.emit(job)


# --- work --------------------------------------------------------------------------------------------------


def test_every_kind_of_job_is_listed_newest_first(qtbot, open_window) -> None:
    window = open_window()
    assert says(window.queue, "show up here while they run")
    model = _job(3, "install_model", payload={"model": "small"}, state=WorkState.FAILED, error="No network.")
    running = {"state": WorkState.RUNNING, "fraction": 0.4, "message": "Transcribing", "time_left_s": 60}
    _tell(window, model, _job(1, **running), _job(2, "relink", payload={"folder": "/films"}))
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    rows = window.queue.work.others
    assert [words_on(row)[0] for row in rows] == [
        "Finding clips in Talk 1.mp4",
        "Looking for recordings in films",
        "Installing the model small",
    ]
    assert words_on(rows[0])[1] == "Transcribing  ·  40 %  ·  about 1 min 00 s left"
    assert rows[0].accessibleName().startswith("Finding clips in Talk 1.mp4, Transcribing")
    assert (rows[0].cancel.isVisible(), rows[0].retry.isVisible()) == (True, False)
    assert (rows[2].cancel.isVisible(), rows[2].retry.isVisible()) == (False, True)
    assert "No network." in words_on(rows[2])
    assert [row.y() for row in rows] == sorted(row.y() for row in rows)
    assert "Activity (2)" in words_on(window.status)
    _tell(window, *(_job(n, state=WorkState.CANCELLED) for n in (1, 2)))


def test_a_row_leads_to_its_work_and_to_what_came_of_it(qtbot, clips_window) -> None:
    window, source = clips_window, clips_window.session.loaded.source
    running = _job(1, state=WorkState.RUNNING)
    _tell(window, running)
    window.queue.toggle()
    [row] = window.queue.work.others
    row.open.click()
    assert window.page is Page.WORKING
    _tell(window, _job(1, state=WorkState.COMPLETED, result={"source_id": source.id}))
    window.navigation.go_home()
    row.open.click()
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=5000)


def test_jobs_are_cancelled_and_tried_again_from_their_row(qtbot, open_window, monkeypatch, services) -> None:
    window = open_window()
    called: list[tuple[str, str]] = []
    monkeypatch.setattr(services.jobs, "cancel", lambda job_id: called.append(("cancel", job_id)))
    monkeypatch.setattr(services.jobs, "retry", lambda job_id: called.append(("retry", job_id)))
    _tell(window, _job(1, state=WorkState.RUNNING), _job(2, state=WorkState.FAILED))
    window.queue.toggle()
    first, second = window.queue.work.others
    first.cancel.click()
    second.retry.click()
    qtbot.waitUntil(lambda: len(called) == 2, timeout=5000)
    assert sorted(called) == [("cancel", "job_1"), ("retry", "job_2")]
    _tell(window, _job(1, state=WorkState.CANCELLED))


def test_what_is_under_way_at_the_start_is_listed(qtbot, services, open_window, monkeypatch) -> None:
    waiting = _job(1)
    monkeypatch.setattr(services.jobs, "list", lambda active_only=False: [waiting])
    window = open_window()
    qtbot.waitUntil(lambda: len(window.queue.work.others) == 1, timeout=5000)
    _tell(window, _job(1, state=WorkState.CANCELLED))


def test_what_is_read_late_is_no_news(qtbot, services, open_window, monkeypatch) -> None:
    window, answer = open_window(), threading.Event()

    def listed_late(active_only=False):
        assert answer.wait(LIMIT_S)
        return [_job(1)]

    monkeypatch.setattr(services.jobs, "list", listed_late)
    work = WorkList(window.context)
    qtbot.addWidget(work)
    _tell(window, _job(1, state=WorkState.CANCELLED))
    answer.set()
    qtbot.waitUntil(lambda: window.context.tasks.idle)
    assert [row.job.state for row in work.others] == [WorkState.CANCELLED]


def test_a_paused_queue_says_so_and_stays_paused(qtbot, clips_window, open_window) -> None:
    window, services = clips_window, clips_window.services
    window.queue.toggle_pause()
    assert window.status.resume.isVisible()
    window.close()
    services.jobs.resume(LANE)  # as in a new process
    again = open_window()
    assert services.jobs.paused(LANE)
    assert again.status.resume.isVisible()
    small = ExportSettings(resolution=Resolution.P720)
    export = export_clip(
        services, next(iter(services.store.clips(window.session.loaded.source.id))).id, small
    )
    QTest.qWait(50)
    assert services.store.export(export.id).status is WorkState.QUEUED
    cancel_export(services, export.id)
    again.status.resume.click()
    assert not services.jobs.paused(LANE)
    assert not again.status.resume.isVisible()
    assert not again.memory.exports_paused


# --- messages ----------------------------------------------------------------------------------------------


def test_messages_stay_after_their_toast(qtbot, services, open_window) -> None:
    window = open_window()
    services.notices.caution("The projects were not backed up.", "Free some space.")
    qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
    window.tell(LOST)
    for toast in list(window.toasts.shown):
        toast.dismiss()
    assert window.status.problems.isVisible()
    assert window.status.problems.text().strip() == "1 problem"
    qtbot.keyClick(
        window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    rows = window.queue.messages.rows
    assert [row.message.text.message for row in rows] == [LOST.message, "The projects were not backed up."]
    assert rows[0].accessibleName().startswith("Error, The connection was lost., Try again.")
    assert not window.status.problems.isVisible(), "whoever opens the list has read it"
    rows[0].copy.click()
    assert QGuiApplication.clipboard().text() == "The connection was lost.\nTry again.\nTraceback"
    qtbot.keyClick(window.queue, Qt.Key.Key_Escape)
    assert not window.queue.isVisible()
    window.tell(LOST)
    assert window.status.problems.isVisible(), "it happened again"


def test_opening_the_messages_takes_their_toasts_away(qtbot, open_window) -> None:
    window = open_window()
    window.tell(LOST)
    window.tell(ToastText("“Clip” was deleted", action="Undo", then=lambda: None))
    window.status.problems.click()
    assert [toast.text.action for toast in window.toasts.shown] == ["Undo"]
    assert window.queue.messages.isVisible()
    window.tell(ToastText("Seen in the list", kind="bad"))
    assert len(window.toasts.shown) == 1
    assert window.queue.messages.rows[0].message.text.message == "Seen in the list"
    assert not window.status.problems.isVisible()
    button(window.status, "Activity").click()
    assert window.queue.work.isVisible(), "the other button changes to the work"
    button(window.status, "Activity").click()
    assert not window.queue.isVisible()


def test_a_bug_of_ours_is_in_the_list_too(qtbot, services, qapp) -> None:
    from viralclip_desktop.gui.shell.window import MainWindow

    bugs: list[Exception] = []
    window = MainWindow(services, bugs.append)
    window.context.trouble(ValueError("oh"))
    assert len(bugs) == 1
    assert "ValueError: oh" in window.messages.messages[0].text.details
    window.end_work()
    window.deleteLater()


def test_the_same_thing_said_twice_is_one_message() -> None:
    now = [100.0]
    log = MessageLog(lambda: now[0])
    for _ in range(3):
        log.take(LOST)
        now[0] += 1
    log.take(ToastText("Something else"))
    assert [(message.times, message.at) for message in log.messages] == [(1, 103.0), (3, 102.0)]
    assert log.unread == 1
    log.mark_read()
    assert log.unread == 0
    for number in range(500):
        log.take(ToastText(f"Message {number}"))
    assert len(log.messages) == 200


def test_another_window_on_the_same_run_has_the_messages(qtbot, services, qapp) -> None:
    from viralclip_desktop.gui.shell.window import MainWindow

    log = MessageLog()
    log.take(LOST)
    window = MainWindow(services, lambda _error: None, log)
    assert len(window.queue.messages.rows) == 1
    assert not window.status.problems.isHidden()
    window.end_work()
    window.deleteLater()
