"""Tightening clips and whole recordings of the store: planned from words and sound, made as one edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput, NotFound, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import pacing
from viralclip_desktop.domain.edits import tightening as edits
from viralclip_desktop.domain.edits.cuts import hull_of
from viralclip_desktop.domain.edits.pacing import Stretch
from viralclip_desktop.domain.tightening import TightCut
from viralclip_desktop.features.common.derived import ensure_sound
from viralclip_desktop.features.tighten.by_sound import Floats
from viralclip_desktop.features.tighten.levels import measure
from viralclip_desktop.features.tighten.lists import load_lists
from viralclip_desktop.features.tighten.plan import SHORTEST_S, Heard, plan_cuts
from viralclip_desktop.features.tighten.slow import slow_stretches
from viralclip_desktop.media.audio import samples_between

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.transcript import Word
    from viralclip_desktop.store.store import Store

DEFAULT_STRENGTH: Final = 0.5
_REST: Final = Time.from_seconds(0.25)  # of silence at a clip's end: less is not worth a join
_AROUND: Final = Time.from_seconds(30)  # what is heard beside a clip: its room, takes begun before it


@dataclass(frozen=True)
class Listened:
    """A recording, or a stretch of it, ready to be planned at any strength. ``source`` is the recording's."""

    source: Source
    heard: Heard

    def cuts(self, strength: float) -> list[TightCut]:
        """What tightening would take out of the recording."""
        found = plan_cuts(self.heard, strength)
        return [TightCut(self.source.asset_id, cut.range, cut.kind, cut.text) for cut in found]

    def slow(self, strength: float) -> list[Stretch]:
        """What of the recording may play faster."""
        found = slow_stretches(self.heard, strength)
        return [Stretch(self.source.asset_id, one.range, one.speed) for one in found]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long something plays before and after, and its cuts."""

    before: Time
    after: Time
    cuts: tuple[TightCut, ...]


def listen(
    store: Store,
    paths: DataPaths,
    source: Source,
    within: TimeRange | None = None,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Listened:
    """Hear a recording, or a range of its time. Takes about a second an hour, and the decoding where that was
    not done before. Raises :class:`BadInput` without sound or without a transcript, and :class:`Cancelled`.
    """
    transcript = store.transcript(source.id)
    wav, _ = ensure_sound(paths, source, progress, cancel or CancelToken())
    if wav is None:
        raise BadInput(say("There is no sound in “{name}”.", name=source.title))
    if transcript is None:
        raise BadInput("This recording has no transcript.", "Transcribe it first.")
    heard = TimeRange(ZERO, source.info.duration) if within is None else _around(within, source)
    levels = measure(wav, heard.start.seconds, heard.end.seconds, progress=progress, cancel=cancel)
    words = transcript.words_between(heard)
    lists = load_lists(transcript.language)
    return Listened(source, Heard(words, lists, levels, partial(_samples, wav), _frame_rate(source)))


def _around(within: TimeRange, source: Source) -> TimeRange:
    end = source.info.duration
    return TimeRange((within.start - _AROUND).clamped(ZERO, end), (within.end + _AROUND).clamped(ZERO, end))


def _samples(wav: Path, start_s: float, end_s: float) -> Floats:
    return samples_between(wav, TimeRange.from_seconds(start_s, end_s))


def _frame_rate(source: Source) -> Fraction | None:
    video = source.info.video
    return None if video is None or video.variable_rate else video.fps


def listen_to_clip(
    store: Store,
    paths: DataPaths,
    clip: Clip,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> list[Listened]:
    """Hear what a clip plays, each of its recordings by itself. Raises :class:`BadInput` where none of them
    has sound and words."""
    sources = {source.asset_id: source for source in store.sources(clip.project_id)}
    found: list[Listened] = []
    fault: BadInput | None = None
    for asset_id in dict.fromkeys(part.asset_id for part in clip.parts):
        if (source := sources.get(asset_id)) is None:
            continue
        hull = hull_of(edits.untightened(clip).ranges_of(asset_id))
        try:
            found.append(listen(store, paths, source, hull, progress=progress, cancel=cancel))
        except BadInput as error:  # of the others there may be enough
            fault = error
    if not found:
        raise fault or BadInput("There is no recording in this clip.")
    return found


def slow_in(listened: Sequence[Listened], strength: float) -> list[Stretch]:
    """What of some recordings may play faster."""
    return [stretch for one in listened for stretch in one.slow(strength)]


def planned(clip: Clip, listened: Sequence[Listened], strength: float) -> Outcome:
    """What tightening would do to a clip."""
    return outcome(edits.tighten(clip, clip_cuts(clip, listened, strength)))


def outcome(clip: Clip) -> Outcome:
    """How long a clip plays without and with what tightening cut (without auto speed), and the cuts that are
    made in it."""
    made = tuple(cut for cut, is_made in edits.with_state(clip) if is_made)
    plain = pacing.unpaced(clip)
    return Outcome(edits.untightened(plain).duration, plain.duration, made)


def clip_cuts(clip: Clip, listened: Sequence[Listened], strength: float) -> list[TightCut]:
    """The cuts of its recordings as far as they lie in the parts of a clip."""
    whole = edits.untightened(pacing.unpaced(clip))
    found: dict[TightCut, None] = {}
    for one in listened:
        parts = whole.ranges_of(one.source.asset_id)
        for cut in one.cuts(strength):
            for part in parts:
                inside = _inside(cut.range, part, one.heard.words)
                if inside is not None:
                    found[replace(cut, range=inside)] = None
    return list(found)


def _inside(cut: TimeRange, part: TimeRange, words: Sequence[Word]) -> TimeRange | None:
    """A cut as far as it lies in a part, up to the part's ends where little but silence would be left."""
    inside = cut.intersection(part)
    if inside is None or inside.duration.seconds < SHORTEST_S / 2:
        return None
    start, end = inside.start, inside.end
    if start - part.start < _REST and not _said(words, part.start, start):
        start = part.start
    if part.end - end < _REST and not _said(words, end, part.end):
        end = part.end
    whole = TimeRange(start, end)
    return None if whole == part else whole


def _said(words: Sequence[Word], start: Time, end: Time) -> bool:
    """Whether any of the words is heard between two times."""
    return any(word.start < end and start < word.end for word in words)


def tighten_clip(
    store: Store,
    clip_id: str,
    listened: Sequence[Listened],
    strength: float = DEFAULT_STRENGTH,
    *,
    merge_key: str | None = None,
) -> Clip:
    """Make the cuts of a strength in a clip, in the place of those that tightening made before; as one entry
    in the history. Raises :class:`UsageError` when under a second would stay."""
    with store.transaction("Tighten clip", store.clip(clip_id).project_id, merge_key=merge_key) as tx:
        before = tx.clip(clip_id)
        after = _tightened(before, listened, strength)
        tx.put(after)
    return after


def _tightened(clip: Clip, listened: Sequence[Listened], strength: float) -> Clip:
    cuts = clip_cuts(clip, listened, strength)
    after = edits.tighten(clip, cuts)
    if cuts and after is clip and not clip.tightened:
        raise UsageError("At least one second of a clip has to stay.", "Choose less strength.")
    return after


def tighten_source(
    store: Store, listened: Listened, strength: float = DEFAULT_STRENGTH
) -> tuple[list[Clip], Outcome]:
    """Tighten all clips of a recording, as one entry in the history. The outcome is the whole recording's."""
    source = listened.source
    cuts = tuple(listened.cuts(strength))
    with store.transaction("Tighten all clips", source.project_id) as tx:
        clips = []
        for clip in store.clips(source.id):
            after = edits.tighten(clip, clip_cuts(clip, [listened], strength))
            tx.put(after)
            clips.append(after)
    return clips, source_outcome(source, cuts)


def source_outcome(source: Source, cuts: Sequence[TightCut]) -> Outcome:
    """What tightening would do to a whole recording."""
    whole = source.info.duration
    return Outcome(whole, whole - Time(sum(cut.range.duration.ticks for cut in cuts)), tuple(cuts))


def restore_cut(store: Store, clip_id: str, cut_id: str) -> Clip:
    """Bring back what one of tightening's cuts took out. It stays in the list, and tightening leaves it alone
    from now on. Raises :class:`NotFound`."""
    return _change_one(store, clip_id, "Restore cut", edits.restore, cut_id)


def cut_again(store: Store, clip_id: str, cut_id: str) -> Clip:
    """Make one of tightening's cuts that was brought back. Raises :class:`NotFound`."""
    return _change_one(store, clip_id, "Cut again", edits.make_again, cut_id)


def untighten(store: Store, clip_id: str) -> Clip:
    """Bring back all that tightening cut out of a clip, and empty its list."""
    with store.transaction("Restore all cuts", store.clip(clip_id).project_id) as tx:
        after = edits.untightened(tx.clip(clip_id))
        tx.put(after)
    return after


def _change_one(
    store: Store, clip_id: str, label: str, change: Callable[[Clip, str], Clip], cut_id: str
) -> Clip:
    with store.transaction(label, store.clip(clip_id).project_id) as tx:
        before = tx.clip(clip_id)
        if all(cut.id != cut_id for cut in before.tightened):
            raise NotFound(say("Tightening made no cut “{name}” in this clip.", name=cut_id))
        after = change(before, cut_id)
        tx.put(after)
    return after
