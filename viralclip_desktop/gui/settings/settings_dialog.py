"""The settings: found by section or by search, each change stored as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QVBoxLayout, QWidget

from viralclip_desktop.gui.bridge.slices import Slices
from viralclip_desktop.gui.common.choices import dynamic_choices
from viralclip_desktop.gui.common.section import Section
from viralclip_desktop.gui.settings.backups import BackupsSection
from viralclip_desktop.gui.settings.keys import KeysSection
from viralclip_desktop.gui.settings.rows import SettingRow
from viralclip_desktop.gui.settings.storage import StorageSection
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, open_at, row, scrolled
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.search_field import SearchField
from viralclip_desktop.settings.declaration import PROVIDERS

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.common.choices import Choices
    from viralclip_desktop.settings.declaration import Setting

Found = TypeVar("Found", bound=Section)
_SIZE, _LEAST, _NAV_PX = (900, 640), (760, 480), 208


class SettingsDialog(QDialog):
    """Stays beside the window while one works on. ``restored``: a backup was put in place."""

    restored = Signal()

    def __init__(
        self, context: Context, parent: QWidget, features: Sequence[Callable[[Context], Section]] = ()
    ) -> None:
        """``features``: make the sections that other features have here."""
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(*_LEAST)
        open_at(self, *_SIZE)
        self._context = context
        self.search = SearchField(tr("Search settings"))
        self.sections: list[Section] = []
        self._features = features
        self._choices: dict[str, Choices] = {}
        self._later = Slices(self)
        self._nav = QButtonGroup(self)
        self._nothing = EmptyState("magnifying-glass", tr("No setting has these words."))
        self._make_sections()
        self._build()
        self._chosen = 0
        self.show_section(0)
        self.search.textChanged.connect(self._narrow)
        self._stop = context.services.settings.listen(lambda _values: self._look_again.emit())
        self._look_again.connect(self._show_settings)
        self.destroyed.connect(lambda _object=None, stop=self._stop: stop())

    _look_again = Signal()

    def show_section(self, which: int | str) -> None:
        """Show one section, by its place or its title."""
        if isinstance(which, str):
            titles = [section.title for section in self.sections]
            which = titles.index(which)
        self._chosen = which
        self._mark(which)
        for number, section in enumerate(self.sections):
            if number == which or section.filled:
                section.narrow([])
            section.setVisible(number == which)
        self.sections[which].refresh()
        self._nothing.hide()
        self._area.verticalScrollBar().setValue(0)

    @property
    def section(self) -> int:
        """The section that was chosen last."""
        return self._chosen

    def section_of(self, kind: type[Found]) -> Found:
        """The section of a kind. Raises :class:`StopIteration` without one."""
        return next(section for section in self.sections if isinstance(section, kind))

    def bring_forward(self) -> None:
        """Show the dialog in front of everything."""
        self.show()
        self.raise_()
        self.activateWindow()

    def open_at(self, title: str) -> None:
        """Show the dialog with the section of a title."""
        self.show()
        self.raise_()
        self.search.clear()
        self.show_section(title)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again what is there."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._refresh)

    @property
    def setting_rows(self) -> list[SettingRow]:
        """The rows of the declared settings; they are made where that was not done yet."""
        return _setting_rows(self.sections)

    # --- building ----------------------------------------------------------------------------------------

    def _make_sections(self) -> None:
        by_name: dict[str, list[Setting]] = {}
        for setting in self._context.services.settings.declared().values():
            by_name.setdefault(setting.section, []).append(setting)
        engines = {name for name, own in by_name.items() if all(one.key.startswith(PROVIDERS) for one in own)}

        def made(names: Iterable[str]) -> list[Section]:
            return [Section(tr(name), partial(self._rows_of, by_name[name])) for name in names]

        self.sections = made(name for name in by_name if name not in engines)
        self.backups = BackupsSection(self._context)
        self.backups.restored.connect(self.restored)
        self.sections += [
            *(make(self._context) for make in self._features),
            KeysSection(self._context),
            StorageSection(self._context),
            self.backups,
        ]
        self._first_engine = len(self.sections)
        self.sections += made(sorted(engines, key=str.casefold))
        for section in self.sections:  # what is hidden is not measured: most of the cost of the first look
            section.hide()

    def _rows_of(self, settings: Sequence[Setting]) -> list[Row]:
        rows = [SettingRow(setting, self._context) for setting in settings]
        for made in rows:
            made.show_choices(self._choices)
        return list(rows)

    def _build(self) -> None:
        content = QWidget()
        content.setLayout(column(*self.sections, self._nothing, None, gap=24, margins=(24, 4, 24, 24)))
        self._area = scrolled(content)
        nav = QWidget()
        nav.setLayout(column(*self._nav_entries(), None, gap=4, margins=(12, 0, 12, 12)))
        listed: QVBoxLayout = column(scrolled(nav), gap=0)
        top: QVBoxLayout = column(self.search, margins=(12, 16, 12, 8))
        whole: QVBoxLayout = column(gap=0)
        whole.addLayout(top)
        whole.addLayout(listed, 1)
        side = frame("column-left", whole)
        side.setFixedWidth(_NAV_PX)
        head = row(label(tr("Settings"), "page"), None, margins=(24, 20, 24, 12))
        note = label(tr("Changes are stored as you make them."), "note")
        close = Button(tr("Close"))
        on_click(close, self.accept)
        foot = row(note, None, close, margins=(24, 12, 24, 16))
        right: QVBoxLayout = column(head, self._area, foot, gap=0)
        right.setStretch(1, 1)
        layout = row(side, gap=0)
        layout.addLayout(right, 1)
        self.setLayout(layout)

    def _nav_entries(self) -> list[QWidget | int]:
        """A button a section; those of engines and services under a heading of their own."""
        buttons: list[QWidget | int] = []
        for number, section in enumerate(self.sections):
            if number == self._first_engine:
                buttons += [12, label(tr("Engines and services"), "section"), 2]
            button = Button(section.title, "nav")
            button.setCheckable(True)
            self._nav.addButton(button, number)
            button.setProperty("first", number == 0)
            on_click(button, partial(self._go, number))
            buttons.append(button)
        return buttons

    def _mark(self, number: int | None) -> None:
        self._nav.setExclusive(number is not None)  # an exclusive group can't be without a choice
        for index, button in enumerate(self._nav.buttons()):
            button.setChecked(index == number)

    def _go(self, number: int) -> None:
        self.search.clear()
        self.show_section(number)

    # --- showing -----------------------------------------------------------------------------------------

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        if not words:
            self.show_section(self._chosen)
            return
        self._mark(None)
        found = sum(section.narrow(words) for section in self.sections)
        self._nothing.setVisible(not found)

    def _refresh(self) -> None:
        services = self._context.services
        for section in self.sections:
            section.refresh()
        self._show_settings()
        self._context.tasks.run(lambda: dynamic_choices(services), self._show_choices)
        self._later.add(*(section.fill for section in self.sections if not section.filled))

    def _show_choices(self, found: dict[str, Choices]) -> None:
        self._choices = found
        for part in self._made_rows():
            part.show_choices(found)

    def _show_settings(self) -> None:
        for part in self._made_rows():
            part.show_settings()

    def _made_rows(self) -> list[SettingRow]:
        """Those of a section are made when it is first looked at, or soon after the dialog is shown."""
        return _setting_rows([section for section in self.sections if section.filled])


def _setting_rows(sections: Sequence[Section]) -> list[SettingRow]:
    return [part for section in sections for part in section.rows if isinstance(part, SettingRow)]
