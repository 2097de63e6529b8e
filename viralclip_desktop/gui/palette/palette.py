"""The command palette: type a few letters of what you want, Enter does it; each row shows its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from viralclip_desktop.gui.common.fuzzy import Match, best_first, match, match_also
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, line

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.actions import ActionRow

Index = QModelIndex | QPersistentModelIndex

RowRole = Qt.ItemDataRole.UserRole
_WIDTH_PX, _ROW_PX, _MOST_SHOWN = 560, 36, 9
_TOP_SHARE = 0.16  # of the window's height, above the palette
_KEYS_PX = 96  # wide enough for most keys: what stands before them lines up
_MOST_RECENT = 12
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_OWN = {"palette"}  # opening the palette from the palette


@dataclass(frozen=True)
class Row:
    """One command as found."""

    action: QAction
    spec: ActionRow
    match: Match

    @property
    def keys(self) -> str:
        """Its shortcut in the system's spelling."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def state(self) -> str:
        """``On`` or ``Off`` of a switch; empty for what is none."""
        if not self.action.isCheckable():
            return ""
        return tr("On") if self.action.isChecked() else tr("Off")

    @property
    def reason(self) -> str:
        """Why it can't be chosen; empty when it can."""
        return "" if self.action.isEnabled() else self.spec.reason


class CommandModel(QAbstractListModel):
    """What was found, best first; commands that make no sense now come last and can't be chosen."""

    def __init__(
        self,
        specs: Sequence[ActionRow],
        actions: Mapping[str, QAction],
        recent: Sequence[str],
        parent: QObject,
    ) -> None:
        """``recent``: ids of what was used lately, the latest last."""
        super().__init__(parent)
        self._specs = [(spec, actions[spec.id]) for spec in specs if spec.id not in _OWN]
        self.recent = list(recent)
        self.rows: list[Row] = []

    def search(self, query: str) -> None:
        """Show what matches; everything, the latest used first, for nothing typed."""
        hits = ((pair, _hit(query, pair[0])) for pair in self._specs)
        matched = best_first((pair, hit) for pair, hit in hits if hit is not None)
        found = [Row(action, spec, hit) for (spec, action), hit in matched]
        if not query.strip():
            found.sort(key=lambda row: -self._recency(row.spec.id))
        self.beginResetModel()
        self.rows = sorted(found, key=lambda row: not row.action.isEnabled())
        self.endResetModel()

    def used(self, name: str) -> None:
        """Remember what was chosen."""
        others = [other for other in self.recent if other != name]
        self.recent = [*others[1 - _MOST_RECENT :], name]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many were found."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what makes sense now can be chosen."""
        on = index.isValid() and self.rows[index.row()].action.isEnabled()
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if on else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A command's parts by role."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.action.text()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.action.text(), row.state, row.keys, row.reason)
            return ", ".join(part for part in parts if part)
        return row if role == RowRole else None

    def _recency(self, name: str) -> int:
        return self.recent.index(name) + 1 if name in self.recent else 0


def _hit(query: str, spec: ActionRow) -> Match | None:
    """How well an action is meant: by what it is called, not by what undo would take back just now; else by
    another word for it."""
    hits = (match(query, tr(spec.title)), match_also(query, spec.search_words))
    return max((hit for hit in hits if hit is not None), key=lambda hit: hit.score, default=None)


class CommandDelegate(QStyledItemDelegate):
    """Icon, title with the matched letters stronger, whether it is on, keys; or why it can't be chosen."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(_WIDTH_PX - 16, _ROW_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One command."""
        row: Row = index.data(RowRole)
        box, on = QRect(option.rect), row.action.isEnabled()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("accent_fill"))
            painter.drawRoundedRect(QRectF(box), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        ink = "on_accent" if chosen else ("text" if on else "faint")
        if row.spec.icon:
            _paint_icon(painter, box.left() + 12, box, row.spec.icon, ink)
        side = "on_accent" if chosen else "quiet"
        left = _paint_note(painter, box, box.right() - 12, row.keys if on else row.reason, side)
        if row.state and on:
            left = _paint_note(painter, box, min(left, box.right() - _KEYS_PX) - 12, row.state, side)
            if row.action.isChecked():
                left -= tokens.ICON_SMALL + 6
                _paint_icon(painter, left, box, "check", side if chosen else "accent")
        words = QRect(box.left() + 40, box.top(), left - box.left() - 48, box.height())
        _paint_found(painter, words, row, ink)
        painter.restore()


def _paint_icon(painter: QPainter, left: int, box: QRect, icon: str, ink: str) -> None:
    size = tokens.ICON_SMALL
    theme().icon(icon, ink).paint(painter, QRect(left, box.center().y() - size // 2 + 1, size, size))


def _paint_note(painter: QPainter, box: QRect, right: int, text: str, ink: str) -> int:
    """A few words that end at ``right``; returns where they begin."""
    font = theme().sized(tokens.TYPE_NOTE)
    width = QFontMetrics(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(theme().colour(ink))
    painter.drawText(QRect(right - width, box.top(), width + 2, box.height()), _MIDDLE, text)
    return right - width


def _paint_found(painter: QPainter, box: QRect, row: Row, ink: str) -> None:
    """The title, run by run: matched letters are strong."""
    x, text, hits = box.left(), row.action.text(), set(row.match.places)
    painter.setPen(theme().colour(ink))
    place = 0
    while place < len(text) and x < box.right():
        strong = place in hits
        end = place
        while end < len(text) and (end in hits) == strong:
            end += 1
        font = theme().sized(tokens.TYPE_BODY, strong=strong)
        room = QRect(x, box.top(), box.right() - x, box.height())
        shown = QFontMetrics(font).elidedText(text[place:end], Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        x += QFontMetrics(font).horizontalAdvance(text[place:end])
        place = end


class CommandPalette(QDialog):
    """Opens over the window; Escape, or a click elsewhere, puts it away. ``used`` carries the ids of what was
    chosen lately, the latest last."""

    used = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        specs: Sequence[ActionRow],
        actions: Mapping[str, QAction],
        recent: Sequence[str] = (),
    ) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowTitle(tr("Find a command"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.model = CommandModel(specs, actions, recent, self)
        self.field, self.list = QLineEdit(), QListView()
        self.field.setProperty("role", "palette")
        self.field.setPlaceholderText(tr("What do you want to do?"))
        self.field.setAccessibleName(tr("Find a command"))
        self.field.installEventFilter(self)
        self._nothing = label(tr("Nothing is called that. Try another word."), "quiet")
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._found = QStackedWidget()  # of one height, however much is found: nothing jumps while one types
        self._build_list()
        inside = column(self.field, line(), self._found, gap=6, margins=(8, 8, 8, 8))
        self.setLayout(column(frame("palette", inside), gap=0))
        self.setFixedWidth(_WIDTH_PX)
        self.field.textChanged.connect(self._search)
        self.list.clicked.connect(self._run)

    def open_over(self, window: QWidget) -> None:
        """Show it empty, over the upper middle of a window."""
        self.field.clear()
        self._search("")
        corner = window.mapToGlobal(window.rect().topLeft())
        left = corner.x() + (window.width() - _WIDTH_PX) // 2
        self.move(left, corner.y() + round(window.height() * _TOP_SHARE))
        self.show()
        self.activateWindow()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Enter are the list's while the cursor is in the field."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in moves:
                self._step(moves[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Another window was clicked."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide()

    def _build_list(self) -> None:
        for part in (self.list, self._nothing):
            self._found.addWidget(part)
        self._found.setFixedHeight(_MOST_SHOWN * _ROW_PX + 2)
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommandDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("Commands"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _search(self, text: str) -> None:
        self.model.search(text)
        found = self.model.rowCount()
        self._found.setCurrentWidget(self.list if found else self._nothing)
        if found:
            self.list.setCurrentIndex(self.model.index(0))

    def _step(self, by: int) -> None:
        possible = [n for n, row in enumerate(self.model.rows) if row.action.isEnabled()]
        if not possible:
            return
        here = self.list.currentIndex().row()
        place = possible.index(here) if here in possible else 0
        self.list.setCurrentIndex(self.model.index(possible[min(max(0, place + by), len(possible) - 1)]))

    def _run(self, index: QModelIndex) -> None:
        row: Row | None = index.data(RowRole) if index.isValid() else None
        if row is None or not row.action.isEnabled():
            return
        self.model.used(row.spec.id)
        self.used.emit(self.model.recent)
        self.hide()
        QTimer.singleShot(0, row.action.trigger)  # once the window has the focus back
