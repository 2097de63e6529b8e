"""Edits of the clips of one recording among each other: which there are, and in what order.

split       |======a=====b======|   ->   |======a| |b======|      in a gap (a..b) both ends step out of it
insert      1 2 3               ->   1 2 + 3, numbered anew
reorder     1 2 3               ->   3 1 2, numbered anew
Ranks are 1..n over all clips of a recording, best or first one first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, FrameKey, Marker, Part, Transition
from viralclip_desktop.domain.clip_time import nearest_clip_time, placed
from viralclip_desktop.domain.edits import cuts, layers
from viralclip_desktop.domain.transcript import Transcript

_NUMBERED = re.compile(r"^(?P<title>.*\S)\s+\(\d{1,3}\)$")


def split(clip: Clip, at: Time, second_id: str, created_at: float) -> tuple[Clip, Clip]:
    """Two clips: what plays before a moment of the home recording, and the rest; all that was decided goes to
    both.

    Parts, markers and layers go where they play; a layer over the moment goes to both and plays on in the
    second; crop keys also keep the neighbour on the other side, which the movement comes from or goes to.
    Raises :class:`UsageError` when one of the two would play for less than a second.
    """
    return split_in_play(clip, nearest_clip_time(clip, at), second_id, created_at)


def split_in_play(clip: Clip, at: Time, second_id: str, created_at: float) -> tuple[Clip, Clip]:
    """The same at a moment of clip time."""
    before, after = _parts_around(clip, at)
    first, second = (
        layers.carried(clip, replace(clip, parts=tuple(half)), keep_ends=False) for half in (before, after)
    )
    if min(first.duration, second.duration) < cuts.SHORTEST_CLIP:
        raise _too_close()
    return (
        replace(
            first,
            markers=tuple(marker for marker in clip.markers if _plays_at(clip, marker) < at),
            frame_keys=_keys_on_this_side(clip, before, _keys_until),
        ),
        replace(
            second,
            id=second_id,
            created_at=created_at,
            markers=tuple(marker for marker in clip.markers if _plays_at(clip, marker) >= at),
            frame_keys=_keys_on_this_side(clip, after, _keys_from),
        ),
    )


def _plays_at(clip: Clip, marker: Marker) -> Time:
    return nearest_clip_time(clip, marker.at, marker.asset_id or clip.asset_id)


def _parts_around(clip: Clip, at: Time) -> tuple[list[Part], list[Part]]:
    """The parts before and after a clip time; one that it lies in is divided."""
    before, after = list[Part](), list[Part]()
    for one in placed(clip):
        moment = one.part.reached(at - one.start)
        if one.end <= at:
            before.append(one.part)
        elif one.start >= at:
            after.append(one.part)
        else:
            before.append(replace(one.part, range=TimeRange(one.part.range.start, moment)))
            rest = TimeRange(moment, one.part.range.end)
            after.append(replace(one.part, range=rest, transition=Transition.CUT))
    return before, after


def _keys_on_this_side(
    clip: Clip, half: Sequence[Part], chosen: Callable[[Sequence[FrameKey], Time], tuple[FrameKey, ...]]
) -> tuple[FrameKey, ...]:
    """The keys that a half needs; all of them for a recording whose parts play in another order."""
    found: list[FrameKey] = []
    for asset_id in dict.fromkeys(key.asset_id for key in clip.frame_keys):
        keys = [key for key in clip.frame_keys if key.asset_id == asset_id]
        there = clip.ranges_of(asset_id or clip.asset_id)
        mine = [part.range for part in half if part.asset_id == (asset_id or clip.asset_id)]
        if mine and all(a.start <= b.start for a, b in pairwise(there)):
            edge = mine[-1].end if chosen is _keys_until else mine[0].start
            keys = list(chosen(keys, edge))
        found += keys
    return tuple(found)


def _too_close() -> UsageError:
    return UsageError(
        "A clip cannot be split this close to its end.", "Each part has to be at least one second long."
    )


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
