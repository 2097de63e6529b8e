"""Every action of the window in one table: identifier, title, shortcuts, icon, and when it is enabled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.text import tr


class Page(StrEnum):
    """The pages of the window."""

    HOME = "home"
    WORKING = "working"
    CLIPS = "clips"


@dataclass(frozen=True, slots=True)
class WindowState:
    """What decides which actions make sense."""

    page: Page = Page.HOME
    clip: bool = False
    """A clip is selected."""
    clips: bool = False
    """There is at least one clip."""
    playing: bool = False


When = Callable[[WindowState], bool]


def _always(_state: WindowState) -> bool:
    return True


def _away(state: WindowState) -> bool:
    return state.page is not Page.HOME


def _with_clip(state: WindowState) -> bool:
    return state.page is Page.CLIPS and state.clip


def _on_clips(state: WindowState) -> bool:
    return state.page is Page.CLIPS


def _with_clips(state: WindowState) -> bool:
    return state.page is Page.CLIPS and state.clips


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``shortcuts`` are portable key names, the first is shown in tooltips."""

    id: str
    title: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    when: When = _always


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "Open a recording", ("Ctrl+O",), "folder-open"),
    ActionSpec("home", "Back to the start page", ("Alt+Home",), "caret-left", _away),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "arrow-u-up-left", _on_clips),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "arrow-u-up-right", _on_clips),
    ActionSpec("play", "Play or pause", ("Space",), "play", _with_clip),
    ActionSpec("forward", "Play on", ("L",), "fast-forward", _with_clip),
    ActionSpec("pause", "Pause", ("K",), "pause", _with_clip),
    ActionSpec("back", "Back one second", ("J", "Shift+Left"), "rewind", _with_clip),
    ActionSpec("ahead", "Ahead one second", ("Shift+Right",), "fast-forward", _with_clip),
    ActionSpec("previous_frame", "One frame back", ("Left",), "caret-left", _with_clip),
    ActionSpec("next_frame", "One frame ahead", ("Right",), "caret-right", _with_clip),
    ActionSpec("to_start", "To the start of the clip", ("Home",), "skip-back", _with_clip),
    ActionSpec("to_end", "To the end of the clip", ("End",), "skip-forward", _with_clip),
    ActionSpec("set_in", "Start the clip here", ("I",), "", _with_clip),
    ActionSpec("set_out", "End the clip here", ("O",), "", _with_clip),
    ActionSpec("previous_clip", "Previous clip", ("PgUp",), "", _with_clips),
    ActionSpec("next_clip", "Next clip", ("PgDown",), "", _with_clips),
    ActionSpec("rename", "Rename the clip", ("F2",), "", _with_clip),
    ActionSpec("captions", "Captions on or off", ("C",), "", _with_clip),
    ActionSpec("export", "Export", ("Ctrl+E",), "export", _with_clip),
    ActionSpec("export_all", "Export all", ("Ctrl+Shift+E",), "export", _with_clips),
    ActionSpec("queue", "Show the exports", ("Ctrl+J",), "queue"),
    ActionSpec("full_screen", "Full screen", ("F11",), "corners-out"),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), "x"),
)


def build_actions(owner: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """A QAction for each row of the table, added to ``owner`` so that its shortcuts work there.

    Raises :class:`KeyError` when a row has no handler.
    """
    return {spec.id: _build(spec, owner, handlers[spec.id]) for spec in ACTIONS}


def _build(spec: ActionSpec, owner: QWidget, handler: Callable[[], object]) -> QAction:
    action = QAction(tr(spec.title), owner)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(text) for text in spec.shortcuts])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda _checked=False: handler())
    owner.addAction(action)
    return action


def enable_actions(actions: Mapping[str, QAction], state: WindowState) -> None:
    """Enable what makes sense now."""
    for spec in ACTIONS:
        actions[spec.id].setEnabled(spec.when(state))
