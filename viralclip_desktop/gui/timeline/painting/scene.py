"""What is to be painted, and the order in which it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.gui.timeline.clip_times import Ticks
from viralclip_desktop.gui.timeline.geometry import Rows, View
from viralclip_desktop.gui.timeline.model import Key, Lane, TimelineModel

if TYPE_CHECKING:
    from viralclip_desktop.features.layer_sound import LayerSound
    from viralclip_desktop.gui.timeline.filmstrip import Filmstrip
    from viralclip_desktop.gui.timeline.painting.ink import Ink
    from viralclip_desktop.media.peaks import Peaks

_FRAME = Time.from_seconds(1 / 30)


@dataclass(frozen=True)
class TrimGhost:
    """A trim under way: the new ends in the clip time of before, and which one moves. ``part``: what is
    trimmed as it was, clip time; None for the whole clip."""

    start: Time
    end: Time
    edge: str
    part: TimeRange | None = None


@dataclass
class Scene:
    """All the state that shows."""

    ink: Ink
    model: TimelineModel
    view: View = field(default_factory=View)
    rows: Rows = field(default_factory=Rows)
    selected: frozenset[Key] = frozenset()
    hovered: Key | None = None
    add_hovered: bool = False
    """Whether the pointer is on the row where things are added."""
    current: Key | None = None
    """The item the keyboard stands on in the list."""
    preview: Mapping[Key, TimeRange] = field(default_factory=dict)
    """Items under the pointer's hand, where they would come to lie."""
    playhead: Time = ZERO
    loop: TimeRange | None = None
    guide: Time | None = None
    ghost: TrimGhost | None = None
    band: QRectF | None = None
    handle: str = ""
    """The trim handle under the pointer."""
    peaks: Peaks | None = None
    gain: float = 1.0
    """How much higher the wave is drawn than it is."""
    filmstrip: Filmstrip | None = None
    sounds: Mapping[str, LayerSound] = field(default_factory=dict)
    """What is known of the layers' files, by path."""
    beats: Mapping[str, Ticks] = field(default_factory=dict)
    """Clip times of the beats of each piece of music, by its layer's id."""
    frame: Time = _FRAME
    scale: float = 1.0
    """Device pixels to one."""
    _masks: dict[int, tuple[frozenset[Key], NDArray[np.bool_]]] = field(default_factory=dict)

    def show_model(self, model: TimelineModel) -> None:
        """Another state of the clip."""
        self.model = model
        self._masks.clear()

    def marked(self, lane: Lane) -> NDArray[np.bool_]:
        """Which items of a lane are selected."""
        found = self._masks.get(id(lane))
        if found is None or found[0] is not self.selected:
            mask = np.zeros(len(lane), dtype=np.bool_)
            places = (lane.index_of(key) for key in self.selected if key.kind is lane.kind)
            mask[[place for place in places if place is not None]] = True
            found = self._masks[id(lane)] = (self.selected, mask)
        return found[1]

    def box(self, within: TimeRange, row_top: int, row_height: int) -> QRectF:
        """Where a range lies in a row."""
        left = self.view.x_of(within.start)
        return QRectF(left, row_top, self.view.x_of(within.end) - left, row_height)
