"""A second start hands its files to the window that is open; a crashed one blocks nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLockFile, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from viralclip_desktop import app
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.gui.shell import application
from viralclip_desktop.gui.shell import host as host_module
from viralclip_desktop.gui.shell import single as single_module
from viralclip_desktop.gui.shell.host import WindowHost
from viralclip_desktop.gui.shell.single import LOCK_FILE, FileOpenEvents, SingleWindow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def first(qapp, tmp_path):
    """The first window on a data folder."""
    single = SingleWindow(tmp_path / "home")
    assert not single.hand_over([])
    yield single
    single.close()


def _start_again(home: Path, *files: Path) -> subprocess.Popen[bytes]:
    """The program once more, as the system starts it."""
    environ = {**os.environ, "VIRALCLIP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "viralclip_desktop", *map(str, files)]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_a_second_start_hands_its_files_over_and_ends(qtbot, first, tmp_path) -> None:
    files = [tmp_path / "Talk ü 1.mp4", tmp_path / "Talk 2.mp4"]
    for file in files:
        file.write_bytes(b"film")
    came: list[list[Path]] = []
    first.asked.connect(came.append)
    second = _start_again(tmp_path / "home", *files)
    qtbot.waitUntil(lambda: bool(came), timeout=20000)
    said, _none = second.communicate(timeout=20)
    assert (second.returncode, said) == (0, b"")
    assert came == [files]
    assert not (tmp_path / "home" / "app.db").exists(), "the second one never opened the projects"


def test_it_may_be_closed_while_a_later_start_is_still_there(qtbot, tmp_path) -> None:
    single = SingleWindow(tmp_path / "home")
    assert not single.hand_over([])
    later = QLocalSocket()
    later.connectToServer(single.address)
    assert later.waitForConnected(20000)
    came: list[list[Path]] = []
    single.asked.connect(came.append)
    later.write(b"[]\n")
    qtbot.waitUntil(lambda: bool(came))
    later.write(b"[]\n")
    later.flush()
    single.close()
    qtbot.waitUntil(lambda: later.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert came == [[]]


def test_commands_work_beside_the_window(qtbot, first, tmp_path) -> None:
    second = _start_again(tmp_path / "home", Path("jobs"), Path("list"))
    second.communicate(timeout=30)
    assert second.returncode == 0


def test_another_data_folder_is_another_window(first, tmp_path) -> None:
    other = SingleWindow(tmp_path / "elsewhere")
    assert not other.hand_over([])
    other.close()


def test_a_crashed_window_blocks_nobody(qapp, tmp_path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    crash = "from PySide6.QtCore import QLockFile; import os, sys; lock = QLockFile(sys.argv[1]); "
    crash += "lock.setStaleLockTime(0); assert lock.tryLock(0); os._exit(9)"
    subprocess.run([sys.executable, "-c", crash, str(home / LOCK_FILE)], check=False)
    assert (home / LOCK_FILE).exists()
    single = SingleWindow(home)
    assert not single.hand_over([], patience_s=0)
    assert single.reachable
    single.close()


def test_a_window_that_does_not_answer_blocks_nobody(qapp, tmp_path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    hung = QLockFile(str(home / LOCK_FILE))
    assert hung.tryLock(0)
    single = SingleWindow(home)
    assert not single.hand_over([], patience_s=0.1)
    single.close()
    hung.unlock()


def test_a_folder_that_cannot_be_made_is_told_by_who_needs_it(qapp, tmp_path) -> None:
    (tmp_path / "home").write_bytes(b"a file is in the way")
    single = SingleWindow(tmp_path / "home")
    assert not single.hand_over([])
    single.close()


def test_nonsense_through_the_socket_is_let_go(qtbot, first) -> None:
    came: list[object] = []
    first.asked.connect(came.append)
    socket = QLocalSocket()
    socket.connectToServer(first.address)
    assert socket.waitForConnected(2000)
    socket.write(b"{nonsense\n")
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=5000)
    assert came == []


def test_the_window_comes_to_the_front_and_opens_the_files(
    qtbot, qapp, services, tmp_path, monkeypatch
) -> None:
    from viralclip_desktop.gui.language import start_language

    host = WindowHost(services, lambda _error: None, start_language(qapp, "en"), qapp)
    host.begin()
    window = host.window
    opened: list[list[Path]] = []
    monkeypatch.setattr(host_module, "open_files", lambda _work, files: opened.append(files))
    window.setWindowState(Qt.WindowState.WindowMinimized)
    host.come_forward([])
    assert not window.isMinimized()
    assert opened == []
    events = FileOpenEvents(qapp)
    events.opened.connect(host.come_forward)
    file = tmp_path / "Podcast.viralclip"
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
    assert opened == [[file]]
    assert not events.eventFilter(qapp, QEvent(QEvent.Type.User))
    qapp.removeEventFilter(events)
    events.deleteLater()
    host.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    window.deleteLater()
    host.deleteLater()
    qtbot.waitUntil(lambda: not isValid(host))
    start_language(qapp, "th")  # follows nobody who is gone
    start_language(qapp, "en")


def test_files_and_folders_on_the_command_line_open_the_window(tmp_path, monkeypatch) -> None:
    asked: list[list[Path]] = []
    monkeypatch.setattr(application, "run", lambda _home, _build, files: asked.append(files) or 0)
    monkeypatch.setenv("VIRALCLIP_HOME", str(tmp_path / "home"))
    film, folder, project = tmp_path / "a.mp4", tmp_path / "films", tmp_path / "p.viralclip"
    film.write_bytes(b"x")
    project.write_bytes(b"x")
    folder.mkdir()
    for words in ([], [film], [film, folder], [project], [film, tmp_path / "gone.mp4"]):
        assert app.main([str(word) for word in words]) == 0
    assert asked == [[], [film], [film, folder], [project], [film, tmp_path / "gone.mp4"]]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobs").mkdir()
    assert app.main(["jobs", "list"]) == 0
    with pytest.raises(SystemExit) as ended:
        app.main([str(film), "--json"])
    assert ended.value.code == UsageError.exit_code
    assert len(asked) == 5, "a command is a command"


@pytest.mark.parametrize(
    "line", [b'"abc"', b"5", b'{"a": 1}', b"[1]", b"[null]", b'["\\u0000"]', b"[" * 9999]
)
def test_what_is_no_list_of_files_is_let_go(qtbot, first, line) -> None:
    socket = _connected(first)
    socket.write(line + b"\n")
    socket.flush()
    _ends(qtbot, socket)


def test_whoever_says_too_much_is_let_go(qtbot, first, monkeypatch) -> None:
    monkeypatch.setattr(single_module, "MOST_FILES", 3)
    many = _connected(first)
    many.write(b'["a", "b", "c", "d"]\n')
    many.flush()
    _ends(qtbot, many)


def test_whoever_comes_in_a_crowd_is_let_go(qtbot, first, monkeypatch) -> None:
    monkeypatch.setattr(single_module, "MOST_STARTS", 2)
    crowd = [_connected(first) for _ in range(4)]
    qtbot.waitUntil(lambda: sum(socket.state() is CONNECTED for socket in crowd) == 2)


def test_whoever_says_nothing_is_let_go(qtbot, first, monkeypatch) -> None:
    monkeypatch.setattr(single_module, "SILENT_MS", 1)
    _ends(qtbot, _connected(first))


CONNECTED = QLocalSocket.LocalSocketState.ConnectedState


def _connected(single: SingleWindow) -> QLocalSocket:
    socket = QLocalSocket()
    socket.connectToServer(single.address)
    assert socket.waitForConnected(20000)
    return socket


def _ends(qtbot, socket: QLocalSocket) -> None:
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
