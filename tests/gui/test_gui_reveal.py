"""Files and folders that the system is asked to show, on a system where no program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from support.shown import button, says, words_on
from support.window_parts import settings_of

from viralclip_desktop import gui
from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.gui.preview.still_file import save_still_to

LEFT = Qt.MouseButton.LeftButton
NOT_SHOWN = "No program on this computer shows the folder of “{}”."


@pytest.fixture
def exported(qtbot, clips_window):
    """The window with one finished export, its card and its file."""
    clips_window.services.settings.set(resolution=Resolution.P720)
    clips_window.actions_by_id["export"].trigger()
    store = clips_window.services.store
    qtbot.waitUntil(lambda: bool(store.exports()) and all(one.status.ended for one in store.exports()))
    toasts = clips_window.toasts.parent()
    qtbot.waitUntil(lambda: says(toasts, f"“{clips_window.session.clip.title}” is exported."))
    return clips_window, Path(store.exports()[0].output_path)


def copied(window, qtbot) -> str:
    """What the newest toast has copied."""
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(button(window.toasts.shown[-1], "Copy the path"), LEFT)
    return QGuiApplication.clipboard().text()


def test_a_film_that_no_program_plays_is_told_with_its_path(qtbot, exported) -> None:
    window, path = exported
    toasts = window.toasts.parent()
    qtbot.mouseClick(button(window.toasts.shown[-1], "Show in folder"), LEFT)
    assert says(toasts, NOT_SHOWN.format(path))
    assert copied(window, qtbot) == str(path)

    window.actions_by_id["queue"].trigger()
    (card,) = window.queue.rows
    qtbot.waitUntil(card.play.isVisible)
    qtbot.mouseClick(button(card, "Play"), LEFT)
    assert says(toasts, f"No program on this computer opens “{path}”.")
    assert says(toasts, "Choose one for such files in the settings of your system")
    assert copied(window, qtbot) == str(path)
    qtbot.mouseClick(button(card, "Show in folder"), LEFT)
    assert says(toasts, NOT_SHOWN.format(path))

    path.unlink()
    qtbot.mouseClick(button(card, "Play"), LEFT)
    assert says(toasts, f"“{path}” is not there any more.")


def test_the_same_export_once_more_says_it_too(qtbot, exported) -> None:
    window, path = exported
    toasts = window.toasts.parent()
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: says(toasts, "is exported already."))
    qtbot.mouseClick(button(window.toasts.shown[-1], "Show in folder"), LEFT)
    assert says(toasts, NOT_SHOWN.format(path))


def test_a_saved_frame_says_it_too(qtbot, clips_window, tmp_path) -> None:
    player, out = clips_window.player, tmp_path / "frame.png"
    save_still_to(clips_window.context, out, player.plan, ZERO)
    toasts = clips_window.toasts.parent()
    qtbot.waitUntil(lambda: says(toasts, "Saved “frame.png”"))
    qtbot.mouseClick(button(clips_window.toasts.shown[-1], "Show"), LEFT)
    assert says(toasts, NOT_SHOWN.format(out))


def test_a_folder_of_the_settings_says_it_in_its_row(qtbot, open_window) -> None:
    window = open_window()
    window.actions_by_id["settings"].trigger()
    dialog = settings_of(window)
    dialog.show_section("Storage")
    home = window.services.paths.home
    assert str(home) in words_on(dialog)
    qtbot.mouseClick(button(dialog, "Show: Data folder"), LEFT)
    told = f"No program on this computer shows the folder “{home}”."
    assert says(dialog, told)
    assert says(window.toasts.parent(), told)


def test_the_system_is_asked_in_one_place() -> None:
    asking = [
        path.name for path in Path(gui.__path__[0]).rglob("*.py") if "openUrl" in path.read_text("utf-8")
    ]
    assert asking == ["reveal.py"]
