"""Every action of the window in one table: identifier, title, shortcuts, icon, and when it is enabled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.shortcuts.book import ShortcutBook
from viralclip_desktop.gui.text import tr


class Page(StrEnum):
    """The pages of the window."""

    HOME = "home"
    WORKING = "working"
    CLIPS = "clips"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class WindowState:
    """What decides which actions make sense."""

    page: Page = Page.HOME
    clip: bool = False
    """A clip is selected."""
    clips: bool = False
    """There is at least one clip."""
    can_undo: bool = False
    can_redo: bool = False

    @property
    def recording(self) -> bool:
        """A recording is open in front of the user."""
        return self.page in (Page.CLIPS, Page.EDITOR)


When = Callable[[WindowState], bool]


def _always(_state: WindowState) -> bool:
    return True


def _away(state: WindowState) -> bool:
    return state.page is not Page.HOME


def _with_clip(state: WindowState) -> bool:
    return state.recording and state.clip


def _with_clips(state: WindowState) -> bool:
    return state.recording and state.clips


def _on_card(state: WindowState) -> bool:
    return state.page is Page.CLIPS and state.clip


def _in_editor(state: WindowState) -> bool:
    return state.page is Page.EDITOR


def _editing(state: WindowState) -> bool:
    return state.page is Page.EDITOR and state.clip


def _undoable(state: WindowState) -> bool:
    return state.page is not Page.WORKING and state.can_undo


def _redoable(state: WindowState) -> bool:
    return state.recording and state.can_redo


_REASONS: dict[When, str] = {
    _away: "You are there",
    _with_clip: "Choose a clip first",
    _with_clips: "Open a recording with clips first",
    _on_card: "On the page of the clips",
    _in_editor: "In the editor",
    _editing: "In the editor",
    _undoable: "Nothing to undo",
    _redoable: "Nothing to redo",
}


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``shortcuts`` are portable key names, the first is shown in tooltips; the user may choose
    others (``gui/shortcuts``). ``group`` orders the shortcut editor and the command palette."""

    id: str
    title: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    when: When = _always
    group: str = "Window"
    checkable: bool = False

    @property
    def reason(self) -> str:
        """Why it makes no sense now, or where it would."""
        return tr(_REASONS[self.when]) if self.when in _REASONS else ""


def _play(id_: str, title: str, shortcuts: tuple[str, ...], icon: str = "") -> ActionSpec:
    return ActionSpec(id_, title, shortcuts, icon, _with_clip, "Playing")


def _cut(
    id_: str, title: str, shortcuts: tuple[str, ...] = (), icon: str = "", checkable: bool = False
) -> ActionSpec:
    return ActionSpec(id_, title, shortcuts, icon, _editing, "Timeline", checkable)


def _panel(id_: str, title: str, key: str, icon: str) -> ActionSpec:
    return ActionSpec(f"panel_{id_}", title, (key,), icon, _in_editor, "Panels")


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("palette", "Find a command", ("Ctrl+K",), "magnifying-glass"),
    ActionSpec("open", "Open a recording", ("Ctrl+O",), "folder-open"),
    ActionSpec("import_project", "Import a project", ("Ctrl+Shift+O",), "folder-plus"),
    ActionSpec("home", "Back to the start page", ("Alt+Home",), "house", _away),
    ActionSpec("leave_editor", "Back to the clips", ("Esc",), "caret-left", _in_editor),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "arrow-u-up-left", _undoable, "Clip"),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "arrow-u-up-right", _redoable, "Clip"),
    _play("play", "Play or pause", ("Space",), "play"),
    _play("reverse", "Play backwards, again for faster", ("J",), "rewind"),
    _play("pause", "Pause", ("K",), "pause"),
    _play("forward", "Play on, again for faster", ("L",), "fast-forward"),
    _play("previous_frame", "One frame back", ("Left",), "caret-left"),
    _play("next_frame", "One frame ahead", ("Right",), "caret-right"),
    _play("back", "One second back", ("Shift+Left",), "rewind"),
    _play("ahead", "One second ahead", ("Shift+Right",), "fast-forward"),
    _play("to_start", "To the start of the clip", ("Home",), "skip-back"),
    _play("to_end", "To the end of the clip", ("End",), "skip-forward"),
    _play("set_in", "Set the in point", ("I",), "brackets-square"),
    _play("set_out", "Set the out point", ("O",), "brackets-square"),
    ActionSpec("clear_in_out", "Clear in and out", ("Alt+X",), "x", _editing, "Playing"),
    _cut("split", "Split here", ("S", "Ctrl+B"), "scissors"),
    _cut("split_clip", "Split into two clips", ("Ctrl+Shift+B",), "columns"),
    _cut("part_earlier", "Play the part earlier", ("Alt+Shift+Left",), "arrow-line-left"),
    _cut("part_later", "Play the part later", ("Alt+Shift+Right",), "arrow-line-right"),
    _cut("delete", "Delete the selection", ("Del", "Backspace"), "trash"),
    _cut("ripple_delete", "Ripple delete: close the gap", ("Shift+Del",), "trash-simple"),
    _cut("marker", "Add a marker", ("M",), "map-pin"),
    _cut("select_all", "Select everything on the timeline", ("Ctrl+A",), "selection-all"),
    _cut("previous_edge", "To the edge before", ("Alt+Up",), "arrow-line-left"),
    _cut("next_edge", "To the edge behind", ("Alt+Down",), "arrow-line-right"),
    _cut("previous_beat", "To the beat before", ("Alt+Shift+Up",), "arrow-line-left"),
    _cut("next_beat", "To the beat behind", ("Alt+Shift+Down",), "arrow-line-right"),
    _cut("nudge_back", "Move the selection one frame back", ("Alt+Left",), "caret-left"),
    _cut("nudge_ahead", "Move the selection one frame ahead", ("Alt+Right",), "caret-right"),
    _cut("ripple", "Ripple", ("Shift+R",), "arrows-in-line-horizontal", checkable=True),
    _cut("snap", "Snapping", ("N",), "magnet", checkable=True),
    _cut("fit", "Fit the timeline", ("\\", "Shift+Z"), "arrows-out-line-horizontal"),
    _cut("zoom_in", "Zoom in on the timeline", ("=", "Ctrl++", "Ctrl+="), "magnifying-glass-plus"),
    _cut("zoom_out", "Zoom out of the timeline", ("-", "Ctrl+-"), "magnifying-glass-minus"),
    ActionSpec("edit", "Edit the clip", ("Return", "Enter"), "pencil-simple", _on_card, "Clip"),
    ActionSpec("previous_clip", "Previous clip", ("PgUp",), "caret-up", _with_clips, "Clip"),
    ActionSpec("next_clip", "Next clip", ("PgDown",), "caret-down", _with_clips, "Clip"),
    ActionSpec("rename", "Rename the clip", ("F2",), "text-t", _with_clip, "Clip"),
    ActionSpec("duplicate", "Duplicate the clip", ("Ctrl+D",), "copy", _with_clip, "Clip"),
    ActionSpec("delete_clip", "Delete the clip", ("Ctrl+Del",), "trash", _with_clip, "Clip"),
    ActionSpec("captions", "Captions on or off", ("C",), "closed-captioning", _with_clip, "Clip", True),
    ActionSpec("export", "Export", ("Ctrl+E",), "export", _with_clip, "Clip"),
    ActionSpec("export_all", "Export all", ("Ctrl+Shift+E",), "stack", _with_clips, "Clip"),
    ActionSpec("export_as", "Export with choices", ("Ctrl+Alt+E",), "sliders", _with_clip, "Clip"),
    ActionSpec(
        "export_all_as", "Export all with choices", ("Ctrl+Alt+Shift+E",), "sliders", _with_clips, "Clip"
    ),
    ActionSpec("full_preview", "Full-screen preview", ("F",), "corners-out", _editing, "Preview"),
    ActionSpec("full_still", "Full-quality still", ("Q",), "sparkle", _with_clip, "Preview"),
    ActionSpec("save_still", "Save this frame", ("Shift+Q",), "image", _with_clip, "Preview"),
    ActionSpec("safe_area", "Safe area", ("G",), "frame-corners", _editing, "Preview", True),
    _panel("transcript", "Show the transcript", "Ctrl+1", "text-align-left"),
    _panel("clips", "Show the clips", "Ctrl+2", "cards"),
    _panel("timeline", "Show the timeline", "Ctrl+3", "rows"),
    _panel("captions", "Show the captions panel", "Ctrl+4", "closed-captioning"),
    _panel("brand", "Show the brand kit panel", "Ctrl+5", "palette"),
    _panel("frame", "Show the frame panel", "Ctrl+6", "crop"),
    _panel("audio", "Show the audio panel", "Ctrl+7", "speaker-high"),
    _panel("export", "Show the export panel", "Ctrl+8", "export"),
    _panel("history", "Show the history", "Ctrl+9", "clock-counter-clockwise"),
    ActionSpec("reset_layout", "Reset the layout", (), "layout", _in_editor, "Panels"),
    ActionSpec("queue", "Show the activity", ("Ctrl+J",), "queue"),
    ActionSpec("messages", "Show the messages", ("Ctrl+Shift+J",), "chat-circle"),
    ActionSpec("settings", "Settings", ("Ctrl+,",), "gear"),
    ActionSpec("models", "Speech models", (), "brain"),
    ActionSpec("shortcuts", "Keyboard shortcuts", ("Ctrl+/",), "keyboard"),
    ActionSpec("full_screen", "Full screen", ("F11",), "corners-out", checkable=True),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), "x"),
)

GROUPS = ("Playing", "Timeline", "Clip", "Preview", "Panels", "Window")
"""The groups in the order they are shown."""


def build_actions(
    owner: QWidget, handlers: Mapping[str, Callable[[], object]], book: ShortcutBook
) -> dict[str, QAction]:
    """A QAction for each row of the table, added to ``owner`` so that its shortcuts work there.

    Raises :class:`KeyError` when a row has no handler.
    """
    actions = {spec.id: _build(spec, owner, handlers[spec.id]) for spec in ACTIONS}
    apply_shortcuts(actions, book)
    return actions


def _build(spec: ActionSpec, owner: QWidget, handler: Callable[[], object]) -> QAction:
    action = QAction(tr(spec.title), owner)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda _checked=False: handler())
    owner.addAction(action)
    return action


def shortcut_book(folder: Path) -> ShortcutBook:
    """The keys of all actions as the user has them."""
    return ShortcutBook(folder, {spec.id: spec.shortcuts for spec in ACTIONS})


def apply_shortcuts(actions: Mapping[str, QAction], book: ShortcutBook) -> None:
    """Give the actions the keys of the book."""
    for name, action in actions.items():
        action.setShortcuts([QKeySequence(key) for key in book.keys(name)])


def enable_actions(actions: Mapping[str, QAction], state: WindowState) -> None:
    """Enable what makes sense now."""
    for spec in ACTIONS:
        actions[spec.id].setEnabled(spec.when(state))
