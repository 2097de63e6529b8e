"""Sections of the settings: a heading and its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget

from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, line

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class Section(QWidget):
    """A heading over a card of rows; hides itself when a search leaves nothing of it."""

    def __init__(
        self, title: str, rows: list[Row] | Callable[[], list[Row]], inside: QLayout | None = None
    ) -> None:
        """``rows``: themselves, or what makes them when they are first needed. ``inside``: another content of
        the card than just the rows."""
        super().__init__()
        self.title = title
        self._rows: list[Row] | None = None
        self._make = rows if callable(rows) else lambda: rows
        self._content = inside
        if not callable(rows):
            self.fill()

    @property
    def filled(self) -> bool:
        """Whether the rows have been made."""
        return self._rows is not None

    @property
    def rows(self) -> list[Row]:
        """The rows; they are made where that was not done yet."""
        return self.fill()

    def fill(self) -> list[Row]:
        """Make the rows, unless they are there."""
        if self._rows is None:
            self._rows = self._make()
            self._lines = [line() for _row in self._rows[1:]]
            card = frame("card", self._content or self._row_by_row(self._rows))
            self.setLayout(column(label(self.title, "section"), card, gap=8))
        return self._rows

    def _row_by_row(self, rows: list[Row]) -> QLayout:
        inside = column(gap=6, margins=(16, 8, 16, 8))
        for number, part in enumerate(rows):
            if number:
                inside.addWidget(self._lines[number - 1])
            inside.addWidget(part)
        return inside

    def narrow(self, words: list[str]) -> int:
        """Show only rows with all of the words; returns how many those are."""
        heading = self.title.casefold()
        shown = 0
        for number, part in enumerate(self.rows):
            fits = part.matches(words) or all(word in heading for word in words)
            if number:
                self._lines[number - 1].setVisible(fits and shown > 0)
            part.setVisible(fits)
            shown += fits
        self.setVisible(shown > 0)
        return shown

    def refresh(self) -> None:
        """Look again; called when the settings are shown."""


@dataclass(frozen=True)
class SettingsSections:
    """Sections that features put into the settings, beside those of the declared settings."""

    make: tuple[Callable[[Context], Section], ...]
