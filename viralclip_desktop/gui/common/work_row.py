"""One piece of work in the activity panel: what, how far, what went wrong, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Details
from viralclip_desktop.gui.widgets.progress import ProgressLine


class WorkRow(QFrame):
    """The parts every row has; ``own`` buttons stand before "try again" and "cancel", a ``picture`` before
    the words."""

    def __init__(
        self, title: str, own: Sequence[QAbstractButton] = (), picture: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title, self._state = ElidedLabel(title, "strong"), ElidedLabel("", "note")
        self._error, self._hint = label("", "bad", wrap=True), label("", "note", wrap=True)
        self._details = Details()
        self._progress = ProgressLine(tr("Progress of {title}", title=title), 4)
        self.cancel = IconButton("x", tr("Cancel"))
        self.retry = IconButton("arrow-clockwise", tr("Try again"))
        top = row(gap=4)
        if picture is not None:
            top.addWidget(picture)
            top.addSpacing(4)
        top.addLayout(column(self._title, self._state, gap=2), 1)
        for button in (*own, self.retry, self.cancel):
            top.addWidget(button)
        parts = (top, self._progress, self._error, self._hint, self._details)
        self.inside = column(*parts, margins=(12, 8, 8, 10))
        self.setLayout(self.inside)

    def show_words(self, title: str, state: str) -> None:
        """What it is, and how it stands; both are its name for screen readers."""
        self._title.setText(title)
        self._state.setText(state)
        self.setAccessibleName(f"{self._title.text()}, {state}")

    def show_share(self, share: float | None) -> None:
        """How much is done, 0..1; None when it has ended."""
        self._progress.setVisible(share is not None)
        self._progress.show_share(share or 0.0)

    def show_remarks(self, remarks: Sequence[str]) -> None:
        """What is worth knowing of what was finished, in the place of a hint; nothing for none."""
        self._hint.setText("\n".join(remarks))
        self._hint.setVisible(bool(remarks))

    def show_trouble(self, error: str, hint: str = "", details: str = "") -> None:
        """What went wrong; nothing for an empty ``error``."""
        for part, text in ((self._error, error), (self._hint, hint)):
            part.setText(text)
            part.setVisible(bool(error and text))
        self._details.show_text(details if error else "")
