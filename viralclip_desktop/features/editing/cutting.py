"""What plays of a clip's recording: trims and cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import to_source_ranges
from viralclip_desktop.domain.edits import clips, cuts
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.editing.edit import drag_clip, edit_clip, project_of
from viralclip_desktop.store.store import Store

Ranges = Callable[[Clip], Iterable[TimeRange]]


def trim_clip(store: Store, clip_id: str, start: Time, end: Time, *, merge_key: str | None = None) -> Clip:
    """Move the in and out points (source time). Cuts and layers that a drag passes over come back when
    it comes back."""
    duration = store.source(store.clip(clip_id).source_id).info.duration
    return drag_clip(
        store, clip_id, "Trim clip", lambda clip: clips.trim(clip, start, end, duration), merge_key
    )


def cut(store: Store, clip_id: str, ranges: Sequence[TimeRange], *, merge_key: str | None = None) -> Clip:
    """Take ranges of source time out. Raises :class:`UsageError` when under a second would stay."""
    return _cut(store, clip_id, "Cut", lambda _: ranges, merge_key)


def cut_words(store: Store, clip_id: str, indexes: Iterable[int], *, merge_key: str | None = None) -> Clip:
    """Take the words at ``indexes`` of the transcript out, with the silence around them."""
    wanted = tuple(indexes)
    label = "Cut word" if len(wanted) == 1 else "Cut words"
    return _cut(
        store, clip_id, label, lambda clip: cuts.word_ranges(clip, _words(store, clip), wanted), merge_key
    )


def ripple_delete(store: Store, clip_id: str, within: TimeRange, *, merge_key: str | None = None) -> Clip:
    """Take a range of clip time out; what follows moves up, with everything that lies on it."""
    return _cut(store, clip_id, "Ripple delete", lambda clip: to_source_ranges(clip, within), merge_key)


def cut_selection(store: Store, clip_id: str, ranges: Sequence[TimeRange], words: Sequence[int]) -> None:
    """Take ranges of source time and spoken words out of a clip, as one entry; what follows moves up. Words
    go with their share of the silence around them."""
    with store.transaction("Ripple delete", project_of(store, clip_id)):
        if ranges:
            cut(store, clip_id, ranges)
        if words:
            cut_words(store, clip_id, words)


def _cut(store: Store, clip_id: str, label: str, ranges: Ranges, merge_key: str | None) -> Clip:
    def change(clip: Clip) -> Clip:
        wanted = tuple(ranges(clip))
        if not cuts.can_cut(clip, wanted):
            raise UsageError(
                "At least one second of a clip has to stay.", "Delete the clip if you don't need it."
            )
        return cuts.cut(clip, wanted)

    return edit_clip(store, clip_id, label, change, merge_key)


def restore(store: Store, clip_id: str, within: TimeRange, *, merge_key: str | None = None) -> Clip:
    """Bring back what was cut out in a range of source time; one cut's own range restores that cut."""
    return edit_clip(store, clip_id, "Restore cut", lambda clip: cuts.restore(clip, within), merge_key)


def restore_ranges(store: Store, clip_id: str, ranges: Sequence[TimeRange]) -> None:
    """Bring back what was cut out in several ranges of source time, as one entry in the history."""
    label = "Restore cut" if len(ranges) == 1 else "Restore cuts"
    with store.transaction(label, project_of(store, clip_id)):
        for within in ranges:
            restore(store, clip_id, within)


def restore_words(
    store: Store, clip_id: str, indexes: Iterable[int], *, merge_key: str | None = None
) -> Clip:
    """Bring words back that were cut out."""
    wanted = tuple(indexes)

    def change(clip: Clip) -> Clip:
        words = _words(store, clip)
        for first, last in cuts.runs(wanted):
            clip = cuts.restore(clip, cuts.words_range(words, first, last))
        return clip

    return edit_clip(store, clip_id, "Restore words", change, merge_key)


def restore_all(store: Store, clip_id: str) -> Clip:
    """Bring back everything that was cut out of a clip."""
    return edit_clip(store, clip_id, "Restore all cuts", lambda clip: cuts.restore(clip, clip.range))


def _words(store: Store, clip: Clip) -> Sequence[Word]:
    transcript = store.transcript(clip.source_id)
    if transcript is None:
        raise BadInput("This recording has no transcript.", "Transcribe it first.")
    return transcript.words
