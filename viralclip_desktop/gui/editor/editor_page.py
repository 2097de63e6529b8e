"""The editor: one clip, everything about it. The player, and panels around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_time
from viralclip_desktop.gui.bridge.slices import Slices
from viralclip_desktop.gui.editor.arrangement import Arrangement
from viralclip_desktop.gui.editor.division import column_px, outline
from viralclip_desktop.gui.editor.docks import DockArea
from viralclip_desktop.gui.editor.header import EditorHeader
from viralclip_desktop.gui.editor.panels import PanelShelf
from viralclip_desktop.gui.preview.element_overlay import edit_on_picture
from viralclip_desktop.gui.preview.full_screen import FullScreenPreview
from viralclip_desktop.gui.preview.preview_panel import PreviewPanel
from viralclip_desktop.gui.preview.safe_area import SafeAreaOverlay
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.session.panels import PanelRow
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


class EditorPage(QWidget):
    """Made at the first visit, in pieces between the events; until all are there it shows where they will
    be. The panels follow the session."""

    room_changed = Signal()
    """The picture has another size, or another place."""

    def __init__(self, work: Workspace, panels: Sequence[PanelRow], menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("page")
        self._work, self._menu = work, menu
        self._rows = {row.id: row for row in panels}
        self._pieces, self._panels = Slices(self), Slices(self)
        self._shelves: dict[str, PanelShelf] = {}
        self._full: FullScreenPreview | None = None
        self._whole = self._laid_out = False
        self._once_whole: list[Callable[[], object]] = []
        self._pieces.add(
            self._make_middle,
            *(partial(self._make_dock, row) for row in panels),
            self._make_header,
            self._put_together,
        )
        work.panel = self.panel
        work.navigation.panel_asked.connect(self.show_panel)
        work.navigation.word_asked.connect(self.go_to_word)

    # --- making it ---------------------------------------------------------------------------------------

    def whole(self) -> EditorPage:
        """The page with everything on it but panels that were never in sight; made now if need be."""
        self._pieces.finish()
        return self

    @property
    def settled(self) -> bool:
        """Whether everything in sight is there."""
        return self._whole and self._panels.idle

    def _make_middle(self) -> None:
        work = self._work
        self.preview = work.keep(PreviewPanel(work.context, work.player, work.actions))
        self.preview.setParent(self)
        self.docks = DockArea(self)
        self.safe_area = SafeAreaOverlay(work.safe_area)
        self.preview.picture.add_overlay(self.safe_area)
        work.keep(edit_on_picture(work, self.preview.picture))
        self.preview.picture.room_changed.connect(self.room_changed)
        work.player.plan_changed.connect(lambda plan: self.safe_area.show_aspect(plan.aspect))
        if work.player.plan is not None:
            self.safe_area.show_aspect(work.player.plan.aspect)

    def _make_dock(self, row: PanelRow) -> None:
        shelf = self._shelves[row.id] = PanelShelf(row, self._work, self._panels)
        self.docks.add_panel(row, shelf)

    def _make_header(self) -> None:
        self.view_menu = self._make_view_menu(self._work.actions)
        self.header = EditorHeader(self._work.session, self._work.actions, self.view_menu, self._menu)
        self.header.setParent(self)

    def _put_together(self) -> None:
        parts = (self.header, self.docks, self.preview)
        self._arrangement = Arrangement(*parts, self._aspect, self._work.memory)
        self._inside = column(self._arrangement)
        self.setLayout(self._inside)
        session = self._work.session
        session.selected.connect(self._show_aspect)
        session.clip_changed.connect(self._show_aspect)
        for part in (*parts, self._arrangement):
            part.show()
        self._whole = True
        self._lay_out()
        for work in self._once_whole:
            work()
        self._once_whole.clear()

    def _when_whole(self, work: Callable[[], object]) -> None:
        if self._whole:
            work()
        else:
            self._once_whole.append(work)

    def paintEvent(self, event: QPaintEvent) -> None:
        """While it is being made: surfaces where the header, the sides and the timeline will be."""
        super().paintEvent(event)
        if not self._whole:
            painter = QPainter(self)
            for place in outline(self.size(), column_px(self.size(), self._aspect)):
                painter.fillRect(place, theme().colour("surface"))

    def reading_order(self) -> list[QWidget]:
        """The parts of the page as one reads them."""
        if not self._whole:
            return []
        beside = [self.preview] if self._arrangement.upright else []
        return [self.header, *self.docks.reading_order(), *beside]

    def panel(self, name: str) -> QWidget:
        """A panel by its id, made if it was never in sight."""
        return self.whole()._shelves[name].content

    def show_panel(self, name: str, content: object = None) -> None:
        """Bring a panel to the front, with some of its content in view."""
        self._when_whole(partial(self._reveal, name, content))

    def _reveal(self, name: str, content: object) -> None:
        reveal = self._rows[name].reveal if content is not None else None
        panel = self.panel(name) if reveal is not None else None  # there before the focus comes to it
        self.docks.reveal(name)
        if reveal is not None and panel is not None:
            reveal(panel, content)

    def go_to_word(self, clip: Clip, at: Time) -> None:
        """Stand at a moment of the recording, with its word in view."""
        self._work.player.go_when_planned(nearest_clip_time(clip, at))
        loaded = self._work.session.loaded
        words = loaded.transcript.words if loaded and loaded.transcript else ()
        index = next((n for n, word in enumerate(words) if word.end > at), None)
        if index is not None:
            self.show_panel("transcript", [index])

    @property
    def below_picture_px(self) -> int:
        """Height of what lies below the picture: messages stay clear of it."""
        return self.height() - self._picture_place.bottom() if self._whole else 0

    @property
    def across_picture_px(self) -> tuple[int, int] | None:
        """From where to where the picture of a player beside the panels lies: there messages go."""
        place = self._picture_place if self._whole and self._arrangement.upright else None
        return None if place is None else (place.left(), place.right())

    @property
    def _picture_place(self) -> QRect:
        picture = self.preview.picture
        return QRect(picture.mapTo(self, QPoint(0, 0)), picture.size())

    # --- the layout --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """At the first visit the panels lie as they were left."""
        super().showEvent(event)
        self._lay_out()
        self._when_whole(self._name_way_back)

    def _lay_out(self) -> None:
        if self._whole and self.isVisible() and not self._laid_out:
            self._laid_out = True
            self._inside.activate()  # the sizes of the panels follow from that of the page
            self._arrangement.recall()

    def _name_way_back(self) -> None:
        to_review = self._work.navigation.editor_leads_to is Page.REVIEW
        self.header.back.setText(tr("Review") if to_review else tr("Clips"))

    def keep_layout(self) -> None:
        """Remember how the panels lie."""
        if self._laid_out:
            self._arrangement.keep()

    def reset_layout(self) -> None:
        """Every panel where it was at first."""
        self._arrangement.reset()
        self.keep_layout()

    @property
    def _aspect(self) -> Aspect:
        clip = self._work.session.clip
        return clip.aspect if clip is not None else Aspect.VERTICAL

    def _show_aspect(self, _clip: Clip | None) -> None:
        """The player of an upright clip has a column of its own."""
        if self._work.session.clip is not None:
            self._arrangement.show_aspect(self._aspect)
            QTimer.singleShot(0, self, self.room_changed.emit)  # messages go where the picture came to lie

    # --- the picture -------------------------------------------------------------------------------------

    def full_screen(self) -> None:
        """Only the picture, on the whole screen; again to come back."""
        if self._full is not None:
            self._full.close()
            return
        work = self._work
        self._full = FullScreenPreview(work.context, work.player, work.actions, self.window())
        self._full.left.connect(self._left_full_screen)
        self._full.open_on(self.preview.picture)

    @property
    def full_preview(self) -> FullScreenPreview | None:
        """The full-screen preview while it is open."""
        return self._full

    def leave(self) -> None:
        """The page is being left."""
        if self._full is not None:
            self._full.close()
        self._work.player.pause()
        self.keep_layout()

    def _left_full_screen(self) -> None:
        if self._full is not None:
            self._full.deleteLater()
            self._full = None
        self._work.player.set_room(self.preview.picture.room())

    def _make_view_menu(self, actions: Mapping[str, QAction]) -> QMenu:
        menu = QMenu(self)
        for dock in self.docks.docks.values():
            menu.addAction(dock.toggleViewAction())
        menu.addSeparator()
        menu.addAction(actions["full_preview"])
        menu.addAction(actions["reset_layout"])
        return menu
