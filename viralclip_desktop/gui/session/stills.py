"""Exact frames while paused: asked off the GUI thread, the latest wish wins."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.preview import exact_frame, player_frame
from viralclip_desktop.gui.bridge.images import image_from_rgb

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.gui.bridge.context import Context

_KEPT = 48  # stills of about 1.5 MB: stepping back and forth costs nothing


@dataclass(frozen=True)
class Wish:
    """A frame that should be on the screen: which state of the clip, how large, when."""

    revision: int
    size: Size
    at: Time
    sharp: bool = False
    """Out of the recording itself, to judge fine detail."""


class Stills(QObject):
    """At most one frame is rendered at a time. One that arrives for an older state of the clip, or
    another size, is dropped; one for an older time of the same state is shown while scrubbing, as
    the one after it is on its way."""

    arrived = Signal(object, QImage)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: OrderedDict[Wish, QImage] = OrderedDict()
        self._busy = False
        self._latest: tuple[Wish, RenderPlan] | None = None

    def ask(self, wish: Wish, plan: RenderPlan) -> None:
        """Wish for a frame; forgets the wish before."""
        self._latest = (wish, plan)
        if wish in self._kept:
            self._latest = None
            self._kept.move_to_end(wish)
            self.arrived.emit(wish, self._kept[wish])
        else:
            self._next()

    def forget(self) -> None:
        """No frame is wanted any more."""
        self._latest = None

    def _next(self) -> None:
        if self._busy or self._latest is None:
            return
        wish, plan = self._latest
        self._latest = None
        self._busy = True
        self._context.urgent.begin()
        services = self._context.services

        def render() -> QImage:
            frame = exact_frame if wish.sharp else player_frame
            pixels = frame(services.paths, plan, wish.size, wish.at)
            return image_from_rgb(pixels, wish.size.width, wish.size.height)

        self._context.tasks.run(render, lambda image: self._done(wish, image), self._failed)

    def _done(self, wish: Wish, image: QImage) -> None:
        self._ended()
        self._kept[wish] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(wish, image)
        self._next()

    def _failed(self, error: Exception) -> None:
        self._ended()
        if self._latest is None:
            self.failed.emit(error)
        self._next()

    def _ended(self) -> None:
        self._busy = False
        self._context.urgent.end()
