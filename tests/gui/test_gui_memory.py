"""What the window remembers across restarts, and that it always comes back where it can be reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from support.window_parts import open_palette, palette_of

from viralclip_desktop.gui.session.guides import Platform
from viralclip_desktop.gui.session.memory import WindowMemory
from viralclip_desktop.gui.shell.on_screen import fitting, held

DESK = QRect(0, 0, 1366, 728)
BESIDE = QRect(1366, 0, 1920, 1080)


def test_the_sound_of_the_preview_is_remembered(qtbot, open_window) -> None:
    window = open_window()
    window.player.set_volume(0.35)
    window.player.mute(True)
    window.close()
    again = open_window()
    assert (again.player.volume, again.player.muted) == (0.35, True)
    assert again.clips_page.stage.transport.volume.value() == 35


def test_the_safe_area_is_remembered(qtbot, clips_window, open_window) -> None:
    window, source = clips_window, clips_window.session.loaded.source
    window.navigation.open_editor()
    window.work.safe_area.show_platform(Platform.SHORTS)
    window.close()
    again = open_window()
    again.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: again.session.clip is not None, timeout=5000)
    again.navigation.open_editor()
    assert again.editor.safe_area.platform is Platform.SHORTS
    assert again.actions_by_id["safe_area"].isChecked()
    again.actions_by_id["safe_area"].trigger()
    assert (again.memory.safe_area, again.memory.safe_area_shown) == ("shorts", False)


def test_the_latest_commands_come_first_after_a_restart(qtbot, open_window) -> None:
    window = open_window()
    open_palette(window)
    palette = palette_of(window)
    qtbot.keyClicks(palette.field, "shortcuts")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QGuiApplication.modalWindow() is not None, timeout=3000)
    for dialog in window.findChildren(type(window).__mro__[-2]):
        if hasattr(dialog, "reject") and dialog.isVisible():
            dialog.reject()
    window.close()
    again = open_window()
    open_palette(again)
    assert palette_of(again).model.rows[0].spec.id == "shortcuts"
    palette_of(again).hide()


def test_a_damaged_file_gives_the_defaults(tmp_path) -> None:
    (tmp_path / "window.ini").write_text(
        "[General]\nvolume=loud\nmuted=maybe\nsafe_area=@Invalid()\nrecent_commands=\n", encoding="utf-8"
    )
    memory = WindowMemory(tmp_path)
    assert (memory.volume, memory.muted, memory.safe_area_shown) == (1.0, False, False)
    assert memory.recent_commands == []


@pytest.mark.parametrize(
    ("window", "screens", "there"),
    [
        (QRect(40, 30, 1200, 640), [DESK], None),
        (QRect(1500, 200, 1280, 760), [DESK, BESIDE], None),
        (QRect(1500, 200, 1280, 760), [DESK], QRect(43, -16 + 16, 1280, 728)),  # its screen is gone
        (QRect(40, -300, 1200, 640), [DESK], QRect(83, 44, 1200, 640)),  # the title bar is above the screen
        (QRect(-1150, 30, 1200, 640), [DESK], QRect(83, 44, 1200, 640)),  # only a sliver shows
        (QRect(3000, 2000, 4000, 3000), [DESK], DESK),
        (QRect(0, 0, 1920, 1040), [DESK], DESK),  # the screen has become smaller
        (QRect(1300, 10, 1200, 640), [DESK, BESIDE], None),  # half on each
    ],
)
def test_a_window_comes_back_where_it_can_be_reached(window, screens, there) -> None:
    assert held(window, screens) == (there or window)


def test_a_small_screen_makes_the_fitting_smaller() -> None:
    assert fitting(QSize(1080, 640), QRect(0, 0, 960, 520)) == QSize(960, 488)
    assert fitting(QSize(1080, 640), DESK) == QSize(1080, 640)


def test_a_window_left_on_a_screen_that_is_gone_opens_in_sight(qtbot, open_window) -> None:
    window = open_window()
    window.setGeometry(9000, 9000, 1200, 700)
    window.close()
    again = open_window()
    again_there = QGuiApplication.primaryScreen().availableGeometry()
    assert again_there.intersects(again.geometry())
    again.setGeometry(9000, 9000, 1200, 700)
    QGuiApplication.instance().screenRemoved.emit(QGuiApplication.primaryScreen())
    assert again_there.intersects(again.geometry())
