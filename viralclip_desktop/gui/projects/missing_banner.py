"""A quiet word about recordings that were moved, and the one step that finds them again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel

_NAMED = 3  # more names say less


class MissingBanner(QFrame):
    """Hidden while every recording is where it was."""

    folder_asked = Signal()
    cancel_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._job: Job | None = None
        self._message, self._note = label("", "strong"), ElidedLabel("", "note")
        self.look = Button(tr("Find in a folder"), "", "folder-open")
        self.cancel = IconButton("x", tr("Stop looking"))
        layout = row(IconLabel("link-break", 20, "quiet"), gap=12, margins=(16, 8, 12, 8))
        layout.addLayout(column(self._message, self._note, gap=2), 1)
        layout.addWidget(self.look)
        layout.addWidget(self.cancel)
        self.setLayout(layout)
        on_click(self.look, self.folder_asked.emit)
        on_click(self.cancel, lambda: self.cancel_asked.emit(self._job.id if self._job else ""))
        self.cancel.hide()
        self.hide()

    @property
    def message(self) -> str:
        """The sentence shown."""
        return self._message.text()

    def show_missing(self, missing: list[Source | Asset]) -> None:
        """These recordings are not where they were; nothing is shown when there are none."""
        count = len(missing)
        self._message.setText(
            plural(count, "One recording is not where it was", "{n} recordings are not where they were")
        )
        names = ", ".join(one.title for one in missing[:_NAMED])
        self._note.setText(names + (" …" if count > _NAMED else ""))
        self.setAccessibleName(f"{self._message.text()}: {self._note.text()}")
        self.setVisible(bool(missing))

    def show_job(self, job: Job) -> None:
        """The search through a folder moved."""
        searching = not job.state.ended
        self._job = job if searching else None
        self.look.setVisible(not searching)
        self.cancel.setVisible(searching)
        if searching:
            doing = tr_message(job.message) or tr("Looking")
            self._note.setText(tr("Waiting for its turn") if job.state is WorkState.QUEUED else doing)
