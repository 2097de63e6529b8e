"""The editor: one clip, everything about it. Preview in the middle, panels around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, LayerKind
from viralclip_desktop.domain.clip_time import nearest_clip_time
from viralclip_desktop.gui.bridge.slices import Slices
from viralclip_desktop.gui.editor.docks import DockArea, outline
from viralclip_desktop.gui.editor.header import EditorHeader
from viralclip_desktop.gui.editor.panels import PANELS, ExportPlace, PanelKit, PanelShelf, PanelSpec
from viralclip_desktop.gui.exporting.export_panel import ExportPanel
from viralclip_desktop.gui.preview.full_screen import FullScreenPreview
from viralclip_desktop.gui.preview.preview_panel import PreviewPanel
from viralclip_desktop.gui.preview.safe_area import Platform, SafeAreaOverlay
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.audio.audio_panel import AudioPanel
    from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
    from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel
    from viralclip_desktop.gui.session.memory import WindowMemory
    from viralclip_desktop.gui.timeline.panel import TimelinePanel
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel


class EditorPage(QWidget):
    """Made at the first visit, in pieces between the events; until all are there it shows where they will
    be. The panels follow the session."""

    room_changed = Signal()
    """The picture has another size, or another place."""

    def __init__(self, kit: PanelKit, memory: WindowMemory, menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("page")
        self._kit, self._memory, self._menu = kit, memory, menu
        self._pieces, self._panels = Slices(self), Slices(self)
        self._shelves: dict[str, PanelShelf] = {}
        self._full: FullScreenPreview | None = None
        self._whole = self._laid_out = False
        self._once_whole: list[Callable[[], object]] = []
        self._pieces.add(
            self._make_middle,
            *(partial(self._make_dock, spec) for spec in PANELS),
            self._make_header,
            self._put_together,
        )

    # --- making it ---------------------------------------------------------------------------------------

    def whole(self) -> EditorPage:
        """The page with everything on it but panels that were never in sight; made now if need be."""
        self._pieces.finish()
        return self

    @property
    def settled(self) -> bool:
        """Whether everything in sight is there."""
        return self._whole and self._panels.idle

    def _make_middle(self) -> None:
        kit = self._kit
        self.preview = PreviewPanel(kit.context, kit.player, kit.actions)
        self.docks = DockArea(self, self.preview)
        self.safe_area = SafeAreaOverlay()
        shown = kit.actions["safe_area"].setChecked
        self.safe_area.changed.connect(lambda platform: shown(platform is not None))
        self.safe_area.recall(self._memory.safe_area, shown=self._memory.safe_area_shown)
        self.safe_area.changed.connect(self._keep_safe_area)
        self.preview.picture.add_overlay(self.safe_area)
        self.preview.picture.room_changed.connect(self.room_changed)
        kit.player.plan_changed.connect(lambda plan: self.safe_area.show_aspect(plan.aspect))
        if kit.player.plan is not None:
            self.safe_area.show_aspect(kit.player.plan.aspect)

    def _make_dock(self, spec: PanelSpec) -> None:
        shelf = self._shelves[spec.id] = PanelShelf(spec, self._kit, self._panels)
        self.docks.add_panel(spec, shelf)
        if tie := self._ties().get(spec.id):
            shelf.built.connect(tie)

    def _make_header(self) -> None:
        self.view_menu = self._make_view_menu(self._kit.actions)
        self.header = EditorHeader(self._kit.session, self._kit.actions, self.view_menu, self._menu)
        self.header.setParent(self)

    def _put_together(self) -> None:
        layout = column(self.header, self.docks, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.header.show()
        self.docks.show()
        self._whole = True
        self._lay_out()
        for work in self._once_whole:
            work()
        self._once_whole.clear()

    def _when_whole(self, work: Callable[[], object]) -> None:
        if self._whole:
            work()
        else:
            self._once_whole.append(work)

    def paintEvent(self, event: QPaintEvent) -> None:
        """While it is being made: surfaces where the header, the sides and the timeline will be."""
        super().paintEvent(event)
        if not self._whole:
            painter = QPainter(self)
            for place in outline(self.size()):
                painter.fillRect(place, theme().colour("surface"))

    def hold_export_panel(self, panel: ExportPanel) -> None:
        """Show the window's export panel here."""

        def hold() -> None:
            if self.isVisible():
                cast(ExportPlace, self.panel("export")).hold(panel)

        self._when_whole(hold)

    def reading_order(self) -> list[QWidget]:
        """The parts of the page as one reads them."""
        return [self.header, *self.docks.reading_order()] if self._whole else []

    def panel(self, name: str) -> QWidget:
        """A panel by its id, made if it was never in sight."""
        return self.whole()._shelves[name].content

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
            self._when_whole(lambda: self._show_words([index]))

    def show_safe_area(self) -> None:
        """The guides over the picture, or not, as the action is checked."""
        self.safe_area.switch(self._kit.actions["safe_area"].isChecked())

    def _keep_safe_area(self, platform: Platform | None) -> None:
        self._memory.keep_safe_area(self.safe_area.last, shown=platform is not None)

    @property
    def below_picture_px(self) -> int:
        """Height of what lies below the picture: messages stay clear of it."""
        if not self._whole:
            return 0
        return self.height() - self.preview.mapTo(self, self.preview.picture.geometry().bottomLeft()).y()

    # --- the layout --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """At the first visit the panels lie as they were left."""
        super().showEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._whole and self.isVisible() and not self._laid_out:
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

    def _ties(self) -> dict[str, Callable[..., None]]:
        """What panels and the rest of the page have to do with each other, as soon as they are there."""
        return {"timeline": self._tie_timeline, "captions": self._tie_captions, "frame": self._tie_frame}

    def _tie_timeline(self, timeline: TimelinePanel) -> None:
        player, actions = self._kit.player, self._kit.actions
        timeline.control.set_loop(player.loop)
        timeline.loop_changed.connect(player.set_loop)
        player.loop_changed.connect(timeline.control.set_loop)
        timeline.caption_opened.connect(self._show_words)
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
        kinds = {layer.id: layer.kind for layer in layers}
        if layer_id in kinds:
            name = "frame" if kinds[layer_id] is LayerKind.PICTURE else "audio"
            panel = cast("ReframePanel | AudioPanel", self.panel(name))
            self.docks.reveal(name)
            panel.show_layer(layer_id)

    def _make_view_menu(self, actions: Mapping[str, QAction]) -> QMenu:
        menu = QMenu(self)
        for dock in self.docks.docks.values():
            menu.addAction(dock.toggleViewAction())
        menu.addSeparator()
        menu.addAction(actions["full_preview"])
        menu.addAction(actions["reset_layout"])
        return menu
