"""The docks around the player: they move, hide, float, and lie where they were left."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QMainWindow,
    QMenu,
    QStyle,
    QTabBar,
    QTabWidget,
    QWidget,
)

from viralclip_desktop.gui.editor.division import Sizes
from viralclip_desktop.gui.editor.dock_tabs import DockTabs
from viralclip_desktop.gui.editor.panels import PanelShelf
from viralclip_desktop.gui.editor.seat import Seat
from viralclip_desktop.gui.session.panels import Area, PanelRow
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, row

LAYOUT_VERSION = 5  # raise when a panel is added or renamed: older layouts give way to the default
_AREAS = {
    Area.LEFT: Qt.DockWidgetArea.LeftDockWidgetArea,
    Area.RIGHT: Qt.DockWidgetArea.RightDockWidgetArea,
    Area.BOTTOM: Qt.DockWidgetArea.BottomDockWidgetArea,
}
_RIGHT_LEAST_PX = 288  # below that the word of the tab in front would be cut
_GRIP_PX = {"grip": 9, "tab": 0}


class DockTitle(QFrame):
    """A thin line to take a panel by; gone while the panel is a tab, whose tab says the same."""

    def __init__(self, dock: QDockWidget, title: str) -> None:
        super().__init__(dock)
        self.setProperty("role", "dock-title")
        hide = IconButton("x", tr("Hide {panel}", panel=title))
        hide.setProperty("size", "small")
        hide.setIconSize(QSize(14, 14))
        self.setLayout(row(label(title, "note"), None, hide, gap=4, margins=(12, 0, 4, 0)))
        self.setFixedHeight(26)
        on_click(hide, dock.close)


class _Grip(QWidget):
    """What is left of the title of a panel whose place says what it is: a handle to move it by, or
    nothing at all over a tab."""

    def __init__(self, dock: QDockWidget, height_px: int) -> None:
        super().__init__(dock)
        self._height_px = height_px
        self.setFixedHeight(height_px)

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(0, self._height_px)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A short bar in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme().colour("surface"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("faint" if self.underMouse() else "line"))
        painter.drawRoundedRect(QRectF(self.width() / 2 - 20, self._height_px / 2 - 1, 40, 3), 1.5, 1.5)


class Dock(QDockWidget):
    """One panel in its frame."""

    def __init__(self, spec: PanelRow, shelf: PanelShelf) -> None:
        super().__init__(tr(spec.title))
        self.setObjectName(f"dock_{spec.id}")
        self.shelf = shelf
        self.setWidget(frame("panel", column(shelf, gap=0)))
        self._heads: dict[str, QWidget] = {}
        self.show_head("tab")

    def show_head(self, name: str) -> None:
        """With its own title line, with a handle, or (as a tab) with neither."""
        if name not in self._heads:
            self._heads[name] = self._made_head(name)
        wanted = self._heads[name]
        if self.titleBarWidget() is not wanted:
            self.setTitleBarWidget(wanted)
            for head in self._heads.values():
                head.setVisible(head is wanted)

    def _made_head(self, name: str) -> QWidget:
        return DockTitle(self, self.windowTitle()) if name == "title" else _Grip(self, _GRIP_PX[name])


class DockArea(QMainWindow):
    """The panels, and in their middle a seat for the player. Qt shares out room as one would expect only
    around something in the middle: where the player is elsewhere the seat stays, a pixel wide."""

    rearranged = Signal()
    """A panel came, went, or lies elsewhere."""
    edge_moved = Signal()
    """The user gave the panels other sizes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.docks: dict[str, Dock] = {}
        self._areas: dict[str, Area] = {}
        self._icons: dict[str, str] = {}
        self._away: list[Dock] = []
        self._held = False
        self._wanted: Sizes | None = None
        self.setWindowFlags(Qt.WindowType.Widget)
        self.hide()  # until every panel is in its place
        self.setObjectName("docks")
        self.seat = Seat()
        self.setCentralWidget(self.seat)
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._settled)

    def add_panel(self, spec: PanelRow, shelf: PanelShelf) -> None:
        """One more panel, in the area it lies in at first."""
        dock = Dock(spec, shelf)
        if spec.area is Area.RIGHT:
            shelf.setMinimumWidth(_RIGHT_LEAST_PX)
        self.docks[spec.id], self._areas[spec.id] = dock, spec.area
        self._icons[dock.windowTitle()] = spec.icon
        self.addDockWidget(_AREAS[spec.area], dock)
        for signal in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
            signal.connect(self._moved)

    # --- the layout --------------------------------------------------------------------------------------

    def lay_out(self, sizes: Sizes) -> None:
        """Every panel where it lies at first."""
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self.removeDockWidget(dock)
            self.addDockWidget(_AREAS[self._areas[name]], dock)
            dock.show()
        for area in (Area.LEFT, Area.RIGHT):
            first, *others = self._in(area)
            for before, dock in zip([first, *others], others, strict=False):
                self.tabifyDockWidget(before, dock)
            first.raise_()
        self.fit(sizes)

    def fit(self, sizes: Sizes) -> None:
        """Give the sides and the timeline their sizes, whichever panels lie there. While the player is
        elsewhere the right side has what the left one leaves, and either of them has it all alone."""
        self._wanted = sizes
        self._share_out(sizes)
        self._settle.start()  # shared out once more, exactly, when what came and went has been laid out

    def _share_out(self, sizes: Sizes) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        left, right, bottom = (self._lying(area) for area in (Area.LEFT, Area.RIGHT, Area.BOTTOM))
        widths = {left: sizes.left, right: sizes.right}
        if not self.seat.taken:
            edge = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent, None, self)
            rest = self.width() - 2 * edge - 1
            widths = {left: sizes.left, right: rest - sizes.left} if left and right else {left or right: rest}
        self._resize(widths, Qt.Orientation.Horizontal)
        self._resize({bottom: sizes.bottom}, Qt.Orientation.Vertical)

    def _resize(self, sizes: Mapping[Dock | None, int], along: Qt.Orientation) -> None:
        lying = {dock: px for dock, px in sizes.items() if dock is not None}
        self.resizeDocks(list(lying), list(lying.values()), along)

    @property
    def sizes(self) -> Sizes:
        """The sizes as they are; 0 where nothing lies."""
        left, right, bottom = (self._lying(area) for area in (Area.LEFT, Area.RIGHT, Area.BOTTOM))
        return Sizes(
            left.width() if left else 0, right.width() if right else 0, bottom.height() if bottom else 0
        )

    def remembered(self) -> QByteArray:
        """How the panels lie now."""
        return self.saveState(LAYOUT_VERSION)

    def recall(self, layout: QByteArray | None, sizes: Sizes) -> bool:
        """Lay the panels as they were; the first layout when that is impossible."""
        known = layout is not None and self.restoreState(layout, LAYOUT_VERSION)
        if not known:
            self.lay_out(sizes)
        self._settled()
        return known

    def reveal(self, name: str) -> None:
        """Show a panel in front of the others and give it the focus."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()
        dock.shelf.put_in_sight(True)
        dock.shelf.take_focus()

    def in_front(self, name: str) -> bool:
        """Whether a panel can be seen now."""
        return not self.docks[name].visibleRegion().isEmpty()

    def reading_order(self) -> list[QWidget]:
        """What is here as one reads it: column by column from the left, then what lies below."""
        below = self._lying(Area.BOTTOM)
        end = below.y() if below is not None else self.height()
        parts = [*self.docks.values(), *self._tab_bars(), self.seat]

        def place(part: QWidget) -> tuple[bool, int, int]:
            return part.y() >= end, part.x(), part.y()

        return sorted((part for part in parts if part.isVisible() and not part.isWindow()), key=place)

    def event(self, event: QEvent) -> bool:
        """Edges between panels are the window's own: no widget tells that one was taken hold of."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self._held = self.isSeparator(event.position().toPoint())
        done = super().event(event)
        if self._held and event.type() is QEvent.Type.MouseButtonRelease:
            self._held = False
            self.edge_moved.emit()
        return done

    def createPopupMenu(self) -> QMenu:
        """A right click on a tab or a title: which panels there are."""
        menu = QMenu(self)
        for dock in self.docks.values():
            menu.addAction(dock.toggleViewAction())
        return menu

    def hideEvent(self, event: QHideEvent) -> None:
        """Floating panels go along with the page."""
        super().hideEvent(event)
        self._away = [dock for dock in self.docks.values() if dock.isFloating() and dock.isVisible()]
        for dock in self._away:
            dock.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """And come back with it."""
        super().showEvent(event)
        for dock in self._away:
            dock.show()
        self._away = []

    # --- inside ------------------------------------------------------------------------------------------

    def _in(self, area: Area) -> list[Dock]:
        return [self.docks[name] for name, where in self._areas.items() if where is area]

    def _lying(self, area: Area) -> Dock | None:
        """A panel that lies in an area now: of those in one place the one in front."""
        docks = (dock for dock in self.docks.values() if not dock.isFloating() and not dock.isHidden())
        lying = [dock for dock in docks if self.dockWidgetArea(dock) is _AREAS[area]]
        return next((dock for dock in lying if not dock.visibleRegion().isEmpty()), next(iter(lying), None))

    def _moved(self) -> None:
        self._settle.start()

    def _settled(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._share_out(wanted)
        for dock in self.docks.values():
            dock.show_head(self._head_of(dock))
            dock.shelf.put_in_sight(not dock.visibleRegion().isEmpty())
        self._look_after_tabs()
        self.rearranged.emit()

    def _look_after_tabs(self) -> None:
        """Qt makes a tab bar whenever panels come to lie over each other, and gives it no focus."""
        for bar in self._tab_bars():
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tabs = bar.findChild(DockTabs)
            if tabs is None:
                DockTabs(bar, self._icons)
            else:
                tabs.fit()

    def _tab_bars(self) -> list[QTabBar]:
        return self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _head_of(self, dock: Dock) -> str:
        if dock.isFloating():
            return "title"
        if self.tabifiedDockWidgets(dock):
            return "tab"
        return "grip" if self.dockWidgetArea(dock) is _AREAS[Area.BOTTOM] else "title"
