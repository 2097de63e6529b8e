"""Mouse and keyboard on the words: clicks, drags, keys and tooltips become selections and commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.transcript.caret import target_of
from viralclip_desktop.gui.transcript.keys import Command, command_of, move_of
from viralclip_desktop.gui.transcript.rows_model import warning_lines, word_tip
from viralclip_desktop.gui.transcript.view import TranscriptView

_DRAG_SCROLL_MS = 30
_DRAG_SCROLL_SHARE = 0.4  # of the distance to the edge, each step


def _by_keys(event: QEvent) -> bool:
    """Whether the focus came otherwise than by a click, which says itself where the caret goes."""
    return isinstance(event, QFocusEvent) and event.reason() is not Qt.FocusReason.MouseFocusReason


class TranscriptInput(QObject):
    """Watches a :class:`TranscriptView`; everything that is not a selection is handed on as a signal."""

    commanded = Signal(object)
    """A :class:`Command`."""
    sought = Signal(int)
    """Go to a word."""
    clicked = Signal(int)
    """A word was clicked once, and nothing was selected by it."""
    speaker_asked = Signal(int, QPoint)
    """Somebody clicked on the name over a row; the point is global."""
    menu_asked = Signal(QPoint)
    clip_chosen = Signal(str)
    """A click on the bar of a clip in the margin: its id."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: QPoint | None = None
        self._pressed_word: int | None = None
        self._hit: int | None = None
        """The word that lies under what was pressed, not only near it."""
        self._at = QPoint()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_DRAG_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)
        self._mouse: dict[QEvent.Type, Callable[[QMouseEvent], bool]] = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double,
        }
        view.on_event, view.on_viewport_event = self._event, self._viewport_event

    def _event(self, event: QEvent) -> bool:
        """Take what is ours, before the item view reads it its own way."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._wants(event):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._view.viewport().update()
            if event.type() == QEvent.Type.FocusIn and self._view.selection.caret is None and _by_keys(event):
                self._first_caret()
        return False

    # --- keys --------------------------------------------------------------------------------------------

    def _wants(self, event: QKeyEvent) -> bool:
        command = command_of(event)
        if command is Command.PLAY:  # without a selection Space plays the clip, as everywhere
            return self._view.selection.words is not None
        return command is not None or move_of(event) is not None

    def _key(self, event: QKeyEvent) -> bool:
        move = move_of(event)
        if move is not None:
            word = target_of(self._view, move)
            if word is not None:
                self._put(word, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        command = command_of(event)
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False  # ignored, it would move the focus once more in the panel around
        if command is None or not self._wants(event):
            event.ignore()
            return True
        if command is Command.EDIT and self._view.selection.caret is None:
            return True
        self.commanded.emit(command)
        return True

    def _first_caret(self) -> None:
        """Somebody came by Tab: the caret is on the word being spoken, or on the first in view."""
        view = self._view
        if view.shown is None or self._pressed is not None:
            return
        spoken = view.lights.spoken
        if spoken is None or spoken not in view.shown.shown_words:
            spoken = view.word_at(QPoint(view.viewport().width() // 2, 12), nearest=True)
        if spoken is not None:
            view.selection.place(spoken)
            view.selection_moved()

    # --- mouse -------------------------------------------------------------------------------------------

    def _viewport_event(self, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse[kind](event) if kind in self._mouse else False
        if isinstance(event, QContextMenuEvent):
            self._ask_menu(event)
            return True
        if isinstance(event, QHelpEvent) and kind == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain(self.tip_at(event.pos())), self._view.viewport())
            return True
        if kind == QEvent.Type.Leave:
            self._hover(None)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        point, view = event.position().toPoint(), self._view
        if event.button() != Qt.MouseButton.LeftButton:
            return True
        self._pressed = point
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._press_margin(point, event.globalPosition().toPoint()):
            self._pressed = None
            return True
        word = view.word_at(point, nearest=True)
        self._pressed_word, self._hit = word, view.word_at(point)
        if word is not None:
            self._put(word, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier), reveal=False)
        return True

    def _press_margin(self, point: QPoint, where: QPoint) -> bool:
        """A click on a clip's bar selects the clip, on the time goes there, on the speaker asks who it is."""
        row = self._view.row_at(point.y())
        if row is None:
            return False
        clip_id = self._clip_at(point)
        if clip_id:
            self.clip_chosen.emit(clip_id)
            return True
        if point.x() < row.columns.text_x - 4:
            self._view.selection.place(row.words.start)
            self._view.selection_moved(reveal=False)
            self.sought.emit(row.words.start)
            return True
        if row.head_box.contains(point):
            self.speaker_asked.emit(row.row, where)
            return True
        return False

    def _clip_at(self, point: QPoint) -> str:
        """The clip whose bar in the margin is under a point; empty for none."""
        row = self._view.row_at(point.y())
        found = row.beside.hit(self._view.lights.clips, QPointF(point)) if row is not None else None
        return found.clip_id if found is not None else ""

    def _move(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(point)
            return True
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._pressed_word is not None and (far or self._view.selection.words is not None):
            self._at = point
            self._drag_to(point)
            outside = not 0 <= point.y() < self._view.viewport().height()
            if outside and not self._scrolling.isActive():
                self._scrolling.start()
            elif not outside:
                self._scrolling.stop()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        hit = self._hit if event.button() == Qt.MouseButton.LeftButton else None
        self._let_go()
        if hit is not None and self._view.selection.words is None:
            self.clicked.emit(hit)
        return True

    def _double(self, event: QMouseEvent) -> bool:
        self._let_go()
        word = self._view.word_at(event.position().toPoint())
        if word is not None and event.button() == Qt.MouseButton.LeftButton:
            self.sought.emit(word)
        return True

    def _drag_to(self, point: QPoint) -> None:
        word = self._view.word_at(point, nearest=True)
        selection = self._view.selection
        if word is not None and (word != selection.caret or selection.anchor is None):
            selection.extend(word)
            self._view.selection_moved(reveal=False)

    def _scroll_on(self) -> None:
        room, bar = self._view.viewport().height(), self._view.verticalScrollBar()
        beyond = self._at.y() - room if self._at.y() >= room else min(0, self._at.y())
        bar.setValue(bar.value() + round(_DRAG_SCROLL_SHARE * beyond))
        self._drag_to(self._at)

    def _let_go(self) -> None:
        self._pressed = self._pressed_word = self._hit = None
        self._scrolling.stop()

    def _put(self, word: int, select: bool, reveal: bool = True) -> None:
        selection = self._view.selection
        if select:
            selection.extend(word)
        else:
            selection.place(word)
        self._view.selection_moved(reveal)

    def _ask_menu(self, event: QContextMenuEvent) -> None:
        view = self._view
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            word = view.word_at(event.pos(), nearest=True)
            target = view.selection.target
            if word is not None and (target is None or word not in target):
                self._put(word, select=False, reveal=False)
        elif view.selection.caret is not None:
            where = view.viewport().mapToGlobal(view.word_rect(view.selection.caret).bottomLeft())
        self.menu_asked.emit(where)

    # --- the pointer -------------------------------------------------------------------------------------

    def tip_at(self, point: QPoint) -> str:
        """What the tooltip says at a point of the viewport."""
        view = self._view
        row = view.row_at(point.y())
        if row is None or view.shown is None:
            return ""
        clip = row.beside.hit(view.lights.clips, QPointF(point))
        if clip is not None:
            return tr("Clip “{title}”", title=clip.title)
        if any(box.adjusted(-4, -2, 4, 2).contains(point) for _text, box in row.chips()):
            return "\n".join(warning_lines(row.check))
        if row.time_box.contains(point):
            return tr("Go to {time}", time=row.time)
        if row.head_box.contains(point):
            return tr("Change who says this")
        word = view.word_at(point)
        return word_tip(view.shown, word) if word is not None else ""

    def _hover(self, point: QPoint | None) -> None:
        view = self._view
        row = view.row_at(point.y()) if point is not None else None
        on_time = row is not None and point is not None and row.time_box.contains(point)
        on_name = row is not None and point is not None and row.head_box.contains(point)
        on_clip = self._clip_at(point) if point is not None else ""
        hovered = row.row if row is not None and on_time else None
        lit = (hovered, on_clip)
        if lit != (view.lights.hovered, view.lights.hovered_clip):
            view.lights.hovered, view.lights.hovered_clip = lit
            view.viewport().update()
        in_text = row is not None and point is not None and point.x() >= row.columns.text_x - 4
        shape = Qt.CursorShape.IBeamCursor if in_text and not on_name else Qt.CursorShape.ArrowCursor
        if on_time or on_name or on_clip:
            shape = Qt.CursorShape.PointingHandCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)
