"""The docks around the preview: they move, hide, float, and lie where they were left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from viralclip_desktop.gui.editor.dock_tabs import DockTabs
from viralclip_desktop.gui.editor.header import HEIGHT_PX
from viralclip_desktop.gui.editor.panels import PanelShelf
from viralclip_desktop.gui.session.panels import Area, PanelRow
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, row

LAYOUT_VERSION = 2  # raise when a panel is added or renamed: older layouts give way to the default
_AREAS = {
    Area.LEFT: Qt.DockWidgetArea.LeftDockWidgetArea,
    Area.RIGHT: Qt.DockWidgetArea.RightDockWidgetArea,
    Area.BOTTOM: Qt.DockWidgetArea.BottomDockWidgetArea,
}
_LEFT_SHARE, _RIGHT_SHARE, _BOTTOM_SHARE = 0.22, 0.27, 0.38
_SIDE_LEAST, _SIDE_MOST = (248, 296), (420, 480)
"""Narrowest and widest of the left and the right side at first, in pixels."""
_RIGHT_LEAST_PX = 288  # below that the word of the tab in front would be cut
_BOTTOM_LEAST, _BOTTOM_MOST = 236, 400
_GAP_PX = 5  # as the style sheet has the separators
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
    """Holds the preview in the middle and the panels around it."""

    rearranged = Signal()
    """A panel came, went, or lies elsewhere."""

    def __init__(self, parent: QWidget, middle: QWidget) -> None:
        super().__init__(parent)
        self.docks: dict[str, Dock] = {}
        self._areas: dict[str, Area] = {}
        self._icons: dict[str, str] = {}
        self._away: list[Dock] = []
        self.setWindowFlags(Qt.WindowType.Widget)
        self.hide()  # until every panel is in its place
        self.setObjectName("docks")
        self._middle = middle
        self.setCentralWidget(middle)
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

    def lay_out(self) -> None:
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
        self.fit_sides()
        self._settle.start()

    def fit_sides(self) -> None:
        """Widths and height that suit the window's size."""
        left, right, bottom = _first_sizes(self.size())
        sides = [self._in(Area.LEFT)[0], self._in(Area.RIGHT)[0]]
        self.resizeDocks(sides, [left, right], Qt.Orientation.Horizontal)
        self.resizeDocks(self._in(Area.BOTTOM), [bottom], Qt.Orientation.Vertical)

    def remembered(self) -> QByteArray:
        """How the panels lie now."""
        return self.saveState(LAYOUT_VERSION)

    def recall(self, layout: QByteArray | None) -> bool:
        """Lay the panels as they were; the first layout when that is impossible."""
        known = layout is not None and self.restoreState(layout, LAYOUT_VERSION)
        if not known:
            self.lay_out()
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
        end = self._middle.geometry().bottom()
        parts = [*self.docks.values(), *self._tab_bars(), self._middle]

        def place(part: QWidget) -> tuple[bool, int, int]:
            return part.y() > end, part.x(), part.y()

        return sorted((part for part in parts if part.isVisible() and not part.isWindow()), key=place)

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

    def _moved(self) -> None:
        self._settle.start()

    def _settled(self) -> None:
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


def outline(size: QSize) -> tuple[QRect, ...]:
    """Where the header, both sides and the timeline will lie at first on a page of a size."""
    width, inner = size.width(), QSize(size.width(), size.height() - HEIGHT_PX)
    left, right, bottom = _first_sizes(inner)
    top, below = HEIGHT_PX + 1, size.height() - bottom
    return (
        QRect(0, 0, width, HEIGHT_PX),
        QRect(0, top, left, below - top - _GAP_PX),
        QRect(width - right, top, right, below - top - _GAP_PX),
        QRect(0, below, width, bottom),
    )


def _first_sizes(size: QSize) -> tuple[int, int, int]:
    """Widths of the sides and height of the timeline that suit a size."""
    width, height = size.width(), size.height()
    return (
        _held(width * _LEFT_SHARE, _SIDE_LEAST[0], _SIDE_MOST[0]),
        _held(width * _RIGHT_SHARE, _SIDE_LEAST[1], _SIDE_MOST[1]),
        _held(height * _BOTTOM_SHARE, _BOTTOM_LEAST, _BOTTOM_MOST),
    )


def _held(value: float, low: int, high: int) -> int:
    return round(min(max(value, low), high))
