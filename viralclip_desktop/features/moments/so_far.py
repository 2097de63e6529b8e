"""Storing clips of a recording that is still being listened to, and settling them when all is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.arrange import renumbered
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.common.so_far import SoFar, clips_so_far, grown_transcript, users_own
from viralclip_desktop.features.moments.batches import clip_of, new_batch
from viralclip_desktop.features.moments.kept_sound import sound_of
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.partial import (
    MARGIN_S,
    find_provisional,
    heard_part,
    same_moment,
    settle_clips,
)

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store
    from viralclip_desktop.store.transaction import Transaction


@dataclass(frozen=True)
class Heard:
    """What is heard of a recording so far: everything up to ``until``, in source time."""

    source_id: str
    transcript: Transcript
    until: Time


def find_clips_so_far(
    store: Store,
    paths: DataPaths,
    heard: Heard,
    options: FindOptions,
    cancel: CancelToken,
) -> list[Clip]:
    """Find clips in what is heard of a recording so far and store them, with its transcript, in place of
    those found before; none while too little is heard.

    What the user did stays, and the history knows nothing of it. Raises Cancelled; nothing is stored then.
    """
    transcript, until = heard.transcript, heard.until
    source = store.source(heard.source_id)
    sound = sound_of(source, paths, ignore_progress, cancel)
    moments = find_provisional(transcript, until.seconds, options, sound, cancel)
    cancel.raise_if_cancelled()
    if not moments:
        return []
    with store.transaction("Find clips", source.project_id, undoable=False) as tx:
        before = clips_so_far(tx, source.id) or SoFar(new_batch(source, options))
        found = [clip_of(source, before.batch, options, transcript, moment) for moment in moments]
        known = heard_part(transcript, until.seconds - MARGIN_S)
        tx.put_transcript(source.id, grown_transcript(store, source.id, known))
        tx.put(before.noted())
        placed = list(_put_in_place(store, tx, before, found).values())
        gone = before.shown.keys() & {name for kind, name in tx.withdrawn if kind == "clip"}
        shown = {name: within for name, within in before.shown.items() if name not in gone}
        shown |= {clip.id: clip.range for clip in placed if clip.id not in shown}
        tx.put(replace(before, heard=until, shown=shown).noted())
    return placed


def settle(store: Store, so_far: SoFar, tx: Transaction, found: Sequence[Clip]) -> dict[str, Clip]:
    """Store the clips of the whole recording in place of the provisional ones: what stands now, best first,
    each by the id of the ``found`` one that it is, or by its own where it is the user's.

    To the history they are new; a clip that shows a moment which was there before keeps that one's id.
    """
    deleted = _deleted(tx, so_far)
    placed = _put_in_place(store, tx, so_far, found)
    if deleted or any(clip.batch_id == so_far.batch.id for clip in tx.clips(so_far.batch.source_id)):
        tx.put(so_far.settled(), recorded=False)  # undo may bring clips back that belong to it
    else:
        tx.withdraw("batch", so_far.batch.id)
    return placed


def _put_in_place(store: Store, tx: Transaction, so_far: SoFar, found: Sequence[Clip]) -> dict[str, Clip]:
    shown = [clip for clip in tx.clips(so_far.batch.source_id) if clip.batch_id == so_far.batch.id]
    own, deleted = users_own(store, so_far), _deleted(tx, so_far)
    layout = _lay_out(so_far, shown, found, own, deleted)
    if so_far.held in {clip.id for clip in shown} - {clip.id for clip in layout.values()}:
        own |= {so_far.held}  # nobody loses what is before their eyes
        layout = _lay_out(so_far, shown, found, own, deleted)
    for clip in shown:
        if clip.id not in own:
            tx.withdraw("clip", clip.id)
    for clip in layout.values():
        tx.put(clip, recorded=clip.id not in own)
    return layout


def _lay_out(
    so_far: SoFar,
    shown: Sequence[Clip],
    found: Sequence[Clip],
    own: frozenset[str],
    deleted: frozenset[str],
) -> dict[str, Clip]:
    """What stands then, best first, by the ids that it has in ``found``, and in ``shown`` where it is the
    user's ``own``."""
    taken = [within for name, within in so_far.shown.items() if name in own | deleted]
    settled = renumbered(settle_clips(shown, found, own, taken))
    fresh = [clip for clip in settled if clip.id not in own]
    known = _known_ids(fresh, [clip for clip in shown if clip.id not in own])
    return {clip.id: replace(clip, id=known.get(clip.id, clip.id)) for clip in settled}


def _deleted(tx: Transaction, so_far: SoFar) -> frozenset[str]:
    """The clips that the user took away."""
    return frozenset(so_far.shown.keys() - {clip.id for clip in tx.clips(so_far.batch.source_id)})


def _known_ids(fresh: Sequence[Clip], standing: Sequence[Clip]) -> dict[str, str]:
    """The ids under which the user knows clips already: id of the fresh one -> id of the standing one."""
    free: dict[str, TimeRange] = {clip.id: clip.range for clip in standing}
    known: dict[str, str] = {}
    for clip in fresh:
        name = next((name for name, within in free.items() if same_moment(clip.range, within)), None)
        if name is not None:
            known[clip.id] = name
            del free[name]
    return known
