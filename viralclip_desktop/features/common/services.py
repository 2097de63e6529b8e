"""What every feature can use, built once in ``app.py``. Functions take of it what they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.jobs.queue import JobQueue

if TYPE_CHECKING:
    from viralclip_desktop.engines.gate import NetworkGate
    from viralclip_desktop.engines.ledger import Ledger
    from viralclip_desktop.settings.file import SettingsStore
    from viralclip_desktop.store.store import Store


@dataclass(frozen=True)
class Services:
    """One data folder and the means to work on it."""

    paths: DataPaths
    store: Store
    settings: SettingsStore
    jobs: JobQueue
    notices: NoticeBoard
    gate: NetworkGate
    ledger: Ledger
    """Asked before every paid call."""

    def close(self, timeout_s: float = 5.0) -> None:
        """Stop the queue (running work goes on at the next start) and close the database."""
        self.jobs.close(cancel_running=False, timeout_s=timeout_s)
        self.store.close()
