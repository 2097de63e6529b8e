"""A translation as subtitle cues, alone or line by line with what is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise

from viralclip_desktop.compose.captions.breaks import Piece, clause_ends, even_cuts, joined, pieces
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Transcript, join_words
from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.transcription.cues import LINE_CHARS, LINES, Cue, cues, width


def translated_cues(translation: Translation) -> list[Cue]:
    """Each line as a cue with its own time; one too long for two lines of a cue as several that share it."""
    found: list[Cue] = []
    for line in translation.lines:
        parts = _parts(pieces(line.text))
        sizes = [sum(width(row) for row in rows) for rows in parts]
        at, spent = line.range.start, 0
        for rows, size in zip(parts, sizes, strict=True):
            spent += size
            end = line.range.start + Time(line.range.duration.ticks * spent // max(1, sum(sizes)))
            found.append(Cue(rows, at, end))
            at = end
    return found


def cues_of_both(transcript: Transcript, translation: Translation) -> list[Cue]:
    """Cues of two lines: what is said, and what the translation says meanwhile. A sentence in several cues
    has its translation shared out among them; lines while nobody speaks are cues of their own."""
    found: list[Cue] = []
    for line, group in _together(cues(transcript, rows=1), translation.lines):
        if line is not None and not group:
            found += translated_cues(Translation("", "", "", (line,)))
            continue
        texts = _shared_out(line.text, [width(cue.text) for cue in group]) if line is not None else []
        for number, cue in enumerate(group):
            found.append(Cue((cue.text, *texts[number : number + 1]), cue.start, cue.end))
    found.sort(key=lambda cue: cue.start)
    return [
        Cue(cue.lines, cue.start, max(cue.start, min(cue.end, after.start)))
        for cue, after in pairwise([*found, Cue((), found[-1].end, found[-1].end)] if found else [])
    ]


def told_together(transcript: Transcript, translation: Translation) -> list[tuple[str, str]]:
    """What is said and how the translation has it, line by line; either may be empty."""
    groups = _together(cues(transcript, rows=1), translation.lines)
    groups.sort(key=lambda found: found[1][0].start if found[1] else _start(found[0]))
    return [
        (join_words([cue.text for cue in group]), line.text if line is not None else "")
        for line, group in groups
    ]


def _start(line: TranslatedLine | None) -> Time:
    return line.range.start if line is not None else ZERO


def _together(
    spoken: Sequence[Cue], lines: Sequence[TranslatedLine]
) -> list[tuple[TranslatedLine | None, list[Cue]]]:
    """Each line with the cues it is about, which are those it shares the most time with."""
    numbers = {cue: _most_shared(cue, lines) for cue in spoken}
    groups = [
        (lines[number] if number is not None else None, list(group))
        for number, group in groupby(spoken, key=numbers.__getitem__)
    ]
    silent = set(range(len(lines))) - set(numbers.values())
    return [*groups, *((lines[number], []) for number in sorted(silent))]


def _most_shared(cue: Cue, lines: Sequence[TranslatedLine]) -> int | None:
    shared: dict[int, Time] = {}
    for number in range(bisect_right(lines, cue.start, key=lambda line: line.range.end), len(lines)):
        within = lines[number].range
        if within.start >= cue.end:
            break
        shared[number] = min(cue.end, within.end) - max(cue.start, within.start)
    return max(shared, key=shared.__getitem__) if shared else None


def _shared_out(text: str, shares: Sequence[float]) -> list[str]:
    """A text in as many parts, about as long as ``shares`` are to each other; the whole text in each where it
    is too short for that."""
    found = pieces(text)
    if len(found) < len(shares):
        return [text] * len(shares)
    return [joined(part) for part in _cut(found, shares)]


def _cut(found: Sequence[Piece], shares: Sequence[float]) -> list[Sequence[Piece]]:
    widths = [width(piece.text) + piece.spaced for piece in found]
    cuts = even_cuts(widths, shares, clause_ends(found))
    return [found[first:last] for first, last in pairwise([0, *cuts, len(found)])]


_LONG = 60  # words: nobody reads such a line, and the time to cut it evenly grows with its cube


def _parts(found: Sequence[Piece]) -> list[tuple[str, ...]]:
    """A text in as few parts of two rows as hold it."""
    if len(found) > _LONG:
        return [*_parts(found[: len(found) // 2]), *_parts(found[len(found) // 2 :])]
    for count in range(1, len(found)):
        parts = [_rows(part) for part in _cut(found, [1.0] * count)]
        if all(parts):
            return parts
    return [(piece.text,) for piece in found]


def _rows(part: Sequence[Piece]) -> tuple[str, ...]:
    """One row or two of about one length; empty when they would be too long."""
    for count in range(1, min(LINES, len(part)) + 1):
        rows = tuple(joined(row) for row in _cut(part, [1.0] * count))
        if all(width(row) <= LINE_CHARS for row in rows):
            return rows
    return ()
