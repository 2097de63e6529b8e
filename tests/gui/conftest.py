"""The real window on real services, without a display. Anything that breaks in it fails the test."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

HAS_QT = importlib.util.find_spec("PySide6") is not None
if not HAS_QT:  # everything below the window is tested without Qt too
    collect_ignore_glob = ["test_*.py"]

if TYPE_CHECKING:
    from support.gui_timeline import Bench
    from support.sound_device import Device
    from support.timeline_hand import Hand

    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.shell.window import MainWindow

Wait = Callable[..., None]


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four seconds of moving picture and sound."""
    from support.projects import make_recording

    return make_recording(tmp_path_factory.mktemp("recording") / "Talk about numbers.mp4")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Services with nothing in it; closed at the end, with no thread of its own left."""
    from support.projects import make_services

    services = make_services(tmp_path)
    yield services
    services.close()


@pytest.fixture
def qtbot(qtbot: Any) -> Any:
    """pytest-qt's, as patient as a busy machine needs: a test says what must happen, never how soon."""
    from support.patience import LIMIT_S

    wait_until, wait_signal = qtbot.waitUntil, qtbot.waitSignal
    qtbot.waitUntil = lambda callback, **_timeout: wait_until(callback, timeout=int(1000 * LIMIT_S))
    qtbot.waitSignal = lambda signal, **how: wait_signal(signal, **{**how, "timeout": int(1000 * LIMIT_S)})
    return qtbot


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The player's clock, in the hand of the test."""
    from support.given_clock import GivenClock

    given = GivenClock()
    monkeypatch.setattr("viralclip_desktop.gui.session.clock.wall_s", given)
    return given


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> list[Device]:
    """The sound devices that were opened, in the hand of the test."""
    import miniaudio
    from support.sound_device import Device

    made: list[Device] = []

    def opened(**how: Any) -> Device:
        made.append(Device(**how))
        return made[-1]

    monkeypatch.setattr(miniaudio, "PlaybackDevice", opened)
    return made


@pytest.fixture(autouse=True)
def dark_theme(qapp: Any) -> None:
    """Every part of the window paints in the application's theme."""
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    start_theme(qapp, ThemeChoice.DARK)


@pytest.fixture
def open_window(qtbot: Any, services: Services) -> Iterator[Callable[[], MainWindow]]:
    """Opens the window on them. Bugs that reached its reporter fail the test."""
    from viralclip_desktop.gui.shell.window import MainWindow

    bugs: list[Exception] = []
    opened: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(services, bugs.append)
        window.resize(1366, 768)
        window.show()
        window.begin(None)
        qtbot.waitUntil(lambda: window.context.tasks.idle, timeout=5000)
        opened.append(window)
        return window

    yield make
    for window in opened:
        window.end_work()
        window.deleteLater()
    assert bugs == []


@pytest.fixture
def clips_window(
    qtbot: Any, services: Services, recording: Path, open_window: Callable[[], MainWindow]
) -> MainWindow:
    """The window on a recording with four clips, its first one shown."""
    from support.projects import add_project

    source = add_project(services, recording)
    window = open_window()
    window.navigation.open_source(source.id)
    player = window.clips_page.stage.player
    qtbot.waitUntil(lambda: player.current, timeout=15000)
    return window


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Qt's warnings while a window is taken down fail its test as those before do (``qt_log_level_fail``)."""
    from support.leaks import QtWarnings

    with QtWarnings(item.config.getini("qt_log_ignore")) as warnings:
        result = yield
    assert not warnings.said, "Qt warned: " + "; ".join(warnings.said)
    return result


@pytest.fixture
def bench(qtbot: Any, services: Services, recording: Path) -> Iterator[Bench]:
    """A timeline on a clip with a bit of everything."""
    from PySide6.QtWidgets import QWidget
    from support.gui_timeline import layer_assets, make_bench, make_layers, rich_clip
    from support.projects import add_project

    source = add_project(services, recording, clips=2)
    best = min(services.store.clips(source.id), key=lambda clip: clip.rank)
    with services.store.transaction("Set up", source.project_id, undoable=False) as tx:
        layers = make_layers(services.paths.home / "layers")
        for asset in layer_assets(layers):
            tx.put(asset)
        tx.put(rich_clip(best, layers))
    host = QWidget()
    qtbot.addWidget(host)

    def settle(done: Callable[[], bool]) -> None:
        qtbot.waitUntil(done, timeout=15000)

    made = make_bench(services, source.id, host, settle)
    qtbot.addWidget(made.panel)
    yield made
    made.close()


@pytest.fixture
def hand(bench: Bench, qtbot: Any) -> Hand:
    """The user's, on that timeline."""
    from support.timeline_hand import Hand

    return Hand(bench, qtbot)
