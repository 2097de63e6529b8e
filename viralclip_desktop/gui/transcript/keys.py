"""What each key and gesture asks for, as one table."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


class Command(StrEnum):
    """Everything that can be done with the chosen words."""

    SEEK = "seek"
    PLAY = "play"
    CUT = "cut"
    RESTORE = "restore"
    BACK = "back"
    """Backspace: restore, cut or merge, whichever the place asks for."""
    EDIT = "edit"
    SPLIT = "split"
    MERGE = "merge"
    SPEAKER = "speaker"
    COPY = "copy"
    SELECT_ALL = "select_all"
    FIND = "find"
    REPLACE = "replace"
    NEXT_MATCH = "next_match"
    PREVIOUS_MATCH = "previous_match"
    NEXT_WARNING = "next_warning"
    NEW_CLIP = "new_clip"
    START_HERE = "start_here"
    END_HERE = "end_here"
    LEAVE = "leave"


class Move(StrEnum):
    """Ways of the caret. ``left`` and ``right`` are as seen, whichever way the script runs."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    LINE_START = "line_start"
    LINE_END = "line_end"
    PREVIOUS_ROW = "previous_row"
    NEXT_ROW = "next_row"
    FIRST = "first"
    LAST = "last"
    PAGE_UP = "page_up"
    PAGE_DOWN = "page_down"


SHORTCUTS: dict[Command, tuple[str, ...]] = {
    Command.PLAY: ("Space",),
    Command.CUT: ("Delete",),
    Command.BACK: ("Backspace",),
    Command.EDIT: ("Return", "F2"),
    Command.SPLIT: ("Ctrl+Return",),
    Command.COPY: ("Ctrl+C",),
    Command.SELECT_ALL: ("Ctrl+A",),
    Command.FIND: ("Ctrl+F",),
    Command.REPLACE: ("Ctrl+H",),
    Command.NEXT_MATCH: ("F3",),
    Command.PREVIOUS_MATCH: ("Shift+F3",),
    Command.NEXT_WARNING: ("F8",),
    Command.NEW_CLIP: ("Ctrl+N",),
    Command.LEAVE: ("Escape",),
}

_K, _M = Qt.Key, Qt.KeyboardModifier
_NONE, _CTRL = _M.NoModifier, _M.ControlModifier

_COMMANDS = {
    (_K.Key_Space, _NONE): Command.PLAY,
    (_K.Key_Delete, _NONE): Command.CUT,
    (_K.Key_Backspace, _NONE): Command.BACK,
    (_K.Key_Return, _NONE): Command.EDIT,
    (_K.Key_Enter, _NONE): Command.EDIT,
    (_K.Key_F2, _NONE): Command.EDIT,
    (_K.Key_Return, _CTRL): Command.SPLIT,
    (_K.Key_Enter, _CTRL): Command.SPLIT,
    (_K.Key_C, _CTRL): Command.COPY,
    (_K.Key_A, _CTRL): Command.SELECT_ALL,
    (_K.Key_F, _CTRL): Command.FIND,
    (_K.Key_H, _CTRL): Command.REPLACE,
    (_K.Key_F3, _NONE): Command.NEXT_MATCH,
    (_K.Key_F3, _M.ShiftModifier): Command.PREVIOUS_MATCH,
    (_K.Key_F8, _NONE): Command.NEXT_WARNING,
    (_K.Key_Escape, _NONE): Command.LEAVE,
}

_MOVES = {
    (_K.Key_Left, _NONE): Move.LEFT,
    (_K.Key_Right, _NONE): Move.RIGHT,
    (_K.Key_Up, _NONE): Move.UP,
    (_K.Key_Down, _NONE): Move.DOWN,
    (_K.Key_Home, _NONE): Move.LINE_START,
    (_K.Key_End, _NONE): Move.LINE_END,
    (_K.Key_Up, _CTRL): Move.PREVIOUS_ROW,
    (_K.Key_Down, _CTRL): Move.NEXT_ROW,
    (_K.Key_Home, _CTRL): Move.FIRST,
    (_K.Key_End, _CTRL): Move.LAST,
    (_K.Key_PageUp, _NONE): Move.PAGE_UP,
    (_K.Key_PageDown, _NONE): Move.PAGE_DOWN,
}

_BY_KEY = {(key.value, held): command for (key, held), command in _COMMANDS.items()}
_BY_MOVE = {(key.value, held): move for (key, held), move in _MOVES.items()}


def command_of(event: QKeyEvent) -> Command | None:
    """What a key press asks for."""
    return _BY_KEY.get((event.key(), _held(event)))


def move_of(event: QKeyEvent) -> Move | None:
    """Where a key press moves the caret; Shift selects on the way."""
    return _BY_MOVE.get((event.key(), _held(event) & ~_M.ShiftModifier))


def shortcut_text(command: Command) -> str:
    """The first key of a command as the system writes it, for menus and tooltips."""
    keys = SHORTCUTS.get(command)
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~_M.KeypadModifier
