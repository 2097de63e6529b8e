"""The caption styles as tiles, each shown on the clip's own picture and words, by the real graph."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.common import tile_pictures
from viralclip_desktop.gui.common.style_tile import StyleTile

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_SETTLE_MS = 400  # wait until a drag is over before the tiles are drawn anew
_DWELL_MS = 160  # a pointer on its way elsewhere starts nothing
_MOVING_KEPT = 6  # each about 3 MB
_TILE_PX = 140  # about the width of a tile; more columns where there is room


class StyleGallery(QWidget):
    """Emits ``chosen`` with a style id; ``menu_asked`` with one and a place on the screen."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, context: Context, pictures: Pictures) -> None:
        super().__init__()
        self._context, self._pictures = context, pictures
        self._plan: RenderPlan | None = None
        self._wanted: dict[object, StyleTile] = {}
        self._styles: dict[str, CaptionStyle] = {}
        self._moving: OrderedDict[Hashable, list[QImage]] = OrderedDict()
        self._asked: Ticket | None = None
        self._watched: StyleTile | None = None
        self._columns = 2
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._settle = _timer(self, _SETTLE_MS)
        self._settle.timeout.connect(self._draw_tiles)
        self._dwell = _timer(self, _DWELL_MS)
        self._dwell.timeout.connect(self._ask_moving)
        self._group.buttonClicked.connect(self._clicked)
        pictures.arrived.connect(self._picture_came)

    @property
    def tiles(self) -> list[StyleTile]:
        """The tiles in order."""
        return [button for button in self._group.buttons() if isinstance(button, StyleTile)]

    def _clear(self) -> None:
        self._watched, self._wanted = None, {}  # their tiles go
        for tile in self.tiles:
            self._group.removeButton(tile)
            tile.deleteLater()

    def show_styles(self, styles: Sequence[CaptionStyle]) -> None:
        """The styles there are."""
        if list(styles) == list(self._styles.values()):
            return
        chosen = self._group.checkedButton()
        chosen_id = chosen.style_id if isinstance(chosen, StyleTile) else ""
        self._clear()
        self._styles = {style.id: style for style in styles}
        for style in styles:
            self._group.addButton(self._made_tile(style))
        self._lay_out()
        self.show_style(chosen_id)
        self._settle.start()

    def show_style(self, style_id: str) -> None:
        """Mark the clip's style."""
        for tile in self.tiles:
            if tile.style_id == style_id:
                tile.setChecked(True)

    def show_plan(self, plan: RenderPlan | None) -> None:
        """The clip whose words the tiles show."""
        self._plan = plan
        self._stop_moving()
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: what changed meanwhile is drawn."""
        super().showEvent(event)
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        columns = max(2, self.width() // _TILE_PX)
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def _made_tile(self, style: CaptionStyle) -> StyleTile:
        tile = StyleTile(style)
        tile.looked_at.connect(lambda: self._watch(tile))
        tile.left.connect(lambda: self._leave(tile))
        tile.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tile.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(tile.style_id, tile.mapToGlobal(at))
        )
        return tile

    def _lay_out(self) -> None:
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // self._columns, number % self._columns)
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def _clicked(self, tile: QAbstractButton) -> None:
        if isinstance(tile, StyleTile):
            self._watch(tile)
            self.chosen.emit(tile.style_id)

    # --- stills ----------------------------------------------------------------------------------------

    def _draw_tiles(self) -> None:
        plan, self._wanted = self._plan, {}
        if plan is None or not plan.words or not self.isVisible():
            return
        services = self._context.services
        for tile in self.tiles:
            styled = tile_pictures.styled_plan(plan, self._styles[tile.style_id])
            key = ("style", _key(styled))
            self._wanted[key] = tile
            tile.show_picture(
                self._pictures.get(key, lambda styled=styled: tile_pictures.still(services, styled))  # type: ignore[misc]
            )

    def _picture_came(self, key: object) -> None:
        if key in self._wanted:
            image = self._pictures.get(key, QImage)
            self._wanted[key].show_picture(image)

    # --- moving ----------------------------------------------------------------------------------------

    def _watch(self, tile: StyleTile) -> None:
        if self._context.services.settings.values.reduce_motion or tile.moving:
            return
        self._stop_moving()
        self._watched = tile
        self._dwell.start()

    def _leave(self, tile: StyleTile) -> None:
        tile.stop()
        if self._watched is tile:
            self._stop_moving()

    def _stop_moving(self) -> None:
        self._dwell.stop()
        if self._asked is not None:
            self._asked.forget()
            self._asked = None
        if self._watched is not None:
            self._watched.stop()
            self._watched = None

    def _ask_moving(self) -> None:
        tile, plan = self._watched, self._plan
        if tile is None or plan is None or not plan.words:
            return
        styled = tile_pictures.styled_plan(plan, self._styles[tile.style_id])
        key, services = _key(styled), self._context.services
        if key in self._moving:
            tile.play(self._moving[key])
            return
        self._asked = self._context.tasks.run(
            lambda: tile_pictures.moving(services, styled),
            lambda frames: self._moving_came(key, tile, frames),
            lambda _error: None,  # the still goes on to show; the player tells what is wrong with the clip
        )

    def _moving_came(self, key: Hashable, tile: StyleTile, frames: list[QImage]) -> None:
        self._asked = None
        self._moving[key] = frames
        while len(self._moving) > _MOVING_KEPT:
            self._moving.popitem(last=False)
        if self._watched is tile:
            tile.play(frames)


def _key(plan: RenderPlan) -> Hashable:
    """What a tile's picture depends on."""
    return (plan.parts, plan.style, plan.centre_x, plan.framing, plan.words)


def _timer(parent: QWidget, interval_ms: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    return timer
