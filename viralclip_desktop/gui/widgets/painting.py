"""Shared strokes of painted cards and controls."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)

from viralclip_desktop.core.marks import in_line
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

LINE_PX = 18
"""Height of a line on a card."""


def paint_card(painter: QPainter, box: QRect, *, selected: bool, hovered: bool, focused: bool) -> None:
    """A card's ground and border."""
    colours = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = "raised" if selected or hovered else "surface"
    edge = "text" if focused and selected else ("accent" if selected or focused else "line")
    width = tokens.FOCUS_WIDTH if selected or focused else 1
    inset = width / 2
    painter.setPen(QPen(colours.colour(edge), width))
    painter.setBrush(colours.colour(ground))
    shape = QRectF(box).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(shape, tokens.RADIUS_CARD - 1, tokens.RADIUS_CARD - 1)


def paint_groove(painter: QPainter, box: QRect) -> None:
    """The groove that choices beside each other lie in."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("raised"))
    painter.drawRoundedRect(QRectF(box), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)


def paint_cover(painter: QPainter, box: QRect, image: QImage | None, radius: int) -> None:
    """A picture filling a rounded box, its middle in the middle; an even ground without one."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(box), radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillPath(path, theme().colour("line"))
    if image is not None and not image.isNull():
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(box.center())
        painter.drawImage(target, image)
    painter.restore()


def paint_line(painter: QPainter, box: QRect, text: str, font: QFont, colour: str) -> bool:
    """One line of text, shortened where it doesn't fit; whether it had to be."""
    text, metrics = in_line(text), QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(theme().colour(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return shown != text


def paint_lines(painter: QPainter, box: QRect, text: str, font: QFont, colour: str) -> int:
    """Text on two lines at most from the top of a box, shortened where it doesn't fit; on how many."""
    text, option = in_line(text), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        starts.append(line.textStart())
    layout.endLayout()
    starts, ends = starts[:2], [*starts[1:2], len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        place = QRect(box.left(), box.top() + number * LINE_PX, box.width(), LINE_PX)
        paint_line(painter, place, text[start:end].strip(), font, colour)
    return len(starts)


def paint_pill(
    painter: QPainter, corner: QPointF, text: str, font: QFont, *, ground: str, ink: str, right: bool = False
) -> float:
    """A small rounded label with its upper left (or upper right) at ``corner``; returns its width."""
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(text) + 12.0, metrics.height() + 4.0
    left = corner.x() - width if right else corner.x()
    box = QRectF(left, corner.y(), width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(ground))
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(font)
    painter.setPen(theme().colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return width
