"""How long the window ever stands still when something large is opened: by the clock, round by round."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from viralclip_desktop.features import editing

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child
from benchmarks.watching import Watch, child, least, open_window  # noqa: E402

_RUNS, _BAR_MS = 3, 50
_WORDS, _CLIPS, _PROJECTS = 100_000, 60, 1_000
_PANELS = ("brand", "frame", "audio", "export", "history", "clips", "captions", "transcript")


def run() -> list[Row]:
    """Click on everything once, with little and with very much in it."""
    small = least([child(__file__, "small") for _ in range(_RUNS)])
    large = least([child(__file__, "large") for _ in range(_RUNS)])
    return [
        _row("first opening of the editor: longest stall", {"it": small.pop("editor")}),
        _row("first opening of a panel or dialog: longest stall", small),
        _row(f"{_WORDS:,} words, {_CLIPS} clips: longest stall", large_of(large, "words ")),
        _row(f"home with {_PROJECTS:,} projects: longest stall", large_of(large, "home ")),
    ]


def large_of(found: dict[str, list[float]], prefix: str) -> dict[str, list[float]]:
    """What begins with a prefix, without it."""
    return {name.removeprefix(prefix): part for name, part in found.items() if name.startswith(prefix)}


def _row(what: str, found: dict[str, list[float]]) -> Row:
    worst = max(found, key=lambda name: found[name])
    where = "" if worst == "it" else f"{worst}; "
    busy = max(own for _stall, own in found.values())
    note = f"{where}least of {_RUNS} runs; processor time of one round at most {busy:.0f} ms"
    return Row(what, found[worst][0], "ms", _BAR_MS, note)


# --- the child's side ------------------------------------------------------------------------------------


def _small(home: Path) -> dict[str, list[float]]:
    from PySide6.QtWidgets import QApplication
    from support.projects import add_project, make_recording, make_services

    application = QApplication(sys.argv[:1])
    services = make_services(home)
    source = add_project(services, make_recording(home / "clip.mp4"), clips=9)
    window, watch = open_window(application, services), Watch(application)
    watch.stall("start", lambda: None)
    watch.stall("recording", lambda: window.navigation.open_source(source.id), lambda: window.player.current)
    watch.stall("editor", window.navigation.open_editor, lambda: window.editor.settled)
    for name in _PANELS:
        reveal = window.actions_by_id[f"panel_{name}"].trigger
        watch.stall(name, reveal, lambda: window.editor.settled)
    from support.window_parts import export_dialog_of, palette_of, settings_of

    watch.stall("palette", window.actions_by_id["palette"].trigger)
    palette_of(window).close()
    watch.stall("settings", window.actions_by_id["settings"].trigger)
    settings_of(window).close()
    watch.stall("shortcuts", window.actions_by_id["shortcuts"].trigger)
    for dialog in application.topLevelWidgets():
        if dialog.isModal():
            dialog.close()
    watch.stall("export", window.actions_by_id["export_as"].trigger)
    export_dialog_of(window).close()
    window.close()
    services.close()
    del watch.found["start"]
    return watch.found


def _large(home: Path) -> dict[str, list[float]]:
    from PySide6.QtWidgets import QApplication
    from support import stored
    from support.projects import add_project, make_recording, make_services

    application = QApplication(sys.argv[:1])
    services = make_services(home)
    source = add_project(services, make_recording(home / "clip.mp4"), clips=_CLIPS)
    project = services.store.project(source.project_id)
    with services.store.transaction("Make", source.project_id, undoable=False) as tx:
        tx.put_transcript(source.id, stored.long_transcript(_WORDS))
    with services.store.transaction("Make", None, undoable=False) as tx:
        for number in range(_PROJECTS):
            tx.put(replace(project, id=f"proj_bench{number}", name=f"Talk number {number}"))
    window, watch = open_window(application, services), Watch(application)
    _at_home(window, watch)
    watch.found.pop("start")
    _with_words(window, watch, source.id)
    window.close()
    services.close()
    return watch.found


def _at_home(window: Any, watch: Watch) -> None:
    watch.stall("start", lambda: None)
    watch.stall("home shown", window.navigation.go_home)
    for text in ("s", "sh", "sho", ""):
        watch.stall("home searched", partial(window.home_page.search.field.setText, text))
    for width in (1500, 1366):
        watch.stall("home resized", partial(window.resize, width, 768))


def _with_words(window: Any, watch: Watch, source_id: str) -> None:
    session, player, context = window.session, window.player, window.context

    def settled() -> bool:
        return bool(player.current and context.idle)

    watch.stall("words opened", lambda: window.navigation.open_source(source_id), lambda: player.current)
    watch.stall("words editor", window.navigation.open_editor, lambda: window.editor.settled and settled())
    for _ in range(5):
        watch.stall("words next clip", partial(session.select_beside, 1), settled)
    correct = partial(session.do, editing.correct_word, source_id, 5, "LONGER")
    watch.stall("words corrected", correct, settled)
    watch.stall("words undone", session.undo, settled)
    timeline = window.editor.panel("timeline")
    for work in (timeline.control.zoom_in, timeline.control.zoom_in, timeline.control.fit):
        watch.stall("words zoomed", work)
    for width in (1500, 1440, 1366):
        watch.stall("words resized", partial(window.resize, width, 768), settled)
    watch.stall("words left", window.navigation.go_home)


if __name__ == "__main__":
    print(json.dumps({"small": _small, "large": _large}[sys.argv[1]](Path(sys.argv[2]))))
