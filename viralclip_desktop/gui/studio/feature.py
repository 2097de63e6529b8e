"""The audio studio: its tabs, the way to it from anywhere, and the panel of sounds in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viralclip_desktop.gui.studio.speech_feature import SPEECH_TABS
from viralclip_desktop.gui.studio.tabs import StudioPlace, TabRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.gui.session.workspace import Workspace


def _library(work: Workspace, place: StudioPlace) -> QWidget:
    from viralclip_desktop.gui.studio.library_tab import LibraryTab

    return LibraryTab(work, place)


TABS: Final[tuple[TabRow, ...]] = (
    *SPEECH_TABS,
    TabRow("library", "Library", "folder-open", _library),
)
"""In their order. A tab is shown only when it has a row."""
