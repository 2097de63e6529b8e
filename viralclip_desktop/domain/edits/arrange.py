"""Edits of the clips of one recording among each other: which there are, and in what order.

split       |======a=====b======|   ->   |======a| |b======|      inside a cut (a..b) both ends step out of it
insert      1 2 3               ->   1 2 + 3, numbered anew
reorder     1 2 3               ->   3 1 2, numbered anew
Ranks are 1..n over all clips of a recording, best or first one first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, FrameKey
from viralclip_desktop.domain.clip_time import nearest_clip_time, to_source_time
from viralclip_desktop.domain.edits import cuts, layers, parts
from viralclip_desktop.domain.transcript import Transcript

_NUMBERED = re.compile(r"^(?P<title>.*\S)\s+\(\d{1,3}\)$")


def split(clip: Clip, at: Time, second_id: str, created_at: float) -> tuple[Clip, Clip]:
    """Two clips, before and after a moment of source time; all that was decided goes to both.

    Cuts, markers and layers go where they lie; a layer over the moment goes to both and plays on in the
    second; crop keys also keep the neighbour on the other side, which the movement comes from or goes to.
    Where parts play in another order, the first clip is what plays before the moment. Raises
    :class:`UsageError` when one of the two would play for less than a second.
    """
    if clip.play_order:
        return _split_in_play(clip, at, second_id, created_at)
    inside = next((one for one in clip.cuts if one.contains(at)), TimeRange(at, at))
    if not clip.range.start <= inside.start <= inside.end <= clip.range.end:
        raise _too_close()
    first = _part(clip, TimeRange(clip.range.start, inside.start))
    second = _part(clip, TimeRange(inside.end, clip.range.end))
    if min(first.duration, second.duration) < cuts.SHORTEST_CLIP:
        raise _too_close()
    return (
        replace(
            first,
            markers=tuple(marker for marker in clip.markers if marker.at < at),
            frame_keys=_keys_until(clip.frame_keys, at),
        ),
        replace(
            second,
            id=second_id,
            created_at=created_at,
            markers=tuple(marker for marker in clip.markers if marker.at >= at),
            frame_keys=_keys_from(clip.frame_keys, at),
        ),
    )


def _split_in_play(clip: Clip, at: Time, second_id: str, created_at: float) -> tuple[Clip, Clip]:
    divided = replace(
        clip, splits=tuple(sorted({*clip.splits, to_source_time(clip, nearest_clip_time(clip, at))}))
    )
    played = divided.kept
    moment = nearest_clip_time(divided, at)
    count = sum(1 for part in played if nearest_clip_time(divided, part.start) < moment)
    if not 0 < count < len(played):
        raise _too_close()
    first = parts.parts_between(divided, 0, count)
    second = parts.parts_between(divided, count, len(played))
    if min(first.duration, second.duration) < cuts.SHORTEST_CLIP:
        raise _too_close()
    return layers.carried(clip, first), replace(
        layers.carried(clip, second), id=second_id, created_at=created_at
    )


def _too_close() -> UsageError:
    return UsageError(
        "A clip cannot be split this close to its end.", "Each part has to be at least one second long."
    )


def _part(clip: Clip, within: TimeRange) -> Clip:
    return layers.carried(clip, replace(clip, range=within, cuts=cuts.normalised(clip.cuts, within)))


def _keys_until(keys: Sequence[FrameKey], at: Time) -> tuple[FrameKey, ...]:
    count = sum(1 for key in keys if key.at < at)
    return tuple(keys[: count + 1])


def _keys_from(keys: Sequence[FrameKey], at: Time) -> tuple[FrameKey, ...]:
    count = sum(1 for key in keys if key.at <= at)
    return tuple(keys[max(0, count - 1) :])


def another_title(title: str, taken: Collection[str]) -> str:
    """A title for a copy: the same with the next free number, "Title (2)"."""
    known = _NUMBERED.match(title)
    plain = known["title"] if known else title
    number = 2
    while f"{plain} ({number})" in taken:
        number += 1
    return f"{plain} ({number})"


def in_order(clips: Iterable[Clip]) -> list[Clip]:
    """Clips by rank; those of the same rank stay as they came."""
    return sorted(clips, key=lambda clip: clip.rank)


def renumbered(clips: Sequence[Clip]) -> list[Clip]:
    """The clips with the ranks 1..n in the order given."""
    return [replace(clip, rank=rank) for rank, clip in enumerate(clips, 1)]


def inserted_after(clips: Sequence[Clip], clip_id: str, new: Clip) -> list[Clip]:
    """The clips with ``new`` behind the one named (at the end when there is none), ranks 1..n."""
    place = next((index + 1 for index, clip in enumerate(clips) if clip.id == clip_id), len(clips))
    return renumbered([*clips[:place], new, *clips[place:]])


def reordered(clips: Sequence[Clip], ids: Sequence[str]) -> list[Clip]:
    """The clips named, in that order; the others keep their places around them. Ranks 1..n.

    ``a b c d`` with ``d b`` becomes ``a d c b``: the named ones share out the places they had. Ids that
    are not there are passed over, a repeated one counts once.
    """
    known = {clip.id: clip for clip in clips}
    named = [known[clip_id] for clip_id in dict.fromkeys(ids) if clip_id in known]
    chosen, queue = {clip.id for clip in named}, iter(named)
    return renumbered([next(queue) if clip.id in chosen else clip for clip in clips])


def requoted(clip: Clip, transcript: Transcript | None) -> Clip:
    """The clip with the first and the last sentence that are said in it as its quotes.

    A sentence is said in the clip when the middle of one of its words is. Without any, nothing changes.
    """
    if transcript is None:
        return clip
    said = [
        sentence
        for sentence in transcript.sentences
        if transcript.range_of(sentence).overlaps(clip.range)
        and _is_said(clip, transcript, sentence.first, sentence.last)
    ]
    if not said:
        return clip
    return replace(clip, quote_first=transcript.text_of(said[0]), quote_last=transcript.text_of(said[-1]))


def _is_said(clip: Clip, transcript: Transcript, first: int, last: int) -> bool:
    middles = (Time((word.start.ticks + word.end.ticks) // 2) for word in transcript.words[first:last])
    return any(part.contains(middle) for middle in middles for part in clip.kept)
