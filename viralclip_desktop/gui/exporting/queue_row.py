"""One export in the queue: what, how far, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.exporting.reveal import open_file, show_in_folder
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Details
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words


class QueueRow(QFrame):
    """Shows an :class:`Export` and its job."""

    cancel_asked = Signal(str)
    retry_asked = Signal(str)

    def __init__(self, export: Export, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.export = export
        self._title = ElidedLabel(title, "strong")
        self._state = ElidedLabel("", "note")
        self._error = label("", "bad", wrap=True)
        self._hint = label("", "note", wrap=True)
        self._details = Details()
        self._progress = ProgressLine(tr("Progress of {title}", title=title), 4)
        self.cancel = IconButton("x", tr("Cancel"))
        self.retry = IconButton("arrow-clockwise", tr("Try again"))
        self.folder = IconButton("folder", tr("Show in folder"))
        self.play = IconButton("play", tr("Open the file"))
        self._build()
        self.show_export(export, None)

    def show_export(self, export: Export, job: Job | None, title: str = "") -> None:
        """The export as it stands; ``job`` tells more while there is one."""
        self.export = export
        if title:
            self._title.setText(title)
        status = export.status
        running = status is WorkState.RUNNING
        self._state.setText(state_words(export, job))
        self._progress.setVisible(not status.ended)
        self._progress.show_share(job.fraction if job and running else 0.0)
        self._show_trouble(export, job)
        finished = status is WorkState.COMPLETED
        self.cancel.setVisible(not status.ended)
        self.retry.setVisible(status in (WorkState.FAILED, WorkState.CANCELLED))
        self.folder.setVisible(finished)
        self.play.setVisible(finished)
        self.setAccessibleName(f"{self._title.text()}, {self._state.text()}")

    def _show_trouble(self, export: Export, job: Job | None) -> None:
        failed = export.status is WorkState.FAILED
        self._error.setText(export.error)
        self._hint.setText(export.hint)
        self._error.setVisible(failed and bool(export.error))
        self._hint.setVisible(failed and bool(export.hint))
        self._details.show_text(job.details if job and failed else "")

    def _build(self) -> None:
        words = column(self._title, self._state, gap=2)
        top = row(gap=4)
        top.addLayout(words, 1)
        for button in (self.play, self.folder, self.retry, self.cancel):
            top.addWidget(button)
        self.setLayout(
            column(top, self._progress, self._error, self._hint, self._details, margins=(12, 8, 8, 10))
        )
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.export.id))
        on_click(self.retry, lambda: self.retry_asked.emit(self.export.id))
        on_click(self.folder, lambda: show_in_folder(Path(self.export.output_path)))
        on_click(self.play, lambda: open_file(Path(self.export.output_path)))


def size_words(size_bytes: int) -> str:
    """``18 MB``, ``0.4 MB``."""
    megabytes = size_bytes / 1_000_000
    return f"{megabytes:.0f} MB" if megabytes >= 10 else f"{max(0.1, megabytes):.1f} MB"


def state_words(export: Export, job: Job | None) -> str:
    """The state in a few words, with time left or what came out."""
    size = export.settings.resolution.value
    if export.status is WorkState.RUNNING:
        left = time_left_words(job.time_left_s if job else None)
        share = f"{round(100 * job.fraction)} %" if job else ""
        return "  ·  ".join(part for part in (tr("Exporting {size}", size=size), share, left) if part)
    if export.status is WorkState.COMPLETED and export.result is not None:
        result = export.result
        return "  ·  ".join((tr("Done"), f"{result.width} × {result.height}", size_words(result.size_bytes)))
    words = {
        WorkState.QUEUED: tr("Waiting for its turn, {size}", size=size),
        WorkState.COMPLETED: tr("Done"),
        WorkState.FAILED: tr("Failed"),
        WorkState.CANCELLED: tr("Cancelled"),
    }
    return words[export.status]
