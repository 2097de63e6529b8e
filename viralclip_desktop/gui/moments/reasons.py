"""Why a clip was chosen: its score, the reasons in words, its first and last sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from viralclip_desktop.domain.clip import Clip, Reason
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel

_ICONS = {
    "hook": "lightning",
    "structure": "list-bullets",
    "value": "lightbulb",
    "energy": "waves",
    "novelty": "sparkle",
}
_MOST = 4


class ReasonList(QWidget):
    """A score and up to four reasons, strongest first."""

    def __init__(self) -> None:
        super().__init__()
        self._score = label("", "page")
        self._what = label(tr("out of 99 in this recording"), "note")
        self._lines: QVBoxLayout = column(gap=6)
        self._quotes = label("", "note", wrap=True)
        head = row(self._score, self._what, None)
        head.setAlignment(self._what, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(head, self._lines, self._quotes, gap=8))
        self._shown: tuple[Reason, ...] = ()

    def show_clip(self, clip: Clip) -> None:
        """A clip's score, reasons and quotes."""
        self._score.setText("" if clip.score is None else str(clip.score))
        self._score.setVisible(clip.score is not None)
        self._what.setVisible(clip.score is not None)
        self._quotes.setText(_quotes(clip))
        self._quotes.setVisible(bool(clip.quote_first))
        if clip.reasons != self._shown:
            self._shown = clip.reasons
            self._relist(clip)

    def _relist(self, clip: Clip) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        strongest = sorted(clip.reasons, key=lambda reason: -reason.strength)[:_MOST]
        for reason in strongest:
            self._lines.addWidget(_reason_line(reason))


def _reason_line(reason: Reason) -> QWidget:
    made = QWidget()
    words: QLabel = label(tr_message(reason.text), "quiet", wrap=True)
    mark = IconLabel(_ICONS.get(reason.kind, "sparkle"), 16, "accent")
    layout = row(gap=8)
    layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(words, 1)
    made.setLayout(layout)
    return made


def _quotes(clip: Clip) -> str:
    if not clip.quote_first or clip.quote_first == clip.quote_last:
        return f"“{clip.quote_first}”" if clip.quote_first else ""
    return f"“{clip.quote_first}” … “{clip.quote_last}”"
