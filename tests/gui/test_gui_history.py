"""The history: named entries, the way to any of them, across restarts; undo only where there is something."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from support.patience import LIMIT_S
from support.projects import add_project
from support.shown import says

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features import editing
from viralclip_desktop.gui.history.history_model import DoneRole, StateRole, WhenRole
from viralclip_desktop.gui.history.history_panel import HistoryPanel
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.store.records import HistoryEntry


def _settled(qtbot, window) -> None:
    for _ in range(2):  # edits end, the store's news comes through the event loop, and is read up on
        window.context.edits.last.wait()
        qtbot.waitUntil(lambda: window.context.tasks.idle, timeout=10000)
        QTest.qWait(30)


@pytest.fixture
def edited(qtbot, clips_window):
    """The editor after three edits, the history in front."""
    window = clips_window
    window.navigation.open_editor()
    window.session.edit(editing.restyle_clip, "pop")
    _settled(qtbot, window)
    window.session.edit(editing.reshape_clip, Aspect.SQUARE)
    _settled(qtbot, window)
    window.session.edit(editing.switch_captions, False)
    _settled(qtbot, window)
    window.editor.docks.reveal("history")
    return window


def _rows(window) -> list[tuple[str, str]]:
    model = window.editor.panel("history").model
    return [(model.index(n).data(), model.index(n).data(StateRole)) for n in range(model.rowCount())]


def _click(qtbot, window, row: int) -> None:
    panel = window.editor.panel("history")
    box = panel.list.visualRect(panel.model.index(row))
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    _settled(qtbot, window)


def test_nothing_to_undo_at_first(qtbot, clips_window) -> None:
    _settled(qtbot, clips_window)
    actions = clips_window.actions_by_id
    assert not actions["undo"].isEnabled()
    assert not actions["redo"].isEnabled()
    clips_window.session.edit(editing.reshape_clip, Aspect.WIDE)
    assert actions["undo"].isEnabled()
    _settled(qtbot, clips_window)
    assert (actions["undo"].isEnabled(), actions["redo"].isEnabled()) == (True, False)
    assert actions["undo"].text() == "Undo: Change shape to 16:9"
    actions["undo"].trigger()
    _settled(qtbot, clips_window)
    assert (actions["undo"].isEnabled(), actions["redo"].isEnabled()) == (False, True)


def test_an_edit_can_be_undone_while_the_journal_is_still_read(qtbot, clips_window, monkeypatch) -> None:
    _settled(qtbot, clips_window)
    store, go_on = clips_window.services.store, threading.Event()
    history = store.history
    monkeypatch.setattr(store, "history", lambda project_id: go_on.wait(LIMIT_S) and history(project_id))
    clips_window.session.edit(editing.reshape_clip, Aspect.WIDE).wait()
    QTest.qWait(30)
    undo = clips_window.actions_by_id["undo"]
    assert undo.isEnabled()
    undo.trigger()
    go_on.set()
    _settled(qtbot, clips_window)
    assert clips_window.session.clip.aspect is Aspect.VERTICAL


def test_entries_are_named_with_the_current_one_marked(qtbot, edited) -> None:
    assert _rows(edited) == [
        ("Hide captions", "now"),
        ("Change shape to 1:1", "done"),
        ("Change caption style", "done"),
        ("Before the first edit", "done"),
    ]
    edited.actions_by_id["undo"].trigger()
    _settled(qtbot, edited)
    assert [state for _name, state in _rows(edited)] == ["undone", "now", "done", "done"]


def test_a_click_goes_to_any_point_and_back(qtbot, edited) -> None:
    clip_id = edited.session.clip.id
    before, after = edited.services.store.clip(clip_id), None
    _click(qtbot, edited, 3)
    after = edited.services.store.clip(clip_id)
    assert (after.caption_style, after.aspect, after.captions_on) == ("karaoke", Aspect.VERTICAL, True)
    assert [state for _name, state in _rows(edited)] == ["undone", "undone", "undone", "now"]
    assert edited.toasts.shown[-1].text.message == "Went back 3 edits"
    _click(qtbot, edited, 1)
    assert edited.session.clip.aspect is Aspect.SQUARE
    assert edited.session.clip.captions_on
    _click(qtbot, edited, 0)
    assert edited.services.store.clip(clip_id) == before


def test_keyboard_walks_the_list(qtbot, edited) -> None:
    panel = edited.editor.panel("history")
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(2))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    _settled(qtbot, edited)
    assert edited.trail.done == panel.model.index(2).data(DoneRole) == 1
    spoken = panel.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Change caption style")
    assert spoken.endswith("here")


def test_a_new_edit_after_going_back_ends_the_old_branch(qtbot, edited) -> None:
    _click(qtbot, edited, 2)
    edited.session.edit(editing.rename_clip, "Another way", gesture="n")
    _settled(qtbot, edited)
    assert [name for name, _state in _rows(edited)] == [
        "Rename clip",
        "Change caption style",
        "Before the first edit",
    ]
    assert not edited.actions_by_id["redo"].isEnabled()


def test_history_is_there_after_a_restart(qtbot, edited, open_window) -> None:
    source, rows = edited.session.loaded.source.id, _rows(edited)
    edited.close()
    again = open_window()
    again.navigation.open_source(source)
    qtbot.waitUntil(lambda: again.page is Page.CLIPS, timeout=5000)
    _settled(qtbot, again)
    again.navigation.open_editor()
    assert _rows(again) == rows
    again.trail.go_to(1)
    _settled(qtbot, again)
    assert again.session.clip.aspect is Aspect.VERTICAL
    assert again.session.clip.caption_style == "pop"


def test_another_projects_edits_are_not_listed(qtbot, edited, tmp_path) -> None:
    from support.projects import make_recording

    other = add_project(edited.services, make_recording(tmp_path / "Other.mp4", 8), clips=1)
    editing.rename_clip(edited.services.store, edited.services.store.clips(other.id)[0].id, "Elsewhere")
    _settled(qtbot, edited)
    assert "Rename clip" not in [name for name, _state in _rows(edited)]


# --- days, and a long history -------------------------------------------------------------------------------

NOON = time.mktime((2025, 5, 14, 12, 0, 0, 0, 0, -1))
DAY_S = 86_400


class _LongTrail(QObject):
    """A trail of two hundred edits over four days, the last five undone."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        labels = ("Trim clip", "Move layer", "Change caption style", "Cut words")
        days = (400, 30, 1, 0)
        self.entries = tuple(
            HistoryEntry(n, labels[n % 4], NOON - days[n // 50] * DAY_S + 60 * (n % 50), n >= 195)
            for n in range(200)
        )
        self.done, self.went = 195, []

    def go_to(self, done: int) -> None:
        self.went.append(done)


@pytest.fixture
def long_trail(qapp):
    return _LongTrail()


@pytest.fixture
def long_panel(qtbot, long_trail):
    from PySide6.QtGui import QAction

    actions = {name: QAction(name) for name in ("undo", "redo")}
    panel = HistoryPanel(long_trail, actions, clock=lambda: NOON + 3600)
    qtbot.addWidget(panel)
    panel.resize(340, 600)
    panel.show()
    return panel


def _days(panel) -> list[str]:
    rows = (panel.model.index(n) for n in range(panel.model.rowCount()))
    return [index.data() for index in rows if index.data(StateRole) == "day"]


def test_edits_of_several_days_stand_under_their_day(long_panel) -> None:
    assert _days(long_panel) == ["Today", "Yesterday", "14 Apr", "9 Apr 2024"]
    assert long_panel.model.rowCount() == 200 + 4 + 1
    assert long_panel.model.now.data(DoneRole) == 195
    assert long_panel.model.index(1).data(WhenRole) == "12:49"
    assert not long_panel.model.flags(long_panel.model.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_long_history_is_filtered_by_word_day_and_time(qtbot, long_panel, long_trail) -> None:
    panel = long_panel
    assert panel.filter.isVisible()
    qtbot.keyClicks(panel.filter, "caption yest")
    assert _days(panel) == ["Yesterday"]
    names = {panel.model.index(n).data() for n in range(1, panel.model.rowCount())}
    assert names == {"Change caption style"}
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    assert panel.list.currentIndex().row() == 1
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert long_trail.went == [panel.model.index(1).data(DoneRole)]
    panel.filter.setText("nothing like it")
    assert says(panel, "No edit is called that. Try another word.")
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.model.rowCount() == 205


def test_keys_step_over_the_days(qtbot, long_panel) -> None:
    panel = long_panel
    today = [panel.model.index(n).data(StateRole) for n in range(panel.model.rowCount())].index("day", 1)
    panel.list.setCurrentIndex(panel.model.index(today - 1))
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == today + 1


def test_a_short_history_has_no_filter(qtbot, edited) -> None:
    assert not edited.editor.panel("history").filter.isVisible()
