"""The pictures of the README: the demo's clips as the window shows them.

``python tests/support/readme_shots.py`` renders what ``python3 dev.py demo`` has made into
``resources/screenshots``, without a display.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo-output" / "data"
OUT = ROOT / "resources" / "screenshots"

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    """Take both pictures: the clips of the talk, and its best one in the editor."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from support.gui_shots import Shots

    from viralclip_desktop.app import build_services
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.core.time import Time
    from viralclip_desktop.gui.shell.application import make_application
    from viralclip_desktop.gui.shell.window import MainWindow
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    application = make_application()
    start_theme(application, ThemeChoice.DARK)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = shutil.copytree(DEMO, Path(folder) / "home")
        services = build_services(DataPaths(home, Path(folder) / "models"))
        window = MainWindow(services, _raise)
        window.resize(1366, 768)
        window.show()
        shots = Shots(application, window, Path(folder), "readme")
        window.navigation.open_source(services.store.sources(services.store.projects()[0].id)[0].id)
        shots.settle(8.0)
        window.player.go_when_planned(Time.from_seconds(7.4))
        shots.settle(4.0)
        window.grab().save(str(OUT / "clips.png"), None, 0)  # packed as small as it goes
        window.navigation.open_editor()
        shots.settle(8.0)
        window.grab().save(str(OUT / "editor.png"), None, 0)
        window.close()
        services.close()


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    main()
