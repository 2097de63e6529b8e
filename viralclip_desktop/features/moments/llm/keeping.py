"""Storing what a model did with the moments: what it chose, what it moved and what it wrote are one history
entry each, so that each can be undone alone. Hook lines, captions and hashtags are kept with the batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.clip import Clip, ClipBatch
from viralclip_desktop.features.common.orders import FIND
from viralclip_desktop.features.moments.batches import Place, put_clips
from viralclip_desktop.features.moments.llm.rerank import Judged
from viralclip_desktop.features.moments.ranker import Moment

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_KEY = "language_model"


def store_judged(
    store: Store,
    project_id: str,
    batch: ClipBatch,
    judged: Sequence[Judged],
    *,
    model: str,
    clip_of: Callable[[Moment], Clip],
    place: Place = put_clips,
) -> list[Clip]:
    """Store a batch in the steps it was made in; the clips as they are in the end.

    ``model``: its shown name; ``place``: how its clips are put there.
    """
    first = [clip_of(one.before) for one in judged]
    with store.transaction(FIND, project_id) as tx:
        tx.put(batch)
        placed = place(tx, first)
        pairs = [
            (one, placed.pop(clip.id)) for one, clip in zip(judged, first, strict=True) if clip.id in placed
        ]
        texts = {clip.id: one.written.as_plain() for one, clip in pairs if one.written.hook}
        changes = {clip.id: _change(one) for one, clip in pairs if one.moment != one.before}
        work = {"name": model, "clips": texts, "changed": changes}
        tx.put(replace(batch, settings=batch.settings | {_KEY: work}))
    found = [clip for _, clip in pairs]
    moved = [
        replace(clip_of(replace(one.moment, title=one.before.title)), id=clip.id, rank=clip.rank)
        for one, clip in pairs
    ]
    titled = [replace(clip, title=one.moment.title) for (one, _), clip in zip(pairs, moved, strict=True)]
    steps = (
        (found, moved, say("Beginnings and ends by {model}", model=model)),
        (moved, titled, say("Titles by {model}", model=model)),
    )
    for before, after, label in steps:
        changed = [new for old, new in zip(before, after, strict=True) if new != old]
        if changed:
            with store.transaction(label, project_id) as tx:
                for clip in changed:
                    tx.put(clip)
    return sorted([*titled, *placed.values()], key=lambda clip: clip.rank)


def _change(one: Judged) -> dict[str, Any]:
    """How a clip was before and after a model's work on it."""
    before, after = one.before.range, one.moment.range
    return {
        "titles": [one.before.title, one.moment.title],
        "ranges": [[before.start.ticks, before.end.ticks], [after.start.ticks, after.end.ticks]],
    }


def model_of(batch: ClipBatch) -> str:
    """The shown name of the model that worked on a batch; empty for none."""
    work = batch.settings.get(_KEY)
    return str(work.get("name") or "") if isinstance(work, dict) else ""


def written_for(batch: ClipBatch, clip_id: str) -> dict[str, Any] | None:
    """What a model wrote for a clip: ``hook``, ``caption``, ``hashtags`` and ``title``; None for nothing."""
    return _of_clip(batch, "clips", clip_id)


def changed_by_model(batch: ClipBatch, clip_id: str) -> dict[str, Any] | None:
    """The ``titles`` and ``ranges`` (ticks) of a clip before and after a model's work; None where it is as it
    was."""
    return _of_clip(batch, "changed", clip_id)


def _of_clip(batch: ClipBatch, part: str, clip_id: str) -> dict[str, Any] | None:
    work = batch.settings.get(_KEY)
    clips = work.get(part) if isinstance(work, dict) else None
    found = clips.get(clip_id) if isinstance(clips, dict) else None
    return found if isinstance(found, dict) else None
