"""What the program says: banners, empty states, folded details."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row


class IconLabel(QLabel):
    """An icon that is not a button."""

    def __init__(self, icon: str, size_px: int, colour: str = "quiet") -> None:
        super().__init__()
        self._icon, self._size_px, self._colour = icon, size_px, colour
        self.setFixedSize(size_px, size_px)
        theme().changed.connect(self._paint_icon)
        self._paint_icon()

    def show_icon(self, icon: str, colour: str) -> None:
        """Show another icon."""
        if (icon, colour) != (self._icon, self._colour):
            self._icon, self._colour = icon, colour
            self._paint_icon()

    def _paint_icon(self) -> None:
        picture = theme().icon(self._icon, self._colour).pixmap(self._size_px, self._size_px)
        self.setPixmap(picture)


class Details(QWidget):
    """Log lines behind a button, folded at first."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._button = Button(tr("Show details"), "plain", "caret-right")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setProperty("role", "details")
        self._text.setFixedHeight(140)
        self._text.setAccessibleName(tr("Details"))
        self._text.hide()
        self.setLayout(column(row(self._button, None), self._text, gap=4))
        on_click(self._button, self._toggle)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show other details; without any the button is gone."""
        self._text.setPlainText(text)
        self.setVisible(bool(text))

    def _toggle(self) -> None:
        unfold = self._text.isHidden()
        self._text.setVisible(unfold)
        self._button.setText(tr("Hide details") if unfold else tr("Show details"))


class Banner(QFrame):
    """What the page can't do without, in one sentence and what to do about it, with a button where one step
    does it. ``acted`` fires at the button."""

    acted = Signal()
    _LOOKS: ClassVar = {
        "info": ("banner-info", "info", "quiet"),
        "caution": ("banner", "warning", "caution"),
        "bad": ("banner-bad", "warning-circle", "bad"),
    }

    def __init__(self, kind: str = "info", message: str = "", hint: str = "") -> None:
        super().__init__()
        self._icon = IconLabel("info", 20)
        self._message = label("", "strong", wrap=True)
        self._hint = label("", "quiet", wrap=True)
        self._button = Button("")
        on_click(self._button, self.acted.emit)
        words = column(self._message, self._hint, self._button, gap=4)
        words.setAlignment(self._button, Qt.AlignmentFlag.AlignLeft)
        layout = row(self._icon, gap=12, margins=(12, 10, 12, 10))
        layout.addLayout(words, 1)
        layout.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.show_message(kind, message, hint)

    def show_message(self, kind: str, message: str, hint: str = "", step: str = "") -> None:
        """Say something else, with a button for a ``step``; an empty message hides the banner."""
        role, icon, colour = self._LOOKS[kind]
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(icon, colour)
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(step)
        self._button.setVisible(bool(step))
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if step else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{message} {hint}".strip())
        self.setVisible(bool(message))

    @property
    def message(self) -> str:
        """The sentence shown."""
        return self._message.text()


class EmptyState(QWidget):
    """One sentence, and the one next step, perhaps with ``another`` way below it."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        sentence: str,
        step: str = "",
        then: Callable[[], object] | None = None,
        another: QWidget | None = None,
    ) -> None:
        super().__init__()
        words = label(sentence, "quiet", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = words
        layout: QVBoxLayout = column(None, gap=16, margins=(24, 24, 24, 24))
        layout.addWidget(IconLabel(icon, 40, "faint"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        if step:
            button = Button(step)
            on_click(button, then or self.acted.emit)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        if another is not None:
            layout.addWidget(another, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._words.setText(sentence)
