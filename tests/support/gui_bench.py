"""A session and a player on real services, without a window around them: what a panel stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support.projects import add_project

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.common.services import Services


class Bench:
    """Everything a panel's constructor asks for, and ways to wait."""

    def __init__(self, qtbot: Any, services: Services, recording: Path) -> None:
        from PySide6.QtWidgets import QWidget

        from viralclip_desktop.gui.bridge.context import make_context
        from viralclip_desktop.gui.bridge.images import Pictures
        from viralclip_desktop.gui.session.clip_session import ClipSession
        from viralclip_desktop.gui.session.player import Player

        self.qtbot, self.services = qtbot, services
        self.told: list[str] = []
        self.bugs: list[Exception] = []
        self.holder = QWidget()
        self.context = make_context(
            services, self.holder, lambda text: self.told.append(text.message), self.bugs.append
        )
        self.pictures = Pictures(self.context.pictures, self.holder)
        self.session = ClipSession(self.context, self.holder)
        self.player = Player(self.context, self.holder)
        self.player.follow(self.session)
        source = add_project(services, recording)
        self.session.open(source.id)
        qtbot.waitUntil(lambda: self.player.plan is not None, timeout=15000)

    @property
    def clip(self) -> Clip:
        """The selected clip as it is stored."""
        assert self.session.clip is not None
        return self.services.store.clip(self.session.clip.id)

    @property
    def history(self) -> list[str]:
        """The names of the edits, latest first."""
        assert self.session.loaded is not None
        return [entry.label for entry in self.services.store.history(self.session.loaded.project.id)]

    def show(self, panel: Any, width: int = 340, height: int = 900) -> Any:
        """Put a panel on the screen."""
        panel.setParent(self.holder)
        self.holder.resize(width, height)
        panel.resize(width, height)
        self.holder.show()
        panel.show()
        return panel

    def settle(self) -> None:
        """Wait until every edit is stored, its changes have come home, and what they made read was read."""
        from PySide6.QtTest import QTest

        self.context.edits.last.wait()
        QTest.qWait(20)
        self.context.edits.last.wait()
        self.wait(lambda: self.context.tasks.idle)

    def wait(self, until: Callable[[], bool], timeout_ms: int = 10000) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(until, timeout=timeout_ms)

    def undo(self) -> None:
        """Take the last edit back."""
        self.session.undo()
        self.settle()


@contextmanager
def bench_on(qtbot: Any, services: Services, recording: Path) -> Iterator[Bench]:
    """A bench that is cleared away at the end; bugs that reached its reporter fail the test."""
    bench = Bench(qtbot, services, recording)
    yield bench
    bench.player.close()
    bench.context.close()
    bench.holder.deleteLater()
    assert bench.bugs == []
