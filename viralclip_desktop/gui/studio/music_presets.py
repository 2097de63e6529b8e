"""The composer's presets as cards, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from viralclip_desktop.gui.studio.music_words import ICONS, card_words, preset_words
from viralclip_desktop.gui.text import plain
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.controls import keeps_key
from viralclip_desktop.gui.widgets.painting import paint_card, paint_line
from viralclip_desktop.music.presets import Preset, presets

CARD_HEIGHT_PX = 56
_CARD_PX, _GAP_PX, _PAD_PX, _ICON_PX = 178, 8, 12, 20
_MOST_COLUMNS = 6


class PresetCard(QAbstractButton):
    """An icon, the name, and what it is at a glance."""

    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.preset_id, self._icon = preset.id, ICONS.get(preset.id, "music-notes")
        self._told = card_words(preset)
        self.setText(preset_words(preset.id))
        self.setAccessibleName(f"{self.text()}, {self._told}")
        self.setToolTip(plain(f"{self.text()}: {self._told}"))
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CARD_HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As the grid counts its columns."""
        return QSize(_CARD_PX, CARD_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Words are shortened before the grid gets too wide."""
        return QSize(120, CARD_HEIGHT_PX)

    def event(self, event: QEvent) -> bool:
        """Arrows and Space are for the cards while they have the focus."""
        if keeps_key(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, two lines."""
        colours, painter = theme(), QPainter(self)
        chosen = self.isChecked()
        paint_card(painter, self.rect(), selected=chosen, hovered=self.underMouse(), focused=self.hasFocus())
        top = (self.height() - _ICON_PX) // 2
        icon = QRect(_PAD_PX, top, _ICON_PX, _ICON_PX)
        colours.icon(self._icon, "accent" if chosen else "quiet").paint(painter, icon)
        left = icon.right() + 10
        words = QRect(left, 9, self.width() - left - 8, 19)
        paint_line(painter, words, self.text(), colours.sized(tokens.TYPE_BODY, strong=True), "text")
        words.translate(0, 19)
        paint_line(painter, words, self._told, colours.sized(tokens.TYPE_NOTE), "quiet")


class PresetGallery(QWidget):
    """All presets, in as many columns as there is room for. ``chosen`` carries the id of one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._columns = 0
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        self.cards = {preset.id: PresetCard(preset) for preset in presets().values()}
        for card in self.cards.values():
            self._group.addButton(card)
            card.clicked.connect(lambda _on=False, card=card: self.chosen.emit(card.preset_id))
        self._lay_out(3)

    def show_preset(self, preset_id: str) -> None:
        """Mark one without reporting it."""
        self.cards[preset_id].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        fit = (self.width() + _GAP_PX) // (_CARD_PX + _GAP_PX)
        self._lay_out(next(count for count in (6, 4, 3, 2) if count <= max(2, fit)))

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))
