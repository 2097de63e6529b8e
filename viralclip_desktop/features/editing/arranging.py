"""Which clips a recording has, and in what order. Afterwards the ranks of its clips are 1..n."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say_n
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Review
from viralclip_desktop.domain.edits import arrange
from viralclip_desktop.features.editing.edit import project_of
from viralclip_desktop.store.store import Store
from viralclip_desktop.store.transaction import Transaction


def split_clip(store: Store, clip_id: str, at: Time) -> tuple[Clip, Clip]:
    """Split a clip at a moment of source time; the second part is a new clip right behind it. Neither is what
    was found, so they have no score and no reasons.

    Raises :class:`UsageError` when one part would play for less than a second.
    """
    with store.transaction("Split clip", project_of(store, clip_id)) as tx:
        clip, transcript = tx.clip(clip_id), tx.transcript(tx.clip(clip_id).source_id)
        parts = arrange.split(clip, at, new_id("clip"), time.time())
        halves = (replace(part, score=None, reasons=()) for part in parts)
        first, second = (arrange.requoted(half, transcript) for half in halves)
        return _insert(tx, first, second)


def duplicate_clip(store: Store, clip_id: str) -> Clip:
    """The same clip again, right behind it, not reviewed yet; its exports stay with the first one."""
    with store.transaction("Duplicate clip", project_of(store, clip_id)) as tx:
        clip = tx.clip(clip_id)
        copy = replace(clip, id=new_id("clip"), created_at=time.time(), review=Review.NOT_YET)
        return _insert(tx, clip, copy)[1]


def _insert(tx: Transaction, first: Clip, new: Clip) -> tuple[Clip, Clip]:
    """Store a clip, and a new one behind it under a free title, with the ranks that follow from it."""
    clips = [first if clip.id == first.id else clip for clip in tx.clips(first.source_id)]
    title = arrange.another_title(new.title, {clip.title for clip in clips})
    ordered = arrange.inserted_after(arrange.in_order(clips), first.id, replace(new, title=title))
    for clip in ordered:
        tx.put(clip)
    stored = {clip.id: clip for clip in ordered}
    return stored[first.id], stored[new.id]


def delete_clips(store: Store, clip_ids: Iterable[str]) -> list[Clip]:
    """Delete clips of one recording with their exports' entries (files stay); the clips that remain."""
    wanted = list(dict.fromkeys(clip_ids))
    if not wanted:
        return []
    label = "Delete clip" if len(wanted) == 1 else say_n(len(wanted), "Delete {n} clip", "Delete {n} clips")
    with store.transaction(label, project_of(store, wanted[0])) as tx:
        sources = list(dict.fromkeys(tx.clip(clip_id).source_id for clip_id in wanted))
        for clip_id in wanted:
            tx.delete("clip", clip_id)
        return [clip for source_id in sources for clip in _renumber(tx, source_id)]


def _renumber(tx: Transaction, source_id: str) -> list[Clip]:
    renumbered = arrange.renumbered(arrange.in_order(tx.clips(source_id)))
    for clip in renumbered:
        tx.put(clip)
    return renumbered


def reorder_clips(store: Store, clip_ids: Sequence[str], *, merge_key: str | None = None) -> list[Clip]:
    """Put clips of one recording into this order; those not named keep their places. All, in order."""
    if not clip_ids:
        return []
    project_id, source_id = project_of(store, clip_ids[0]), store.clip(clip_ids[0]).source_id
    with store.transaction("Reorder clips", project_id, merge_key=merge_key) as tx:
        renumbered = arrange.reordered(arrange.in_order(tx.clips(source_id)), clip_ids)
        for clip in renumbered:
            tx.put(clip)
    return renumbered
