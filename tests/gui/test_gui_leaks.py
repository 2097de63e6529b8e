"""What every test here is held to can fail: each kind of thing left behind is noticed."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QPropertyAnimation, QRunnable, QThread, QThreadPool, QTimer, qWarning
from PySide6.QtWidgets import QWidget
from support.leaks import ErrorLog, QtWarnings, Watch


@pytest.fixture
def watch(qapp) -> Watch:
    """A watch of its own; the one around the test sees that everything was put away again."""
    return Watch()


def _only(watch: Watch) -> str:
    left = watch.left(patience_s=0)
    assert len(left) == 1, left
    return left[0]


def test_nothing_left_is_nothing_told(watch: Watch) -> None:
    assert watch.left() == []


def test_a_thread(watch: Watch) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="forgotten")
    thread.start()
    assert _only(watch) == "thread “forgotten”"
    stop.set()
    assert watch.left() == []


def test_a_process(watch: Watch) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert _only(watch).startswith("process ")
        child.communicate(b"\n")
    assert watch.left() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how a file was opened")
def test_a_file_that_is_being_written(watch: Watch, tmp_path) -> None:
    with (tmp_path / "half.partial").open("wb"):
        assert _only(watch).endswith("half.partial")
    assert watch.left() == []


def test_a_timer_and_an_animation(watch: Watch) -> None:
    owner = QObject()
    timer = QTimer(owner)
    timer.start(60_000)
    assert "timer of QObject" in _only(watch)
    timer.stop()
    moving = QPropertyAnimation(owner, b"objectName", owner)
    moving.setDuration(60_000)
    moving.setStartValue("a")
    moving.setEndValue("b")
    moving.start()
    assert any("animation of QObject" in line for line in watch.left(0))
    moving.stop()
    assert watch.left() == []


def test_threads_of_qt(watch: Watch) -> None:
    stop = threading.Event()

    class Work(QRunnable):
        def run(self) -> None:
            stop.wait()

    pool, work = QThreadPool(), Work()
    work.setAutoDelete(False)
    pool.start(work)
    assert "thread pool" in _only(watch)
    stop.set()
    assert pool.waitForDone(5000)
    thread = QThread()
    thread.start()
    assert "Qt thread" in _only(watch)
    thread.quit()
    assert thread.wait(5000)
    assert watch.left() == []


def test_a_window(watch: Watch) -> None:
    window = QWidget()
    window.setObjectName("forgotten")
    assert _only(watch) == "window QWidget forgotten"
    window.deleteLater()
    assert watch.left() == []


@pytest.mark.logs_errors
def test_an_error_in_the_log(watch: Watch) -> None:
    log = logging.getLogger("viralclip_desktop.test")
    errors = ErrorLog()
    log.addHandler(errors)
    log.error("the %s is gone", "disk")
    log.warning("a word")
    log.removeHandler(errors)
    assert errors.said == ["viralclip_desktop.test: the disk is gone"]


@pytest.mark.qt_log_ignore("is not a thing", extend=True)
def test_a_warning_of_qt(qapp) -> None:
    with QtWarnings([r"^This plugin does not support"]) as warnings:
        qWarning("QWidget: that is not a thing")
        qWarning("This plugin does not support raise()")
    assert warnings.said == ["QWidget: that is not a thing"]
