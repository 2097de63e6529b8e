"""The pages of the captions panel, each scrolled by itself; a page is made at its first visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.layout import scrolled


class Page(StrEnum):
    """The gallery, the fine controls, the second language."""

    STYLE = "style"
    TUNE = "tune"
    LANGUAGE = "language"


class Pages(QStackedWidget):
    """The first page is there at once; ``tabs`` lead to the others."""

    made = Signal(object)
    """A :class:`Page` was made."""

    def __init__(self, makers: Mapping[Page, Callable[[], QWidget]]) -> None:
        super().__init__()
        self._makers = dict(makers)
        self._made: dict[Page, QWidget] = {}
        words = {Page.STYLE: tr("Styles"), Page.TUNE: tr("Fine-tune"), Page.LANGUAGE: tr("Languages")}
        self.tabs = SegmentedControl(tr("Captions"), [(page, words[page]) for page in makers])
        self.tabs.chosen.connect(self.show_page)
        self.show_page(Page.STYLE)

    def has(self, page: Page) -> bool:
        """Whether a page was made."""
        return page in self._made

    @property
    def hidden_first(self) -> list[QWidget]:
        """What was made of the pages behind the first."""
        return [made for page, made in self._made.items() if page is not Page.STYLE]

    def page(self, page: Page) -> QWidget:
        """A page, made now if need be."""
        if page not in self._made:
            self._made[page] = self._makers[page]()
            self.addWidget(scrolled(self._made[page]))
            self.made.emit(page)
        return self._made[page]

    def show_page(self, page: Page) -> None:
        """Go to a page."""
        made = self.page(page)
        self.tabs.show_value(page)
        self.setCurrentIndex(list(self._made.values()).index(made))
