"""What was found of a recording while it is still being listened to, and how the store remembers it.

Clips found on a part of a recording are a batch of their own, whose settings say under ``provisional`` how
far was heard and what was shown. While it stands there, the recording's transcript ends where was heard.
Nothing of it is an edit: the history knows only what the user does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import ClipBatch
from viralclip_desktop.domain.transcript import Sentence, Transcript

if TYPE_CHECKING:
    from viralclip_desktop.store.reads import Reads
    from viralclip_desktop.store.store import Store

_KEY = "provisional"


@dataclass(frozen=True)
class SoFar:
    """The provisional clips of a recording."""

    batch: ClipBatch
    heard: Time = ZERO
    """How far was heard when they were found, in source time."""
    whole: bool = False
    """Whether all is heard since, and the transcript is whole: they are to be settled."""
    shown: Mapping[str, TimeRange] = field(default_factory=dict)
    """The clips that were put there, by their ids; those the user has deleted since, too."""
    held: str = ""
    """The clip that is open in the editor: it is not taken away meanwhile. Empty for none."""

    def noted(self) -> ClipBatch:
        """The batch with all of this in its settings."""
        shown = {name: [within.start.ticks, within.end.ticks] for name, within in self.shown.items()}
        note = {"heard": self.heard.ticks, "whole": self.whole, "shown": shown, "held": self.held}
        return replace(self.batch, settings=self.batch.settings | {_KEY: note})

    def settled(self) -> ClipBatch:
        """The batch once nothing in it is provisional any more."""
        rest = {name: value for name, value in self.batch.settings.items() if name != _KEY}
        return replace(self.batch, settings=rest)


def clips_so_far(store: Reads, source_id: str) -> SoFar | None:
    """What was found of a recording that is not settled yet; None for nothing."""
    marked = [batch for batch in store.batches(source_id) if _KEY in batch.settings]
    return _read(marked[-1]) if marked else None


def _read(batch: ClipBatch) -> SoFar:
    note: Any = batch.settings[_KEY]
    shown = {name: TimeRange(Time(start), Time(end)) for name, (start, end) in note["shown"].items()}
    return SoFar(batch, Time(note["heard"]), note["whole"], shown, note["held"])


def hold_clip(store: Store, source_id: str, clip_id: str) -> None:
    """Keep one clip of a recording from being taken away while it is looked at; empty for none any more."""
    so_far = clips_so_far(store, source_id)
    if so_far is None or so_far.held == clip_id:
        return
    project_id = store.source(source_id).project_id
    with store.transaction("Open clip", project_id, undoable=False) as tx:
        now = clips_so_far(tx, source_id)
        if now is not None:
            tx.put(replace(now, held=clip_id).noted())


def provisional_clips(store: Store, source_id: str) -> frozenset[str]:
    """The ids of a recording's clips that may still change; empty when it is settled."""
    so_far = clips_so_far(store, source_id)
    if so_far is None:
        return frozenset()
    there = {clip.id for clip in store.clips(source_id)}
    return frozenset(so_far.shown.keys() & there) - users_own(store, so_far)


def users_own(store: Store, so_far: SoFar) -> frozenset[str]:
    """The ids of those clips in the batch that are the user's: edited (also where that was undone), exported,
    given a sound of their own, or made from another one. (Another place in the list is no edit.)"""
    source = store.source(so_far.batch.source_id)
    edited = {key for key, fields in store.edited_fields(source.project_id).items() if fields - {"rank"}}
    return frozenset(
        clip.id
        for clip in store.clips(source.id)
        if clip.batch_id == so_far.batch.id
        and (
            clip.id not in so_far.shown
            or ("clip", clip.id) in edited
            or store.exports(clip.id)
            or store.audio_configs(clip.id)
        )
    )


def grown_transcript(store: Store, source_id: str, heard: Transcript) -> Transcript:
    """A transcript of what is ``heard`` now, in place of the shorter one that is stored. Where the user has
    corrected that, it stays as it is, and only what was said since is added."""
    stored = store.transcript(source_id)
    edited = store.edited_fields(store.source(source_id).project_id)
    if stored is None or not stored.words or ("transcript", source_id) not in edited:
        return heard
    end = stored.words[-1].end
    known = next((at for at, word in enumerate(heard.words) if word.start >= end), len(heard.words))
    shift = len(stored.words) - known
    later = (one for one in heard.sentences if one.last > known)
    sentences = (Sentence(max(one.first, known) + shift, one.last + shift) for one in later)
    words = (*stored.words, *heard.words[known:])
    return replace(heard, words=words, sentences=(*stored.sentences, *sentences))
