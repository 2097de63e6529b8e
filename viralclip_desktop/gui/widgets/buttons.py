"""Buttons: one primary a view, quiet ones beside it, icon buttons with a tooltip.

Buttons take the focus by Tab only. So Space stays the play key after a click, and presses the button
once somebody walked to it by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from viralclip_desktop.gui.text import plain
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for

_WALKING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_FOR_A_WHILE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def _claims_space(event: QEvent) -> bool:
    """Whether the event asks if a focused control wants Space or Enter for itself."""
    return asks_for(event, (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter))


class Button(QPushButton):
    """A button with words on it. ``role``: primary, plain, link or "" for quiet."""

    def __init__(self, text: str, role: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setText(text)
        self.setProperty("role", role)
        self.setAutoDefault(
            role == "primary"
        )  # what Enter means in a dialog; else Qt takes the first: Cancel
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(tokens.ICON_SMALL, tokens.ICON_SMALL))
        theme().changed.connect(self._paint_icon)
        self._paint_icon()

    def setText(self, text: str) -> None:
        """Show other words; a little air keeps them off the icon."""
        super().setText(f"\N{EN SPACE}{text}" if self._icon_name else text)
        self.setAccessibleName(text)

    def show_icon(self, icon: str) -> None:
        """Show another icon beside the words."""
        self._icon_name = icon
        self._paint_icon()

    def event(self, event: QEvent) -> bool:
        """Space presses the focused button instead of playing."""
        if _claims_space(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too, as everywhere else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_icon(self) -> None:
        if self._icon_name:
            colour = "on_accent" if self.property("role") == "primary" else "text"
            self.setIcon(theme().icon(self._icon_name, colour))


class IconButton(QToolButton):
    """A square button with an icon; the tooltip says what it does and how by keyboard."""

    def __init__(self, icon: str, name: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(tokens.ICON_LARGE, tokens.ICON_LARGE))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_name(name, shortcut)
        theme().changed.connect(self._paint_icon)
        self._paint_icon()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """What the button does, for the tooltip and for screen readers."""
        self.setToolTip(plain(f"{name} ({shortcut})" if shortcut else name))
        self.setAccessibleName(name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon_name:
            self._icon_name = icon
            self._paint_icon()

    def event(self, event: QEvent) -> bool:
        """Space presses the focused button instead of playing."""
        if _claims_space(event):
            event.accept()
            return True
        return super().event(event)

    def _paint_icon(self) -> None:
        self.setIcon(theme().icon(self._icon_name, "text"))


class ActionButton(IconButton):
    """Follows its action: name, keys, state."""

    def __init__(self, action: QAction, icon: str) -> None:
        super().__init__(icon, action.text(), _keys(action))
        self._action = action
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        follow(self, action)
        action.changed.connect(self._refresh)

    def _refresh(self) -> None:
        self.set_name(self._action.text(), _keys(self._action))
        self.setChecked(self._action.isChecked())


def action_button(action: QAction, icon: str) -> IconButton:
    """An icon button that triggers ``action`` and is named, checked and enabled with it."""
    return ActionButton(action, icon)


def _keys(action: QAction) -> str:
    return action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)


class _KeysTold(QObject):
    """Keeps the keys of an action in the tooltip of its button, whichever the user chooses."""

    def __init__(self, button: QAbstractButton, action: QAction) -> None:
        super().__init__(button)
        self._button, self._action = button, action
        action.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        keys = _keys(self._action)
        self._button.setToolTip(plain(f"{self._action.text()} ({keys})" if keys else ""))


def follow(button: QAbstractButton, action: QAction) -> None:
    """Tie a button to an action: a click triggers it, both are enabled together, and a button with words
    tells the keys in its tooltip."""
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    if not isinstance(button, IconButton):
        _KeysTold(button, action)


class _OnlyByTab(QObject):
    """Keeps the focus off a button unless Tab brought it there; it stays while another window is in front."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button, self._walked = button, False
        button.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """How the focus comes and goes."""
        if isinstance(event, QFocusEvent):
            if event.type() is QEvent.Type.FocusOut:
                self._walked = self._walked and event.reason() in _FOR_A_WHILE
            elif event.type() is QEvent.Type.FocusIn:
                self._walked = self._walked or event.reason() in _WALKING
                if not self._walked:
                    self._button.clearFocus()
        return False


def no_resting_place(button: QAbstractButton) -> None:
    """A button that leads away has the focus only where Tab went to it: neither a click on it nor a page that
    goes away leaves it there, since Space and Enter are for what is on the page."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    _OnlyByTab(button)


def leads_away(widget: QWidget) -> bool:
    """Whether a widget is a button on which the focus rests only by Tab."""
    return widget.findChild(_OnlyByTab) is not None


def on_click(button: QAbstractButton, work: Callable[[], object]) -> None:
    """Call ``work`` on each click, without Qt's ``checked`` argument."""
    button.clicked.connect(lambda _checked=False: work())
