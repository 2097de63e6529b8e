"""What is heard besides the new voice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.engines.registry import SEPARATION
from viralclip_desktop.features.workflows.dub_mixing import NO_SEPARATOR
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.controls import SegmentedControl, Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.setting_row import setting_row

_LONG_PX = 220


class SoundChoice(QWidget):
    """``changed`` carries what was chosen, by the names that :class:`DubChoices` has for it."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.mode = SegmentedControl(
            tr("Original voices"),
            [(DubMode.REPLACE, tr("Replace")), (DubMode.OVERLAY, tr("Over the original"))],
        )
        self.background = DropDown(tr("Background"))
        self._row = setting_row(tr("Background"), self.background)
        self._told = label("", "note", wrap=True)
        self.tracks = Switch(tr("All languages in one film"))
        self.tracks.setToolTip(tr("A film besides, with the original and every language as sound tracks"))
        together = setting_row(tr("All languages in one film"), self.tracks, wide=False, name_px=_LONG_PX)
        self.slow = Switch(tr("Slow down for long lines"))
        self.slow.setToolTip(tr("Where a line does not fit, the clip may take 1.15 times as long meanwhile"))
        slower = setting_row(tr("Slow down for long lines"), self.slow, wide=False, name_px=_LONG_PX)
        self.setLayout(
            column(
                *(label(tr("Original voices"), "section"), self.mode, self._row, self._told),
                *(together, slower),
                gap=8,
            )
        )
        self.mode.chosen.connect(lambda mode: self._tell(mode, self.background.value))
        self.background.chosen.connect(lambda name: self._tell(self.mode.value, name))
        self.tracks.clicked.connect(lambda on: self.changed.emit({"tracks": on, "slow": False}))
        self.slow.clicked.connect(lambda on: self.changed.emit({"slow": on, "tracks": False}))

    def _tell(self, mode: object, separator: object) -> None:
        self.changed.emit({"mode": mode, "separator": str(separator or "")})

    def show_choice(self, mode: DubMode, separator: str, *, tracks: bool, slow: bool) -> None:
        """What is chosen. The separators are listed when they are first seen."""
        if not self.background.choices:
            named = [(one, tr("Kept by {name}", name=SEPARATION.info(one).name)) for one in SEPARATION.ids()]
            self.background.show_choices(
                [("", tr("Kept, the best way here")), *named, (NO_SEPARATOR, tr("Nothing is kept"))]
            )
        self.mode.show_value(mode)
        self.background.show_value(separator)
        self.tracks.setChecked(tracks)
        self.slow.setChecked(slow)
        self._row.setVisible(mode is DubMode.REPLACE)
        self._told.setText(_told(mode, separator))


def _told(mode: DubMode, separator: str) -> str:
    if mode is DubMode.OVERLAY:
        return tr("The original goes down while the new voice speaks, as in a report.")
    if separator == NO_SEPARATOR:
        return tr("Only the new voice and the clip’s own music are heard.")
    return tr("The old voices are taken off; music, room and audience play on.")
