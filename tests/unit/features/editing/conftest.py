"""A store with one recording that was talked in, and three clips of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.bound_editing import Editing
from support.edited import a_transcript

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.store import Store

SENTENCES = ("I live in New York, now.", "New York is big.", *(f"This is sentence {n}." for n in range(10)))


@pytest.fixture
def clock() -> stored.Clock:
    """Time stands still until told."""
    return stored.Clock()


@pytest.fixture
def store(tmp_path: Path, clock: stored.Clock) -> Iterator[Store]:
    """The project, its transcript (a word a second) and clips of ranks 1 to 3, 10 s to 40 s."""
    with stored.new_store(tmp_path, clock) as store:
        with store.transaction("Make project", "proj_1", undoable=False) as tx:
            tx.put(stored.project())
            tx.put(stored.source())
            for name in ("asset_over", "asset_font", "asset_logo"):
                tx.put(stored.asset(name, path=f"/files/{name}"))
            tx.put_transcript("src_1", a_transcript(*SENTENCES))
            tx.put(stored.batch())
            for rank in (1, 2, 3):
                tx.put(
                    replace(
                        stored.clip(f"clip_{rank}", rank=rank),
                        parts=stored.ranges((10, 40)),
                        title=f"Clip {rank}",
                    )
                )
            tx.put(stored.export(status=WorkState.COMPLETED))
        yield store


@pytest.fixture
def editing(store: Store) -> Editing:
    """All edits."""
    return Editing(store)
