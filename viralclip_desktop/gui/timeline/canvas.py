"""The painted timeline: paints what is exposed, and turns the mouse into gestures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.gui.common.dropping import sounds_in
from viralclip_desktop.gui.common.incoming import PROJECT_SUFFIX
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.geometry import RULER_PX
from viralclip_desktop.gui.timeline.gestures import (
    CaptionMove,
    EdgeDrag,
    Gesture,
    LayerMove,
    MarkerMove,
    RangeDrag,
    RubberBand,
    Scrub,
    TrimDrag,
)
from viralclip_desktop.gui.timeline.hits import Hit, hit_test
from viralclip_desktop.gui.timeline.model import LAYERS, Item, Key, Kind
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX, paint_headers
from viralclip_desktop.gui.timeline.painting.paint import paint_scene
from viralclip_desktop.gui.timeline.painting.strip import wanted_times
from viralclip_desktop.gui.timeline.part_gestures import PartMove, PartTrim
from viralclip_desktop.gui.timeline.spoken import describe

_DRAG_PX = 4
_WHEEL_PX = 0.8  # pixels of scrolling to one unit (an eighth of a degree)
_ZOOM_UNITS = 240.0  # wheel units that double the scale
_PLAYHEAD_PX = 8
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class TimelineCanvas(QAbstractScrollArea):
    """Ruler, track names and tracks."""

    add_asked = Signal(QPoint)
    """The row where things are added was clicked, and where on the screen."""
    menu_asked = Signal(object, QPoint)
    """A :class:`Hit` and where on the screen."""
    opened = Signal(object)
    """An item was double-clicked, Enter was pressed on it, or a transition was clicked: its :class:`Key`."""
    title_opened = Signal(object)
    """A title was double-clicked: its :class:`Key`."""
    caption_opened = Signal(object, object)
    """A caption was double-clicked: its :class:`Key`, and the clip time."""
    dropped = Signal(object, object, object)
    """Files (paths), the clip time and the track (a :class:`Kind`) they were dropped on."""
    sounds_dropped = Signal(object, object)
    """Sounds of the library (ids) and the clip time they were dropped at."""

    def __init__(self, control: TimelineControl) -> None:
        super().__init__()
        self._control = control
        self._gesture: Gesture | None = None
        self._pressed: tuple[QPointF, Hit] | None = None
        self._begin: Callable[[QPointF], Gesture] | None = None
        self._adjusting = False
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Timeline"))
        self.setAccessibleDescription(tr("Everything on it is in the list of items beside it"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._connect()

    def sizeHint(self) -> QSize:
        """Tall enough for every track at its least height."""
        return QSize(900, 232)

    def minimumSizeHint(self) -> QSize:
        """May be made lower; it scrolls then."""
        return QSize(360, 96)

    # --- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is exposed."""
        painter, exposed, scene = QPainter(self.viewport()), event.rect(), self._control.scene
        painter.fillRect(exposed, scene.ink.window)
        scroll_y = self.verticalScrollBar().value()
        if exposed.right() >= HEADER_PX:
            tracks = QRectF(exposed.intersected(self._tracks())).translated(-HEADER_PX, 0)
            painter.save()
            painter.setClipRect(exposed.intersected(self._tracks()))
            painter.translate(HEADER_PX, 0)
            paint_scene(painter, scene, tracks, scroll_y)
            painter.restore()
        if exposed.left() < HEADER_PX:
            paint_headers(painter, scene, self.viewport().height(), scroll_y)
        if self.hasFocus():
            painter.setPen(QPen(scene.ink.accent, tokens.FOCUS_WIDTH))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _tracks(self) -> QRect:
        """The part of the viewport right of the names."""
        return self.viewport().rect().adjusted(HEADER_PX, 0, 0, 0)

    def _repaint_playhead(self, before: Time, after: Time) -> None:
        for at in (before, after):
            x = HEADER_PX + round(self._control.scene.view.x_of(at))
            left = max(HEADER_PX, x - _PLAYHEAD_PX)
            self.viewport().update(QRect(left, 0, x + _PLAYHEAD_PX - left, self.viewport().height()))

    def _view_changed(self) -> None:
        """Scroll bars and pictures follow the view."""
        view, rows, room = self._control.scene.view, self._control.scene.rows, self.viewport()
        self._adjusting = True
        bar, upright = self.horizontalScrollBar(), self.verticalScrollBar()
        bar.setPageStep(max(1, int(view.width_px)))
        bar.setSingleStep(40)
        bar.setRange(0, int(view.most_scroll_px))
        bar.setValue(int(view.scroll_px))
        upright.setPageStep(max(1, room.height() - RULER_PX))
        upright.setRange(0, max(0, rows.height_px - room.height()))
        self._adjusting = False
        self._ask_for_pictures()
        room.update()

    def _ask_for_pictures(self) -> None:
        scene = self._control.scene
        row = next((row for row in scene.rows.rows if row.track is Kind.VIDEO), None)
        if row is not None and scene.filmstrip is not None and self.isVisible():
            times, step = wanted_times(scene, row)
            scene.filmstrip.want(times, step)

    def showEvent(self, event: QShowEvent) -> None:
        """Now its pictures are worth reading."""
        super().showEvent(event)
        self._ask_for_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        room = self.viewport()
        self._control.set_room(room.width() - HEADER_PX, room.height(), self.devicePixelRatioF())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The user moved a scroll bar."""
        if not self._adjusting and self.horizontalScrollBar().value() != int(
            self._control.scene.view.scroll_px
        ):
            self._control.scroll_to(self.horizontalScrollBar().value())
        else:
            self.viewport().update()

    # --- the mouse ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what is there."""
        at = self._place(event.position())
        if event.button() is Qt.MouseButton.MiddleButton:
            self._begin_pan(at)
        if event.button() is not Qt.MouseButton.LeftButton or at.x() < 0 or self._control.clip is None:
            return
        hit = self._hit(at)
        if hit.zone == "ruler":
            shift = bool(event.modifiers() & _SHIFT)
            self._gesture = (RangeDrag if shift else Scrub)(self._control, at)
        elif hit.zone in ("in", "out"):
            self._gesture = TrimDrag(self._control, self._control.clip, hit.zone)
        else:
            self._press_item(at, hit, event.modifiers())

    def _press_item(self, at: QPointF, hit: Hit, modifiers: Qt.KeyboardModifier) -> None:
        control, selection = self._control, self._control.selection
        self._pressed, self._begin = (at, hit), self._drag_of(hit, at, bool(modifiers & _CTRL))
        if hit.key is None:
            if not modifiers & (_CTRL | _SHIFT):
                selection.clear()
        elif modifiers & _CTRL:
            selection.toggle(hit.key)
        elif modifiers & _SHIFT:
            selection.extend(control.model, hit.key)
        elif hit.key not in selection:
            selection.only(hit.key)
        if modifiers & (_CTRL | _SHIFT):
            self._pressed = None

    def _drag_of(self, hit: Hit, at: QPointF, add: bool) -> Callable[[QPointF], Gesture]:
        """The gesture that a press becomes when the pointer moves on."""
        control, key = self._control, hit.key
        item = control.model.find(key) if key else None
        if item is not None and key is not None and not add:
            if key.kind is Kind.VIDEO:
                return self._part_drag(item, hit, at)
            if hit.edge:
                return lambda _at: EdgeDrag(control, item, hit.edge)
            if key.kind in LAYERS:
                return lambda _at: LayerMove(control, key, at)
            if key.kind is Kind.CAPTION:
                return lambda _at: CaptionMove(control, item, at)
            if key.kind is Kind.MARKER:
                return lambda _at: MarkerMove(control, item)
        return lambda _at: RubberBand(control, at, self.verticalScrollBar().value(), add)

    def _part_drag(self, item: Item, hit: Hit, at: QPointF) -> Callable[[QPointF], Gesture]:
        """A part among several moves, or is trimmed; a clip of one part has its handles for that."""
        control, clip = self._control, self._control.clip
        index = control.model.video.index_of(item.key)
        if clip is None or index is None or len(control.model.video) == 1:
            return lambda _at: RubberBand(control, at, self.verticalScrollBar().value(), False)
        if hit.edge:
            return lambda _at: PartTrim(control, clip, item, index, hit.edge)
        return lambda _at: PartMove(control, clip, index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag on, or light up what is under the pointer."""
        at, free = self._place(event.position()), bool(event.modifiers() & _ALT)
        if self._begin is not None and self._gesture is None:
            start = self._pressed[0] if self._pressed else at
            if (at - start).manhattanLength() >= _DRAG_PX or self._pressed is None:
                self._gesture, self._begin = self._begin(at), None
        if self._gesture is not None:
            self._gesture.move(at, free)
        elif not event.buttons():
            self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a press that never moved is a click, and brings the playhead."""
        pressed, self._pressed, self._begin = self._pressed, None, None
        if self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.finish()
        elif pressed is not None and event.button() is Qt.MouseButton.LeftButton:
            self._click(pressed[1], event.globalPosition().toPoint())
        self._hover(self._place(event.position()))

    def _click(self, hit: Hit, where: QPoint) -> None:
        control = self._control
        if hit.zone == "add":
            self.add_asked.emit(where)
            return
        if hit.key is not None and hit.key in control.selection:
            control.selection.only(hit.key)
        item = control.model.find(hit.key) if hit.key else None
        if item is not None and item.key.kind in (Kind.CUT, Kind.TRANSITION, Kind.MARKER):
            control.seek(item.range.start)
            if item.key.kind is Kind.TRANSITION:
                self.opened.emit(item.key)
        else:
            control.seek(hit.time)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an item."""
        at = self._place(event.position())
        hit = self._hit(at) if at.x() >= 0 else None
        if hit is not None and hit.key is not None and hit.key.kind is Kind.CAPTION:
            self.caption_opened.emit(hit.key, hit.time)
        elif hit is not None and hit.key is not None and self._is_title(hit.key):
            self.title_opened.emit(hit.key)
        elif hit is not None and hit.key is not None:
            self.opened.emit(hit.key)
        else:
            self.mousePressEvent(event)

    def _is_title(self, key: Key) -> bool:
        return isinstance(self._control.model.layer(key), TitleLayer)

    def _begin_pan(self, at: QPointF) -> None:
        self._gesture = _Pan(self._control, at)

    def _hover(self, at: QPointF) -> None:
        scene = self._control.scene
        hit = self._hit(at) if at.x() >= 0 else Hit("track", scene.playhead)
        handle = hit.zone if hit.zone in ("in", "out") else ""
        add = hit.zone == "add"
        if (hit.key, handle, add) != (scene.hovered, scene.handle, scene.add_hovered):
            scene.hovered, scene.handle, scene.add_hovered = hit.key, handle, add
            self.viewport().update()
        shape = Qt.CursorShape.SizeHorCursor if handle or hit.edge else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if add else shape)

    def leave(self) -> None:
        """The pointer is elsewhere."""
        scene = self._control.scene
        if scene.hovered is not None or scene.handle or scene.add_hovered:
            scene.hovered, scene.handle, scene.add_hovered = None, "", False
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along time; with Ctrl zoom at the pointer. Over the names, and where the whole clip shows,
        scroll up and down."""
        delta, at = event.angleDelta(), self._place(event.position())
        units = delta.y() or delta.x()
        event.accept()
        if event.modifiers() & _CTRL:
            self._control.zoom(2 ** (units / _ZOOM_UNITS), max(0.0, at.x()))
        elif at.x() < 0 or not self._control.scene.view.most_scroll_px:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - delta.y() // 4)
            self._hover(at)
        else:
            along = delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y()
            pixels = event.pixelDelta()
            step = (pixels.x() or pixels.y()) if not pixels.isNull() else along * _WHEEL_PX
            self._control.scroll_to(self._control.scene.view.scroll_px - step)

    # --- keys, menus, tooltips, files -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes a gesture back, else clears the selection; Enter opens what is selected (a layer, a
        transition, a caption); everything else is the window's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        can_open = self._control.selection.of(*LAYERS, Kind.TRANSITION)
        captions = self._control.selection.of(Kind.CAPTION)
        if enter and can_open:
            self.opened.emit(can_open[0])
        elif enter and captions:
            self.caption_opened.emit(captions[0], self._control.scene.playhead)
        elif event.key() != Qt.Key.Key_Escape:
            event.ignore()
        elif self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.cancel()
        else:
            self._control.selection.clear()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here; from the keyboard, with what is selected."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            keys = sorted(self._control.selection.keys, key=lambda key: (key.kind, key.id))
            hit = Hit("item" if keys else "track", self._control.scene.playhead, keys[0] if keys else None)
        else:
            hit = self._hit(self._place(QPointF(event.pos())))
        if hit.key is not None and hit.key not in self._control.selection:
            self._control.selection.only(hit.key)
        self.menu_asked.emit(hit, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips say what an item is; leaving puts its light out."""
        if isinstance(event, QHelpEvent):
            hit = self._hit(self._place(QPointF(event.pos())))
            item = self._control.model.find(hit.key) if hit.key else None
            said = describe(self._control.model, item) if item else ""
            QToolTip.showText(event.globalPos(), plain(said), self)
            return True
        if event.type() is QEvent.Type.Leave:
            self.leave()
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the focus goes all around."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And goes all at once."""
        super().focusOutEvent(event)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped; projects are the window's."""
        names = [url.fileName() for url in event.mimeData().urls()]
        projects = bool(names) and all(name.lower().endswith(PROJECT_SUFFIX) for name in names)
        if names and not projects and self._control.clip is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would begin."""
        self._control.scene.guide = self._drop_time(event)
        self.viewport().update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Gone again."""
        self._control.scene.guide = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        at, time = self._place(event.position()), self._drop_time(event)
        self._control.scene.guide = None
        row = self._control.scene.rows.at(at.y() + self.verticalScrollBar().value())
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if sounds := sounds_in(event.mimeData()):
            self.sounds_dropped.emit(sounds, time)
        elif paths:
            self.dropped.emit(paths, time, row.track if row else Kind.VIDEO)
        if paths:
            event.acceptProposedAction()
        self.viewport().update()

    # --- inside ------------------------------------------------------------------------------------------

    def _drop_time(self, event: QDropEvent) -> Time:
        """Where files would begin: on what is near; Alt switches that off."""
        time = self._control.scene.view.inside(self._place(event.position()).x())
        snap = self._control.snap([time], (), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        return snap.at if snap else time

    def _place(self, at: QPointF) -> QPointF:
        """A point of the viewport in the track area."""
        return QPointF(at.x() - HEADER_PX, at.y())

    def _hit(self, at: QPointF) -> Hit:
        return hit_test(self._control.scene, at, self.verticalScrollBar().value())

    def _connect(self) -> None:
        control, room = self._control, self.viewport()
        control.repaint.connect(room.update)
        control.viewed.connect(self._view_changed)
        control.remodelled.connect(room.update)
        control.clip_left.connect(self._let_go)
        control.playhead_moved.connect(self._repaint_playhead)

    def _let_go(self) -> None:
        self._gesture = self._begin = self._pressed = None


class _Pan:
    """The middle button moves the view."""

    def __init__(self, control: TimelineControl, at: QPointF) -> None:
        self._control, self._start = control, at.x() + control.scene.view.scroll_px

    def move(self, at: QPointF, _free: bool) -> None:
        """Follow."""
        self._control.scroll_to(self._start - at.x())

    def finish(self) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Stay."""
