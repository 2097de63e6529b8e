"""The second language of a clip: its lines in clip time, and the places where one can be written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from viralclip_desktop.compose.in_play import clip_lines
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_time, placed_of
from viralclip_desktop.domain.edits.translations import SHORTEST_LINE
from viralclip_desktop.domain.transcript import Sentence, Transcript, join_words
from viralclip_desktop.domain.translation import TranslatedLine, Translation


@dataclass(frozen=True, slots=True)
class LineField:
    """A line of the second language, written or not yet. ``range`` is source time."""

    range: TimeRange
    at: Time
    """When it begins in the clip."""
    said: str
    """What is said meanwhile."""
    text: str
    """Empty where nothing is written yet."""
    index: int | None
    """Its place among the translation's lines; None where nothing is written yet."""


def clip_translation(translation: Translation, clip: Clip) -> Translation:
    """The lines that play in a clip, in clip time: what a subtitle file of it holds."""
    return replace(translation, lines=clip_lines(translation, *placed_of(clip)))


def line_fields(translation: Translation, transcript: Transcript | None, clip: Clip) -> list[LineField]:
    """The lines that play in a clip, and an empty one for each of its sentences without any, as they come in
    the clip."""
    fields = [
        _field(line.range, clip, transcript, line.text, index)
        for index, line in enumerate(translation.lines)
        if _plays(line.range, clip)
    ]
    if transcript is not None:
        for free in _unwritten(translation, transcript, clip):
            fields.append(_field(free, clip, transcript, "", None))
    return sorted(fields, key=lambda field: field.at)


def _field(
    within: TimeRange, clip: Clip, transcript: Transcript | None, text: str, index: int | None
) -> LineField:
    words = transcript.words_between(within) if transcript is not None else ()
    begin = next((max(part.start, within.start) for part in clip.kept if part.overlaps(within)), within.start)
    said = join_words([word.text for word in words])
    return LineField(within, nearest_clip_time(clip, begin), said, text, index)


def _unwritten(translation: Translation, transcript: Transcript, clip: Clip) -> Iterator[TimeRange]:
    """The times of the clip's sentences that have no line yet."""
    for sentence in transcript.sentences:
        within = transcript.range_of(sentence)
        if not within.overlaps(clip.range):
            continue
        free = _free_part(within, translation.lines)
        if free is not None and _is_said(sentence, transcript, clip):
            yield free


def _plays(within: TimeRange, clip: Clip) -> bool:
    return any(part.overlaps(within) for part in clip.kept)


def _is_said(sentence: Sentence, transcript: Transcript, clip: Clip) -> bool:
    """Whether a word of the sentence is heard in the clip."""
    words, kept = transcript.words[sentence.first : sentence.last], clip.kept
    middles = (Time((word.start.ticks + word.end.ticks) // 2) for word in words)
    return any(part.contains(middle) for middle in middles for part in kept)


def _free_part(within: TimeRange, lines: tuple[TranslatedLine, ...]) -> TimeRange | None:
    """The sentence's time as far as no line has it; None where most of it is taken."""
    first = bisect_right(lines, within.start, key=lambda line: line.range.end)
    start, end = within.start, within.end
    for line in lines[first:]:
        if line.range.start >= end:
            break
        if line.range.start <= start:
            start = max(start, line.range.end)
        else:
            end = line.range.start
    room = end - start
    if room < SHORTEST_LINE or 2 * room.ticks < within.duration.ticks:
        return None
    return TimeRange(start, end)
