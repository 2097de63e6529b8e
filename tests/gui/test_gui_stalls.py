"""Nothing that may wait happens on the window's thread while a recording is imported, heard and exported.

How long the window ever stands still is measured by ``dev.py bench window stalls``; here it is shown, on any
machine, that the causes of standing still (other programs, commits to the disk, whole files) are elsewhere.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.talk import SENTENCES, small_talk

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.store.database import Database


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter of a minute of speech over a moving picture."""
    return small_talk(tmp_path_factory.mktemp("talk") / "talk.mp4", SENTENCES[:4])


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this thread did from here on that waits for a program or for the disk."""
    found: list[str] = []
    here = threading.get_ident()

    def watch(owner: Any, name: str) -> None:
        whole = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() == here:
                found.append(f"{owner.__name__}.{name}: " + "".join(traceback.format_stack()[-6:-1]))
            return whole(*args, **kwargs)

        monkeypatch.setattr(owner, name, watched)

    watch(subprocess.Popen, "__init__")
    watch(subprocess.Popen, "wait")
    watch(Database, "writing")
    watch(Path, "read_bytes")
    return found


def _drop(window: Any, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def test_the_window_waits_for_nothing_while_jobs_run(qtbot, services, open_window, talk, waits) -> None:
    services.settings.set(min_length_s=3, max_length_s=6, clip_count=1, resolution=Resolution.P720)
    window = open_window()
    stages: set[str] = set()
    window.context.events.job_moved.connect(lambda job: stages.add(job.stage))
    waits.clear()  # the start has its own bars

    _drop(window, talk)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.player.current)
    assert {"import", "transcribe"} <= stages

    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(row.export.status.ended for row in window.queue.rows))
    assert window.queue.rows[0].export.status is WorkState.COMPLETED
    assert waits == []


def test_waiting_on_this_thread_would_be_seen(services, waits) -> None:
    with services.store.transaction("Edit"):
        pass
    subprocess.run([sys.executable, "-c", ""], check=True)
    assert {what.split(":")[0] for what in waits} == {"Database.writing", "Popen.__init__", "Popen.wait"}
