"""The clips of the recording, beside the transcript: choose which one is edited."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.moments.clip_cards import ClipModel
from viralclip_desktop.gui.moments.clip_list import ClipList
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.widgets.layout import column


class ClipsPanel(QWidget):
    """The cards of the clips page, on the same model."""

    def __init__(self, session: ClipSession, model: ClipModel, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.cards = ClipList(session, model, actions, editable=False)
        self.setLayout(column(self.cards, gap=0, margins=(12, 12, 1, 0)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cards take it. (With them as focus proxy, Tab would never lead out of them.)"""
        self.cards.setFocus(event.reason())
