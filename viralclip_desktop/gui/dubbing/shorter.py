"""A shorter wording for a line that is too long: asked of the language model, shown, taken or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.features.captions import LineField
from viralclip_desktop.features.workflows.shorter import Shorter, shorter_wording
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket


class ShorterWording(QWidget):
    """In sight while a line is too long, or something is to be said of one. ``taken`` carries a
    :class:`Shorter` that the user takes."""

    taken = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line: LineField | None = None
        self._where = ("", "", "")
        self._asking: Ticket | None = None
        self.found: Shorter | None = None
        """What is proposed."""
        self.line = label("", "note", wrap=True)
        self.told = label("", "", wrap=True)
        self.ask = Button(tr("Ask for a shorter wording"), "link")
        self.take = Button(tr("Take it"))
        self.leave = Button(tr("Leave it"), "link")
        self.setLayout(column(self.line, self.told, row(self.ask, self.take, self.leave, None, gap=8), gap=4))
        on_click(self.ask, self._ask)
        on_click(self.take, self._take)
        on_click(self.leave, self._drop)
        self._show()

    def show_line(self, clip_id: str, code: str, voice_id: str, line: LineField | None) -> None:
        """The line that is too long in a language with a voice; None for none. What was asked about another
        line, or another text of it, is given up."""
        where = (clip_id, code, voice_id)
        if (where, line) != (self._where, self._line):
            self._where, self._line = where, line
            self._drop()

    def _ask(self) -> None:
        line, services = self._line, self._context.services
        if line is None or self._asking is not None:
            return
        clip_id, code, voice_id = self._where
        cancel = CancelToken()
        self.told.setText("")
        self._asking = self._context.tasks.run(
            lambda: shorter_wording(services, clip_id, code, line.range, voice=voice_id, cancel=cancel),
            self._found,
            self._failed,
            cancel,
        )
        self._show()

    def _found(self, found: Shorter) -> None:
        self._asking, self.found = None, found
        self.told.setText(_proposal(found))
        self._show()

    def _failed(self, error: Exception) -> None:
        self._asking = None
        if isinstance(error, Fault):
            self.told.setText(tr_fault(error))
        else:
            self._context.trouble(error)
        self._show()

    def _take(self) -> None:
        found = self.found
        self._drop()
        if found is not None:
            self.taken.emit(found)

    def _drop(self) -> None:
        if self._asking is not None:
            self._asking.forget()
            self._asking = None
        self.found = None
        self.told.setText("")
        self._show()

    def _show(self) -> None:
        line, asking = self._line, self._asking is not None
        self.setVisible(line is not None)
        self.line.setText(tr("Too long: “{line}”", line=line.text) if line is not None else "")
        if asking:
            self.told.setText(tr("Asking for a shorter wording…"))
        self.told.setVisible(bool(self.told.text()))
        self.ask.setVisible(self.found is None and not asking)
        self.take.setVisible(self.found is not None)
        self.leave.setVisible(self.found is not None or asking)
        self.leave.setText(tr("Cancel") if asking else tr("Leave it"))


def _proposal(found: Shorter) -> str:
    if found.fits:
        return tr("Shorter: “{line}”", line=found.text)
    return tr("Shorter, though still long for its time: “{line}”", line=found.text)
