"""Why a clip was chosen: how it stands, the reasons in words, its first and last sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from viralclip_desktop.domain.clip import Clip, Reason
from viralclip_desktop.domain.standing import best_reason, doubt_about, reasons_in_order
from viralclip_desktop.gui.common.standing_words import reason_icon, standing_words
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel


class ReasonList(QWidget):
    """How a clip stands, the best reason and what is doubtful; the others behind a button."""

    def __init__(self) -> None:
        super().__init__()
        self._score = label("", "page")
        self._what = label("", "note", wrap=True)
        self._lines: QVBoxLayout = column(gap=6)
        self.more = Button(tr("More reasons"), "plain", "caret-right")
        self._quotes = label("", "note", wrap=True)
        head = row(self._score)
        head.addWidget(self._what, 1)
        head.setAlignment(self._what, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(head, self._lines, row(self.more, None), self._quotes, gap=8))
        self._shown: tuple[Reason, ...] | None = None
        on_click(self.more, self._show_all)

    def show_clip(self, clip: Clip) -> None:
        """A clip's standing, reasons and quotes."""
        stands = standing_words(clip)
        self._score.setText(stands)
        self._what.setText(tr("in this recording"))
        self._score.setVisible(bool(stands))
        self._what.setVisible(bool(stands))
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
        at_once = (best_reason(clip), doubt_about(clip))
        for reason in reasons_in_order(clip):
            line = _reason_line(reason)
            self._lines.addWidget(line)
            line.setVisible(reason in at_once)  # not before: without a parent it would be a window of its own
        self.more.setVisible(any(reason not in at_once for reason in clip.reasons))

    def _show_all(self) -> None:
        for place in range(self._lines.count()):
            item = self._lines.itemAt(place)
            if (widget := item.widget() if item is not None else None) is not None:
                widget.show()
        self.more.hide()


def _reason_line(reason: Reason) -> QWidget:
    made = QWidget()
    words: QLabel = label(tr_message(reason.text), "quiet", wrap=True)
    mark = IconLabel(reason_icon(reason.kind), 16, "quiet" if reason.kind == "doubt" else "accent")
    layout = row(gap=8)
    layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(words, 1)
    made.setLayout(layout)
    return made


def _quotes(clip: Clip) -> str:
    if not clip.quote_first or clip.quote_first == clip.quote_last:
        return f"“{clip.quote_first}”" if clip.quote_first else ""
    return f"“{clip.quote_first}” … “{clip.quote_last}”"
