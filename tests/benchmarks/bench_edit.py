"""In the real window: from an edit, and from a seek, to the exact new frame painted on the screen."""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from viralclip_desktop.features import editing
from viralclip_desktop.features.workflows.preview import preview_plan

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child
from benchmarks.watching import child, open_window  # noqa: E402

_ROUNDS, _SEEKS = 8, 40
_SEEK_BAR_MS = 120
_EDIT_BAR_MS = 150  # that frame, and before it the edit stored, synced to disk, and planned anew


def run() -> list[Row]:
    """Edit and seek in the editor, at the size the preview has at 1366x768."""
    found = child(__file__, "edit")
    rows = []
    for what, name, bar in (
        ("edit to repaint, p95", "edits", _EDIT_BAR_MS),
        ("seek to exact frame on screen, p95", "seeks", _SEEK_BAR_MS),
    ):
        times = sorted(found[name])
        middle, bare = statistics.median(times), statistics.median(found["bare"])
        note = f"{len(times)} {name} in the window, {found['size']}; median {middle:.0f} ms, "
        note += f"{bare:.0f} ms of it making the frame"
        rows.append(Row(what, times[int(0.95 * len(times))], "ms", bar, note))
    return rows


# --- the child's side ------------------------------------------------------------------------------------


class _Eyes:
    """Sees when the picture that was asked for last has been painted."""

    def __init__(self, application: Any, window: Any) -> None:
        from PySide6.QtCore import QEvent, QObject

        self._application, self._window = application, window
        eyes, paint = self, QEvent.Type.Paint

        class Filter(QObject):
            def eventFilter(self, _watched: Any, event: Any) -> bool:
                if event.type() == paint and eyes.pictured and window.player.current:
                    eyes.painted = True
                return False

        self.bare: list[float] = []
        self.pictured = self.painted = False
        self._filter = Filter(window)
        self.picture = window.editor.preview.picture
        self.picture.installEventFilter(self._filter)
        window.player.pictured.connect(lambda _image: setattr(self, "pictured", True))

    def time(self, work: Callable[[], object]) -> float:
        """Milliseconds from ``work`` until its picture is painted; checks that it is the exact one."""
        from PySide6.QtCore import QEventLoop

        self.pictured = self.painted = False
        began = time.perf_counter()
        work()
        while not self.painted:
            if time.perf_counter() - began > 20:
                raise TimeoutError(f"no picture came: {self._window.session.clip}")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        taken = 1000 * (time.perf_counter() - began)
        self._check()
        return taken

    def _check(self) -> None:
        from viralclip_desktop.core.geometry import Size
        from viralclip_desktop.gui.bridge.images import image_from_rgb
        from viralclip_desktop.media.render import render_frame

        window, shown = self._window, self.picture.image
        services, player = window.services, window.player
        plan, size = (
            preview_plan(services.store, services.paths, window.session.clip.id),
            Size(shown.width(), shown.height()),
        )
        began = time.perf_counter()
        pixels = render_frame(plan, size, player.position, services.paths.cache / "bench")
        self.bare.append(1000 * (time.perf_counter() - began))
        exact = image_from_rgb(pixels, size.width, size.height)
        assert shown.convertToFormat(exact.format()) == exact, "not the frame of the edited clip"


def _edit(home: Path) -> dict[str, Any]:
    from benchmarks.bench_export import make_film
    from PySide6.QtWidgets import QApplication
    from support.projects import add_project, make_services

    application = QApplication(sys.argv[:1])
    services = make_services(home)
    source = add_project(services, make_film(home / "film.mp4", 24), clips=3)
    window = open_window(application, services)
    window.navigation.open_source(source.id)
    end = time.monotonic() + 60
    while not (window.player.current and window.page.value == "editor" and window.editor.settled):
        if time.monotonic() > end:
            raise TimeoutError("the editor did not open")
        if window.session.clip is not None and window.page.value != "editor":
            window.navigation.open_editor()
        application.processEvents()
    eyes = _Eyes(application, window)
    found = {"edits": _edits(eyes, window), "seeks": _seeks(eyes, window)}
    size = f"{eyes.picture.image.width()}x{eyes.picture.image.height()}"
    window.close()
    services.close()
    return {**found, "size": size, "bare": eyes.bare}


def _edits(eyes: _Eyes, window: Any) -> list[float]:
    """Trim, change the style, the crop and a word under the playhead, and undo, over and over."""
    from viralclip_desktop.core.time import Time
    from viralclip_desktop.domain.clip import Framing

    session, times = window.session, []
    styles = [style.id for style in session.loaded.styles]

    def correct(number: int) -> None:
        words = session.loaded.transcript.words
        at = session.clip.range.start + window.player.position
        index = next(n for n, word in enumerate(words) if word.end > at)
        session.do(editing.correct_word, session.source_id, index, f"WORD{number}")

    def trim(number: int) -> None:
        kept, step = session.clip.range, Time.from_frames(1, window.player.plan.fps)
        session.edit(editing.trim_clip, kept.start + step, kept.end, gesture=f"trim-{number}")

    eyes.time(lambda: window.player.seek(Time.from_seconds(2)))
    for number in range(_ROUNDS):
        works: tuple[Callable[[], object], ...] = (
            lambda: session.edit(
                editing.restyle_clip, next(one for one in styles if one != session.clip.caption_style)
            ),
            lambda n=number: session.edit(editing.reframe_clip, Framing.CROP, 0.3 + 0.04 * n),
            lambda n=number: correct(n),
            lambda n=number: trim(n),
            session.undo,
        )
        times += [eyes.time(work) for work in works]
    return times


def _seeks(eyes: _Eyes, window: Any) -> list[float]:
    from viralclip_desktop.core.time import Time

    chance, longest = random.Random(1), window.player.duration.seconds - 0.1
    targets = [Time.from_seconds(chance.uniform(0, longest)) for _ in range(_SEEKS)]
    return [eyes.time(lambda at=at: window.player.seek(at)) for at in targets]


if __name__ == "__main__":
    print(json.dumps(_edit(Path(sys.argv[2]))))
