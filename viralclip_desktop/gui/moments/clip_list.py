"""The list of clip cards: select, open, drag finished clips out, and a menu."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QMenu

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.moments.clip_cards import ClipDelegate, ClipModel, ClipRole
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr

MENU_ACTIONS = ("edit", "export", "", "rename", "duplicate", "bring_back", "delete_clip")
"""What a right click on a card offers; empty for a line."""


class ClipList(QListView):
    """Follows the session's selection and sets it. ``edit_asked``: the user wants the clip in the editor."""

    edit_asked = Signal()

    def __init__(
        self, session: ClipSession, model: ClipModel, actions: Mapping[str, QAction], editable: bool = True
    ) -> None:
        """``editable``: cards carry an Edit button."""
        super().__init__()
        self._session, self._cards, self._actions = session, model, actions
        self.setModel(model)
        self.delegate = ClipDelegate(self, editable)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setAccessibleName(tr("Clips, best first"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().currentChanged.connect(self._user_selected)
        self.doubleClicked.connect(lambda _index: self.edit_asked.emit())
        self.delegate.edit_clicked.connect(self._edit)
        session.listed.connect(lambda: self.mark(session.clip))
        session.selected.connect(self.mark)
        self.mark(session.clip)

    def mark(self, clip: Clip | None) -> None:
        """Show which clip is selected."""
        index = self._cards.index_of(clip)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            self.scrollTo(index)

    def menu(self) -> QMenu:
        """What can be done with the selected clip."""
        menu = QMenu(self)
        for name in MENU_ACTIONS:
            if not name:
                menu.addSeparator()
            elif self._actions[name].isEnabled():
                menu.addAction(self._actions[name])
        return menu

    def _show_menu(self, where: QPoint) -> None:
        if self.indexAt(where).isValid():
            menu = self.menu()
            menu.exec(self.viewport().mapToGlobal(where))
            menu.deleteLater()

    def _user_selected(self, current: QModelIndex) -> None:
        clip: Clip | None = current.data(ClipRole) if current.isValid() else None
        if clip is not None:
            self._session.select(clip.id)

    def _edit(self, clip_id: str) -> None:
        self._session.select(clip_id)
        self.edit_asked.emit()
