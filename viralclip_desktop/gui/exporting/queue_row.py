"""One export in the queue: what, how far, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame

from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.exporting.drag_out import file_data
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
        self._pressed: QPoint | None = None
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
        self.paused = False
        """The queue starts nothing at present."""
        self._build()
        self.show_export(export, None)

    def show_export(self, export: Export, job: Job | None, title: str = "") -> None:
        """The export as it stands; ``job`` tells more while there is one."""
        self.export = export
        if title:
            self._title.setText(title)
        status = export.status
        running = status is WorkState.RUNNING
        self._state.setText(state_words(export, job, paused=self.paused))
        self._progress.setVisible(not status.ended)
        self._progress.show_share(job.fraction if job and running else 0.0)
        self._show_trouble(export, job)
        finished = status is WorkState.COMPLETED
        self.cancel.setVisible(not status.ended)
        self.retry.setVisible(status in (WorkState.FAILED, WorkState.CANCELLED))
        self.folder.setVisible(finished)
        self.play.setVisible(finished)
        self.setToolTip(tr("Drag the file into another program") if finished else "")
        self.setCursor(Qt.CursorShape.OpenHandCursor if finished else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{self._title.text()}, {self._state.text()}")

    def drag_data(self) -> QMimeData | None:
        """What a drag out of the row carries: the finished file, if it is still there."""
        path = Path(self.export.output_path)
        finished = self.export.status is WorkState.COMPLETED
        return file_data([path]) if finished and path.is_file() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where it began, the finished file is dragged into another program."""
        begun, here = self._pressed, event.position().toPoint()
        if begun is None or (here - begun).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        data = self.drag_data()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

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
    """``18 MB``, ``0.4 MB``, ``1.6 GB``."""
    megabytes = size_bytes / 1_000_000
    if megabytes >= 1000:
        return f"{megabytes / 1000:.1f} GB"
    return f"{megabytes:.0f} MB" if megabytes >= 10 else f"{max(0.1, megabytes):.1f} MB"


def what_words(settings: ExportSettings) -> str:
    """``1080p``, ``1080p, 9:16``, ``sound``, ``under 10 MB``: what the file is to be."""
    if settings.audio_only:
        return tr("sound")
    limit = tr("under {size:g} MB", size=settings.max_size_mb) if settings.max_size_mb else ""
    shape = settings.aspect.value if settings.aspect else ""
    return ", ".join(part for part in (limit or settings.resolution.value, shape) if part)


def state_words(export: Export, job: Job | None, *, paused: bool = False) -> str:
    """The state in a few words, with time left or what came out."""
    what = what_words(export.settings)
    if export.status is WorkState.RUNNING:
        left = time_left_words(job.time_left_s if job else None)
        share = f"{round(100 * job.fraction)} %" if job else ""
        return "  ·  ".join(part for part in (tr("Exporting {what}", what=what), share, left) if part)
    if export.status is WorkState.COMPLETED and export.result is not None:
        result = export.result
        shown = f"{result.width} × {result.height}" if result.width else tr("Sound")
        return "  ·  ".join((tr("Done"), shown, size_words(result.size_bytes)))
    waiting = tr("Paused, {what}", what=what) if paused else tr("Waiting for its turn, {what}", what=what)
    words = {
        WorkState.QUEUED: waiting,
        WorkState.COMPLETED: tr("Done"),
        WorkState.FAILED: tr("Failed"),
        WorkState.CANCELLED: tr("Cancelled"),
    }
    return words[export.status]
