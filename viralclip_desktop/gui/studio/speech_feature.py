"""The studio's tabs of speech: every voice that speaks here, and the voices of services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viralclip_desktop.gui.studio.tabs import StudioPlace, TabRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.gui.session.workspace import Workspace


def _speech(work: Workspace, place: StudioPlace) -> QWidget:
    from viralclip_desktop.gui.studio.speech_tab import SpeechTab

    return SpeechTab(work, place, services=False)


def _services(work: Workspace, place: StudioPlace) -> QWidget:
    from viralclip_desktop.gui.studio.speech_tab import SpeechTab

    return SpeechTab(work, place, services=True)


SPEECH_TABS: Final = (
    TabRow("speech", "Text to speech", "microphone", _speech),
    TabRow("services", "AI voice", "cloud", _services),
)
