"""In the real window: from the key that decides about a clip to the first picture of the next one; within a
recording, and from the last clip of one to the first of another."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child
from benchmarks.watching import child, open_window  # noqa: E402

_CLIPS, _BAR_MS = 6, 300


def run() -> list[Row]:
    """Keep clip after clip, as a user does who looks at each for a moment."""
    found = child(__file__, "review")
    rows = []
    for what, name in (
        ("next clip of a review plays, slowest", "within"),
        ("first clip of the next recording plays, slowest", "across"),
    ):
        times = found[name]
        note = f"{len(times)} times; median {statistics.median(times):.0f} ms"
        rows.append(Row(what, max(times), "ms", _BAR_MS, note))
    return rows


# --- the child's side ------------------------------------------------------------------------------------


def _review(home: Path) -> dict[str, list[float]]:
    from benchmarks.bench_export import make_film
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    from support.projects import add_project, make_services

    application = QApplication(sys.argv[:1])
    services = make_services(home)
    films = [make_film(home / f"film{number}.mp4", 24 + number) for number in range(4)]
    sources = [add_project(services, film, clips=_CLIPS) for film in films]
    clips = [clip for source in sources for clip in services.store.clips(source.id)]
    window = open_window(application, services)
    pictures: list[str] = []
    window.player.pictured.connect(lambda _image: pictures.append(window.player.clip.id))
    page = window.review_page

    def wait(until: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"the review stands at {page.queue.place}")
            application.processEvents()

    window.navigation.review_these(clips)
    wait(lambda: bool(pictures))
    found: dict[str, list[float]] = {"within": [], "across": []}
    for before, after in pairwise(clips):
        wait(lambda after=after: window.player.ahead.ready and window.player.ahead.clip.id == after.id)
        wait(lambda: services.jobs.list(active_only=True) == [])
        began = time.perf_counter()
        QTest.keyClick(page, Qt.Key.Key_K)
        wait(lambda after=after: after.id in pictures)
        kind = "within" if before.source_id == after.source_id else "across"
        found[kind].append(1000 * (time.perf_counter() - began))
    window.close()
    services.close()
    return found


if __name__ == "__main__":
    print(json.dumps(_review(Path(sys.argv[2]))))
