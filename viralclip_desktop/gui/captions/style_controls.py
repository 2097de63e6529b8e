"""The fine controls of a caption style, folded into groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.properties import captions as rows
from viralclip_desktop.domain.properties.rows import Choice, Colour, Font, Number, OnOff, Property, Words
from viralclip_desktop.gui.captions.fonts import font_choices
from viralclip_desktop.gui.common.property_controls import property_slider, show_stored, stored
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.colour_field import ColourField
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.fold import Fold
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.typed import show_stored_text

Show = Callable[[Any], None]


class StyleControls(QWidget):
    """Emits ``changed`` with a property, its value, and the gesture it belongs to. A group is made when it is
    unfolded first: most people never look into most of them."""

    changed = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__()
        self._controls: dict[str, QWidget] = {}
        self._shows: dict[str, Show] = {}
        self._style: CaptionStyle | None = None
        self._brand_fonts: tuple[str, ...] = ()
        self._palette: tuple[str, ...] = ()
        self._waiting = dict(rows.GROUPS)
        self.folds = [self._group(title) for title, _properties in rows.GROUPS]
        half = (len(self.folds) + 1) // 2
        first, second = (column(*folds, gap=4) for folds in (self.folds[:half], self.folds[half:]))
        self.folds[0].unfold(True)
        self.folds[half].unfold(True)
        self.setLayout(column(TwoColumns(first, second, below=4)))

    @property
    def controls(self) -> dict[str, QWidget]:
        """Every control by its property, all of them made."""
        for fold, (title, _properties) in zip(self.folds, rows.GROUPS, strict=True):
            self._fill(fold, title)
        return self._controls

    def show_style(self, style: CaptionStyle) -> None:
        """Show a style without reporting it; what is being dragged is left alone."""
        self._style = style
        for name, show in self._shows.items():
            show(getattr(style, name))

    def show_fonts(self, brand_fonts: Sequence[str]) -> None:
        """The fonts there are, a brand's own first."""
        self._brand_fonts = tuple(brand_fonts)
        font = self._controls.get("font")
        if isinstance(font, DropDown):
            font.show_choices(font_choices(brand_fonts))

    def show_palette(self, colours: Sequence[str]) -> None:
        """The brand's colours, offered by every colour field."""
        self._palette = tuple(colours)
        for control in self._controls.values():
            if isinstance(control, ColourField):
                control.palette_colours = self._palette

    def _group(self, title: str) -> Fold:
        fold = Fold(tr(title), QWidget())
        fold.toggled.connect(lambda _unfolded: self._fill(fold, title))
        return fold

    def _fill(self, fold: Fold, title: str) -> None:
        lines = []
        for item in self._waiting.pop(title, ()):
            control, show = self._made(item)
            self._controls[item.field], self._shows[item.field] = control, show
            lines.append(setting_row(tr(item.label), control, wide=not isinstance(control, Switch)))
            if self._style is not None:
                show(getattr(self._style, item.field))
        if lines:
            fold.content.setLayout(column(*lines, gap=6, margins=(8, 0, 0, 8)))

    def _made(self, item: Property) -> tuple[QWidget, Show]:
        if isinstance(item, Number):
            return self._slider(item)
        if isinstance(item, Colour):
            return self._colour(item)
        if isinstance(item, OnOff):
            return self._switch(item)
        if isinstance(item, Words):
            return self._words(item)
        assert isinstance(item, Choice | Font)
        return self._drop_down(item)

    def _slider(self, item: Number) -> tuple[QWidget, Show]:
        made = property_slider(item, item.shown[0] / item.scale)

        def moved(number: float, gesture: int) -> None:
            self.changed.emit(item.field, stored(item, number), f"{item.field}-{gesture}")

        made.scaled.connect(moved)
        return made, lambda value: show_stored(made, item, value)

    def _colour(self, item: Colour) -> tuple[QWidget, Show]:
        made = ColourField(tr(item.label), optional=item.optional)
        made.palette_colours = self._palette
        made.moved.connect(
            lambda value, gesture: self.changed.emit(item.field, value, f"{item.field}-{gesture}")
        )
        return made, made.show_value

    def _switch(self, item: OnOff) -> tuple[QWidget, Show]:
        made = Switch(tr(item.label))
        made.clicked.connect(lambda on: self.changed.emit(item.field, bool(on), ""))
        return made, made.setChecked

    def _words(self, item: Words) -> tuple[QWidget, Show]:
        made = QLineEdit()
        made.setPlaceholderText(tr(item.hint))
        made.setAccessibleName(tr(item.label))

        def finished() -> None:
            made.setModified(False)
            words = tuple(word.strip() for word in made.text().split(",") if word.strip())
            self.changed.emit(item.field, words, "")

        def show(words: Sequence[str]) -> None:
            show_stored_text(made, ", ".join(words))

        made.editingFinished.connect(finished)
        return made, show

    def _drop_down(self, item: Choice | Font) -> tuple[QWidget, Show]:
        made = SearchDropDown(tr(item.label)) if isinstance(item, Font) else DropDown(tr(item.label))
        if isinstance(item, Font):
            made.show_choices(font_choices(self._brand_fonts))
        else:
            made.show_choices([(value, tr(words)) for value, words in item.choices])
        made.chosen.connect(lambda value: self.changed.emit(item.field, value, ""))

        def show(value: object) -> None:
            known = any(value == choice for choice, _words in made.choices)
            if not known and not isinstance(value, Enum):
                made.show_choices([(value, str(value)), *made.choices])
            made.show_value(value)

        return made, show
