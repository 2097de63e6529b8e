"""The tabs over panels that lie in one place: words while there is room, else icons and one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QTabBar

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.controls import keeps_key

_BESIDE_WORD_PX = {"": 18, "tight": 8}  # as the style sheet pads a tab
_FOLDED = "icons"


class DockTabs(QObject):
    """Looks after one tab bar of the docks. Qt makes and fills the bar; the words stay its own, so that
    tooltips and screen readers have them also where only the icon is seen."""

    def __init__(self, bar: QTabBar, icons: Mapping[str, str]) -> None:
        """``icons``: the title of a panel -> the name of its icon."""
        super().__init__(bar)
        self._bar, self._icons = bar, icons
        bar.setAccessibleName(tr("Panels"))
        bar.setUsesScrollButtons(False)
        bar.setExpanding(False)
        bar.setDrawBase(False)
        bar.setIconSize(QSize(tokens.ICON_SMALL, tokens.ICON_SMALL))
        bar.installEventFilter(self)
        theme().changed.connect(self.fit)
        self.fit()

    @property
    def folded(self) -> bool:
        """Whether all tabs but the one in front show only an icon."""
        return bool(self._bar.property("room") == _FOLDED)

    def fit(self) -> None:
        """Words far apart, close together, or folded into icons, as the room is."""
        titles = [self._bar.tabText(number) for number in range(self._bar.count())]
        self._show_as(self._closest(titles))
        for number, title in enumerate(titles):
            named = self.folded and title in self._icons
            self._bar.setTabIcon(number, theme().icon(self._icons[title]) if named else QIcon())

    def _closest(self, titles: Sequence[str]) -> str:
        metrics = QFontMetrics(theme().sized(tokens.TYPE_BODY, strong=True))
        words = sum(metrics.horizontalAdvance(title) for title in titles)
        fits = (how for how, air in _BESIDE_WORD_PX.items() if words + air * len(titles) <= self._bar.width())
        return next(fits, _FOLDED)

    def _show_as(self, how: str) -> None:
        if how != (self._bar.property("room") or ""):
            self._bar.setProperty("room", how)
            self._bar.style().unpolish(self._bar)
            self._bar.style().polish(self._bar)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrows walk the tabs while they have the focus."""
        if event.type() is QEvent.Type.Resize:
            self.fit()
        if keeps_key(event):
            event.accept()
            return True
        return False
