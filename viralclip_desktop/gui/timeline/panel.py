"""The timeline of the editor page: bar, painted tracks, and the list of items beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.edits.cuts import SHORTEST_CLIP
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer
from viralclip_desktop.gui.common.dropping import FileDrops
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.accessible_list import ItemList
from viralclip_desktop.gui.timeline.canvas import TimelineCanvas
from viralclip_desktop.gui.timeline.commands import TimelineCommands
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.hits import Hit
from viralclip_desktop.gui.timeline.menus import add_menu, ask_marker_name, build_menu
from viralclip_desktop.gui.timeline.model import LAYERS, Key, Kind
from viralclip_desktop.gui.timeline.toolbar import TimelineBar, tie
from viralclip_desktop.gui.timeline.typing import TimelineTyping
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player


class TimelinePanel(QWidget):
    """Follows the session's clip and the player; ``commands`` and ``control`` are what actions call."""

    picture_opened = Signal(str)
    """A picture was double-clicked, or Enter pressed on it: its id."""
    drawn_opened = Signal(str)
    """The same for a title or a bar, whose settings a finish has: Enter pressed on it, or its menu used."""
    sound_opened = Signal(str)
    """The same for a voice or a piece of music."""
    transition_opened = Signal(int)
    """A transition was clicked, or Enter pressed on it: the place of its part."""
    caption_opened = Signal(object)
    """A caption was chosen in the list of items: the indexes of its words in the transcript."""

    def __init__(
        self,
        session: ClipSession,
        context: Context,
        player: Player,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._session = session
        self._drops = FileDrops(session, context)
        self._add_title = actions.get("add_title")
        self.control = TimelineControl(context, player, session, NO_CLIP, self)
        self.commands = TimelineCommands(self.control)
        self.bar = TimelineBar()
        self.canvas = TimelineCanvas(self.control)
        self.items = ItemList(self.control, self.canvas)
        self.typing = TimelineTyping(self.control, self.canvas)
        layout = column(self.bar, self.canvas, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setAccessibleName(tr("Timeline"))
        self._tie_bar(actions)
        self._connect()
        if session.loaded is not None:
            self.control.show_recording(session.loaded)
        self._show_clip(session.clip)
        self.control.set_loop(player.loop)
        self.control.loop_changed.connect(player.set_loop)
        player.loop_changed.connect(self.control.set_loop)

    def take_files(self, paths: Sequence[Path], at: Time, track: Kind) -> None:
        """Files dropped on a track at a clip time become layers there."""
        self._drops.take(paths, at, LAYERS.get(track))

    # --- state -------------------------------------------------------------------------------------------

    @property
    def loop(self) -> TimeRange | None:
        """In and out, clip time."""
        return self.control.scene.loop

    @property
    def selected(self) -> frozenset[Key]:
        """The selected items."""
        return self.control.selection.keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list keeps its place."""
        super().resizeEvent(event)
        self.items.place()

    # --- inside ------------------------------------------------------------------------------------------

    def _tie_bar(self, actions: Mapping[str, QAction]) -> None:
        bar, commands = self.bar, self.commands
        tie(bar, self.control)
        on_click(bar.split, commands.split)
        on_click(bar.lift, commands.delete)
        on_click(bar.ripple_delete, commands.ripple_delete)
        on_click(bar.marker, commands.add_marker)
        if self._add_title is not None:
            on_click(bar.title, self._add_title.trigger)
        bar.items.clicked.connect(self.items.keep_unfolded)
        named = {
            "split": bar.split,
            "delete": bar.lift,
            "ripple_delete": bar.ripple_delete,
            "marker": bar.marker,
            "add_title": bar.title,
            "snap": bar.snap,
            "ripple": bar.ripple,
            "zoom_in": bar.zoom_in,
            "zoom_out": bar.zoom_out,
        }
        for name, button in named.items():
            action = actions.get(name)
            if action is not None:
                _name_after(button, action)
        for name, switched, on in (
            ("snap", self.control.snap_changed, self.control.snapping),
            ("ripple", self.control.ripple_changed, self.control.ripple),
        ):
            if name in actions:
                actions[name].setChecked(on)
                switched.connect(actions[name].setChecked)

    def _connect(self) -> None:
        session, canvas, items = self._session, self.canvas, self.items
        session.opened.connect(self.control.show_recording)
        session.reread.connect(self.control.show_words)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._clip_changed)
        canvas.menu_asked.connect(self._show_menu)
        canvas.add_asked.connect(self._show_add_menu)
        canvas.opened.connect(self._open)
        canvas.caption_opened.connect(self.typing.start)
        canvas.title_opened.connect(self._write_title)
        canvas.dropped.connect(self.take_files)
        canvas.sounds_dropped.connect(self._drops.take_sounds)
        items.deleted.connect(self._delete)
        items.opened.connect(self._open)
        items.folded.connect(lambda folded: self.bar.items.setChecked(not folded))
        items.menu_asked.connect(self._show_item_menu)

    def _show_clip(self, clip: Clip | None) -> None:
        self.control.show_clip(clip)
        self.bar.show_state(self.control)
        self.canvas.setEnabled(clip is not None)

    def _clip_changed(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self.control.show_clip(clip)

    def _delete(self, ripple: bool) -> None:
        (self.commands.ripple_delete if ripple else self.commands.delete)()

    def _open(self, key: Key) -> None:
        if key.kind is Kind.CUT:
            self.commands.restore([key])
        elif key.kind is Kind.TRANSITION:
            self.transition_opened.emit(key.number)
        elif key.kind is Kind.MARKER:
            ask_marker_name(self, self.control, self.commands, key)
        elif key.kind is Kind.CAPTION:
            self.caption_opened.emit(self.control.model.words_of(key))
        elif isinstance(self.control.model.layer(key), TitleLayer | ProgressLayer):
            self.drawn_opened.emit(key.id)
        elif key.kind is Kind.PICTURE:
            self.picture_opened.emit(key.id)
        elif key.kind is not Kind.VIDEO:
            self.sound_opened.emit(key.id)

    def _write_title(self, key: Key) -> None:
        if isinstance(layer := self.control.model.layer(key), TitleLayer):
            self.typing.start_title(key, layer)

    def _show_menu(self, hit: Hit, where: QPoint) -> None:
        if self.control.clip is not None:
            self._build_menu(hit.key, hit.time).popup(where)

    def _show_add_menu(self, where: QPoint) -> None:
        if self.control.clip is not None:
            menu = add_menu(self, self.take_files, self.control.scene.playhead, self._add_title)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)

    def _show_item_menu(self, key: Key, where: QPoint) -> None:
        self._build_menu(key, self.control.scene.playhead).popup(where)

    def _build_menu(self, key: Key | None, at: Time) -> QMenu:
        menu = build_menu(self, self.control, self.commands, key, at, opened=self._open)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


def _name_after(button: IconButton, action: QAction) -> None:
    """The tooltip shows the shortcut the user gave the action."""

    def rename() -> None:
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.set_name(action.text(), shortcut)

    action.changed.connect(rename)
    rename()


NO_CLIP = Clip(
    id="",
    project_id="",
    source_id="",
    batch_id="",
    rank=0,
    parts=parts_of("", TimeRange(ZERO, SHORTEST_CLIP)),
    title="",
    score=None,
    reasons=(),
    quote_first="",
    quote_last="",
    aspect=Aspect.VERTICAL,
)
"""Shown while no clip is selected."""
