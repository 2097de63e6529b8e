"""Automatic copies of all projects, and going back to one."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.features.upkeep import restore_backup
from viralclip_desktop.gui.common.section import Section
from viralclip_desktop.gui.dates import clock_words, day_words
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.store.records import BackupEntry


def moment_words(at: float, now: float | None = None) -> str:
    """``Today, 14:05``, ``Yesterday, 9:30``, ``3 May 2026, 18:00``."""
    then = datetime.fromtimestamp(at)
    days = (datetime.fromtimestamp(time.time() if now is None else now).date() - then.date()).days
    day = {0: tr("Today"), 1: tr("Yesterday")}.get(days, day_words(at))
    return f"{day}, {clock_words(at)}"


class BackupRow(Row):
    """One copy."""

    restore_asked = Signal(object)

    def __init__(self, entry: BackupEntry) -> None:
        control = QWidget()
        self.restore = Button(tr("Restore"))
        moment = moment_words(entry.at)
        self.restore.setAccessibleName(tr("Restore the backup of {moment}", moment=moment))
        control.setLayout(row(None, self.restore))
        super().__init__(moment, size_words(entry.size_bytes), control)
        on_click(self.restore, lambda: self.restore_asked.emit(entry))


class BackupsSection(Section):
    """The copies, newest first."""

    restored = Signal()

    def __init__(self, context: Context) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        about = tr("Copies of all projects are made by themselves: the last ones, one a day, one a week.")
        self._none = label(tr("There is no copy yet."), "note")
        self._trouble = label("", "bad", wrap=True)
        self._trouble.hide()
        self.now = Button(tr("Back up now"))
        head = row(gap=16)
        head.addWidget(label(about, "note", wrap=True), 1)
        head.addWidget(self.now)
        inside = column(head, self._none, self._trouble, self._list, margins=(16, 12, 16, 8))
        super().__init__(tr("Backups"), [], inside)
        self._context = context
        self.question: Question | None = None
        on_click(self.now, self._back_up)

    def refresh(self) -> None:
        """Look which copies there are."""
        self._context.tasks.run(self._context.services.store.backups, self._show)

    def narrow(self, words: list[str]) -> int:
        """A search finds the section by its heading and what it is for."""
        fits = all(word in f"{self.title} {tr('Restore')}".casefold() for word in words)
        self.setVisible(fits)
        return int(fits)

    def ask(self, entry: BackupEntry) -> None:
        """Ask whether to go back to a copy."""
        self.question = Question(
            self.window(),
            tr("Go back to {moment}?", moment=moment_words(entry.at)),
            tr("All projects become what they were then. What is there now is copied first."),
            stay=tr("Keep everything"),
            go=tr("Restore"),
        )
        self.question.accepted.connect(lambda: self._restore(entry))
        self.question.finished.connect(self.question.deleteLater)
        self.question.open()

    def _back_up(self) -> None:
        store = self._context.services.store
        self._context.tasks.run(store.backup_now, lambda _path: self.refresh())

    def _restore(self, entry: BackupEntry) -> None:
        services = self._context.services

        def restore() -> Fault | None:
            try:
                restore_backup(services, entry.path)
            except Fault as fault:  # shown here rather than in a toast behind this dialog
                return fault
            return None

        self._context.edits.submit(restore).then(self._done)

    def _done(self, fault: Fault | None) -> None:
        self._trouble.setText(tr_fault(fault) if fault else "")
        self._trouble.setVisible(fault is not None)
        if fault is None:
            self._context.tell(
                ToastText(tr("The backup is in place."), tr("What was there before is a copy."))
            )
            self.restored.emit()
        self.refresh()

    def _show(self, entries: list[BackupEntry]) -> None:
        for part in self.rows:
            self._list.removeWidget(part)
            part.deleteLater()
        self.rows.clear()
        for entry in entries:
            made = BackupRow(entry)
            made.restore_asked.connect(self.ask)
            self.rows.append(made)
            self._list.addWidget(made)
        self._none.setVisible(not entries)
