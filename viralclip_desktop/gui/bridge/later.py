"""Something to be done once, after a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def later(owner: QObject, delay_ms: int, work: Callable[[], object]) -> None:
    """Call ``work`` in ``delay_ms``, unless ``owner`` is gone by then: the timer goes with it. (The timer of
    ``QTimer.singleShot`` stays behind, and keeps alive whatever ``work`` belongs to.)"""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(work)
    timer.timeout.connect(timer.deleteLater)
    timer.start(delay_ms)
