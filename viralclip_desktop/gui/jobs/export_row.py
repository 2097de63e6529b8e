"""One export in the queue: what, how far, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.common.work_row import WorkRow
from viralclip_desktop.gui.jobs.film_picture import FilmPicture
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import plain, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.drag_out import file_data
from viralclip_desktop.gui.widgets.progress import time_left_words
from viralclip_desktop.gui.widgets.reveal import open_file, show_in_folder


class QueueRow(WorkRow):
    """Shows an :class:`Export` and its job."""

    cancel_asked = Signal(str)
    copy_asked = Signal(str)
    """The title and hashtags of a clip, by its id, are wanted."""
    retry_asked = Signal(str)
    told = Signal(object)
    """What is to be told: a :class:`ToastText`."""

    def __init__(self, export: Export, title: str, picture: FilmPicture) -> None:
        self.folder = IconButton("folder", tr("Show in folder"))
        self.play = IconButton("play", tr("Play"))
        self.copy = IconButton("copy", tr("Copy title and hashtags"))
        self.picture = picture
        super().__init__(title, [self.play, self.folder, self.copy], picture)
        self.export = export
        self._pressed: QPoint | None = None
        self.paused = False
        """The queue starts nothing at present."""
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.export.id))
        on_click(self.retry, lambda: self.retry_asked.emit(self.export.id))
        on_click(self.copy, lambda: self.copy_asked.emit(self.export.clip_id))
        on_click(self.folder, lambda: show_in_folder(Path(self.export.output_path), self.told.emit))
        on_click(self.play, lambda: open_file(Path(self.export.output_path), self.told.emit))
        self.show_export(export, None)

    def show_export(self, export: Export, job: Job | None, title: str = "") -> None:
        """The export as it stands; ``job`` tells more while there is one."""
        self.export = export
        status = export.status
        self.show_words(title or self._title.text(), state_words(export, job, paused=self.paused))
        share = job.fraction if job and status is WorkState.RUNNING else 0.0
        self.show_share(None if status.ended else share)
        failed, finished = status is WorkState.FAILED, status is WorkState.COMPLETED
        details = job.details if job else ""
        self.show_trouble(tr_message(export.error) if failed else "", tr_message(export.hint), details)
        if finished and export.result is not None:
            kept = kept_words(export.result.reused_s, export.result.duration_s)
            self.show_remarks([*kept, *(tr_message(remark) for remark in export.result.remarks)])
        self.cancel.setVisible(not status.ended)
        self.retry.setVisible(status in (WorkState.FAILED, WorkState.CANCELLED))
        for button in (self.folder, self.play, self.copy):
            button.setVisible(finished)
        self.picture.show_export(export if finished and not export.settings.audio_only else None)
        self.setToolTip(plain(tr("Drag the file into another program") if finished else ""))
        self.setCursor(Qt.CursorShape.OpenHandCursor if finished else Qt.CursorShape.ArrowCursor)

    @property
    def title(self) -> str:
        """What the clip is called."""
        return self._title.text()

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


def what_words(settings: ExportSettings) -> str:
    """``1080p``, ``1080p, 9:16``, ``sound``, ``under 10 MB``: what the file is to be."""
    if settings.audio_only:
        return tr("{format} sound", format=settings.sound_format.upper())
    limit = tr("under {size:g} MB", size=settings.max_size_mb) if settings.max_size_mb else ""
    shape = settings.aspect.value if settings.aspect else ""
    return ", ".join(part for part in (limit or settings.resolution.value, shape) if part)


def kept_words(reused_s: float, length_s: float) -> list[str]:
    """How much of the picture was not encoded again; nothing where all was."""
    told = tr("{kept:.0f} of {length:.0f} s kept from an earlier export", kept=reused_s, length=length_s)
    return [told] if reused_s else []


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
