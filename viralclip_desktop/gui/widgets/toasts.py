"""Toasts: one sentence and at most one action at the bottom; gone by itself unless it is an error.

Plain messages are brief: one line in the strip at the very bottom, where they hide nothing one looks at.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from viralclip_desktop.core.marks import in_line
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Details, IconLabel

_SHOWN_MS = 6000  # long enough to read a sentence twice
_READ_S = 3  # an error older than this was read by whoever goes on to another page
_WIDEST_PX = 560
_MOST_SHOWN = 3
_BRIEF_PX, _BRIEF_WORDS_PX = 34, 400  # height of a brief toast, and the most its words may take


@dataclass(frozen=True)
class ToastText:
    """What a toast says. ``kind``: info, caution or bad."""

    message: str
    hint: str = ""
    details: str = ""
    kind: str = "info"
    action: str = ""
    then: Callable[[], object] | None = None

    def __post_init__(self) -> None:
        """Also what comes as it is from elsewhere is told on one line."""
        for name in ("message", "hint"):
            object.__setattr__(self, name, in_line(getattr(self, name)))


class Toast(QFrame):
    """One toast."""

    ICONS: ClassVar = {
        "info": ("info", "quiet"),
        "caution": ("warning", "caution"),
        "bad": ("warning-circle", "bad"),
    }

    def __init__(self, text: ToastText, parent: QWidget, gone: Callable[[Toast], None]) -> None:
        super().__init__(parent)
        self.text, self._gone = text, gone
        self._born_s = time.monotonic()
        self.setProperty("role", "toast-bad" if text.kind == "bad" else "toast")
        self.setAccessibleName(f"{text.message} {text.hint}".strip())
        self.brief = _is_brief(text)
        self.setLayout(self._line(text) if self.brief else self._card(text))
        if text.kind != "bad":
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self.dismiss)
            timer.start(_SHOWN_MS)

    @property
    def age_s(self) -> float:
        """Seconds since the toast came."""
        return time.monotonic() - self._born_s

    def dismiss(self) -> None:
        """Take the toast away."""
        self._gone(self)

    def _act(self) -> None:
        self.dismiss()
        if self.text.then is not None:
            self.text.then()

    def _line(self, text: ToastText) -> QHBoxLayout:
        layout = row(IconLabel("info", tokens.ICON_SMALL, "quiet"), gap=8, margins=(12, 0, 4, 0))
        layout.addWidget(label(text.message))
        return self._ended(layout, text, small=True)

    def _card(self, text: ToastText) -> QHBoxLayout:
        words = column(label(text.message, "strong", wrap=True), gap=2)
        if text.hint:
            words.addWidget(label(text.hint, "quiet", wrap=True))
        if text.details:
            words.addWidget(Details(text.details))
        icon, colour = self.ICONS[text.kind]
        layout = row(IconLabel(icon, 20, colour), gap=12, margins=(16, 10, 8, 10))
        layout.addLayout(words, 1)
        return self._ended(layout, text)

    def _ended(self, layout: QHBoxLayout, text: ToastText, small: bool = False) -> QHBoxLayout:
        """With what can be done about it, and the way to be rid of it."""
        close = IconButton("x", tr("Dismiss"))
        if small:
            close.setProperty("size", "small")
            close.setIconSize(QSize(14, 14))
        if text.action and text.then:
            button = Button(text.action, "link")
            button.setProperty("size", "small" if small else "")
            on_click(button, self._act)
            layout.addWidget(button)
        on_click(close, self.dismiss)
        layout.addWidget(close)
        return layout


def _is_brief(text: ToastText) -> bool:
    """Whether one line says it all."""
    metrics = QFontMetrics(theme().sized(tokens.TYPE_BODY))
    plain = text.kind == "info" and not text.hint and not text.details
    return plain and metrics.horizontalAdvance(text.message) <= _BRIEF_WORDS_PX


class ToastStack(QObject):
    """Shows toasts above everything else at the bottom of a widget, the newest lowest: brief ones in its
    strip, the others above that."""

    def __init__(self, host: QWidget, bottom_px: int) -> None:
        super().__init__(host)
        self._host, self._bottom_px = host, bottom_px
        self._across: tuple[int, int] | None = None
        self._strip: Callable[[], QRect] = lambda: QRect(24, host.height() - 40, host.width() - 48, 40)
        self.shown: list[Toast] = []
        host.installEventFilter(self)
        theme().changed.connect(self._place)

    def show_toast(self, text: ToastText) -> None:
        """Show a toast; the same sentence twice is shown once, and the oldest make room."""
        for old in [toast for toast in self.shown if toast.text.message == text.message]:
            self._remove(old)
        while len(self.shown) >= _MOST_SHOWN:
            self._remove(self.shown[0])
        toast = Toast(text, self._host, self._remove)
        if toast.brief:
            self._make_way()
        self.shown.append(toast)
        toast.show()
        self._place()

    def clear(self) -> None:
        """Take away all toasts that offer nothing to do."""
        for toast in [toast for toast in self.shown if not toast.text.action]:
            self._remove(toast)

    def lie_in(self, strip: Callable[[], QRect]) -> None:
        """Where brief toasts go; ``strip`` answers with its free room, in the host."""
        self._strip = strip

    def place_above(self, bottom_px: int, across: tuple[int, int] | None = None) -> None:
        """Keep the toasts this far from the bottom, and between a left and a right where those are given;
        errors that were read are taken away."""
        for toast in [toast for toast in self.shown if toast.age_s > _READ_S]:
            self._remove(toast)
        self._bottom_px, self._across = bottom_px, across
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the toasts in place as the window changes size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def _remove(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _make_way(self) -> None:
        """A brief message that offers nothing to do gives way to a newer one."""
        for old in [toast for toast in self.shown if toast.brief and not toast.text.action]:
            self._remove(old)

    def _place(self) -> None:
        lines = [toast for toast in reversed(self.shown) if toast.brief]
        self._place_lines(lines)
        bottom = self._host.height() - max(self._bottom_px, len(lines) * (_BRIEF_PX + 8))
        low, high = self._across or (24, self._host.width() - 24)
        width = min(_WIDEST_PX, high - low)
        for toast in (toast for toast in reversed(self.shown) if not toast.brief):
            height = max(toast.heightForWidth(width), toast.sizeHint().height())
            toast.setGeometry((low + high - width) // 2, bottom - height, width, height)
            toast.raise_()
            bottom -= height + 8

    def _place_lines(self, lines: list[Toast]) -> None:
        """In the middle of the window where the strip is free there, else as near to it as can be."""
        room = self._strip()
        bottom = room.center().y() + 1 + _BRIEF_PX // 2
        for toast in lines:
            width = toast.sizeHint().width()
            left = max(room.left(), min((self._host.width() - width) // 2, room.right() - width))
            toast.setGeometry(left, bottom - _BRIEF_PX, width, _BRIEF_PX)
            toast.raise_()
            bottom -= _BRIEF_PX + 8
