"""The editor: one clip, everything about it. Preview in the middle, panels around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, LayerKind
from viralclip_desktop.domain.clip_time import nearest_clip_time
from viralclip_desktop.gui.editor.docks import DockArea
from viralclip_desktop.gui.editor.dropping import FileDrops
from viralclip_desktop.gui.editor.header import EditorHeader
from viralclip_desktop.gui.editor.panels import PANELS, ExportPlace, PanelKit, PanelShelf
from viralclip_desktop.gui.exporting.export_panel import ExportPanel
from viralclip_desktop.gui.preview.full_screen import FullScreenPreview
from viralclip_desktop.gui.preview.preview_panel import PreviewPanel
from viralclip_desktop.gui.preview.safe_area import SafeAreaOverlay
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
    from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel
    from viralclip_desktop.gui.shell.memory import WindowMemory
    from viralclip_desktop.gui.timeline.panel import TimelinePanel
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel


class EditorPage(QWidget):
    """Built once, at the first visit; the panels follow the session."""

    def __init__(self, kit: PanelKit, memory: WindowMemory, menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("page")
        self._kit, self._memory = kit, memory
        self.preview = PreviewPanel(kit.context, kit.player, kit.actions)
        self.safe_area = SafeAreaOverlay()
        shown = kit.actions["safe_area"].setChecked
        self.safe_area.changed.connect(lambda platform: shown(platform is not None))
        self._shelves = {spec.id: PanelShelf(spec, kit) for spec in PANELS}
        self._drops = FileDrops(kit.session, kit.context)
        self._tie_panels()
        self.docks = DockArea(PANELS, self._shelves, self.preview)
        self.view_menu = self._make_view_menu(kit.actions)
        self.header = EditorHeader(kit.session, kit.actions, self.view_menu, menu)
        self._full: FullScreenPreview | None = None
        self._laid_out = False
        layout = column(self.header, self.docks, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.preview.picture.add_overlay(self.safe_area)
        kit.player.plan_changed.connect(lambda plan: self.safe_area.show_aspect(plan.aspect))

    def hold_export_panel(self, panel: ExportPanel) -> None:
        """Show the window's export panel here."""
        cast(ExportPlace, self.panel("export")).hold(panel)

    def panel(self, name: str) -> QWidget:
        """A panel by its id, made if it was never in sight."""
        return self._shelves[name].content

    @property
    def timeline(self) -> TimelinePanel:
        """The timeline."""
        return cast("TimelinePanel", self.panel("timeline"))

    @property
    def transcript(self) -> TranscriptPanel:
        """The words."""
        return cast("TranscriptPanel", self.panel("transcript"))

    def go_to_word(self, clip: Clip, at: Time) -> None:
        """Stand at a moment of the recording, with its word in view."""
        self._kit.player.go_when_planned(nearest_clip_time(clip, at))
        loaded = self._kit.session.loaded
        words = loaded.transcript.words if loaded and loaded.transcript else ()
        index = next((n for n, word in enumerate(words) if word.end > at), None)
        if index is not None:
            self.docks.reveal("transcript")
            self.transcript.show_word(index)

    def show_safe_area(self) -> None:
        """The guides over the picture, or not, as the action is checked."""
        self.safe_area.switch(self._kit.actions["safe_area"].isChecked())

    @property
    def below_picture_px(self) -> int:
        """Height of what lies below the picture: messages stay clear of it."""
        return self.height() - self.preview.mapTo(self, self.preview.picture.geometry().bottomLeft()).y()

    # --- the layout --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """At the first visit the panels lie as they were left."""
        super().showEvent(event)
        if not self._laid_out:
            self._laid_out = True
            self.docks.recall(self._memory.layout)

    def keep_layout(self) -> None:
        """Remember how the panels lie."""
        if self._laid_out:
            self._memory.layout = self.docks.remembered()

    def reset_layout(self) -> None:
        """Every panel where it was at first."""
        self.docks.lay_out()
        self.keep_layout()

    # --- the picture -------------------------------------------------------------------------------------

    def full_screen(self) -> None:
        """Only the picture, on the whole screen; again to come back."""
        if self._full is not None:
            self._full.close()
            return
        kit = self._kit
        self._full = FullScreenPreview(kit.context, kit.player, kit.actions, self.window())
        self._full.left.connect(self._left_full_screen)
        self._full.open_on(self.preview.picture)

    @property
    def full_preview(self) -> FullScreenPreview | None:
        """The full-screen preview while it is open."""
        return self._full

    def leave(self) -> None:
        """The page is being left."""
        if self._full is not None:
            self._full.close()
        self._kit.player.pause()
        self.keep_layout()

    def _tie_panels(self) -> None:
        """What panels and the rest of the page have to do with each other, as soon as they are there."""
        self._shelves["timeline"].built.connect(self._tie_timeline)
        self._shelves["captions"].built.connect(self._tie_captions)
        self._shelves["frame"].built.connect(self._tie_frame)

    def _tie_timeline(self, timeline: TimelinePanel) -> None:
        player, actions = self._kit.player, self._kit.actions
        timeline.control.set_loop(player.loop)
        timeline.loop_changed.connect(player.set_loop)
        player.loop_changed.connect(timeline.control.set_loop)
        timeline.caption_opened.connect(self._show_words)
        timeline.files_dropped.connect(self._drops.take)
        timeline.layer_opened.connect(self._show_layer)
        for name, switched, on in (
            ("snap", timeline.control.snap_changed, timeline.control.snapping),
            ("ripple", timeline.control.ripple_changed, timeline.control.ripple),
        ):
            actions[name].setChecked(on)
            switched.connect(actions[name].setChecked)

    def _tie_captions(self, captions: CaptionsPanel) -> None:
        guides = self.safe_area
        captions.safe_area.show_value(guides.platform)
        captions.safe_area_chosen.connect(guides.show_platform)
        guides.changed.connect(captions.safe_area.show_value)

    def _tie_frame(self, frame: ReframePanel) -> None:
        self.preview.picture.add_overlay(frame.handles)
        frame.handles.clicked.connect(self._kit.player.toggle)

    def _show_words(self, words: Sequence[int]) -> None:
        if words:
            self.docks.reveal("transcript")
            self.transcript.show_word(words[0])

    def _left_full_screen(self) -> None:
        if self._full is not None:
            self._full.deleteLater()
            self._full = None
        self._kit.player.set_room(self.preview.picture.room())

    def _show_layer(self, layer_id: str) -> None:
        clip = self._kit.session.clip
        layers = clip.layers if clip is not None else ()
        if any(layer.id == layer_id and layer.kind is not LayerKind.PICTURE for layer in layers):
            self.docks.reveal("audio")

    def _make_view_menu(self, actions: Mapping[str, QAction]) -> QMenu:
        menu = QMenu(self)
        for dock in self.docks.docks.values():
            menu.addAction(dock.toggleViewAction())
        menu.addSeparator()
        menu.addAction(actions["full_preview"])
        menu.addAction(actions["reset_layout"])
        return menu
