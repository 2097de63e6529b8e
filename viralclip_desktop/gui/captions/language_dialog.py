"""Asks for a language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown

_WIDTH_PX = 380


class LanguageDialog(QDialog):
    """``language`` is the code that was chosen; empty before."""

    def __init__(self, parent: QWidget, title: str, done: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        names = [(code, tr_message(language_name(code))) for code in LANGUAGE_NAMES]
        names.sort(key=lambda pair: pair[1].casefold())
        self.choice = SearchDropDown(tr("Language"), [("", tr("Choose a language")), *names])
        self.choice.show_value("")
        self.go, cancel = Button(done, "primary"), Button(tr("Cancel"))
        self.go.setEnabled(False)
        self.setLayout(
            column(
                label(title, "section", wrap=True),
                self.choice,
                8,
                row(None, cancel, self.go),
                gap=12,
                margins=(24, 24, 24, 20),
            )
        )
        self.setFixedWidth(_WIDTH_PX)
        self.choice.chosen.connect(self._chosen)
        on_click(self.go, self.accept)
        on_click(cancel, self.reject)
        self.choice.setFocus()

    def _chosen(self, code: object) -> None:
        """The next Enter goes on."""
        self.go.setEnabled(bool(code))
        if code:
            self.go.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def language(self) -> str:
        """The chosen code."""
        return str(self.choice.value or "")
