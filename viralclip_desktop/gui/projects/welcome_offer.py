"""One offer of the welcome card: what it is, one button, and how far it is once it was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words


class Offer(QWidget):
    """``taken`` fires at the button, ``cancel_asked`` carries the id of the job under way."""

    taken = Signal()
    cancel_asked = Signal(str)

    def __init__(self, icon: str, title: str, note: str, step: str) -> None:
        super().__init__()
        self.job: Job | None = None
        self._note_text = self._own_note = note
        self._title, self._note = label(title, "strong"), label(note, "note", wrap=True)
        self._note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = Button(step)
        self.button.setAccessibleName(f"{step}: {title}")
        self.cancel = IconButton("x", tr("Cancel"))
        self._progress = ProgressLine(tr("Progress of {title}", title=title), 4)
        words = column(self._title, self._note, self._progress, gap=4)
        picture = IconLabel(icon, 20, "accent")
        layout = row(picture, gap=16)
        layout.addLayout(words, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        on_click(self.button, self.taken.emit)
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.job.id if self.job else ""))
        self.show_job(None)

    def show_job(self, job: Job | None) -> None:
        """The work behind the offer as it stands; None before anybody took it."""
        self.job = job if job is not None and not job.state.ended else None
        busy = self.job is not None
        self.button.setVisible(not busy)
        self.cancel.setVisible(busy)
        self._progress.setVisible(busy)
        self._progress.show_share(self.job.fraction if self.job else 0.0)
        self._note.setText(_words(self.job) if self.job else self._note_text)

    def refuse(self, why: str) -> None:
        """It can't be had at present; it can again with an empty ``why``."""
        self.button.setEnabled(not why)
        self._note_text = why or self._own_note
        if self.job is None:
            self._note.setText(self._note_text)


def _words(job: Job) -> str:
    if job.state is WorkState.QUEUED:
        return tr("Waiting for its turn")
    share = f"{round(100 * job.fraction)} %"
    parts = (tr_message(job.message), share, time_left_words(job.time_left_s))
    return "  ·  ".join(part for part in parts if part)
