"""Edits of a translation. Lines stay in order and never overlap.

put        |--A--|     |--C--|   ->   |--A--|-B-|--C--|    a new line, or another text for the one there
correct    |--A--|               ->   |--B--|              without any text the line goes
filled     |--A--|        |      ->   |--A--|--B--|        many new ones where none stands
split      |-----A B-----|       ->   |--A--|--B--|        the time is shared by the lengths of the texts
merge      |--A--|  |--B--|      ->   |----A B----|        with the one after it
shift      |--A--||-B-|          ->      |--A--||-B-|      all of them; what leaves the recording goes

Times are source time. Lines that do not exist raise IndexError.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.transcript import join_words
from viralclip_desktop.domain.translation import TranslatedLine, Translation

SHORTEST_LINE = Time.from_seconds(0.2)  # less cannot even be noticed


def arranged(lines: Iterable[TranslatedLine], latest: Time) -> tuple[TranslatedLine, ...]:
    """Any lines as a translation holds them: in order, inside ``0..latest``, one at a time (where two
    overlap the first ends when the second begins), without empty ones."""
    whole, found = TimeRange(ZERO, latest), list[TranslatedLine]()
    for line in sorted(lines, key=lambda line: (line.range.start, line.range.end)):
        text, within = _tidied(line.text), line.range.intersection(whole)
        if not text or within is None:
            continue
        if found and found[-1].range.start + SHORTEST_LINE <= within.start:
            before = found[-1].range
            found[-1] = replace(found[-1], range=TimeRange(before.start, min(before.end, within.start)))
        elif found:  # it begins with the one before, or hardly later: both are read together
            text = join_words([found[-1].text, text]) if text != found[-1].text else text
            within = TimeRange(found[-1].range.start, max(within.end, found[-1].range.end))
            del found[-1]
        found.append(TranslatedLine(within, text))
    return tuple(line for line in found if line.range.duration)


def put(translation: Translation, within: TimeRange, text: str) -> Translation:
    """Write a line for a stretch of time: the one that is there is written otherwise, a new one is held
    between its neighbours. Where there is no room, or a new one has no text, nothing changes."""
    words, there = _tidied(text), at(translation, within)
    if there is not None:
        return correct(translation, there, words)
    before = [line for line in translation.lines if line.range.start <= within.start]
    after = [line for line in translation.lines if line.range.start > within.start]
    start = max(within.start, before[-1].range.end) if before else within.start
    end = min(within.end, after[0].range.start) if after else within.end
    if not words or end - start < SHORTEST_LINE:
        return translation
    return replace(translation, lines=(*before, TranslatedLine(TimeRange(start, end), words), *after))


def filled(
    translation: Translation, lines: Iterable[TranslatedLine], *, instead: bool = False
) -> Translation:
    """Put many lines where none stands; what was written there meanwhile stays. ``instead``: in the place of
    what stands there."""
    new = [line for line in lines if _tidied(line.text)]
    if instead:
        taken = [line.range for line in new]
        kept = [line for line in translation.lines if not any(one.overlaps(line.range) for one in taken)]
        translation = replace(translation, lines=tuple(kept))
    for line in new:
        if at(translation, line.range) is None:
            translation = put(translation, line.range, line.text)
    return translation


def at(translation: Translation, within: TimeRange) -> int | None:
    """The place of the line that stands in exactly this stretch of time."""
    return next((n for n, line in enumerate(translation.lines) if line.range == within), None)


def correct(translation: Translation, index: int, text: str) -> Translation:
    """Write a line otherwise; without any text it goes."""
    line, words = translation.lines[_checked(translation, index)], _tidied(text)
    new = (replace(line, text=words),) if words else ()
    return _spliced(translation, index, index + 1, *new)


def split(translation: Translation, index: int, at: int) -> Translation:
    """Two lines of one, before the character at ``at``; nothing changes when one would be empty."""
    line = translation.lines[_checked(translation, index)]
    head, tail = _tidied(line.text[:at]), _tidied(line.text[at:])
    share = line.range.duration.ticks * len(head) // max(1, len(head) + len(tail))
    middle = line.range.start + Time(share)
    if not head or not tail or middle in (line.range.start, line.range.end):
        return translation
    first = TranslatedLine(TimeRange(line.range.start, middle), head)
    return _spliced(
        translation, index, index + 1, first, TranslatedLine(TimeRange(middle, line.range.end), tail)
    )


def merge(translation: Translation, index: int) -> Translation:
    """Join a line with the one after it; the last one stays as it is."""
    line = translation.lines[_checked(translation, index)]
    if index + 1 == len(translation.lines):
        return translation
    following = translation.lines[index + 1]
    whole = TimeRange(line.range.start, following.range.end)
    both = TranslatedLine(whole, join_words([line.text, following.text]))
    return _spliced(translation, index, index + 2, both)


def shift(translation: Translation, by: Time, latest: Time) -> Translation:
    """All lines earlier or later, within ``0..latest``: for a file made for another cut of the recording."""
    whole, moved = TimeRange(ZERO, latest), list[TranslatedLine]()
    for line in translation.lines:
        start, end = line.range.start + by, line.range.end + by
        if within := TimeRange(start, end).intersection(whole):
            moved.append(replace(line, range=within))
    return replace(translation, lines=tuple(moved))


def _tidied(text: str) -> str:
    return " ".join(text.split())


def _checked(translation: Translation, index: int) -> int:
    if not 0 <= index < len(translation.lines):
        raise IndexError(f"line {index} of {len(translation.lines)}")
    return index


def _spliced(translation: Translation, first: int, last: int, *new: TranslatedLine) -> Translation:
    return replace(translation, lines=(*translation.lines[:first], *new, *translation.lines[last:]))
