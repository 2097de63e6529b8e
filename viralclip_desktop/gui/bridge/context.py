"""What every part of the window needs, handed in rather than fetched from a global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.files import of_the_disk
from viralclip_desktop.gui.bridge.edits import EditQueue
from viralclip_desktop.gui.bridge.events import ServiceEvents
from viralclip_desktop.gui.bridge.network import Network
from viralclip_desktop.gui.bridge.tasks import Tasks, Urgent
from viralclip_desktop.gui.text import tr_message
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


@dataclass(frozen=True)
class Context:
    """The services, the ways to work off the GUI thread, and the way to tell the user something."""

    services: Services
    events: ServiceEvents
    tasks: Tasks
    """Reading and small work."""
    pictures: Tasks
    """Thumbnails and style pictures: one thread that waits while a frame is being made for the player."""
    network: Network
    """Answers of the network, on the window's own event loop."""
    urgent: Urgent
    edits: EditQueue
    tell: Callable[[ToastText], None]
    trouble: Callable[[Exception], None]

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, made or stored."""
        return self.tasks.idle and self.pictures.idle and self.edits.last.settled and self.network.idle

    def close(self) -> None:
        """Store waiting edits, end the threads and the network."""
        self.events.close()
        self.edits.close()
        self.network.close()
        self.tasks.close()
        self.pictures.close()


def make_context(
    services: Services,
    parent: QObject,
    tell: Callable[[ToastText], None],
    report_bug: Callable[[Exception], None],
) -> Context:
    """Wire a context; a :class:`Fault` becomes a toast, anything else is reported as our own bug."""

    def trouble(error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        known = of_the_disk(error)
        if isinstance(known, Fault):
            tell(ToastText(tr_message(known.message), tr_message(known.hint), known.details, kind="bad"))
        else:
            report_bug(error)

    urgent = Urgent()
    return Context(
        services=services,
        events=ServiceEvents(services, parent),
        tasks=Tasks(parent, threads=2, on_trouble=trouble),
        pictures=Tasks(parent, threads=1, on_trouble=trouble, patient=urgent),
        network=Network(parent, on_trouble=trouble),
        urgent=urgent,
        edits=EditQueue(parent, trouble),
        tell=tell,
        trouble=trouble,
    )
