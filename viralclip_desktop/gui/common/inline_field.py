"""A small field over a text to write it anew right where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

if TYPE_CHECKING:
    _Widget = QWidget
else:  # it stands before the class of a field, which brings the widget
    _Widget = object

_AIR_PX = 30  # room to type on before the field grows
_LEAST_PX = 64


class _ClickElsewhere(QObject):
    """Keeps what is typed in a field when a mouse button goes down beside it, before that does anything: many
    buttons take no focus and would act on what the field is about to change."""

    def __init__(self, field: QWidget, leave: Callable[[], None]) -> None:
        super().__init__(field)
        self._field, self._leave = field, leave
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at presses anywhere in the program."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            popup = watched.window().windowType() == Qt.WindowType.Popup
            if not popup and watched is not self._field and not self._field.isAncestorOf(watched):
                self._leave()
        return False


class Inline(_Widget):
    """What fields that lie over a text have in common: they end once, by a key, by a press beside them, or as
    the focus goes."""

    _done: Callable[..., None] | None = None

    def begin(self, done: Callable[..., None], back: QWidget) -> None:
        """Show the field and have the keys; ``done`` hears of the end, ``back`` gets the focus then."""
        self._done, self._back = done, back
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._elsewhere = _ClickElsewhere(self, lambda: self.leave(keep=True, take_focus=False))

    def leave(self, keep: bool, take_focus: bool = True) -> None:
        """End typing; what was typed is kept or dropped."""
        raise NotImplementedError

    def conclude(self, *told: object, take_focus: bool) -> None:
        """Go away, and tell once."""
        done, self._done = self._done, None
        if done is None:
            return
        self.hide()
        self.deleteLater()
        if take_focus:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        done(*told)

    def event(self, event: QEvent) -> bool:
        """While typing, every key is a letter: no shortcut of the window steals one."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere keeps what was typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.leave(keep=True, take_focus=False)


class InlineField(Inline, QLineEdit):
    """Lies over the text until Enter (keep), Escape (leave as it was) or a click elsewhere (keep).

    ``keep`` gets the text and whether the user wants to go on with the next word (Tab: +1, Shift+Tab: -1);
    ``back`` gets the focus then.
    """

    def __init__(
        self,
        host: QWidget,
        name: str,
        text: str,
        box: QRect,
        *,
        keep: Callable[[str, int], None],
        back: QWidget,
    ) -> None:
        super().__init__(text, host)
        self._host, self._before, self._home = host, text, box
        self.setAccessibleName(name)
        self.setStyleSheet(inline_look("QLineEdit") + _ONE_LINE)
        self.setFont(theme().sized(tokens.TYPE_BODY))
        self.textChanged.connect(self._fit)
        self._fit()
        self.selectAll()
        self.begin(keep, back)

    def event(self, event: QEvent) -> bool:
        """Tab goes on with the next word."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            if event.key() in steps:
                self.leave(keep=True, step=steps[Qt.Key(event.key())])
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Escape leaves everything as it was."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave(keep=False)
        else:
            super().keyPressEvent(event)

    def move_home(self, box: QRect) -> None:
        """The word lies elsewhere now."""
        self._home = box
        self._fit()

    def leave(self, keep: bool, take_focus: bool = True, step: int = 0) -> None:
        """End typing; what was typed is kept or dropped."""
        text = " ".join(self.text().split())
        self.conclude(text if keep and text else self._before, step, take_focus=take_focus)

    def _fit(self) -> None:
        room = self._host.width()
        wanted = QFontMetrics(self.font()).horizontalAdvance(self.text()) + _AIR_PX
        width = min(max(_LEAST_PX, wanted), room - 16)
        left = min(self._home.left() - 8, room - width - 8)
        self.setGeometry(max(8, left), self._home.center().y() - 14, width, 28)


_ONE_LINE = " QLineEdit { min-height: 24px; max-height: 24px; }"


def inline_look(kind: str) -> str:
    """The style sheet of a field that lies over what it changes."""
    colours = theme().colours
    return (
        f"{kind} {{ background: {colours.raised}; border: 2px solid {colours.accent};"
        f" border-radius: {tokens.RADIUS_CONTROL}px; padding: 0 5px; }}"
    )
