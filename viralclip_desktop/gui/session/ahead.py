"""The beginning of the clip that comes next, in hand before it is asked for: its plan and its first pictures
and sound. So it starts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize

from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.features.preview import open_preview
from viralclip_desktop.features.preview.job import start_proxies
from viralclip_desktop.features.workflows.preview import preview_plan, start_looking
from viralclip_desktop.gui.session.reader import StreamReader
from viralclip_desktop.gui.session.seen import seen

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_ENDING_MS = 3000


@dataclass(frozen=True)
class Begun:
    """What was prepared of a clip: a stream from its start, already being read."""

    plan: RenderPlan
    size: Size
    reader: StreamReader


class Ahead(QObject):
    """Prepares one clip at a time; a reader waits by itself once it has enough in hand.

    The clip is first prepared as it is, then once more as loud as its export, which takes longer to find out.
    """

    def __init__(self, context: Context, size_of: Callable[[Aspect, QSize], Size], parent: QObject) -> None:
        """``size_of``: the picture for a shape in so much room (device pixels)."""
        super().__init__(parent)
        self._context, self._size_of = context, size_of
        self._clip: Clip | None = None
        self._room = QSize()
        self._begun: Begun | None = None
        self._asked: Ticket | None = None
        self._leaving: list[StreamReader] = []

    @property
    def clip(self) -> Clip | None:
        """The clip that is prepared, or being prepared."""
        return self._clip

    @property
    def ready(self) -> bool:
        """Whether its first picture is in hand."""
        return self._begun is not None and self._begun.reader.ready()

    def prepare(self, clip: Clip | None, room: QSize) -> None:
        """Prepare a clip for a picture in so much room (device pixels); None lets go of what was prepared."""
        if clip is self._clip and room == self._room:
            return
        before, self._clip = self._clip, clip
        same = clip is not None and before is not None and seen(clip) == seen(before)
        if not (same and room == self._room):
            self._room = room
            self._let_go()
            self.renew()

    def renew(self) -> None:
        """What the clip is made of has changed (or may have): what was prepared stays where it looks the
        same."""
        self._forget_asked()
        clip, services = self._clip, self._context.services
        if clip is None:
            return

        def plan() -> RenderPlan:
            start_looking(services, clip.id)
            start_proxies(services, clip.id)
            return preview_plan(services.store, services.paths, clip.id)

        self._asked = self._context.tasks.run(plan, self._planned, self._failed)

    def take(self, clip: Clip, room: QSize) -> Begun | None:
        """What was prepared of a clip, which is the caller's from now on; None where it was another one."""
        begun = self._begun
        wanted = self._clip is not None and room == self._room and seen(self._clip) == seen(clip)
        if begun is None or not wanted:
            self.prepare(None, room)
            return None
        self._begun = self._clip = None
        self._forget_asked()
        return begun

    def end(self, reader: StreamReader) -> None:
        """Let a reader run out by itself."""
        reader.stop()
        reader.setParent(self)
        self._leaving = [one for one in self._leaving if not one.isFinished()]
        self._leaving.append(reader)

    def close(self) -> None:
        """End everything and wait for it."""
        self._clip = None
        self._let_go()
        for reader in self._leaving:
            reader.wait(_ENDING_MS)

    def _planned(self, plan: RenderPlan) -> None:
        self._asked = None
        if self._begun is None or self._begun.plan != plan:
            self._begin(plan)
        if plan.has_sound and plan.loudness.gain_db is None:
            self._measure(plan)

    def _measure(self, plan: RenderPlan) -> None:
        cancel, services = CancelToken(), self._context.services

        def measure() -> RenderPlan:
            from viralclip_desktop.features.exporting.plans import levelled  # with the render graph

            return levelled(services.paths, plan, cancel)

        self._asked = self._context.tasks.run(measure, self._begin, self._failed, cancel)

    def _begin(self, plan: RenderPlan) -> None:
        self._asked = None
        self._end_begun()
        size, paths = self._size_of(plan.aspect, self._room), self._context.services.paths
        reader = StreamReader(lambda: open_preview(paths, plan, size, ZERO), plan.has_sound, self)
        self._begun = Begun(plan, size, reader)
        reader.start()

    def _failed(self, _error: Exception) -> None:
        """What is wrong with the clip is told when it is shown."""
        self._asked = None

    def _let_go(self) -> None:
        self._forget_asked()
        self._end_begun()

    def _forget_asked(self) -> None:
        if self._asked is not None:
            self._asked.forget()
            self._asked = None

    def _end_begun(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self.end(begun.reader)


def alike(one: RenderPlan, other: RenderPlan) -> bool:
    """Whether two plans show and play the same, however loud."""
    return replace(one, loudness=other.loudness) == other
