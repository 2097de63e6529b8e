"""The user's own keys: stored, applied at once, and never two actions on one key."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.shown import button

from viralclip_desktop.gui.shell.actions import shortcut_book
from viralclip_desktop.gui.shell.features import ACTIONS
from viralclip_desktop.gui.shortcuts.book import FILE_NAME, ShortcutBook


def test_only_what_differs_is_stored_and_comes_back(tmp_path) -> None:
    book = shortcut_book(tmp_path)
    book.assign("split", ["X", "X", ""])
    assert book.keys("split") == ("X",)
    assert json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8")) == {"split": ["X"]}
    again = shortcut_book(tmp_path)
    assert again.keys("split") == ("X",)
    assert again.changed("split")
    again.reset("split")
    assert again.keys("split") == ("S", "Ctrl+B")
    assert not again.any_changed


def test_taking_a_key_takes_it_from_its_owner(tmp_path) -> None:
    book = shortcut_book(tmp_path)
    assert book.owners("Ctrl+Y", but="undo") == ["redo"]
    book.assign("split", ["Ctrl+Y"])
    assert book.keys("redo") == ("Ctrl+Shift+Z",)
    book.reset("redo")
    assert book.keys("redo") == ("Ctrl+Shift+Z", "Ctrl+Y")
    assert book.keys("split") == ()
    book.reset_all()
    keys = [key for spec in ACTIONS for key in book.keys(spec.id)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"split": 3, "gone": ["A"], "marker": ["F8"]}'])
def test_damaged_file_gives_the_defaults(tmp_path, text: str, caplog) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    book = ShortcutBook(tmp_path, {"split": ["S"], "marker": ["M"]})
    assert book.keys("split") == ("S",)
    assert book.keys("marker") == (("F8",) if "F8" in text else ("M",))


def test_a_damaged_file_is_set_aside_and_not_written_over(tmp_path) -> None:
    (tmp_path / FILE_NAME).write_text('{"split": ["X"], "mar', encoding="utf-8")
    ShortcutBook(tmp_path, {"split": ["S"], "marker": ["M"]}).assign("marker", ["F8"])
    assert (tmp_path / "shortcuts.damaged.json").read_text(encoding="utf-8") == '{"split": ["X"], "mar'


def test_a_key_of_the_users_choice_stays_theirs_when_a_new_version_has_it_for_something_new(tmp_path) -> None:
    ShortcutBook(tmp_path, {"split": ["S"]}).assign("split", ["Ctrl+Shift+B"])
    newer = ShortcutBook(tmp_path, {"split": ["S"], "split_clip": ["Ctrl+Shift+B", "F9"]})
    assert newer.keys("split") == ("Ctrl+Shift+B",)
    assert newer.keys("split_clip") == ("F9",), "one key for two actions works for neither"
    newer.reset("split_clip")
    assert (newer.keys("split_clip"), newer.keys("split")) == (("Ctrl+Shift+B", "F9"), ())


def test_what_is_said_of_actions_of_another_version_is_kept(tmp_path) -> None:
    (tmp_path / FILE_NAME).write_text('{"later": ["F8"]}', encoding="utf-8")
    ShortcutBook(tmp_path, {"split": ["S"]}).assign("split", ["X"])
    assert json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8")) == {"later": ["F8"], "split": ["X"]}
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.fixture
def dialog(qtbot, clips_window):
    """The shortcut editor over the window."""
    clips_window.actions_by_id["shortcuts"].trigger()
    dialog = QApplication.activeModalWidget()
    yield dialog
    with suppress(RuntimeError):  # a test may have closed it
        dialog.accept()


def _press(qtbot, dialog, action: str, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    field = dialog.rows[action].field
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.recording
    qtbot.keyClick(field, key, modifier)


def test_new_keys_work_at_once_and_are_in_the_tooltips(qtbot, clips_window, dialog) -> None:
    _press(qtbot, dialog, "undo", Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    undo = clips_window.actions_by_id["undo"]
    assert [key.toString() for key in undo.shortcuts()] == ["Ctrl+U"]
    assert "Ctrl+U" in button(clips_window.header, "Undo").toolTip()
    assert dialog.rows["undo"].reset.isVisible()
    assert shortcut_book(clips_window.services.paths.home).keys("undo") == ("Ctrl+U",)
    dialog.rows["undo"].reset.click()
    assert [key.toString() for key in undo.shortcuts()] == ["Ctrl+Z"]


def test_conflict_is_told_before_it_is_made(qtbot, clips_window, dialog) -> None:
    _press(qtbot, dialog, "marker", Qt.Key.Key_S)
    assert dialog.warning.isVisible()
    assert "Split here" in dialog.warning.message
    actions = clips_window.actions_by_id
    assert actions["marker"].shortcut().toString() == "M"
    dialog.take.click()
    assert not dialog.warning.isVisible()
    assert actions["marker"].shortcut().toString() == "S"
    assert actions["split"].shortcut().toString() == "Ctrl+B"
    dialog.reset_all.click()
    assert [key.toString() for key in actions["split"].shortcuts()] == ["S", "Ctrl+B"]


def test_backspace_takes_keys_away_and_escape_gives_up(qtbot, clips_window, dialog) -> None:
    _press(qtbot, dialog, "queue", Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert clips_window.actions_by_id["queue"].shortcut().toString() == "Ctrl+J"
    _press(qtbot, dialog, "queue", Qt.Key.Key_Backspace)
    assert clips_window.actions_by_id["queue"].shortcut().isEmpty()
    assert dialog.rows["queue"].field.text() == "None"


def test_search_finds_by_word_and_by_key(qtbot, dialog) -> None:
    dialog.search.setText("marker")
    assert dialog.rows["marker"].isVisible()
    assert not dialog.rows["play"].isVisible()
    dialog.search.setText("space")
    assert dialog.rows["play"].isVisible()
    assert not dialog.rows["marker"].isVisible()


def test_chosen_keys_are_there_after_a_restart(qtbot, clips_window, dialog, open_window) -> None:
    _press(qtbot, dialog, "captions", Qt.Key.Key_F8)
    dialog.accept()
    clips_window.close()
    again = open_window()
    assert again.actions_by_id["captions"].shortcut().toString() == "F8"
