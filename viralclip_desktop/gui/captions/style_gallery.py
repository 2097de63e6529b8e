"""The caption styles as tiles, each shown on the clip's own picture and words, by the real graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from viralclip_desktop.core.geometry import Aspect, preview_size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.gui.bridge.images import Pictures, image_from_rgb
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.controls import keeps_key
from viralclip_desktop.gui.widgets.painting import paint_cover, paint_line

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.gui.bridge.context import Context

_TILE_HEIGHT_PX = 92
_PICTURE_PX = 68
_RENDER_WIDTH_PX = 288  # twice a tile's width, for sharp tiles on dense screens
_SETTLE_MS = 400  # wait until a drag is over before eight tiles are drawn anew


class StyleTile(QAbstractButton):
    """One style: a strip of the clip's picture with its caption, and the name below."""

    def __init__(self, style: CaptionStyle) -> None:
        super().__init__()
        self.style_id = style.id
        self._image: QImage | None = None
        self.setText(style.label)
        self.setAccessibleName(style.label)
        self.setCheckable(True)
        self.setFixedHeight(_TILE_HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, image: QImage | None) -> None:
        """The style on the clip's own words; the old picture stays until the new one is there."""
        if image is not None:
            self._image = image
            self.update()

    def event(self, event: QEvent) -> bool:
        """Arrows walk the gallery while it has the focus."""
        if keeps_key(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, name, ring."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(2, 2, self.width() - 4, _PICTURE_PX - 2)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        paint_cover(painter, box, self._image, 6)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            ring = "accent" if self.isChecked() else ("text" if self.hasFocus() else "faint")
            painter.setPen(QPen(colours.colour(ring), tokens.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), 7, 7)
        name = QRect(4, _PICTURE_PX + 2, self.width() - 8, _TILE_HEIGHT_PX - _PICTURE_PX - 4)
        font = colours.sized(tokens.TYPE_NOTE, strong=self.isChecked())
        paint_line(painter, name, self.text(), font, "text" if self.isChecked() else "quiet")


class StyleGallery(QWidget):
    """Emits ``chosen`` with a style id."""

    chosen = Signal(str)

    def __init__(self, context: Context, pictures: Pictures) -> None:
        super().__init__()
        self._context, self._pictures = context, pictures
        self._plan: RenderPlan | None = None
        self._wanted: dict[object, StyleTile] = {}
        self._styles: dict[str, CaptionStyle] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._draw_tiles)
        self._group.buttonClicked.connect(self._clicked)
        pictures.arrived.connect(self._picture_came)

    @property
    def tiles(self) -> list[StyleTile]:
        """The tiles in order."""
        return [button for button in self._group.buttons() if isinstance(button, StyleTile)]

    def show_styles(self, styles: Sequence[CaptionStyle]) -> None:
        """The styles there are."""
        if [style.id for style in styles] == list(self._styles):
            return
        for tile in self.tiles:
            self._group.removeButton(tile)
            tile.deleteLater()
        self._styles = {style.id: style for style in styles}
        for number, style in enumerate(styles):
            tile = StyleTile(style)
            self._group.addButton(tile)
            self._grid.addWidget(tile, number // 2, number % 2)

    def show_style(self, style_id: str) -> None:
        """Mark the clip's style."""
        for tile in self.tiles:
            if tile.style_id == style_id:
                tile.setChecked(True)

    def show_plan(self, plan: RenderPlan | None) -> None:
        """The clip whose words the tiles show."""
        self._plan = plan
        self._settle.start()

    def _clicked(self, tile: QAbstractButton) -> None:
        if isinstance(tile, StyleTile):
            self.chosen.emit(tile.style_id)

    def _draw_tiles(self) -> None:
        plan, self._wanted = self._plan, {}
        if plan is None or not plan.words or not self.isVisible():
            return
        at = _telling_moment(plan)
        for tile in self.tiles:
            style = self._styles[tile.style_id]
            key = ("style", style.id, plan.kept, plan.centre_x, plan.framing)
            self._wanted[key] = tile
            tile.show_picture(self._pictures.get(key, self._render(plan, style, at)))

    def _render(self, plan: RenderPlan, style: CaptionStyle, at: Time) -> _Render:
        return _Render(self._context, replace(plan, style=style, aspect=Aspect.VERTICAL), at)

    def _picture_came(self, key: object) -> None:
        if key in self._wanted:
            image = self._pictures.get(key, QImage)
            self._wanted[key].show_picture(image)


class _Render:
    """Renders a strip of a frame around the caption."""

    def __init__(self, context: Context, plan: RenderPlan, at: Time) -> None:
        self._desk, self._plan, self._at = context.desk, plan, at

    def __call__(self) -> QImage:
        size = preview_size(self._plan.aspect, _RENDER_WIDTH_PX)
        image = image_from_rgb(self._desk.exact_frame(self._plan, size, self._at), size.width, size.height)
        strip = round(size.width * _PICTURE_PX / 136)
        top = round(_middle_share(self._plan) * size.height) - strip // 2
        top = min(max(0, top), size.height - strip)
        return image.copy(0, top, size.width, strip)


def _middle_share(plan: RenderPlan) -> float:
    """Where the middle of a two-line caption lies, as a share of the height: the style's place, unless the
    safe area holds it higher."""
    from viralclip_desktop.compose.captions.layout import canvas_size, safe_area

    canvas, safe = canvas_size(plan.aspect), safe_area(plan.aspect)
    if plan.style is None:
        return 0.5
    line = plan.style.size * plan.style.line_spacing * min(canvas.width, canvas.height)
    return float(min(plan.style.position, (safe.bottom - line) / canvas.height))


def _telling_moment(plan: RenderPlan) -> Time:
    """A moment in a word a little into the clip, so that the phrase stands and a word is lit."""
    word = plan.words[min(len(plan.words) - 1, 3)]
    middle = Time((word.start.ticks + word.end.ticks) // 2)
    return middle.snapped(plan.fps).clamped(ZERO, plan.duration)
