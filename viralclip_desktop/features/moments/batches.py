"""What a run of the finder leaves in the store: a batch, and its clips."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.clip import Clip, ClipBatch, parts_of
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.site_video import chapter_markers
from viralclip_desktop.features.moments.options import FindOptions

if TYPE_CHECKING:
    from viralclip_desktop.features.moments.ranker import Moment
    from viralclip_desktop.store.transaction import Transaction

Place = Callable[["Transaction", Sequence[Clip]], dict[str, Clip]]
"""Stores the clips of a run: what stands then, best first, by the ids of the clips given."""


def put_clips(tx: Transaction, found: Sequence[Clip]) -> dict[str, Clip]:
    """Store clips as they are."""
    for clip in found:
        tx.put(clip)
    return {clip.id: clip for clip in found}


def new_batch(source: Source, options: FindOptions) -> ClipBatch:
    """A batch for a run with these options."""
    return ClipBatch(new_id("batch"), source.id, options.as_settings(), time.time())


def clip_of(source: Source, batch: ClipBatch, options: FindOptions, moment: Moment) -> Clip:
    """The clip that a moment becomes in a batch."""
    return Clip(
        id=new_id("clip"),
        project_id=source.project_id,
        source_id=source.id,
        batch_id=batch.id,
        rank=moment.rank,
        parts=parts_of(source.asset_id, moment.range),
        title=moment.title,
        score=moment.score,
        reasons=moment.reasons,
        quote_first=moment.quote_first,
        quote_last=moment.quote_last,
        aspect=options.aspect,
        caption_style=options.caption_style,
        brand_kit=options.brand_kit,
        created_at=batch.created_at,
        asset_id=source.asset_id,
        markers=chapter_markers(source.asset, moment.range),
    )
