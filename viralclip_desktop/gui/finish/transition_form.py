"""The transitions of a clip: one choice for each change of subject, and for each part that has one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Transition
from viralclip_desktop.domain.clip_time import placed
from viralclip_desktop.domain.properties.parts import TRANSITION
from viralclip_desktop.features.finish import subject_changes
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.setting_row import setting_row

_NAME_PX = 68


class TransitionForm(QWidget):
    """Emits ``changed`` with the place of a part and how it is to come."""

    changed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, DropDown] = {}
        self._shown: tuple[object, ...] = ()
        self._inside = column(gap=6)
        self.setLayout(self._inside)

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        starts = [] if clip is None else [(one.index, one.start, one.part.transition) for one in placed(clip)]
        changes = () if clip is None else subject_changes(clip)
        wanted = tuple(one for one in starts[1:] if one[0] in changes or one[2] is not Transition.CUT)
        if wanted != self._shown:
            self._shown = wanted
            self._make_rows(wanted)
        self.setVisible(bool(wanted))

    def _make_rows(self, wanted: tuple[tuple[int, Time, Transition], ...]) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows = {}
        for place, start, kind in wanted:
            choice = DropDown(tr(TRANSITION.label), [(value, tr(text)) for value, text in TRANSITION.choices])
            choice.show_value(kind)
            choice.chosen.connect(lambda value, at=place: self.changed.emit(at, value))
            self.rows[place] = choice
            self._inside.addWidget(setting_row(clock_time(start), choice, name_px=_NAME_PX))
