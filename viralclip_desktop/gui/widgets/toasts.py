"""Toasts: one sentence and at most one action at the bottom; gone by itself unless it is an error."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Details, IconLabel

_SHOWN_MS = 6000  # long enough to read a sentence twice
_READ_S = 3  # an error older than this was read by whoever goes on to another page
_WIDEST_PX = 560
_MOST_SHOWN = 3


@dataclass(frozen=True)
class ToastText:
    """What a toast says. ``kind``: info, caution or bad."""

    message: str
    hint: str = ""
    details: str = ""
    kind: str = "info"
    action: str = ""
    then: Callable[[], object] | None = None


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
        self._build(text)
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

    def _build(self, text: ToastText) -> None:
        words = column(label(text.message, "strong", wrap=True), gap=2)
        if text.hint:
            words.addWidget(label(text.hint, "quiet", wrap=True))
        if text.details:
            words.addWidget(Details(text.details))
        icon, colour = self.ICONS[text.kind]
        layout = row(IconLabel(icon, 20, colour), gap=12, margins=(16, 10, 8, 10))
        layout.addLayout(words, 1)
        if text.action and text.then:
            button = Button(text.action, "link")
            on_click(button, self._act)
            layout.addWidget(button)
        close = IconButton("x", tr("Dismiss"))
        on_click(close, self.dismiss)
        layout.addWidget(close)
        self.setLayout(layout)


class ToastStack(QObject):
    """Shows toasts above everything else at the bottom of a widget, the newest lowest."""

    def __init__(self, host: QWidget, bottom_px: int) -> None:
        super().__init__(host)
        self._host, self._bottom_px = host, bottom_px
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
        self.shown.append(toast)
        toast.show()
        self._place()

    def clear(self) -> None:
        """Take away all toasts that offer nothing to do."""
        for toast in [toast for toast in self.shown if not toast.text.action]:
            self._remove(toast)

    def place_above(self, bottom_px: int) -> None:
        """Keep the toasts this far from the bottom; errors that were read are taken away."""
        for toast in [toast for toast in self.shown if toast.age_s > _READ_S]:
            self._remove(toast)
        self._bottom_px = bottom_px
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

    def _place(self) -> None:
        bottom = self._host.height() - self._bottom_px
        width = min(_WIDEST_PX, self._host.width() - 48)
        for toast in reversed(self.shown):
            height = max(toast.heightForWidth(width), toast.sizeHint().height())
            toast.setGeometry((self._host.width() - width) // 2, bottom - height, width, height)
            toast.raise_()
            bottom -= height + 8
