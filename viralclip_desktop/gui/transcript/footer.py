"""What stands under the words: how much is chosen, and what one can do with it by mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import decimal, plural, tr
from viralclip_desktop.gui.transcript.keys import Command, shortcut_text
from viralclip_desktop.gui.transcript.model import TranscriptModel
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import row

_HEIGHT_PX = 40


class Footer(QWidget):
    """Of one height, whatever is chosen: nothing above it ever jumps. A second thing to say goes into a
    second line, as beside the buttons there is little room."""

    def __init__(self, do: Callable[[Command], object]) -> None:
        super().__init__()
        self.words = label("", "note")
        self.buttons = {
            Command.NEXT_WARNING: IconButton(
                "warning", tr("Next sentence to check: hard to read, or with unsure words"), "F8"
            ),
            Command.NEW_CLIP: IconButton(
                "plus", tr("Make a clip from the selection"), shortcut_text(Command.NEW_CLIP)
            ),
            Command.PLAY: IconButton("play", tr("Play the selection"), shortcut_text(Command.PLAY)),
            Command.CUT: IconButton("scissors", tr("Cut out of the clip"), shortcut_text(Command.CUT)),
            Command.RESTORE: IconButton(
                "arrow-counter-clockwise", tr("Restore"), shortcut_text(Command.BACK)
            ),
        }
        layout = row(self.words, *self.buttons.values(), gap=2, margins=(16, 0, 8, 0))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFixedHeight(_HEIGHT_PX)
        for command, button in self.buttons.items():
            on_click(button, partial(do, command))

    def show_state(
        self,
        model: TranscriptModel | None,
        selected: range | None,
        to_check: int,
        can: Callable[[Command], bool],
    ) -> None:
        """Say what is chosen; without a selection, how much there is."""
        self.words.setText(_said(model, selected, to_check))
        for command, button in self.buttons.items():
            button.setEnabled(can(command))


def _said(model: TranscriptModel | None, selected: range | None, to_check: int) -> str:
    if model is None:
        return ""
    if selected is not None:
        length = model.played(selected)
        return f"{_words(len(selected))}\n{_seconds(length)}"
    shown = _words(len(model.shown_words))
    return f"{shown}\n{tr('{n} to check', n=to_check)}" if to_check else shown


def _words(count: int) -> str:
    return plural(count, "{n} word", "{n} words") if count < 1000 else tr("{n} words", n=decimal(count, 0))


def _seconds(length: Time) -> str:
    return f"{decimal(max(0.0, length.seconds))} {tr('s')}"
