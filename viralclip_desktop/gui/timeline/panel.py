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
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.common.dropping import FileDrops
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.accessible_list import ItemList
from viralclip_desktop.gui.timeline.canvas import TimelineCanvas
from viralclip_desktop.gui.timeline.commands import TimelineCommands
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.edits import DeskEdits, TimelineEdits
from viralclip_desktop.gui.timeline.hits import Hit
from viralclip_desktop.gui.timeline.menus import ask_marker_name, build_menu
from viralclip_desktop.gui.timeline.model import LAYERS, Key, Kind
from viralclip_desktop.gui.timeline.toolbar import TimelineBar, tie
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
    from viralclip_desktop.gui.session.player import Player


class TimelinePanel(QWidget):
    """Follows the session's clip and the player. The methods below are what actions are bound to."""

    loop_changed = Signal(object)
    """In and out as a range of clip time, or None."""
    layer_opened = Signal(str)
    """A layer was double-clicked, or Enter pressed on it: its id."""
    caption_opened = Signal(object)
    """A caption was double-clicked: the indexes of its words in the transcript."""

    def __init__(
        self,
        session: ClipSession,
        context: Context,
        player: Player,
        actions: Mapping[str, QAction],
        edits: TimelineEdits | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._drops = FileDrops(session, context)
        self.control = TimelineControl(context, player, edits or DeskEdits(session, context), NO_CLIP, self)
        self.commands = TimelineCommands(self.control)
        self.bar = TimelineBar()
        self.canvas = TimelineCanvas(self.control)
        self.items = ItemList(self.control, self.canvas)
        layout = column(self.bar, self.canvas, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setAccessibleName(tr("Timeline"))
        self._tie_bar(actions)
        self._connect()
        if session.loaded is not None:
            self.control.show_recording(session.loaded)
        self._show_clip(session.clip)

    # --- what actions are bound to -------------------------------------------------------------------------

    def split_at_playhead(self) -> None:
        """S, Ctrl+B: two parts, or two of each selected layer."""
        self.commands.split()

    def split_clip(self) -> None:
        """Two clips, the second from the playhead on."""
        self.commands.split_clip()

    def move_part(self, by: int) -> None:
        """Play a part earlier (-1) or later (+1)."""
        self.commands.move_part(by)

    def delete_selection(self) -> None:
        """Del: lift, or ripple while the ripple switch is on."""
        self.commands.delete()

    def ripple_delete_selection(self) -> None:
        """Shift+Del: delete and close the gap."""
        self.commands.ripple_delete()

    def toggle_snapping(self) -> None:
        """N."""
        self.control.set_snapping(not self.control.snapping)

    def toggle_ripple(self) -> None:
        """What lies behind moves along, or not."""
        self.control.set_ripple(not self.control.ripple)

    def add_marker(self) -> None:
        """M: mark the playhead, or take the mark there away."""
        self.commands.add_marker()

    def zoom_to_fit(self) -> None:
        """Backslash, Shift+Z."""
        self.control.fit()

    def zoom_in(self) -> None:
        """Closer, around the playhead."""
        self.control.zoom_in()

    def zoom_out(self) -> None:
        """Further away."""
        self.control.zoom_out()

    def set_in(self) -> None:
        """In point of the loop at the playhead."""
        self.commands.set_in()

    def set_out(self) -> None:
        """Out point of the loop at the playhead."""
        self.commands.set_out()

    def clear_in_out(self) -> None:
        """No loop."""
        self.commands.clear_in_out()

    def select_all(self) -> None:
        """All captions and layers."""
        self.control.select_all()

    def nudge(self, frames: int) -> None:
        """Move selected layers and captions by frames."""
        self.commands.nudge(frames)

    def previous_edge(self) -> None:
        """The playhead to the cut, marker or edge before."""
        self.commands.step_to_edge(-1)

    def next_edge(self) -> None:
        """The playhead to the cut, marker or edge behind."""
        self.commands.step_to_edge(1)

    def previous_beat(self) -> None:
        """The playhead to the beat of the music before."""
        self.commands.step_to_beat(-1)

    def next_beat(self) -> None:
        """The playhead to the beat of the music behind."""
        self.commands.step_to_beat(1)

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
        bar.items.clicked.connect(self.items.keep_unfolded)
        named = {
            "split": bar.split,
            "delete": bar.lift,
            "ripple_delete": bar.ripple_delete,
            "marker": bar.marker,
            "snap": bar.snap,
            "ripple": bar.ripple,
            "zoom_in": bar.zoom_in,
            "zoom_out": bar.zoom_out,
        }
        for name, button in named.items():
            action = actions.get(name)
            if action is not None:
                _name_after(button, action)

    def _connect(self) -> None:
        session, control, canvas, items = self._session, self.control, self.canvas, self.items
        session.opened.connect(self.control.show_recording)
        session.reread.connect(self.control.show_words)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._clip_changed)
        control.loop_changed.connect(self.loop_changed)
        canvas.menu_asked.connect(self._show_menu)
        canvas.opened.connect(self._open)
        canvas.dropped.connect(self.take_files)
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
        elif key.kind is Kind.MARKER:
            ask_marker_name(self, self.control, self.commands, key)
        elif key.kind is Kind.CAPTION:
            self.caption_opened.emit(self.control.model.words_of(key))
        elif key.kind is not Kind.VIDEO:
            self.layer_opened.emit(key.id)

    def _show_menu(self, hit: Hit, where: QPoint) -> None:
        if self.control.clip is not None:
            self._build_menu(hit.key, hit.time).popup(where)

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
    "", "", "", 0, TimeRange(ZERO, Time.from_seconds(1)), "", 0, (), "", "", aspect=Aspect.VERTICAL
)
"""Shown while no clip is selected."""
