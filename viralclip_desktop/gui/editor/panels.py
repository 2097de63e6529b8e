"""The editor's panels: one row each, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.bridge.slices import Slices
    from viralclip_desktop.gui.moments.clip_cards import ClipModel
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player
    from viralclip_desktop.gui.session.trail import Trail


class Area(StrEnum):
    """Where a panel lies at first."""

    LEFT = "left"
    RIGHT = "right"
    BOTTOM = "bottom"


@dataclass(frozen=True)
class PanelKit:
    """What a panel is built from."""

    session: ClipSession
    context: Context
    player: Player
    pictures: Pictures
    actions: Mapping[str, QAction]
    clips: ClipModel
    trail: Trail


@dataclass(frozen=True)
class PanelSpec:
    """One panel. ``id`` is part of the remembered layout and of the action ``panel_<id>``."""

    id: str
    title: str
    icon: str
    area: Area
    build: Callable[[PanelKit], QWidget]


class PanelShelf(QWidget):
    """Holds a panel, which is made after it came in sight for the first time: nine at once would keep the
    user waiting for six that are behind others. Until then the shelf is empty."""

    built = Signal(object)
    """The panel, as soon as it is made."""

    def __init__(self, spec: PanelSpec, kit: PanelKit, slices: Slices) -> None:
        """``slices``: makes one panel at a time."""
        super().__init__()
        self._spec, self._kit, self._slices = spec, kit, slices
        self._content: QWidget | None = None
        self._in_sight = self._focus_waits = False
        self._inside = column(gap=0)
        self.setLayout(self._inside)

    @property
    def content(self) -> QWidget:
        """The panel itself; made now if it was not there yet."""
        if self._content is None:
            self._content = self._spec.build(self._kit)
            self._inside.addWidget(self._content)
            self._content.setVisible(self._in_sight)
            self.built.emit(self._content)
        return self._content

    def put_in_sight(self, seen: bool) -> None:
        """Show the panel, or hide it: behind other tabs Qt only moves it out of the picture, and it would
        go on working."""
        came, self._in_sight = seen and not self._in_sight, seen
        if self._content is not None:
            self._content.setVisible(seen)
        elif came:
            self._slices.add(self._make_if_seen)

    def take_focus(self) -> None:
        """Give the panel the focus, as soon as it is there."""
        self._focus_waits = self._content is None
        if self._content is not None:
            self._content.setFocus()

    def _make_if_seen(self) -> None:
        if self._in_sight:
            self.content.show()
        if self._focus_waits:
            self.take_focus()


def _transcript(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    return TranscriptPanel(kit.session, kit.context, kit.player, kit.actions)


def _clips(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.moments.clips_panel import ClipsPanel

    return ClipsPanel(kit.session, kit.clips, kit.actions)


def _timeline(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.timeline.panel import TimelinePanel

    return TimelinePanel(kit.session, kit.context, kit.player, kit.actions)


def _captions(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel

    return CaptionsPanel(kit.session, kit.context, kit.pictures, kit.player)


def _brand(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.brand_kit.brand_panel import BrandPanel

    return BrandPanel(kit.session, kit.context, kit.pictures)


def _frame(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel

    return ReframePanel(kit.session, kit.context, kit.pictures, kit.player)


def _audio(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.audio.audio_panel import AudioPanel

    return AudioPanel(kit.session, kit.context, kit.pictures, kit.player)


class ExportPlace(QWidget):
    """Where the window's one export panel stands while the editor is in view."""

    def __init__(self) -> None:
        super().__init__()
        heading = column(label(tr("Export"), "section"), margins=(16, 16, 16, 0))
        self._inside = column(heading, None, gap=0)
        self.setLayout(self._inside)

    def hold(self, panel: QWidget) -> None:
        """Show the panel here."""
        if self._inside.indexOf(panel) < 0:
            self._inside.insertWidget(1, panel)
        panel.show()


def _export(_kit: PanelKit) -> QWidget:
    return ExportPlace()


def _history(kit: PanelKit) -> QWidget:
    from viralclip_desktop.gui.history.history_panel import HistoryPanel

    return HistoryPanel(kit.trail, kit.actions)


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("transcript", "Transcript", "text-align-left", Area.LEFT, _transcript),
    PanelSpec("clips", "Clips", "film-strip", Area.LEFT, _clips),
    PanelSpec("captions", "Captions", "closed-captioning", Area.RIGHT, _captions),
    PanelSpec("brand", "Brand", "palette", Area.RIGHT, _brand),
    PanelSpec("frame", "Frame", "crop", Area.RIGHT, _frame),
    PanelSpec("audio", "Audio", "speaker-high", Area.RIGHT, _audio),
    PanelSpec("export", "Export", "export", Area.RIGHT, _export),
    PanelSpec("history", "History", "clock-counter-clockwise", Area.RIGHT, _history),
    PanelSpec("timeline", "Timeline", "rows", Area.BOTTOM, _timeline),
)
