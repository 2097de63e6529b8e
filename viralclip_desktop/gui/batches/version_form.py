"""What is made of each recording of a batch: shapes, styles, hooks, languages, how many, how far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.domain.properties.exports import SHAPES
from viralclip_desktop.features.batches import NO_HOOK, Readiness, Version, combinations
from viralclip_desktop.features.finish import BY_ITSELF, USUAL, row_of
from viralclip_desktop.features.workflows.batch_orders import batch_order
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.controls import SegmentedControl, Switch
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.layout import column, line, row
from viralclip_desktop.gui.widgets.multi_drop_down import MultiDropDown
from viralclip_desktop.gui.widgets.toggles import Toggles
from viralclip_desktop.gui.widgets.wheel import scroll_past

if TYPE_CHECKING:
    from viralclip_desktop.features.workflows.batch_recording import BatchOrder
    from viralclip_desktop.gui.common.choices import Choices
    from viralclip_desktop.settings.declaration import Settings

_WITH, _WITHOUT, _BOTH = "with", "without", "both"


class VersionForm(QWidget):
    """Starts from the settings, all that makes a clip ready switched on; ``changed`` after each change."""

    changed = Signal()

    def __init__(self, values: Settings) -> None:
        super().__init__()
        self._values = values
        self.shapes = Toggles(tr("Shapes"), list(SHAPES.choices))
        self.styles = MultiDropDown(tr("Caption styles"), none=tr("As in the settings"))
        self.languages = MultiDropDown(tr("Caption languages"), none=tr("As it is spoken"))
        self.count = QSpinBox()
        self.tighten, self.finish = Switch(tr("Tighten")), Switch(tr("Finish"))
        self.elements = MultiDropDown(tr("Elements of the finish"), none=tr("The usual ones"))
        self.package = Switch(tr("Covers and receipts"))
        hooks = [(_WITH, tr("With")), (_WITHOUT, tr("Without")), (_BOTH, tr("Both"))]
        self.hooks = SegmentedControl(tr("Hook text"), hooks)
        self._build()
        self._fill()
        self._connect()

    def show_styles(self, choices: Choices) -> None:
        """The caption styles there are."""
        self.styles.show_choices(choices)
        self.styles.show_values(self.styles.values or [self._values.caption_style])
        self.changed.emit()

    def show_languages(self, choices: Choices) -> None:
        """The languages in which captions are there for some of the recordings."""
        self.languages.show_choices(choices)
        self.languages.show_values(self.languages.values)
        self.language_row.setVisible(bool(choices))
        self._language_line.setVisible(bool(choices))
        self.changed.emit()

    @property
    def factors(self) -> dict[str, int]:
        """How many there are of each thing that multiplies."""
        return {
            "clips": self.count.value(),
            "shapes": max(1, len(self.shapes.values)),
            "styles": max(1, len(self.styles.values)),
            "hooks": len(self._hooks()) or 1,
            "languages": max(1, len(self.languages.values)),
        }

    def order(self) -> BatchOrder:
        """What is chosen as an order."""
        shapes = [one for one in self.shapes.values if isinstance(one, Aspect)]
        styles = [str(one) for one in self.styles.values]
        asked = self._asked(shapes, styles)
        elements = self._elements() if self.finish.isChecked() else []
        ready = Readiness(self.tighten.isChecked(), self.finish.isChecked(), elements=elements)
        package = self.package.isChecked()
        return batch_order(self._values, self._versions(shapes, styles), ready, package=package, **asked)

    def _versions(self, shapes: Sequence[Aspect], styles: Sequence[str]) -> list[Version]:
        """What is as in the settings is left to the clips, so that the only version is the clip itself."""
        own_shape, own_style = shapes == [self._values.aspect], styles == [self._values.caption_style]
        languages = [str(one) for one in self.languages.values]
        return combinations(
            () if own_shape else shapes, () if own_style else styles, self._hooks(), languages
        )

    def _asked(self, shapes: Sequence[Aspect], styles: Sequence[str]) -> dict[str, Any]:
        """Clips are found in the first of the looks."""
        chosen = bool(styles) and styles != [self._values.caption_style]
        return {
            "count": self.count.value(),
            "aspect": next(iter(shapes), None),
            "style": styles[0] if chosen else None,
            "style_wins": chosen,
        }

    def _hooks(self) -> list[str | None]:
        """None: as finishing chooses it."""
        if not self._has_hook() or self.hooks.value == _WITH:
            return []
        return [NO_HOOK] if self.hooks.value == _WITHOUT else [None, NO_HOOK]

    def _elements(self) -> list[Element]:
        """Those of the finish that are ticked; none for the usual ones."""
        return [Element(str(one)) for one in self.elements.values]

    def _has_hook(self) -> bool:
        """Whether the finish has a hook text, as far as there are words for one."""
        return self.finish.isChecked() and Element.HOOK in (self._elements() or USUAL)

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.count.setRange(1, 100)
        self.count.setFixedWidth(96)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count.setAccessibleName(tr("Clips of each recording"))
        scroll_past(self.count)
        several = tr("Several make a version of each clip in each; styles and languages too.")
        self.language_row = Row(tr("Caption languages"), "", self.languages)
        self.hook_row = Row(tr("Hook text"), tr("What a clip is about, in its first seconds."), self.hooks)
        self.elements_row = Row(tr("Elements of the finish"), tr("Instead of the usual ones."), self.elements)
        self._language_line, self._hook_line, self._elements_line = line(), line(), line()
        beside = tr("A picture and a list of what was done lie beside each file.")
        inside = column(gap=2)
        for part, below in (
            (Row(tr("Clips of each recording"), tr("At most so many."), _right(self.count)), line()),
            (Row(tr("Shapes"), several, self.shapes), line()),
            (Row(tr("Caption styles"), "", self.styles), line()),
            (self.language_row, self._language_line),
            (_switch_row(tr("Tighten"), tr("Dead air, fillers and failed takes go."), self.tighten), line()),
            (_switch_row(tr("Finish"), tr("A hook text and a progress bar."), self.finish), line()),
            (self.elements_row, self._elements_line),
            (self.hook_row, self._hook_line),
            (_switch_row(tr("Covers and receipts"), beside, self.package), None),
        ):  # fmt: skip
            inside.addWidget(part)
            if below is not None:
                inside.addWidget(below)
        self.setLayout(inside)

    def _fill(self) -> None:
        self.count.setValue(self._values.clip_count)
        self.shapes.show_values([self._values.aspect])
        self.hooks.show_value(_WITH)
        self.elements.show_choices([(one, tr(row_of(one).label)) for one in BY_ITSELF])
        for switch in (self.tighten, self.finish):
            switch.setChecked(True)
        self.language_row.hide()
        self._language_line.hide()

    def _connect(self) -> None:
        for control in (self.shapes, self.styles, self.languages, self.hooks):
            control.chosen.connect(lambda _value: self.changed.emit())
        self.elements.chosen.connect(lambda _values: self._switched())
        for switch in (self.tighten, self.finish, self.package):
            switch.clicked.connect(lambda _on: self._switched())
        self.count.valueChanged.connect(lambda _value: self.changed.emit())

    def _switched(self) -> None:
        for part in (self.hook_row, self._hook_line):
            part.setVisible(self._has_hook())
        for part in (self.elements_row, self._elements_line):
            part.setVisible(self.finish.isChecked())
        self.changed.emit()


def _switch_row(title: str, note: str, switch: Switch) -> Row:
    return Row(title, note, _right(switch))


def _right(control: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(None, control))
    return holder
