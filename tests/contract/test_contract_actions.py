"""Every action: one row, one key, something that happens; and nothing while one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from support.window_parts import open_palette, palette_of

pytest.importorskip("PySide6")

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from support.given_clock import GivenClock
from support.window_stage import Stage, window_stage

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.gui.session.actions import Group
from viralclip_desktop.gui.shell.features import ACTIONS
from viralclip_desktop.gui.shortcuts.feature import apply_shortcuts
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.model import Key, Kind

PROMISED = {
    "Space": "play", "J": "reverse", "K": "pause", "L": "forward", "I": "set_in", "O": "set_out",
    "Left": "previous_frame", "Right": "next_frame", "Shift+Left": "back", "Shift+Right": "ahead",
    "Home": "to_start", "End": "to_end", "S": "split", "Ctrl+B": "split", "N": "snap", "Del": "delete",
    "Shift+Del": "ripple_delete", "M": "marker", "\\": "fit", "Shift+Z": "fit", "Ctrl+Z": "undo",
    "Ctrl+Shift+Z": "redo", "Ctrl+Y": "redo", "Ctrl+K": "palette", "F": "full_preview",
}  # fmt: skip
"""The keys editors expect, and what they do here."""


# --- the table -------------------------------------------------------------------------------------------


def test_names_titles_and_groups() -> None:
    assert [name for name, count in Counter(spec.id for spec in ACTIONS).items() if count > 1] == []
    assert [title for title, count in Counter(spec.title for spec in ACTIONS).items() if count > 1] == []
    assert all(spec.title and not spec.title.endswith((".", "!")) for spec in ACTIONS)
    assert {spec.group for spec in ACTIONS} == set(Group)


def test_no_key_has_two_actions() -> None:
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.shortcuts]
    assert all(keys), "a key that Qt does not know"
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_keys_are_the_promised_ones() -> None:
    owner = {QKeySequence(key).toString(): spec.id for spec in ACTIONS for key in spec.shortcuts}
    assert {key: owner.get(QKeySequence(key).toString()) for key in PROMISED} == PROMISED


# --- pressed on the real editor --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stage(qapp, tmp_path_factory):
    """The editor on a clip, for all tests."""
    with window_stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.enter("palette")  # made at its first use, and kept
        stage.leave()
        yield stage


@pytest.fixture
def editor(stage, monkeypatch):
    """The editor at rest: nothing chosen, nothing open, the playhead in the middle, the project as it was.
    The player's clock stands still: what plays is still playing when one looks."""
    monkeypatch.setattr("viralclip_desktop.gui.session.clock.wall_s", GivenClock())
    _rest(stage)
    yield stage
    _put_away(stage)
    stage.settle()


def _put_away(stage: Stage) -> None:
    window = stage.window
    window.player.pause()
    if window.editor.full_preview is not None:
        window.editor.full_preview.close()
    if palette_of(window) is not None:
        palette_of(window).hide()
    window.queue.hide()
    for toast in list(window.toasts.shown):
        toast.dismiss()


def _rest(stage: Stage) -> None:
    window = stage.window
    player, editor = window.player, window.editor
    _put_away(stage)
    if window.trail.done:
        window.trail.go_to(0)
        stage.settle()
    window.session.select(window.session.clips[0].id)
    if window.page != "editor":
        window.navigation.open_editor()
    stage.settle()
    player.set_loop(None)
    player.seek(Time.from_seconds(3))
    editor.panel("timeline").control.selection.clear()
    editor.panel("timeline").control.fit()
    editor.panel("transcript").view.selection.place(None)
    window.activateWindow()
    editor.preview.setFocus()
    stage.settle()


def seen(stage: Stage) -> dict[str, Any]:
    """What a key might change, as somebody would see it."""
    window, player = stage.window, stage.window.player
    editor, control = window.editor, window.editor.panel("timeline").control
    clip = window.session.clip
    assert clip is not None
    return {
        "playing": player.playing,
        "speed": player.speed,
        "position": player.position,
        "loop": player.loop,
        "clip": replace(stage.services.store.clip(clip.id), title="", captions_on=True),
        "captions": stage.services.store.clip(clip.id).captions_on,
        "which": clip.id,
        "clips": len(window.session.clips),
        "snap": control.snapping,
        "ripple": control.ripple,
        "chosen": frozenset(control.selection.keys),
        "zoom": control.scene.view.px_per_s,
        "guides": editor.safe_area.platform,
        "full": editor.full_preview is not None,
        "palette": palette_of(window) is not None and palette_of(window).isVisible(),
        "panels": tuple(name for name in editor.docks.docks if editor.docks.in_front(name)),
        "exports": window.queue.isVisible(),
        "page": window.page,
        "typing": isinstance(QApplication.focusWidget(), QLineEdit),
        "best": player.full_quality,
    }


def press(stage: Stage, key: str) -> set[str]:
    """Press a key wherever the focus is; what it changed."""
    before = seen(stage)
    QTest.keySequence(QApplication.focusWidget() or stage.window, QKeySequence(key))
    stage.settle()
    after = seen(stage)
    return {name for name in after if after[name] != before[name]}


@dataclass(frozen=True)
class Effect:
    """What the keys of an action change, and what has to be so before."""

    changes: str
    before: Callable[[Stage], object] | None = None
    nowhere: tuple[str, ...] = ()
    """Where the key means something else: a caret and a list have arrows of their own."""


def _looped(stage: Stage) -> None:
    stage.window.player.set_loop(TimeRange.from_seconds(2, 3))


def _marked(stage: Stage) -> None:
    stage.window.editor.panel("timeline").commands.add_marker()
    stage.settle()


def _marker_chosen(stage: Stage) -> None:
    _marked(stage)
    control = stage.window.editor.panel("timeline").control
    marker = control.clip.markers[0]
    control.selection.put([Key(Kind.MARKER, str(marker.at.ticks))])


def _taken_back(stage: Stage) -> None:
    _marked(stage)
    stage.window.session.undo()
    stage.settle()


def _playing(stage: Stage) -> None:
    stage.window.player.play()


def _zoomed(stage: Stage) -> None:
    stage.window.editor.panel("timeline").control.zoom_in()
    stage.window.editor.panel("timeline").control.zoom_in()


def _all_chosen(stage: Stage) -> None:
    stage.window.editor.panel("timeline").control.select_all()


_CARET = ("transcript",)
EFFECTS = {
    "play": Effect("playing"),
    "forward": Effect("playing"),
    "reverse": Effect("speed"),
    "pause": Effect("playing", _playing),
    "previous_frame": Effect("position", nowhere=_CARET),
    "next_frame": Effect("position", nowhere=_CARET),
    "back": Effect("position", nowhere=_CARET),
    "ahead": Effect("position", nowhere=_CARET),
    "to_start": Effect("position", nowhere=_CARET),
    "to_end": Effect("position", nowhere=_CARET),
    "set_in": Effect("loop"),
    "set_out": Effect("loop"),
    "clear_in_out": Effect("loop", _looped),
    "split": Effect("clip"),
    "split_clip": Effect("clips"),
    "delete": Effect("clip", _marker_chosen, nowhere=_CARET),
    "ripple_delete": Effect("clip", _looped, nowhere=_CARET),
    "marker": Effect("clip"),
    "select_all": Effect("chosen", nowhere=_CARET),
    "snap": Effect("snap"),
    "ripple": Effect("ripple"),
    "fit": Effect("zoom", _zoomed),
    "zoom_in": Effect("zoom"),
    "zoom_out": Effect("zoom", _zoomed),
    "undo": Effect("clip", _marked),
    "redo": Effect("clip", _taken_back),
    "next_clip": Effect("which"),
    "captions": Effect("captions"),
    "duplicate": Effect("clips"),
    "delete_clip": Effect("clips"),
    "rename": Effect("typing"),
    "full_preview": Effect("full"),
    "full_still": Effect("best"),
    "safe_area": Effect("guides"),
    "panel_clips": Effect("panels"),
    "panel_brand": Effect("panels"),
    "panel_frame": Effect("panels"),
    "panel_audio": Effect("panels"),
    "panel_tighten": Effect("panels"),
    "panel_finish": Effect("panels"),
    "panel_dubbing": Effect("panels"),
    "panel_export": Effect("panels"),
    "panel_history": Effect("panels"),
    "queue": Effect("exports"),
    "palette": Effect("palette"),
    "leave_editor": Effect("page"),
    "let_go": Effect("chosen", _all_chosen),
    "find": Effect("typing"),
    "home": Effect("page"),
}
PLACES = ("preview", "timeline", "transcript")
KEYS = [(key, name) for name in EFFECTS for key in next(s for s in ACTIONS if s.id == name).shortcuts]
"""Every key of the editor's actions."""


def _stand(stage: Stage, place: str) -> None:
    editor = stage.window.editor
    if place in ("transcript", "search"):
        editor.docks.reveal("transcript")
    if place == "search":
        QTest.keySequence(editor.panel("transcript").view, QKeySequence("Ctrl+F"))
    stage.window.activateWindow()
    spot = {
        "preview": editor.preview,
        "timeline": editor.panel("timeline").canvas,
        "transcript": editor.panel("transcript").view,
        "title": editor.header.title,
        "search": editor.panel("transcript").bar.wanted,
    }[place]
    spot.setFocus()
    assert QTest.qWaitForWindowActive(stage.window)
    assert QApplication.focusWidget() is spot


@pytest.mark.parametrize(("key", "action"), KEYS, ids=[f"{action}-{key}" for key, action in KEYS])
def test_key_does_its_thing(editor, key: str, action: str) -> None:
    effect = EFFECTS[action]
    if effect.before is not None:
        effect.before(editor)
    _stand(editor, "preview")
    assert effect.changes in press(editor, key)


@pytest.mark.parametrize("place", ["timeline", "transcript"])
def test_promised_keys_work_wherever_the_focus_is(editor, place: str) -> None:
    dead = []
    for key, action in PROMISED.items():
        effect = EFFECTS[action]
        if place in effect.nowhere:
            continue
        _rest(editor)
        if effect.before is not None:
            effect.before(editor)
        _stand(editor, place)
        if effect.changes not in press(editor, key):
            dead.append(f"{key} ({action})")
    assert dead == []


@pytest.mark.parametrize("place", ["title", "search"])
def test_keys_are_letters_while_one_types(editor, place: str) -> None:
    _stand(editor, place)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.clear()
    typed = "jkl io snm cfgq \\ SZ -=x"
    before = seen(editor)
    QTest.keyClicks(field, typed)
    for key in ("Left", "Right", "Shift+Left", "Shift+Right", "Home", "End", "Backspace", "Del", "Shift+Del"):
        QTest.keySequence(field, QKeySequence(key))
    editor.settle()
    assert field.text() == typed[:-1]
    assert {name for name, value in seen(editor).items() if value != before[name]} == set()
    if place == "search":
        QTest.keySequence(field, QKeySequence("Esc"))


def test_undo_in_the_title_is_the_projects(editor) -> None:
    title = editor.window.session.clip.title
    _stand(editor, "title")
    QTest.keyClicks(QApplication.focusWidget(), "!?")
    editor.settle()
    QTest.keySequence(QApplication.focusWidget(), QKeySequence("Ctrl+Z"))
    editor.settle()
    assert editor.window.session.clip.title == title


# --- where they are offered ------------------------------------------------------------------------------


def test_every_action_does_something_somewhere(stage) -> None:
    window = stage.window
    assert set(window.actions_by_id) == {row.id for row in ACTIONS}
    assert all(callable(row.run) for row in ACTIONS)
    assert all(action.text() for action in window.actions_by_id.values())


def test_every_action_is_in_the_palette_with_its_keys(editor) -> None:
    window = editor.window
    open_palette(window)
    rows = {row.action.objectName(): row for row in palette_of(window).model.rows}
    assert set(rows) == {spec.id for spec in ACTIONS} - {"palette"}
    for name, row in rows.items():
        shortcut = window.actions_by_id[name].shortcut()
        assert shortcut.toString(QKeySequence.SequenceFormat.NativeText) == row.keys
    palette_of(window).hide()


def test_menus_show_the_keys(editor) -> None:
    window = editor.window
    made = [window.editor.preview.menu(), window.clips_page.cards.menu()]
    menus = [window.menu, window.editor.view_menu, *made]
    shown = [action for menu in menus for action in menu.actions() if action.objectName() in EFFECTS]
    assert {"play", "full_preview", "queue", "palette"} <= {action.objectName() for action in shown}
    for action in shown:
        assert action is window.actions_by_id[action.objectName()]
        assert action.isShortcutVisibleInContextMenu() or not action.shortcut().isEmpty()
    for menu in made:
        menu.deleteLater()


def test_own_keys_are_kept_and_conflicts_told(editor) -> None:
    from viralclip_desktop.gui.shell.actions import shortcut_book

    window = editor.window
    window.actions_by_id["shortcuts"].trigger()
    dialog = QApplication.activeModalWidget()
    field = dialog.rows["marker"].field
    field.click()
    QTest.keySequence(field, QKeySequence("S"))
    assert dialog.warning.isVisible()
    assert tr("Split here") in dialog.warning.message
    dialog.take.click()
    dialog.accept()
    editor.settle()
    assert shortcut_book(editor.services.paths.home).keys("marker") == ("S",)
    assert shortcut_book(editor.services.paths.home).keys("split") == ("Ctrl+B",)
    _stand(editor, "preview")
    assert "clip" in press(editor, "S")
    assert editor.services.store.clip(window.session.clip.id).markers
    window.shortcuts.reset_all()
    apply_shortcuts(window.actions_by_id, window.shortcuts)
