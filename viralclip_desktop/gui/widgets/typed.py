"""What is typed in a field is taken before anything else happens.

A field tells what was typed when it is left, or on Enter. But most buttons take no focus, and a shortcut
leaves the field as it is: they would act on what the field is about to change.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget


def take_typed(field: QWidget | None) -> None:
    """Have a line or a number field tell what was typed in it, if it has not yet; others are left alone."""
    if isinstance(field, QAbstractSpinBox):
        field.interpretText()
    elif isinstance(field, QLineEdit) and field.isModified():
        field.setModified(False)
        field.editingFinished.emit()


def show_stored_text(field: QLineEdit, text: str) -> None:
    """Show what is stored, from its beginning, unless somebody is typing something else there."""
    if field.hasFocus() and field.isModified():
        return
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)


class TakesTyped(QObject):
    """Takes what is typed when a mouse button goes down beside the field. Looks at the program's events only
    while such a field has the keys."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        field = now if isinstance(now, QLineEdit | QAbstractSpinBox) else None
        if (field is None) != (self._field is None):
            if field is None:
                self._application.removeEventFilter(self)
            else:
                self._application.installEventFilter(self)
        self._field = field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at presses anywhere in the program."""
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if pressed and isinstance(watched, QWidget) and self._is_beside(watched):
            take_typed(self._field)
        return False

    def _is_beside(self, widget: QWidget) -> bool:
        field, popup = self._field, widget.window().windowType() == Qt.WindowType.Popup
        return field is not None and not popup and widget is not field and not field.isAncestorOf(widget)
