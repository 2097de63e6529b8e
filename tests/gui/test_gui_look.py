"""The look: contrast, icons that exist, actions that work, names for screen readers."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QFileSystemModel, QLineEdit, QWidget

from viralclip_desktop.gui.session.actions import WindowState
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.shell.actions import enable_actions
from viralclip_desktop.gui.shell.features import ACTIONS
from viralclip_desktop.gui.theme.fonts import choose_family
from viralclip_desktop.gui.theme.style_sheet import style_sheet
from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme, theme
from viralclip_desktop.gui.theme.tokens import DARK, LIGHT, Colours, contrast


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_text_is_readable_on_every_ground(colours: Colours) -> None:
    for ground, ink in itertools.product(("window", "surface", "raised"), ("text", "quiet")):
        assert contrast(getattr(colours, ground), getattr(colours, ink)) >= 4.5, (ground, ink)
    assert contrast(colours.accent_fill, colours.on_accent) >= 4.5
    for signal in ("accent", "good", "caution", "bad"):
        assert contrast(colours.surface, getattr(colours, signal)) >= 3, signal


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_style_sheet_has_every_colour_filled_in(colours: Colours) -> None:
    sheet = style_sheet(colours)
    assert "$" not in sheet
    assert colours.window in sheet


def test_font_is_the_systems_unless_it_is_a_stand_in() -> None:
    assert choose_family("Segoe UI", [], []) == "Segoe UI"
    assert choose_family("Sans Serif", ["DejaVu Sans", "Noto Sans"], []) == "Noto Sans"
    assert choose_family("Sans Serif", ["DejaVu Sans"], []) == "Sans Serif"


def test_no_two_actions_share_a_name_or_a_key() -> None:
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.shortcuts]
    assert all(keys)
    assert len(keys) == len(set(keys))
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)


def test_actions_follow_the_page(open_window) -> None:
    window = open_window()
    actions = window.actions_by_id
    assert set(actions) == {spec.id for spec in ACTIONS}
    assert actions["open"].isEnabled()
    assert not actions["play"].isEnabled()
    enable_actions(actions, WindowState(page=Page.CLIPS, clip=True, clips=True))
    assert actions["play"].isEnabled()
    assert actions["export_all"].isEnabled()


def test_everything_that_takes_the_focus_has_a_name(clips_window) -> None:
    unnamed = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in clips_window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]
    assert unnamed == []


def test_theme_switches_at_once_and_is_remembered(qtbot, services, open_window) -> None:
    window = open_window()
    light = next(action for action in _menu_actions(window) if action.objectName() == "theme_light")
    light.trigger()
    assert theme().colours is LIGHT
    assert LIGHT.window in QApplication.instance().styleSheet()
    qtbot.waitUntil(lambda: services.settings.values.theme == "light", timeout=5000)
    theme().choose(ThemeChoice.DARK)
    assert theme().colours is DARK


def _menu_actions(window):
    menu = window.header.menu_button.menu()
    for action in menu.actions():
        yield from action.menu().actions() if action.menu() else [action]


def test_window_fits_a_small_laptop(clips_window) -> None:
    assert clips_window.minimumSizeHint().width() <= 1366
    assert clips_window.minimumSizeHint().height() <= 690


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_names_a_file_dialog_suggests_can_be_read(qtbot, qapp, tmp_path, choice) -> None:
    start_theme(qapp, choice)
    for name in ("Talk one.mp4", "Talk two.mp4"):
        (tmp_path / name).touch()
    dialog = QFileDialog(None, "Open", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    field = dialog.findChild(QLineEdit)
    field.setFocus()
    qtbot.waitUntil(
        lambda: dialog.findChild(QFileSystemModel).index(str(tmp_path / "Talk two.mp4")).isValid()
    )
    qtbot.keyClicks(field, "Talk")
    popup = field.completer().popup()
    qtbot.waitUntil(lambda: popup.isVisible() and popup.model().rowCount() == 2)
    picture = popup.grab().toImage()
    below = popup.viewport().geometry().bottomRight() - QPoint(4, 4)
    for at in (below, popup.visualRect(popup.model().index(1, 0)).topRight() - QPoint(4, -4)):
        ground = picture.pixelColor(at)
        assert ground.alpha() == 255
        assert (ground.lightness() > 128) is (choice is ThemeChoice.LIGHT)
    popup.hide()
