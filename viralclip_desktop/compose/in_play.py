"""What is known of a recording, when it plays: its words, its lines in another language, its faces.

Each function takes the parts of one recording, as ranges played one after the other or placed in a clip, and
answers in clip time, in the order things are heard and seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Part
from viralclip_desktop.domain.clip_time import Placed
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.domain.translation import TranslatedLine, Translation

# Long enough to hide a click, short enough to keep the first consonant; the end may breathe.
_ROUNDING = Time.from_seconds(Fraction(1, 1000)).ticks
_SHORTEST_LINE = Time.from_seconds(Fraction(5, 6))  # the shortest showing of a subtitle (Netflix's guide)

Playing = TimeRange | Placed


def clip_words(transcript: Transcript, *playing: Playing) -> tuple[Word, ...]:
    """The words spoken in what plays, held inside it. A word of which less than half is kept was cut out; one
    that is played twice is spoken twice."""
    words = [word for take in _takes(placings(playing)) for word in _spoken(transcript, take)]
    return tuple(sorted(words, key=lambda word: word.start))


def placings(playing: Iterable[Playing]) -> list[Placed]:
    """Ranges played one after the other, as places in a clip; places stay as they are."""
    found, at = [], ZERO
    for index, one in enumerate(playing):
        placed = Placed(Part("", one), index, at) if isinstance(one, TimeRange) else one
        found.append(placed)
        at = placed.end
    return found


def _takes(playing: Iterable[Placed]) -> Iterator[list[Placed]]:
    """What plays in groups in which no moment of the recording plays twice, in the recording's order."""
    takes: list[list[Placed]] = []
    for one in sorted(playing, key=lambda one: one.part.range.start):
        free = (take for take in takes if take[-1].part.range.end <= one.part.range.start)
        take = next(free, None)
        if take is None:
            takes.append([one])
        else:
            take.append(one)
    return iter(takes)


def _spoken(transcript: Transcript, take: Sequence[Placed]) -> Iterator[Word]:
    ends = [one.part.range.end.ticks for one in take]
    hull = TimeRange(take[0].part.range.start, take[-1].part.range.end)
    for word in transcript.words_between(hull):
        pieces, heard = [], 0
        for one in take[bisect_right(ends, word.start.ticks) :]:
            if one.part.range.start >= word.end:
                break
            start, end = max(word.start, one.part.range.start), min(word.end, one.part.range.end)
            pieces.append(TimeRange(one.when(start), one.when(end)))
            heard += (end - start).ticks
        if heard and 2 * heard >= (word.end - word.start).ticks - _ROUNDING:
            whole = _heard_as(pieces)
            yield replace(word, start=whole.start, end=whole.end)


def _heard_as(pieces: Sequence[TimeRange]) -> TimeRange:
    """Where a word is heard: the pieces a cut left of it follow each other; of those that play apart, the
    longest."""
    if all(one.end == other.start for one, other in pairwise(pieces)):
        return TimeRange(pieces[0].start, pieces[-1].end)
    return max(pieces, key=lambda piece: piece.duration)


def clip_lines(translation: Translation, *playing: Playing) -> tuple[TranslatedLine, ...]:
    """The lines of a translation that can be read in what plays. A line of which less than half is kept, and
    less than a subtitle's shortest time, was cut out."""
    found: list[tuple[TranslatedLine, TimeRange]] = []
    lines = translation.lines  # in order, none over another
    for one in placings(playing):
        first = bisect_right(lines, one.part.range.start, key=lambda line: line.range.end)
        last = bisect_left(lines, one.part.range.end, key=lambda line: line.range.start)
        for line in lines[first:last]:
            piece = line.range.intersection(one.part.range)
            if piece is None:
                continue
            placed = TimeRange(one.when(piece.start), one.when(piece.end))
            if found and found[-1][0] is line and found[-1][1].end == placed.start:
                placed = TimeRange(found.pop()[1].start, placed.end)
            found.append((line, placed))
    return tuple(
        TranslatedLine(placed, line.text)
        for line, placed in found
        if placed.duration >= min(_SHORTEST_LINE, Time(line.range.duration.ticks // 2))
    )


def clip_faces(seen: Sequence[FacesSeen], *playing: Playing) -> tuple[FacesSeen, ...]:
    """The looks (in order) that count in what plays: those within a part, and the last one before its start,
    as if it had been taken there."""
    times = [look.at for look in seen]
    found = []
    for one in placings(playing):
        within = one.part.range
        first = max(0, bisect_right(times, within.start) - 1)
        for look in seen[first : bisect_right(times, within.end)]:
            found.append(replace(look, at=one.when(max(within.start, look.at))))
    return tuple(found)
