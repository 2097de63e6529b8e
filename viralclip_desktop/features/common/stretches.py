"""What every watcher of recordings does: work goes stretch by stretch, and one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from viralclip_desktop.core.progress import CancelToken

_LOOK_EVERY_S = 0.1  # how soon somebody who waits for a turn hears a cancel


def neighbours(stretches: Sequence[int], most: int) -> Iterator[list[int]]:
    """Stretches (in order) in groups that follow one another, ``most`` of them at once."""
    group: list[int] = []
    for stretch in stretches:
        if group and (stretch != group[-1] + 1 or len(group) == most):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


@contextmanager
def one_at_a_time(turn: threading.Lock, cancel: CancelToken) -> Iterator[None]:
    """Hold ``turn`` meanwhile. Raises :class:`Cancelled` while it is waited for."""
    while not turn.acquire(timeout=_LOOK_EVERY_S):
        cancel.raise_if_cancelled()
    try:
        yield
    finally:
        turn.release()
