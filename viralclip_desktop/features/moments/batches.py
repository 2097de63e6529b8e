"""What a run of the finder leaves in the store: a batch, and its clips."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import dumps, loads, say_n
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, ClipBatch, parts_of
from viralclip_desktop.domain.edits.arrange import in_order, renumbered
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.site_video import chapter_markers
from viralclip_desktop.domain.standing import with_doubt
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments.options import FindOptions

if TYPE_CHECKING:
    from viralclip_desktop.features.moments.ranker import Moment
    from viralclip_desktop.store.store import Store
    from viralclip_desktop.store.transaction import Transaction

Place = Callable[["Transaction", Sequence[Clip]], dict[str, Clip]]
"""Stores the clips of a run: what stands then, best first; a new one by the id of the clip given."""

_BY_A_MODEL: Final = frozenset({"Beginnings and ends by {model}", "Titles by {model}"})
_WHY: Final = "why_fewer"
_HARDLY_ANY: Final = 3  # fewer than this are told of where no number was asked for, too
_SAME: Final = Time.from_seconds(0.5)  # ends this near to each other are the same; judgement


def put_clips(
    tx: Transaction,
    found: Sequence[Clip],
    *,
    instead_of: Collection[str] = (),
    renewed: Collection[str] = (),
    by_a_model: bool = False,
) -> dict[str, Clip]:
    """Store clips before those that the recording has; clips ``instead_of`` which they come are deleted. What
    is there with the very same ends is not made a second time: where something else is said of it now, or a
    model is still to say it, the new one takes the place of one of those that may be ``renewed``; any other
    stays as it is."""
    if not found:
        return {}
    for clip_id in instead_of:
        tx.delete("clip", clip_id)
    there = in_order(tx.clips(found[0].source_id))
    for old in there:
        again = [clip for clip in found if _same_ends(old, clip)]
        if old.id in renewed and any(by_a_model or _said(clip) != _said(old) for clip in again):
            tx.delete("clip", old.id)
    there = in_order(tx.clips(found[0].source_id))
    shown = [next((one for one in there if _same_ends(one, clip)), clip) for clip in found]
    first = {clip.id: clip for clip in shown}
    numbered = renumbered([*first.values(), *(clip for clip in there if clip.id not in first)])
    for clip in numbered:
        tx.put(clip)
    return {clip.id: clip for clip in numbered if clip.id in first}


def _said(clip: Clip) -> tuple[object, ...]:
    return clip.title, clip.aspect, clip.caption_style, clip.brand_kit


def _same_ends(one: Clip, other: Clip) -> bool:
    if not one.plays_through or one.cuts:
        return False
    a, b = one.range, other.range
    return max(abs(a.start.ticks - b.start.ticks), abs(a.end.ticks - b.end.ticks)) <= _SAME.ticks


def untouched_clips(store: Store, source: Source) -> frozenset[str]:
    """The ids of a recording's clips that are as a search left them: not edited, not reviewed, not exported,
    without a sound of their own, and no copies."""
    made = {batch.id: batch.created_at for batch in store.batches(source.id)}
    edited = store.edited_fields(source.project_id, made=False, but=_BY_A_MODEL)
    return frozenset(
        clip.id
        for clip in store.clips(source.id)
        if clip.score is not None
        and clip.created_at == made.get(clip.batch_id)
        and not edited.get(("clip", clip.id), frozenset()) - {"rank"}
        and not store.exports(clip.id)
        and not store.audio_configs(clip.id)
    )


def new_batch(source: Source, options: FindOptions, why_fewer: str = "") -> ClipBatch:
    """A batch for a run with these options. ``why_fewer``: why it is fewer clips than were asked for."""
    settings = options.as_settings() | ({_WHY: dumps(why_fewer)} if why_fewer else {})
    return ClipBatch(new_id("batch"), source.id, settings, time.time())


def why_fewer(batch: ClipBatch) -> str:
    """Why a run found fewer clips than were asked for; empty where it didn't."""
    return loads(str(batch.settings.get(_WHY, "")))


def words_for_fewer(found: int, transcript: Transcript, options: FindOptions) -> str:
    """A sentence for a run that found fewer clips than were asked for, or hardly any; empty for any other."""
    if found >= (options.count if options.fill else min(options.count, _HARDLY_ANY)):
        return ""
    spoken_s = round((transcript.words[-1].end - transcript.words[0].start).seconds)
    minutes = round(spoken_s / 60)
    talk = (
        say_n(minutes, "{n} minute of talk", "{n} minutes of talk")
        if minutes
        else say_n(spoken_s, "{n} second of talk", "{n} seconds of talk")
    )
    return say_n(
        found,
        "Only one moment stands by itself in {talk}.",
        "Only {n} moments stand by themselves in {talk}.",
        talk=talk,
    )


def found_before(store: Store, source_id: str, options: FindOptions, *, by_a_model: bool) -> list[Clip]:
    """The clips that the last run over a recording found, best first, where it was asked for the same; none
    for any other."""
    batches = [one for one in store.batches(source_id) if "count" in one.settings]
    asked = options.as_settings()
    if not batches or {key: batches[-1].settings.get(key) for key in asked} != asked:
        return []
    if by_a_model != ("language_model" in batches[-1].settings):
        return []
    return in_order(clip for clip in store.clips(source_id) if clip.batch_id == batches[-1].id)


def clip_of(
    source: Source, batch: ClipBatch, options: FindOptions, transcript: Transcript, moment: Moment
) -> Clip:
    """The clip that a moment becomes in a batch."""
    clip = Clip(
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
    return with_doubt(clip, transcript)
