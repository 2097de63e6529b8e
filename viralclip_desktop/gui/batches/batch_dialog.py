"""The batch dialog: which recordings, what is made of them, what that comes to, one button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from viralclip_desktop.features.common.styles import caption_styles
from viralclip_desktop.features.workflows.batch import submit_batch
from viralclip_desktop.features.workflows.batch_orders import caption_languages, check_place
from viralclip_desktop.gui.batches.recording_list import RecordingList
from viralclip_desktop.gui.batches.version_form import VersionForm
from viralclip_desktop.gui.common.incoming import local_files
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, frame, open_at, row, scrolled
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.common.choices import Choices
    from viralclip_desktop.gui.session.workspace import Workspace

_SIZE = (720, 680)


class BatchDialog(QDialog):
    """Queues one batch."""

    def __init__(self, work: Workspace, recordings: Sequence[Path]) -> None:
        super().__init__(work.window)
        self._work, self._services = work, work.context.services
        self.setWindowTitle(tr("Make a batch of clips"))
        self.setAcceptDrops(True)
        open_at(self, *_SIZE)
        self.recordings = RecordingList(work)
        self.form = VersionForm(self._services.settings.values)
        self.sum, self._place = label("", "strong", wrap=True), ElidedLabel("", "note")
        self.go, self.cancel = Button("", "primary", "stack"), Button(tr("Cancel"))
        self.only_find = Button(tr("Only find the clips"), "plain")
        self._build()
        self._connect()
        self.recordings.add(recordings)
        self._work.context.tasks.run(self._styles, self.form.show_styles)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, recordings: Sequence[Path]) -> None:
        """Some more recordings."""
        self.recordings.look_at(recordings)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        event.acceptProposedAction()
        self.add(local_files(event.mimeData()))

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = label(tr("Make a batch of clips"), "page")
        content = QWidget()
        card = frame("card", column(self.form, margins=(16, 4, 16, 4)))
        content.setLayout(column(self.recordings, card, None, gap=16, margins=(24, 4, 24, 12)))
        words = column(self.sum, self._place, gap=2)
        buttons = row(self.only_find, None, self.cancel, self.go)
        foot = column(words, buttons, gap=12, margins=(24, 12, 24, 16))
        layout: QVBoxLayout = column(row(head, None, margins=(24, 20, 24, 8)), scrolled(content), foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.recordings.changed.connect(self._recordings_changed)
        self.form.changed.connect(self._show_sum)
        on_click(self.go, self._start)
        on_click(self.only_find, self._only_find)
        on_click(self.cancel, self.reject)

    def _styles(self) -> Choices:
        return [(style.id, tr_message(style.label)) for style in caption_styles(self._services.store)]

    def _languages(self, paths: Sequence[Path]) -> Choices:
        found = caption_languages(self._services.store, paths)
        return [(code, tr_message(name)) for code, name in found]

    # --- what it comes to --------------------------------------------------------------------------------

    def _recordings_changed(self) -> None:
        paths = self.recordings.paths
        self._work.context.tasks.run(lambda: self._languages(paths), self.form.show_languages)
        self._show_sum()

    def _show_sum(self) -> None:
        recordings, factors = len(self.recordings.paths), self.form.factors
        total = recordings
        for factor in factors.values():
            total *= factor
        for button in (self.go, self.only_find):
            button.setEnabled(total > 0)
        self.go.setText(
            plural(total, "Make {n} clip", "Make up to {n} clips") if total else tr("Make the clips")
        )
        self.sum.setText(sum_words(recordings, factors, total) if total else tr("No recording yet"))
        folder = self._services.settings.values.export_folder or self._services.paths.videos
        self._place.setText(tr("The files go to {folder}", folder=folder) if folder else "")

    # --- starting ----------------------------------------------------------------------------------------

    def _start(self) -> None:
        services, paths, order = self._services, self.recordings.paths, self.form.order()

        def start() -> Job:
            check_place(services.paths, order)
            return submit_batch(services, paths, order)

        self._work.context.tasks.run(start, self._started)
        self.accept()

    def _started(self, _job: Job) -> None:
        text = tr("The clips are being made. You can go on working.")
        show = self._work.actions["queue"].trigger
        if not self._work.navigation.activity_in_view:
            self._work.context.tell(ToastText(text, action=tr("Show"), then=show))

    def _only_find(self) -> None:
        self._work.navigation.find_asked.emit(self.recordings.paths)
        self.accept()


def sum_words(recordings: int, factors: dict[str, int], total: int) -> str:
    """``3 recordings × 10 clips × 2 shapes = up to 60 clips``; what there is one of says nothing, but for the
    shape and the style."""
    shown = [
        plural(recordings, "{n} recording", "{n} recordings"),
        plural(factors["clips"], "{n} clip", "{n} clips"),
        plural(factors["shapes"], "{n} shape", "{n} shapes"),
        plural(factors["styles"], "{n} style", "{n} styles"),
    ]
    if factors["hooks"] > 1:
        shown.append(tr("with and without a hook"))
    if factors["languages"] > 1:
        shown.append(plural(factors["languages"], "{n} language", "{n} languages"))
    clips = tr("up to {clips}", clips=plural(total, "{n} clip", "{n} clips"))
    return f"{' × '.join(shown)} = {clips}"
