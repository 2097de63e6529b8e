"""The transport: to the start, back, play, ahead, to the end; the seek bar; the time. In a column the time
stands below the buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.preview.player_buttons import PlayButton, SoundButton
from viralclip_desktop.gui.preview.position_words import position_words
from viralclip_desktop.gui.preview.seek_bar import SeekBar
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import action_button
from viralclip_desktop.gui.widgets.controls import PlainSlider
from viralclip_desktop.gui.widgets.labels import timecode_label
from viralclip_desktop.gui.widgets.layout import column, row

_ROOM_FOR_VOLUME_PX, _ROOM_FOR_WORDS_PX, _ROOM_FOR_ENDS_PX = 520, 500, 430
_LEAST_PX, _LEAST_STACKED_PX = 344, 312
_VOLUME_PX = 72


class Transport(QWidget):
    """Drives a :class:`Player` and shows where it stands."""

    def __init__(self, player: Player, actions: Mapping[str, QAction], more: Sequence[QWidget] = ()) -> None:
        """``more``: buttons of the page, placed before the sound."""
        super().__init__()
        self._player = player
        self.bar = SeekBar()
        self._time = timecode_label()
        self._speed = timecode_label("", "strong")
        self.volume = _volume_slider(player)
        self._stacked = False
        self._ends = (
            action_button(actions["to_start"], "skip-back"),
            action_button(actions["to_end"], "skip-forward"),
        )
        buttons = QWidget()
        buttons.setLayout(
            row(
                None,
                self._ends[0],
                action_button(actions["previous_frame"], "caret-left"),
                PlayButton(player, actions["play"]),
                action_button(actions["next_frame"], "caret-right"),
                self._ends[1],
                None,
                gap=4,
            )
        )
        where = QWidget()
        where.setLayout(row(self._time, 8, self._speed, None, *more, SoundButton(player), self.volume, gap=4))
        self._rows = row(buttons, gap=4)
        self._rows.addWidget(where, 1)
        self.setLayout(column(self.bar, self._rows, gap=4))
        self.bar.sought.connect(player.seek)
        player.moved.connect(self._show_position)
        player.plan_changed.connect(self._show_duration)
        player.speed_changed.connect(self._show_how)
        player.pictured.connect(self._show_how)
        player.loop_changed.connect(self.bar.show_loop)
        player.volume_changed.connect(self._show_volume)
        self._show_duration()
        self._show_how()
        self.bar.show_loop(player.loop)

    def _show_position(self, position: Time) -> None:
        self.bar.show_position(position)
        self._time.setText(position_words(position, self._player.span, self._player.duration))

    def _show_duration(self) -> None:
        self.bar.show_span(self._player.span, self._player.duration)
        self._show_position(self._player.position)

    def _show_how(self) -> None:
        """The speed when it isn't the normal one, or that this picture is as good as the export."""
        speed, room = self._player.speed, self._stacked or self.width() >= _ROOM_FOR_WORDS_PX
        fine = self._player.full_quality and room
        if speed != 1:
            self._speed.setText(f"{speed:g}×".replace("-", "−"))
        else:
            self._speed.setText(tr("Full quality") if fine else "")
        if self._stacked:  # beside the time there is room for one of them
            self.volume.setVisible(not fine)

    def minimumSizeHint(self) -> QSize:
        """As little as is left when everything gave way that may."""
        least = _LEAST_STACKED_PX if self._stacked else _LEAST_PX
        return QSize(least, super().minimumSizeHint().height())

    def stack(self, stacked: bool) -> None:
        """Whether there is height for two rows: the time then stands below the buttons, all of them."""
        self._stacked = stacked
        self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        """In one row the volume gives way where there is little room, then the ways to the ends: the sound
        button and the keys stay."""
        ways = QBoxLayout.Direction
        self._rows.setDirection(ways.TopToBottom if self._stacked else ways.LeftToRight)
        self.volume.setVisible(self._stacked or width >= _ROOM_FOR_VOLUME_PX)
        for button in self._ends:
            button.setVisible(self._stacked or width >= _ROOM_FOR_ENDS_PX)
        self._show_how()

    def _show_volume(self, volume: float) -> None:
        self.volume.setValue(round(100 * volume))


def _volume_slider(player: Player) -> PlainSlider:
    """How loud the preview plays on this computer."""
    slider = PlainSlider()
    slider.setRange(0, 100)
    slider.setPageStep(10)
    slider.setValue(round(100 * player.volume))
    slider.setFixedWidth(_VOLUME_PX)
    slider.setAccessibleName(tr("Volume"))
    slider.setToolTip(tr("Volume of the preview"))
    slider.valueChanged.connect(lambda value: player.set_volume(value / 100))
    slider.reset_asked.connect(lambda: slider.setValue(100))
    return slider
