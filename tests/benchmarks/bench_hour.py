"""What an hour of work leaves behind: memory, and whatever else must not grow."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from viralclip_desktop.features import editing

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child
from benchmarks.watching import child, open_window, rest  # noqa: E402

_ROUNDS = 60  # a minute each for somebody who is quick
_WARM = 12  # by then every panel, picture and cache has been filled once
_MEASURED = 6
_BAR_MB = 50  # a working day of eight hours then stays well under half a gigabyte more
_EXPORT_EVERY = 10
_WORDS = 20_000
_MESSAGES = 200  # as many as the list of messages keeps: it is full from the start


def run() -> list[Row]:
    """One scripted hour in the real window, without the pauses for thinking."""
    found = child(__file__, "hour")
    growth = {name: _growth(values) for name, values in found["rounds"].items()}
    memory = growth.pop("memory")
    start, end = (f"{part:.0f} MB" for part in _ends(found["rounds"]["memory"]))
    note = f"{_ROUNDS} rounds in {found['seconds']:.0f} s: {start} after {_WARM}, {end} at the end"
    others = max(growth, key=lambda name: growth[name])
    counts = ", ".join(
        f"{name} {before:.0f} to {after:.0f}"
        for name, (before, after) in ((name, _ends(found["rounds"][name])) for name in growth)
    )
    return [
        Row("memory after an hour of work", memory, "MB more", _BAR_MB, note),
        Row("what else grew in it, the most", growth[others], f"more {others}", 0, counts),
    ]


def _ends(values: list[float]) -> tuple[float, float]:
    return statistics.median(values[_WARM : _WARM + _MEASURED]), statistics.median(values[-_MEASURED:])


def _growth(values: list[float]) -> float:
    before, after = _ends(values)
    return max(0.0, after - before)


# --- the child's side ------------------------------------------------------------------------------------


class _User:
    """Somebody who works fast."""

    def __init__(self, application: Any, window: Any, sources: list[str]) -> None:
        self._application, self._window, self._sources = application, window, sources
        self._round = 0

    def work(self) -> None:
        """One round: a recording from home to home, with everything on the way."""
        self._round += 1
        steps: tuple[Callable[[], None], ...] = (
            self._open,
            self._play,
            self._edit,
            self._look_into_panels,
            self._dialogs,
            self._export,
            self._search,
        )
        for step in steps:
            step()
        self._window.navigation.go_home()
        self._settle()

    def _wait(self, until: Callable[[], bool], at_most_s: float = 60) -> None:
        end = time.monotonic() + at_most_s
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("it took too long")
            rest(self._application, 0.01)

    def _settle(self) -> None:
        rest(self._application, 0.05)
        self._wait(lambda: self._window.context.idle)

    def _open(self) -> None:
        window = self._window
        wanted = self._sources[self._round % len(self._sources)]
        window.navigation.open_source(wanted)
        self._wait(lambda: window.session.loaded and window.session.loaded.source.id == wanted)
        self._wait(lambda: window.player.current)
        for _ in range(3):
            window.session.select_beside(1)
            rest(self._application, 0.05)
        window.navigation.open_editor()
        self._wait(lambda: window.player.current and window.editor.settled)

    def _play(self) -> None:
        from viralclip_desktop.core.time import Time

        player = self._window.player
        player.play()
        rest(self._application, 0.4)
        player.pause()
        for second in (0.5, 2.5, 1.1):
            player.seek(Time.from_seconds(second))
            self._wait(lambda: player.current)

    def _edit(self) -> None:
        from viralclip_desktop.core.time import Time

        session, timeline = self._window.session, self._window.editor.panel("timeline")
        kept, name = session.clip.range, f"WORD{self._round}"
        styles = [style.id for style in session.loaded.styles]
        session.edit(
            editing.trim_clip, kept.start, kept.end - Time.from_seconds(0.2), gesture=f"hour-{self._round}"
        )
        session.edit(editing.restyle_clip, styles[self._round % len(styles)])
        session.do(editing.correct_word, session.source_id, 3, name)
        timeline.commands.split()
        self._settle()
        timeline.control.zoom_in()
        timeline.control.fit()
        for _ in range(4):
            session.undo()
        self._settle()
        session.redo()
        session.undo()
        self._settle()

    def _look_into_panels(self) -> None:
        from viralclip_desktop.gui.shell.features import PANELS

        for spec in PANELS:
            self._window.actions_by_id[f"panel_{spec.id}"].trigger()
            rest(self._application, 0.03)
        transcript = self._window.editor.panel("transcript")
        transcript.bar.open_bar(replace=False)
        transcript.bar.wanted.setText("clips")
        rest(self._application, 0.03)
        transcript.bar.close_bar()

    def _dialogs(self) -> None:
        window = self._window
        for name in ("palette", "settings", "shortcuts", "export_as"):
            window.actions_by_id[name].trigger()
            rest(self._application, 0.05)
            for widget in self._application.topLevelWidgets():
                if widget is not window and widget.isVisible():
                    widget.close()
        window.queue.toggle()
        rest(self._application, 0.03)
        window.queue.toggle()

    def _export(self) -> None:
        if self._round % _EXPORT_EVERY:
            return
        window = self._window
        window.actions_by_id["export"].trigger()
        self._settle()
        self._wait(lambda: not window.services.jobs.list(active_only=True), 300)

    def _search(self) -> None:
        window = self._window
        window.navigation.go_home()
        for text in ("tell", "tell me", ""):
            window.home_page.search.field.setText(text)
            rest(self._application, 0.05)
        for toast in list(window.toasts.shown):
            toast.dismiss()


def _hour(home: Path) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication
    from support import stored
    from support.projects import add_project, make_recording, make_services

    from viralclip_desktop.gui.widgets.toasts import ToastText

    application = QApplication(sys.argv[:1])
    services = make_services(home)
    sources = [
        add_project(services, make_recording(home / f"talk {number}.mp4", 24), clips=6) for number in range(3)
    ]
    with services.store.transaction("Make", sources[0].project_id, undoable=False) as tx:
        tx.put_transcript(sources[0].id, stored.long_transcript(_WORDS))
    window = open_window(application, services)
    for number in range(_MESSAGES):
        window.messages.take(ToastText(f"Said before: {number}"))
    rest(application, 1)
    user = _User(application, window, [source.id for source in sources])
    rounds: dict[str, list[float]] = {}
    began = time.monotonic()
    for _ in range(_ROUNDS):
        user.work()
        window.collector.sweep()
        for name, value in _census(window).items():
            rounds.setdefault(name, []).append(value)
    seconds = time.monotonic() - began
    window.close()
    services.close()
    return {"rounds": rounds, "seconds": seconds}


def _census(window: Any) -> dict[str, float]:
    """Memory of this process, and what there is of everything that must not grow. Not counted: the list of
    exports and messages, which keeps its rows on purpose, and the threads of Qt's pools, which Python knows
    as dummies: there are never more than processors, and they come and go by themselves."""
    import threading

    import psutil
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QApplication, QWidget
    from shiboken6 import Shiboken

    process, things = psutil.Process(), Shiboken.getAllValidWrappers()
    widgets = [thing for thing in things if isinstance(thing, QWidget)]
    files = process.num_handles() if sys.platform == "win32" else process.num_fds()
    return {
        "memory": process.memory_info().rss / 1e6,
        "threads": sum(not isinstance(one, threading._DummyThread) for one in threading.enumerate()),
        "Qt threads": sum(isinstance(thing, QThread) and thing.isRunning() for thing in things),
        "files": files,
        "processes": len(process.children(recursive=True)),
        "windows": len(QApplication.topLevelWidgets()),
        "widgets": sum(not window.queue.isAncestorOf(widget) for widget in widgets),
        "timers": sum(isinstance(thing, QTimer) for thing in things),
        "running timers": sum(isinstance(thing, QTimer) and thing.isActive() for thing in things),
    }


if __name__ == "__main__":
    print(json.dumps(_hour(Path(sys.argv[2]))))
