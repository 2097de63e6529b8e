"""The clips page: cards on the left, the clip in the middle, its choices on the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QWidget

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.exporting.export_panel import ExportPanel
from viralclip_desktop.gui.moments.clip_cards import BESIDE_CARDS_PX, ClipDelegate, ClipModel, ClipRole
from viralclip_desktop.gui.moments.inspector import Inspector
from viralclip_desktop.gui.moments.session import ClipSession, Loaded
from viralclip_desktop.gui.moments.stage import ClipStage
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, line, row
from viralclip_desktop.gui.widgets.messages import Banner, EmptyState

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_LIST_PX, _INSPECTOR_PX = 328, 328


class ClipsPage(QWidget):
    """Shows one recording's clips; the session is the truth, the parts follow it."""

    state_changed = Signal()
    """Which actions make sense may be another answer now."""

    def __init__(
        self,
        context: Context,
        pictures: Pictures,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.session = ClipSession(context, self)
        self.model = ClipModel(self.session, context, pictures, self)
        self.cards = QListView()
        self.stage = ClipStage(self.session, context, actions)
        self.inspector = Inspector(self.session, context, pictures)
        self.export_panel = ExportPanel(context, actions["export"])
        self._count = label("", "section")
        self._engine = Banner()
        self.empty = EmptyState("film-strip", "", tr("Cut a clip by hand"))
        self._middle = QStackedWidget()
        self._build()
        self._connect()

    def open(self, source_id: str, select: str = "") -> None:
        """Show a recording."""
        self.session.open(source_id, select)

    def leave(self) -> None:
        """Stop playing; the page is being left."""
        self.stage.player.pause()

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left_column())
        self._middle.addWidget(self.stage)
        self._middle.addWidget(self.empty)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self._right_column())

    def _left_column(self) -> QFrame:
        view = self.cards
        view.setModel(self.model)
        view.setItemDelegate(ClipDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(tr("Clips, best first"))
        head = row(self._count, None)
        engine = row(self._engine, margins=(0, 0, BESIDE_CARDS_PX, 0))
        left = frame("column-left", column(head, engine, view, gap=12, margins=(16, 16, 4, 0)))
        left.setFixedWidth(_LIST_PX)
        return left

    def _right_column(self) -> QFrame:
        inside = column(self.inspector, line(), self.export_panel, gap=0, margins=(1, 0, 0, 0))
        inside.setStretch(0, 1)
        right = frame("column-right", inside)
        right.setFixedWidth(_INSPECTOR_PX)
        return right

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._show_recording)
        session.listed.connect(self._relisted)
        session.selected.connect(self._show_selection)
        self.cards.selectionModel().currentChanged.connect(self._user_selected)
        self.stage.player.plan_changed.connect(self.inspector.gallery.show_plan)

    # --- following the session ---------------------------------------------------------------------------

    def _show_recording(self, loaded: Loaded) -> None:
        draft = loaded.transcript is not None and loaded.transcript.engine == "sphinx"
        self._engine.show_message(
            "info",
            tr("Draft captions") if draft else "",
            tr("Made with the built-in recogniser. A Whisper model makes better ones.") if draft else "",
        )

    def _relisted(self) -> None:
        clips = self.session.clips
        self._count.setText(plural(len(clips), "{n} clip", "{n} clips"))
        self.empty.show_sentence(tr("No clips were found in this recording."))
        self._middle.setCurrentIndex(0 if clips else 1)
        self._mark(self.session.clip)
        self.state_changed.emit()

    def _show_selection(self, clip: Clip | None) -> None:
        self._mark(clip)
        self.inspector.setEnabled(clip is not None)
        self.state_changed.emit()

    def _mark(self, clip: Clip | None) -> None:
        index = self.model.index_of(clip)
        selection = self.cards.selectionModel()
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            self.cards.scrollTo(index)

    def _user_selected(self, current: QModelIndex) -> None:
        clip: Clip | None = current.data(ClipRole) if current.isValid() else None
        if clip is not None:
            self.session.select(clip.id)
