"""The audio studio: its tabs, the way to it from anywhere, and the panel of sounds in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viralclip_desktop.gui.session.actions import IN_STUDIO, OUTSIDE_STUDIO, ActionRow
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel
from viralclip_desktop.gui.studio.speech_feature import SPEECH_TABS
from viralclip_desktop.gui.studio.tabs import StudioPlace, TabRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.sounds_panel import SoundsPanel


def _music(work: Workspace, place: StudioPlace) -> QWidget:
    from viralclip_desktop.gui.studio.music_tab import MusicTab

    return MusicTab(work, place)


def _cloning(work: Workspace, _place: StudioPlace) -> QWidget:
    from viralclip_desktop.gui.studio.clone_tab import CloneTab

    return CloneTab(work)


def _library(work: Workspace, place: StudioPlace) -> QWidget:
    from viralclip_desktop.gui.studio.library_tab import LibraryTab

    return LibraryTab(work, place)


def _panel(work: Workspace) -> SoundsPanel:
    from viralclip_desktop.gui.studio.sounds_panel import SoundsPanel

    return SoundsPanel(work)


TABS: Final[tuple[TabRow, ...]] = (
    *SPEECH_TABS,
    TabRow("music", "Music", "music-notes", _music),
    TabRow("cloning", "Cloning", "user-plus", _cloning),
    TabRow("library", "Library", "books", _library),
)
"""In their order. A tab is shown only when it has a row."""

PANELS = (
    PanelRow(
        "sounds",
        "Sounds",
        "music-notes",
        Area.LEFT,
        _panel,
        shows_panel(
            "sounds",
            "Show the sounds",
            "Ctrl+Shift+L",
            "music-notes",
            also="Library, voice-over, effects",
        ),
    ),
)

ACTIONS = (
    ActionRow(
        "studio",
        "Audio studio",
        lambda work: work.navigation.open_studio(),
        ("Ctrl+Shift+A",),
        "faders",
        OUTSIDE_STUDIO,
        first=True,
        also="Text to speech, cloning, voice-over, library",
    ),
    ActionRow(
        "leave_studio",
        "Leave the audio studio",
        lambda work: work.navigation.leave_studio(),
        ("Ctrl+Shift+W",),
        "arrow-left",
        IN_STUDIO,
    ),
)
