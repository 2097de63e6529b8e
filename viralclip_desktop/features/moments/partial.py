"""Clips while a recording is still being heard: the finder on what is there so far, and the settling at the
end.

What is found on a part is provisional. At the end the finder runs on the whole transcript as if nothing had
been shown before, so the settled set is that of one uninterrupted run; clips the user touched stay beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Sentence, Transcript
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import Moment, rank
from viralclip_desktop.features.moments.sound import Sound

ENOUGH_TALK_S: Final = 600.0  # heard talk before the first clips are shown
MARGIN_S: Final = 30.0  # an end so near to where hearing stopped may still go on
_SAME: Final = 0.5  # clips that share this much of their joint time show the same moment


def find_provisional(
    transcript: Transcript,
    heard_s: float,
    options: FindOptions,
    sound: Sound | None = None,
    cancel: CancelToken | None = None,
) -> list[Moment]:
    """The best moments of the first ``heard_s`` seconds, best first; none before ten minutes of talk are
    heard.

    ``transcript`` may hold more than was heard, or end inside a sentence: only whole sentences well before
    ``heard_s`` are used. Raises what :func:`rank` raises.
    """
    part = heard_part(transcript, heard_s - MARGIN_S)
    if (
        not part.words
        or part.words[-1].end.seconds - part.words[0].start.seconds < ENOUGH_TALK_S - 2 * MARGIN_S
    ):
        return []
    return rank(part, heard_s, options, sound, cancel)


def heard_part(transcript: Transcript, until_s: float) -> Transcript:
    """The whole sentences of a transcript that end before a time (source seconds)."""
    until, words = Time.from_seconds(max(0.0, until_s)), transcript.words
    kept: list[Sentence] = [
        s for s in transcript.sentences if s.last > s.first and words[s.last - 1].end <= until
    ]
    last = kept[-1].last if kept else 0
    return replace(transcript, words=words[:last], sentences=tuple(kept))


def settle_clips(
    shown: Sequence[Clip],
    found: Sequence[Clip],
    touched: Collection[str],
    taken: Sequence[TimeRange] = (),
) -> list[Clip]:
    """The clips that stand when all is heard, best first: ``found``, those of one uninterrupted run, and
    every one of the provisional ``shown`` that the user touched (ids), in place of the found one that shows
    the same moment. ``taken``: further moments that are not to come (again): of clips the user deleted or
    moved."""
    kept = [clip for clip in shown if clip.id in touched]
    decided = [*(clip.range for clip in kept), *taken]
    fresh = [clip for clip in found if not any(same_moment(clip.range, other) for other in decided)]

    def place(clip: Clip) -> tuple[int, int]:
        if clip.id not in touched:
            return clip.rank, 1
        worse = (one.rank for one in fresh if (one.score or 0) <= (clip.score or 0))
        return min(worse, default=len(found) + 1), 0

    return sorted([*kept, *fresh], key=place)


def same_moment(one: TimeRange, other: TimeRange) -> bool:
    """Whether two ranges of a recording show the same."""
    shared = min(one.end, other.end).ticks - max(one.start, other.start).ticks
    joint = max(one.end, other.end).ticks - min(one.start, other.start).ticks
    return shared > _SAME * joint
