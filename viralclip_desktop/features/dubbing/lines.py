"""What a dub says: lines in the other language, each in the slot where the original says it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Word, join_words
from viralclip_desktop.domain.translation import TranslatedLine

_LOOSE: Final = Time.from_seconds(0.4)
"""How far a subtitle line may begin before its first word and end after its last."""
_PAUSE: Final = Time.from_seconds(0.6)
"""A pause that parts what is said into two lines, sentence or not."""
_ENDS: Final = tuple(".!?…。！？")


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One line. ``slot`` is clip time: from the first word that the original says there to the last."""

    text: str
    slot: TimeRange


def script_of(words: Sequence[Word], lines: Iterable[TranslatedLine]) -> tuple[ScriptLine, ...]:
    """The translated ``lines`` in the slots of the ``words`` they stand for (both in clip time, in order). A
    line where nothing is known to be said keeps its own time; without lines the words themselves are
    spoken."""
    given = spoken_of(lines)
    if not given:
        return _own_lines(words)
    return tuple(ScriptLine(line.text, slot) for line, slot in zip(given, _slots(words, given), strict=True))


def spoken_of(lines: Iterable[TranslatedLine]) -> list[TranslatedLine]:
    """Those of the ``lines`` that have something to say; a script has one line for each."""
    return [line for line in lines if any(map(str.isalnum, line.text))]


def _slots(words: Sequence[Word], lines: Sequence[TranslatedLine]) -> list[TimeRange]:
    starts = [word.start for word in words]
    slots: list[TimeRange] = []
    for number, line in enumerate(lines):
        until = lines[number + 1].range.start if number + 1 < len(lines) else line.range.end + _LOOSE
        first = bisect_left(starts, line.range.start - _LOOSE)
        said = [
            word
            for word in words[first : bisect_left(starts, until)]
            if word.end > line.range.start and word.start < line.range.end
        ]
        slots.append(_slot(said, line.range, slots[-1].end if slots else Time(0)))
    return slots


def _slot(said: Sequence[Word], own: TimeRange, after: Time) -> TimeRange:
    start, end = (said[0].start, said[-1].end) if said else (own.start, own.end)
    start = max(start, after)
    return TimeRange(start, max(start, end))


def _own_lines(words: Sequence[Word]) -> tuple[ScriptLine, ...]:
    groups: list[list[Word]] = []
    for word in words:
        before = groups[-1][-1] if groups else None
        if before is None or before.text.endswith(_ENDS) or word.start - before.end > _PAUSE:
            groups.append([])
        groups[-1].append(word)
    return tuple(
        ScriptLine(join_words([word.text for word in group]), TimeRange(group[0].start, group[-1].end))
        for group in groups
    )
