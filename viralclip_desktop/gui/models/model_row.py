"""One speech model: its size, what it is good for, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.models.standing import ModelState
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words


class ModelRow(Row):
    """Signals carry the model's id, ``cancel_asked`` the job's."""

    install_asked = Signal(str)
    use_asked = Signal(str)
    verify_asked = Signal(str)
    remove_asked = Signal(str)
    cancel_asked = Signal(str)

    def __init__(self, state: ModelState) -> None:
        control = QWidget()
        super().__init__(state.entry.name, "", control)
        self.state, self.job = state, None
        name = state.entry.name
        self.install = Button(tr("Install"), "", "download-simple")
        self._used = label(tr("In use"), "good")
        self.use = Button(tr("Use"))
        self.use.setAccessibleName(tr("Use {name}", name=name))
        self.more = IconButton("dots-three", tr("More about {name}", name=name))
        self._progress = ProgressLine(tr("Progress of {title}", title=name), 4)
        self.cancel = IconButton("x", tr("Stop installing {name}", name=name))
        layout = row(gap=8)
        layout.addWidget(self._progress, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(0)
        for part in (self._used, self.use, self.install, self.cancel, self.more):
            layout.addWidget(part)
        self._stretch = layout
        control.setLayout(layout)
        self.more.setMenu(self._menu())
        on_click(self.install, lambda: self.install_asked.emit(self.state.entry.id))
        on_click(self.use, lambda: self.use_asked.emit(self.state.entry.id))
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.job.id if self.job else ""))
        self.show_state(state, None, offline=False)

    job: Job | None

    def show_state(self, state: ModelState, job: Job | None, *, offline: bool) -> None:
        """The model as it stands, and its download if one is under way."""
        self.state, self.job = state, job
        entry, busy = state.entry, job is not None
        begun = entry.arrived_bytes > 0 and not entry.installed
        self.install.setText(tr("Go on") if begun else tr("Install"))
        self.install.setAccessibleName(f"{self.install.text().strip()}: {entry.name}")
        self.install.setVisible(not entry.installed and not busy and not state.own)
        self.install.setEnabled(not offline)
        self._used.setVisible(state.in_use)
        self.use.setVisible(entry.installed and entry.transcribes and not state.in_use)
        self.cancel.setVisible(busy)
        self._progress.setVisible(busy)
        self._stretch.setStretch(1, 0 if busy else 1)
        self._progress.show_share(job.fraction if job else 0.0)
        self.more.setVisible((entry.installed or begun) and not busy)
        self._verify.setVisible(entry.installed)
        self._remove.setVisible(not state.own)
        self.say(_note(state, job))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._verify = menu.addAction(
            tr("Check the files"), lambda: self.verify_asked.emit(self.state.entry.id)
        )
        self._remove = menu.addAction(tr("Remove"), lambda: self.remove_asked.emit(self.state.entry.id))
        return menu


def _note(state: ModelState, job: Job | None) -> str:
    entry = state.entry
    if job is not None:
        waiting = job.state is WorkState.QUEUED
        left = time_left_words(job.time_left_s)
        parts = (
            (tr("Waiting for its turn"),) if waiting else (tr_message(job.message) or tr("Starting"), left)
        )
        return "  ·  ".join(part for part in parts if part)
    if entry.refused:
        return tr_message(entry.refused)
    size = size_words(entry.size_bytes)
    if entry.arrived_bytes and not entry.installed:
        size = tr("{done} of {size} are here", done=size_words(entry.arrived_bytes), size=size)
    licence = tr("Licence: {licence}", licence=tr_message(entry.licence)) if entry.licence else ""
    return "  ·  ".join(part for part in (size, tr_message(entry.note), licence) if part)
