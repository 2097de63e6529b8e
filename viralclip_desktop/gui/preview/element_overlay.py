"""Captions, titles, logos and pictures edited on the picture itself: selected by a click, dragged, scaled by
their corners, written anew by a double click; from the keyboard as well.

Two widgets lie over the picture. :class:`ElementOverlay` paints and has the keyboard. :class:`ElementReach`
has the mouse, and only where an element is (its mask): anywhere else the picture, or what a panel lays over
it, is clicked as before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from viralclip_desktop.compose.alignment import Lines, Rest, lines_of
from viralclip_desktop.compose.captions.layout import Block, Box, safe_area
from viralclip_desktop.compose.elements import Element, ElementKind, reached, word_under
from viralclip_desktop.compose.handling import CORNERS, Corner, corner_point
from viralclip_desktop.gui.common.inline_field import InlineField
from viralclip_desktop.gui.common.inline_text import InlineText
from viralclip_desktop.gui.preview.element_editor import ElementEditor
from viralclip_desktop.gui.preview.element_gestures import ElementGesture, ElementMove, ElementScale, Point
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.preview.safe_area import safe_rect
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.guides import SafeArea
    from viralclip_desktop.gui.session.workspace import Workspace

_GRIP_PX, _GRIPPED_PX = 9, 18  # of a handle: what is seen and what can be hit
_AIR_PX = 8.0  # half of what a thin element is made to be hit
_REACH_PX = 4.0  # of a line that things come to rest on
_AROUND_PX = 4.0  # between a thin element and its outline
_DRAG_FROM_PX = 3
_UNSIZED = (ElementKind.PROGRESS, ElementKind.NAME_LINE)
_GUIDE = QColor(240, 181, 69)
_SHADE = QColor(0, 0, 0, 140)
_NUDGES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FAR = 10
_WRITE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_FREE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_SLANTS = {1: Qt.CursorShape.SizeFDiagCursor, -1: Qt.CursorShape.SizeBDiagCursor}


class ElementOverlay(QWidget):
    """Paints the outline and its handles. While it has the focus, Tab goes from element to element, arrows
    move the selected one, Enter writes it anew, Delete takes it off and Escape lets go of it."""

    def __init__(self, editor: ElementEditor, picture: PictureView, safe: SafeArea) -> None:
        super().__init__()
        self.editor, self._picture, self._safe = editor, picture, safe
        self.reach = ElementReach(self, editor)
        self.field: InlineField | InlineText | None = None
        self.hovered = ""
        self.rest = Rest()
        self._coming = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        picture.add_overlay(self, on_top=True)
        picture.add_overlay(self.reach, on_top=True)
        picture.clicked.connect(self._let_go)
        editor.changed.connect(self._follow)
        editor.clip_changed.connect(self._await_nothing)
        self._follow()

    # --- where things are --------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Pixels of the widget to one of the canvas."""
        return max(1, self.width()) / self.editor.canvas.width

    def place(self, box: Box) -> QRectF:
        """A box of the canvas on the widget."""
        scale = self.scale
        corner = QPointF(box.left * scale, box.top * scale)
        return QRectF(corner, QPointF(box.right * scale, box.bottom * scale))

    def point(self, at: QPointF) -> Point:
        """A point of the widget on the canvas."""
        return at.x() / self.scale, at.y() / self.scale

    def under(self, at: QPointF) -> list[Element]:
        """The elements at a point of the widget, the topmost first."""
        return self.editor.under(*self.point(at), _AIR_PX / self.scale)

    def handles(self) -> dict[Corner, QRectF]:
        """The handles of the selected element, by its corners."""
        element = self.editor.selected
        if element is None or element.kind in _UNSIZED or self.editor.playing:
            return {}
        box = self.place(self.editor.box(element))
        inside = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        found = {}
        for corner in CORNERS:
            x, y = corner_point(_as_box(box), corner)
            middle = QPointF(*_held(inside, x, y))
            found[corner] = QRectF(middle.x() - _GRIP_PX / 2, middle.y() - _GRIP_PX / 2, _GRIP_PX, _GRIP_PX)
        return found

    def handle_at(self, at: QPointF) -> Corner | None:
        """The handle at a point. Inside a small element it ends early: the middle is to drag it by."""
        selected = self.editor.selected
        if selected is None:
            return None
        box = self.place(self.editor.box(selected))
        inner = min(_GRIPPED_PX / 2, box.width() / 4), min(_GRIPPED_PX / 2, box.height() / 4)
        grips = ((corner, _grip(handle.center(), corner, inner)) for corner, handle in self.handles().items())
        return next((corner for corner, grip in grips if grip.contains(at)), None)

    def lines(self, element: Element) -> Lines:
        """What an element comes to rest on."""
        editor = self.editor
        others = [editor.box(one) for one in editor.shown if one.id != element.id]
        whole = [box for box in others if box.right - box.left < editor.canvas.width]
        return lines_of(editor.canvas, self._zones(), whole)

    def _zones(self) -> list[Box]:
        """What apps and screens leave free, and what the app leaves whose screen is shown."""
        size, zones = self.editor.canvas, [safe_area(self._picture.aspect)]
        if self._safe.platform is not None and size.height > size.width:
            zones.append(_as_box(safe_rect(self._safe.platform, QRectF(0, 0, size.width, size.height))))
        return zones

    # --- following ---------------------------------------------------------------------------------------

    def _follow(self) -> None:
        selected = self.editor.selected
        name = self.editor.name(selected) if selected is not None else tr("Elements on the picture")
        if name != self.accessibleName():
            self.setAccessibleName(name)
            keys = tr("Arrows move it, Enter writes it anew, Delete takes it off")
            self.setAccessibleDescription(keys if selected is not None else tr("Tab selects one"))
        self.reach.fit()
        self.update()
        self._take_coming()

    def showEvent(self, event: QShowEvent) -> None:
        """In sight: it has to be known what is where."""
        super().showEvent(event)
        self.editor.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight."""
        super().hideEvent(event)
        self.editor.watch(False)
        self._await_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything lies elsewhere."""
        super().resizeEvent(event)
        self._follow()

    # --- keys --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys that are the selected element's before they are anybody's shortcut."""
        own = (*_NUDGES, *_WRITE, *_REMOVE, Qt.Key.Key_Escape)
        if self.editor.selected is not None and asks_for(event, own):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, write, remove or let go of the selected element."""
        key, selected = Qt.Key(event.key()), self.editor.selected
        if selected is None:
            super().keyPressEvent(event)
        elif key in _NUDGES:
            far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.editor.nudge(_NUDGES[key][0] * far, _NUDGES[key][1] * far)
        elif key in _WRITE:
            self.write(selected)
        elif key in _REMOVE:
            self.editor.remove()
        elif key is Qt.Key.Key_Escape and not self.reach.cancel():
            self.editor.select("")
        elif key is not Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab: the next element, and after the last one the next control."""
        return self.editor.walk(1 if ahead else -1) or super().focusNextPrevChild(ahead)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Came with Tab: the first element is selected, or the last one."""
        super().focusInEvent(event)
        steps = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}
        if event.reason() in steps:
            self.editor.walk(steps[event.reason()])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame of the focus goes."""
        super().focusOutEvent(event)
        self.update()

    def _let_go(self) -> None:
        """The picture was clicked beside all elements: what was typed is kept, nothing is selected."""
        if self.field is not None:
            self.field.leave(keep=True)
        self.editor.select("")

    def click_picture(self) -> None:
        """Do what a click on the picture does where no element is."""
        self._picture.clicked.emit()

    # --- writing -----------------------------------------------------------------------------------------

    def write(self, element: Element, at: QPointF | None = None) -> None:
        """Write a title anew, or the word of a caption at a point (else its first one)."""
        if element.kind is ElementKind.CAPTIONS:
            self._write_caption(at)
        elif element.kind in (ElementKind.TITLE, ElementKind.NAME_LINE):
            box = self._on_picture(self.place(self.editor.box(element)))
            keep = self._keeps(lambda text: self.editor.rewrite(element, text))
            name = tr("Text of the title")
            self.field = InlineText(self._picture, name, element.text, box, keep=keep, back=self)

    def write_when_shown(self, element_id: str) -> None:
        """Select an element that is being made and let it be written, as soon as it shows."""
        self._coming = element_id
        self._take_coming()

    def _await_nothing(self) -> None:
        self._coming = ""

    def _take_coming(self) -> None:
        came = next((one for one in self.editor.shown if one.id == self._coming), None)
        if came is not None:
            self._await_nothing()
            self.editor.select(came.id)
            self.write(came)

    def _write_caption(self, at: QPointF | None) -> None:
        blocks = self.editor.blocks
        if blocks:
            block, token = word_under(blocks, *self.point(at)) if at is not None else (0, 0)
            self._write_word(blocks[block], token)

    def _write_word(self, block: Block, token: int) -> None:
        word = self.editor.word_of(block, token)
        shown = next((one for one in block.words if one.index == token), None)
        if word is None or shown is None:
            return

        spell = self.editor.speller(word)

        def keep(text: str, step: int) -> None:
            self.field = None
            spell(text)
            if step and len(text.split()) == 1 and 0 <= token + step < len(block.phrase.tokens):
                self._write_word(block, token + step)

        before, box = self.editor.spelling(word), self._on_picture(self.place(shown.box))
        name = tr("Spelling of {word}", word=before)
        self.field = InlineField(self._picture, name, before, box, keep=keep, back=self)

    def _keeps(self, keep: Callable[[str], None]) -> Callable[[str], None]:
        def kept(text: str) -> None:
            self.field = None
            keep(text)

        return kept

    def _on_picture(self, box: QRectF) -> QRect:
        return box.translated(QPointF(self.pos())).toAlignedRect()

    # --- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines it rests on, the outline of what is under the pointer, that of the selected element."""
        painter, editor = QPainter(self), self.editor
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if editor.playing or self.field is not None:
            return
        selected = editor.selected
        hovered = next((one for one in editor.shown if one.id == self.hovered), None)
        if hovered is not None and hovered != selected:
            _outline(painter, self._frame_of(hovered), 1.0)
        if selected is not None:
            _outline(painter, self._frame_of(selected), tokens.FOCUS_WIDTH)
            self._paint_handles(painter)
        elif self.hasFocus():
            _outline(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), tokens.FOCUS_WIDTH)
        self._paint_rest(painter)

    def _frame_of(self, element: Element) -> QRectF:
        """Where its outline runs: around something as thin as a bar, which would vanish under it."""
        box = self.place(self.editor.box(element))
        air = _AROUND_PX if element.kind in _UNSIZED else 0
        return box.adjusted(-air, -air, air, air) & QRectF(self.rect())

    def _paint_handles(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme().colour("accent"), tokens.FOCUS_WIDTH))
        painter.setBrush(QColor("#FFFFFF"))
        for box in self.handles().values():
            painter.drawRoundedRect(box, 2, 2)

    def _paint_rest(self, painter: QPainter) -> None:
        scale = self.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen in (QPen(_SHADE, 3), QPen(_GUIDE, 1, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            if self.rest.x is not None:
                painter.drawLine(QPointF(self.rest.x * scale, 0), QPointF(self.rest.x * scale, self.height()))
            if self.rest.y is not None:
                painter.drawLine(QPointF(0, self.rest.y * scale), QPointF(self.width(), self.rest.y * scale))


class ElementReach(QWidget):
    """Has the mouse where an element or a handle is. A press selects the topmost element unless the selected
    one is there; a further click goes one deeper."""

    def __init__(self, overlay: ElementOverlay, editor: ElementEditor) -> None:
        super().__init__()
        self._overlay, self._editor = overlay, editor
        self._pressed: QPointF | None = None
        self._gesture: ElementGesture | None = None
        self._corner: Corner | None = None
        self._begun, self._again = "", False
        """What a press was for, and whether that was selected before."""
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Elements on the picture"))
        editor.clip_changed.connect(self.forget)
        editor.lost.connect(self.forget)

    def fit(self) -> None:
        """Reach as far as the elements do."""
        overlay, region = self._overlay, QRegion(-2, -2, 1, 1)  # an empty one would be no mask
        air = _AIR_PX / overlay.scale
        for element in self._editor.shown:
            box = reached(self._editor.box(element), air)
            region += overlay.place(box).toAlignedRect()
        for handle in overlay.handles().values():
            spot = QRect(handle.center().toPoint(), QSize(0, 0))
            more = _GRIPPED_PX // 2
            region += spot.adjusted(-more, -more, more, more)
        if region != self.mask():
            self.setMask(region)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what is there; it may be dragged from here."""
        at, editor, overlay = event.position(), self._editor, self._overlay
        found = overlay.under(at)
        self._corner = overlay.handle_at(at)
        if event.button() is not Qt.MouseButton.LeftButton or not (found or self._corner):
            event.ignore()
            return
        selected = editor.selected
        there = selected is not None and (self._corner is not None or selected.id in _ids(found))
        self._again = there and not editor.playing
        editor.pause()
        if not there:
            editor.select(found[0].id)
        self._begun = editor.selected.id if editor.selected is not None else ""
        self._pressed = at
        overlay.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag on, or light up what is under the pointer."""
        at = event.position()
        if self._pressed is None:
            self._hover(at)
            return
        if self._gesture is None and (at - self._pressed).manhattanLength() >= _DRAG_FROM_PX:
            self._gesture = self._begin(self._pressed)
        if self._gesture is not None:
            free = bool(event.modifiers() & _FREE)
            overlay = self._overlay
            reach = 0.0 if free else _REACH_PX / overlay.scale
            lines = Lines() if free else overlay.lines(self._gesture.element)
            self._gesture.move(overlay.point(at), lines, reach)
            overlay.rest = self._gesture.rest

    def _begin(self, at: QPointF) -> ElementGesture | None:
        element = self._editor.selected
        hold = self._editor.begin(element) if element is not None else None
        if element is None or hold is None:
            return None
        start = self._overlay.point(at)
        if self._corner is None:
            return ElementMove(self._editor, element, hold, start)
        return ElementScale(self._editor, element, hold, self._corner, start)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a press that never moved is a click."""
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._pressed = None
        if self._gesture is not None:
            self._end(moved=True)
        else:
            self._click(event.position())
        self._hover(event.position())

    def _end(self, *, moved: bool) -> None:
        gesture, self._gesture = self._gesture, None
        self._overlay.rest = Rest()
        if gesture is not None:
            self._editor.end(gesture.element, moved=moved)
        self._overlay.update()

    def _click(self, at: QPointF) -> None:
        """Of what is selected already, the element below it; of one that is all there is, the picture."""
        found, ids = self._overlay.under(at), _ids(self._overlay.under(at))
        if not self._again or self._corner is not None or self._begun not in ids:
            return
        deeper = found[(ids.index(self._begun) + 1) % len(found)]
        if deeper.id != self._begun:
            self._editor.select(deeper.id)
        elif deeper.box.right - deeper.box.left >= self._editor.canvas.width:
            self._overlay.click_picture()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Write anew what the first of the two clicks was for."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._editor.select(self._begun)
        selected = self._editor.selected
        if selected is not None:
            self._overlay.write(selected, event.position())

    def cancel(self) -> bool:
        """Take back what the held button did; whether there was anything."""
        if self._gesture is None:
            return False
        self._gesture.cancel()
        self._pressed = None
        self._end(moved=False)
        return True

    def forget(self) -> None:
        """Another clip is shown, or what is held is no more: what was begun goes no further."""
        self._pressed = None
        self._end(moved=False)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._light("")

    def _hover(self, at: QPointF) -> None:
        corner, found = self._overlay.handle_at(at), self._overlay.under(at)
        if corner is not None:
            self.setCursor(_SLANTS[corner[0] * corner[1]])
        else:
            movable = bool(found) and found[0].kind is not ElementKind.NAME_LINE
            self.setCursor(Qt.CursorShape.SizeAllCursor if movable else Qt.CursorShape.ArrowCursor)
        selected, ids = self._editor.selected, _ids(found)
        self._light(selected.id if selected is not None and selected.id in ids else "".join(ids[:1]))

    def _light(self, element_id: str) -> None:
        if element_id != self._overlay.hovered:
            self._overlay.hovered = element_id
            self._overlay.update()


def _ids(elements: list[Element]) -> list[str]:
    return [one.id for one in elements]


def _outline(painter: QPainter, box: QRectF, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_SHADE, width + 2), QPen(theme().colour("accent"), width)):
        painter.setPen(pen)
        painter.drawRoundedRect(box, 2, 2)


def _grip(at: QPointF, corner: Corner, inner: Point) -> QRectF:
    """What of a handle can be hit: ``inner`` of it towards the middle of what it scales."""
    out = _GRIPPED_PX / 2
    far = QPointF(at.x() + corner[0] * out, at.y() + corner[1] * out)
    return QRectF(far, QPointF(at.x() - corner[0] * inner[0], at.y() - corner[1] * inner[1])).normalized()


def _as_box(box: QRectF) -> Box:
    return Box(box.left(), box.top(), box.right(), box.bottom())


def _held(inside: QRectF, x: float, y: float) -> Point:
    return min(inside.right(), max(inside.left(), x)), min(inside.bottom(), max(inside.top(), y))


def edit_on_picture(work: Workspace, picture: PictureView) -> ElementOverlay:
    """Lay the elements of what plays over a picture, to be edited there."""
    editor = ElementEditor(work.session, work.player, work.context, picture)
    return ElementOverlay(editor, picture, work.safe_area)
