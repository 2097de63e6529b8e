"""What was done to a clip by itself: each line with the way to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viralclip_desktop.features.workflows.hands import Hand, HandKind, hands_on
from viralclip_desktop.gui.text import duration, plain, plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession

_ICONS = {
    HandKind.TIGHTEN: "scissors",
    HandKind.FINISH: "sparkle",
    HandKind.TITLE: "text-t",
    HandKind.ENDS: "arrows-left-right",
    HandKind.TEXTS: "pencil-line",
}


class HandsList(QWidget):
    """Hidden where nothing was done."""

    def __init__(self, session: ClipSession, context: Context) -> None:
        super().__init__()
        self._session, self._context = session, context
        self._clip: Clip | None = None
        self._lines: QVBoxLayout = column(gap=4)
        self.shown: list[Hand] = []
        self.setLayout(column(label(tr("What was done"), "section"), self._lines, gap=8))
        self.hide()

    @property
    def words(self) -> list[str]:
        """What the lines say."""
        return [hand_words(hand) for hand in self.shown]

    @property
    def buttons(self) -> list[Button]:
        """Those that take something back, from top to bottom."""
        return self.findChildren(Button)

    def show_clip(self, clip: Clip | None) -> None:
        """What was done to another clip, or to the same as it is now."""
        if clip is None or self._clip is None or clip.id != self._clip.id:
            self._show([])
        self._clip, store = clip, self._context.services.store

        def show(hands: list[Hand]) -> None:
            if clip is self._clip:
                self._show(hands)

        if clip is not None:
            self._context.tasks.run(lambda: hands_on(store, clip), show)

    def _show(self, hands: Sequence[Hand]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.shown = list(hands)
        for hand in hands:
            self._lines.addWidget(self._line(hand))
        self.setVisible(bool(hands))

    def _line(self, hand: Hand) -> QWidget:
        made, words = QWidget(), label(hand_words(hand), "quiet", wrap=True)
        words.setToolTip(plain("\n\n".join(hand.words if hand.kind is HandKind.TEXTS else ())))
        layout = row(gap=8)
        layout.addWidget(IconLabel(_ICONS[hand.kind], 16, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
        if hand.take_back is not None:
            back = Button(tr("Take back"), "link")
            back.setProperty("size", "small")
            back.setAccessibleName(tr("Take back: {what}", what=hand_words(hand)))
            on_click(back, partial(self._session.edit, hand.take_back))
            layout.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made


def hand_words(hand: Hand) -> str:
    """``Tightened: 7 cuts, 12 s shorter``, ``Finished: Progress bar, Hook text``, ``Title by GPT``..."""
    if hand.kind is HandKind.TIGHTEN:
        saved = duration(hand.length)
        return plural(
            hand.count,
            "Tightened: {n} cut, {saved} shorter",
            "Tightened: {n} cuts, {saved} shorter",
            saved=saved,
        )
    if hand.kind is HandKind.FINISH:
        return tr("Finished: {what}", what=", ".join(tr_message(word) for word in hand.words))
    if hand.kind is HandKind.TITLE:
        return tr("Title by {model}", model=hand.model)
    if hand.kind is HandKind.ENDS:
        return tr("Beginning and end by {model}", model=hand.model)
    return tr("Texts to post by {model}", model=hand.model)
