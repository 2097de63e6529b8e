"""A sound as a row: a button to hear it, its name, what it is, its wave and its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.library import LibraryKind
from viralclip_desktop.gui.studio.sound_model import Index, Sound, SoundRole
from viralclip_desktop.gui.studio.wave_view import paint_bars
from viralclip_desktop.gui.text import duration
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.painting import paint_card, paint_line

if TYPE_CHECKING:
    from viralclip_desktop.gui.common.hearing import Hearing
    from viralclip_desktop.gui.studio.waves import Waves

ROW_PX, COMPACT_PX, GAP_PX = 56, 46, 4
_PLAY_PX, _LEFT_PX, _RIGHT_PX, _BETWEEN_PX = 30, 10, 14, 12
_WORDS_LEAST_PX, _WAVE_SHARE, _WAVE_LEAST_PX = 128, 0.4, 40
_LONGEST = Time.from_seconds(754)  # its words are about as wide as those of any sound
_ROOM_FOR_ALL_PX = 400  # from which on the lengths have a column of their own

COLOURS = {
    LibraryKind.VOICE: "track_voice",
    LibraryKind.MUSIC: "track_music",
    LibraryKind.EFFECT: "track_overlay",
    LibraryKind.IMPORT: "track_video",
}


def play_box(row: QRect) -> QRect:
    """Where the button to hear a sound is, in its row with the gap below."""
    return QRect(
        row.left() + _LEFT_PX, row.top() + (row.height() - GAP_PX - _PLAY_PX) // 2, _PLAY_PX, _PLAY_PX
    )


class SoundDelegate(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, waves: Waves, hearing: Hearing, parent: QObject, *, compact: bool) -> None:
        super().__init__(parent)
        self._waves, self._hearing = waves, hearing
        self._row_px = COMPACT_PX if compact else ROW_PX

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(200, self._row_px + GAP_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """The card, and what stands on it."""
        sound: Sound = index.data(SoundRole)
        box, state = QRect(option.rect.topLeft(), QSize(option.rect.width(), self._row_px)), option.state
        painter.save()
        paint_card(
            painter,
            box,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        button = play_box(option.rect)
        self._paint_button(painter, button, sound)
        beside = box.adjusted(button.right() + _BETWEEN_PX - box.left(), 0, -_RIGHT_PX, 0)
        self._paint_words(painter, beside, sound)
        painter.restore()

    def _paint_button(self, painter: QPainter, box: QRect, sound: Sound) -> None:
        heard = self._hearing.heard == sound.id
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("accent_fill" if heard else "line"))
        painter.drawEllipse(box)
        name = "stop-fill" if heard else "play-fill" if sound.there else "warning"
        colour = "on_accent" if heard else "text" if sound.there else "bad"
        theme().icon(name, colour).paint(painter, box.adjusted(8, 8, -8, -8))

    def _paint_words(self, painter: QPainter, box: QRect, sound: Sound) -> None:
        """The words have the first claim to the room, then the length, then the wave."""
        small = theme().sized(tokens.TYPE_NOTE, tabular=True)
        metrics, words = QFontMetrics(small), sound.length_words
        column = max(metrics.horizontalAdvance(text) for text in (words, duration(_LONGEST))) + 2
        end = box.right() - (column if box.width() > _ROOM_FOR_ALL_PX else metrics.horizontalAdvance(words))
        right = box.right() - metrics.horizontalAdvance(words) - 1
        paint_line(painter, QRect(right, box.top(), box.right() - right, box.height()), words, small, "quiet")
        wave = int(min(box.width() * _WAVE_SHARE, end - box.left() - 2 * _BETWEEN_PX - _WORDS_LEAST_PX))
        end -= _BETWEEN_PX
        if wave >= _WAVE_LEAST_PX:
            end -= wave
            self._paint_wave(painter, QRect(end, box.top() + 10, wave, box.height() - 20), sound)
            end -= _BETWEEN_PX
        self._paint_titles(painter, QRect(box.left(), box.center().y() - 19, end - box.left(), 20), sound)

    def _paint_titles(self, painter: QPainter, box: QRect, sound: Sound) -> None:
        strong, small = theme().sized(tokens.TYPE_BODY, strong=True), theme().sized(tokens.TYPE_NOTE)
        paint_line(painter, box, sound.entry.asset.title, strong, "text")
        paint_line(painter, box.translated(0, 19), sound.note, small, "quiet" if sound.there else "bad")

    def _paint_wave(self, painter: QPainter, box: QRect, sound: Sound) -> None:
        wave = self._waves.get(sound.entry.asset) if sound.there else None
        heard = self._hearing.share if self._hearing.heard == sound.id else 0.0
        if wave:
            paint_bars(painter, QRectF(box), wave, COLOURS[sound.entry.item.kind], heard)
