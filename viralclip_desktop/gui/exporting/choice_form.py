"""What an export should be, in full: shapes, size, rate, limit, folder, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.domain.exports import USUAL_LUFS, ExportSettings, SoundFormat
from viralclip_desktop.domain.properties.exports import (
    FOLDER,
    LOUDNESS,
    MAX_SIZE,
    NAMES,
    RATE,
    SHAPES,
    SIZE,
    SOUND,
)
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.exporting.naming import check_template
from viralclip_desktop.gui.common.choices import rate_choices
from viralclip_desktop.gui.common.setting_fields import FolderField
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.layout import column, line, row
from viralclip_desktop.gui.widgets.toggles import Toggles
from viralclip_desktop.gui.widgets.wheel import scroll_past
from viralclip_desktop.settings.declaration import declared

if TYPE_CHECKING:
    from viralclip_desktop.settings.declaration import Settings

_PODCAST_LUFS = -16.0  # what Apple asks of podcasts


class ChoiceForm(QWidget):
    """Filled in by a preset, changed by the user; ``changed`` after each change."""

    changed = Signal()

    def __init__(self, values: Settings, usual_folder: Path | None = None) -> None:
        """``usual_folder``: where files go when no folder is chosen; None for the data folder."""
        super().__init__()
        self._usual_folder = usual_folder
        self._order = export_order(values)
        self.shapes = Toggles(tr(SHAPES.label), list(SHAPES.choices))
        self.sizes = SegmentedControl(tr(SIZE.label), list(SIZE.choices))
        self.rate = DropDown(tr(RATE.label), rate_choices(values.fps))
        self.sound = SegmentedControl(tr(SOUND.label), list(SOUND.choices))
        levels = [(level, f"{level:.0f} {LOUDNESS.unit}") for level in (USUAL_LUFS, _PODCAST_LUFS)]
        self.loudness = SegmentedControl(tr(LOUDNESS.label), levels)
        self.limit = QSpinBox()
        scroll_past(self.limit)
        self.folder = FolderField(declared()["export_folder"])
        self.folder.show_usual(usual_folder)
        self.template = QLineEdit(values.name_template)
        self._build()
        self.sizes.show_value(self._order.resolution)
        self.rate.show_value(self._order.fps)
        self.folder.show_value(values.export_folder)
        self._connect()
        self._show_rows()

    def show_order(self, order: ExportSettings, aspects: Sequence[Aspect]) -> None:
        """Take what a preset says; the folder, the rate and the names stay as they were chosen."""
        self._order = replace(order, folder=self._order.folder)
        self.shapes.show_values(aspects)
        self.sizes.show_value(order.resolution)
        self.sound.show_value(order.sound_format)
        self.loudness.show_value(order.target_lufs)
        self.limit.blockSignals(True)
        self.limit.setValue(round(order.max_size_mb or 0))
        self.limit.blockSignals(False)
        self._show_rows()

    def base(self) -> ExportSettings:
        """The choices; the shape is left to :attr:`aspects`."""
        size, rate, sound, loud = (
            control.value for control in (self.sizes, self.rate, self.sound, self.loudness)
        )
        return replace(
            self._order,
            resolution=size if isinstance(size, Resolution) else self._order.resolution,
            fps=rate if isinstance(rate, Fraction) else None,
            sound_format=sound if isinstance(sound, SoundFormat) else self._order.sound_format,
            target_lufs=loud if isinstance(loud, float) and self._order.audio_only else USUAL_LUFS,
            max_size_mb=float(self.limit.value()) if self.limit.value() else None,
            name_template=self.template.text(),
        )

    @property
    def aspects(self) -> Sequence[Aspect]:
        """The chosen shapes; none keeps each clip's own."""
        return [value for value in self.shapes.values if isinstance(value, Aspect)]

    @property
    def good(self) -> bool:
        """Whether everything makes sense; the row in question says so if not."""
        try:
            check_template(self.template.text())
        except UsageError as error:
            self.names_row.complain(tr_fault(error))
            return False
        self.names_row.complain("")
        return True

    def _build(self) -> None:
        self.limit.setRange(0, round(MAX_SIZE.shown[1]))
        self.limit.setSuffix(f" {MAX_SIZE.unit}")
        self.limit.setSpecialValueText(tr("No limit"))
        self.limit.setKeyboardTracking(False)
        self.limit.setFixedWidth(112)
        self.limit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.limit.setAccessibleName(tr(MAX_SIZE.label))
        self.template.setAccessibleName(tr(NAMES.label))
        self.shapes_row = Row(tr(SHAPES.label), tr(SHAPES.note), _right(self.shapes))
        self.size_row = Row(tr(SIZE.label), tr(SIZE.note), _right(self.sizes))
        self.rate_row = Row(tr(RATE.label), "", self.rate)
        self.limit_row = Row(tr(MAX_SIZE.label), tr(MAX_SIZE.note), _right(self.limit))
        self.sound_row = Row(tr(SOUND.label), tr(SOUND.note), _right(self.sound))
        self.loudness_row = Row(tr(LOUDNESS.label), tr(LOUDNESS.note), _right(self.loudness))
        self.folder_row = Row(tr(FOLDER.label), "", self.folder)
        self.names_row = Row(tr(NAMES.label), tr(declared()["name_template"].help), self.template)
        rows = (
            self.shapes_row,
            self.size_row,
            self.rate_row,
            self.limit_row,
            self.sound_row,
            self.loudness_row,
            self.folder_row,
            self.names_row,
        )
        self._lines = [line() for _row in rows]
        inside = column(gap=2)
        for part, below in zip(rows, self._lines, strict=True):
            inside.addWidget(part)
            inside.addWidget(below)
        self._lines[-1].hide()
        self.setLayout(inside)

    def _connect(self) -> None:
        for control in (self.shapes, self.sizes, self.rate, self.sound, self.loudness):
            control.chosen.connect(lambda _value: self.changed.emit())
        self.limit.valueChanged.connect(lambda _value: self.changed.emit())
        self.template.textChanged.connect(lambda _text: self.changed.emit())
        self.folder.changed.connect(self._folder_chosen)

    def _folder_chosen(self, folder: object) -> None:
        self._order = replace(self._order, folder=str(folder) or None)
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        picture = (self.shapes_row, self.size_row, self.rate_row, self.limit_row)
        sound = (self.sound_row, self.loudness_row)
        for part, below in zip((*picture, *sound), self._lines, strict=False):
            shown = (part in sound) == self._order.audio_only
            part.setVisible(shown)
            below.setVisible(shown)
        named = bool(self._order.folder or self._usual_folder)
        self.names_row.setVisible(named)
        self._lines[6].setVisible(named)


def _right(control: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(None, control))
    return holder
