"""Follows the undo journal of the open project: what can be undone, what redone, under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.store.records import HistoryEntry


class Trail(QObject):
    """``entries``, oldest first; ``moved`` is emitted when they, or what is possible, changed.

    The journal is read off the GUI thread. Until the answer comes, an edit under way counts as something
    to undo: the undo queues up behind it.
    """

    moved = Signal()

    def __init__(self, session: ClipSession, context: Context) -> None:
        super().__init__(session)
        self._session, self._context = session, context
        self._asked: Ticket | None = None
        self.entries: tuple[HistoryEntry, ...] = ()
        self.can_undo = self.can_redo = False
        session.opened.connect(self._opened)
        session.edited.connect(self._edit_begins)
        context.events.changed.connect(self._take_changes)
        context.edits.settled.connect(self._edits_settled)

    @property
    def done(self) -> int:
        """How many of the entries are in force; the rest was undone."""
        return sum(not entry.undone for entry in self.entries)

    @property
    def undo_label(self) -> str:
        """What undo would take back; empty for nothing."""
        return self.entries[self.done - 1].label if self.done else ""

    @property
    def redo_label(self) -> str:
        """What redo would bring back; empty for nothing."""
        return self.entries[self.done].label if self.done < len(self.entries) else ""

    def go_to(self, done: int) -> None:
        """Undo or redo until exactly ``done`` entries are in force."""
        self._session.travel(min(max(0, done), len(self.entries)) - self.done)

    def _opened(self, _loaded: Loaded) -> None:
        self._ask()

    def _edit_begins(self) -> None:
        self.can_undo = True
        self.moved.emit()

    def _take_changes(self, changes: Changes) -> None:
        loaded = self._session.loaded
        if loaded is None or changes.project_id not in ("", loaded.project.id):
            return
        self.can_undo = self.can_redo = True  # until the journal says better
        self.moved.emit()
        self._ask()

    def _ask(self) -> None:
        loaded, store = self._session.loaded, self._context.services.store
        if self._asked is not None:
            self._asked.forget()
        if loaded is not None:
            project_id = loaded.project.id
            self._asked = self._context.tasks.run(lambda: tuple(store.history(project_id)), self._show)

    def _show(self, entries: tuple[HistoryEntry, ...]) -> None:
        self._asked = None
        self.entries = entries
        self._settle()

    def _edits_settled(self) -> None:
        """Unless the journal is being read: it knows the edit, the entries read before don't."""
        if self._asked is None:
            self._settle()

    def _settle(self) -> None:
        """An edit that is not stored yet can be undone: the undo queues up behind it."""
        self.can_undo = self.done > 0 or not self._context.edits.last.settled
        self.can_redo = self.done < len(self.entries)
        self.moved.emit()
