"""The theme in use: follows the system, or is held dark or light by the user."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from viralclip_desktop.gui.theme import fonts, icons
from viralclip_desktop.gui.theme.style_sheet import style_sheet
from viralclip_desktop.gui.theme.tokens import DARK, LIGHT, Colours


class ThemeChoice(StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Theme(QObject):
    """Colours and fonts for everything painted; ``changed`` fires after they were replaced."""

    changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self.choice = choice
        self.colours: Colours = DARK
        self.font: QFont = fonts.interface_font()
        application.setStyle("Fusion")
        application.setFont(self.font)
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    def choose(self, choice: ThemeChoice) -> None:
        """Switch theme now."""
        self.choice = choice
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use. Dark first: an unknown system scheme is dark."""
        if self.choice is not ThemeChoice.SYSTEM:
            return self.choice is ThemeChoice.DARK
        return self._application.styleHints().colorScheme() != Qt.ColorScheme.Light

    def colour(self, name: str) -> QColor:
        """One token as a QColor."""
        return QColor(getattr(self.colours, name))

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """An icon in the colour of one token."""
        return icons.icon(name, getattr(self.colours, colour), self.colours.faint)

    def sized(self, size_px: int, strong: bool = False, tabular: bool = False) -> QFont:
        """The interface font at a size of the type scale."""
        return fonts.sized(self.font, size_px, strong, tabular)

    def _apply(self) -> None:
        self.colours = DARK if self.dark else LIGHT
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(style_sheet(self.colours))
        self.changed.emit()


_current: list[Theme] = []


def start_theme(application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> Theme:
    """Make the application's theme, or choose anew on the one it has."""
    if _current:
        _current[0].choose(choice)
    else:
        _current.append(Theme(application, choice))
    return _current[0]


def theme() -> Theme:
    """The application's theme. There is one, as there is one QApplication."""
    return _current[0]


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.raised,
        QPalette.ColorRole.AlternateBase: colours.surface,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent_fill,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.Link: colours.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return palette
