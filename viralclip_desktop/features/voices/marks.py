"""Marks of speed for a part of a text, set by a button."""

from __future__ import annotations

from itertools import groupby

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.domain.sentence_ends import ends_sentence
from viralclip_desktop.features.voices.script import marked_speed

_Line = tuple[str, float | None]
"""A line that is no mark, and the speed that a mark sets for it; None for none."""


def with_speed(text: str, start: int, end: int, speed: float | None) -> str:
    """``text`` in which the paragraphs that ``start`` to ``end`` (characters) touch are marked to be spoken
    at ``speed``; None: like the rest. All else is spoken as it was. Raises BadInput for a mark with a speed
    that no voice has."""
    lines, touched, now, at = list[_Line](), set[int](), None, 0
    for number, line in enumerate(text.split("\n"), 1):
        mark = marked_speed(line, number)
        if mark is not None:
            now = mark.speed
        else:
            if start <= at + len(line) and at <= max(start, end - 1):
                touched.add(len(lines))
            lines.append((line, now))
        at += len(line) + 1
    for part in _paragraphs(lines):
        if touched & set(part):
            for number in part:
                lines[number] = (lines[number][0], speed)
    return _written(lines)


def speed_at(text: str, position: int) -> float | None:
    """The speed that a mark sets where a character stands; None for none, or one that cannot be read."""
    now = None
    for number, line in enumerate(text[:position].split("\n"), 1):
        try:
            mark = marked_speed(line, number)
        except BadInput:
            continue
        now = mark.speed if mark is not None else now
    return now


def _paragraphs(lines: list[_Line]) -> list[list[int]]:
    """The lines of each paragraph, by their numbers: as the text is read when it is spoken."""
    found = list[list[int]]()
    for empty, group in groupby(range(len(lines)), lambda number: not lines[number][0].strip()):
        block = list(group)
        if not empty:
            whole = all(ends_sentence(lines[number][0].rstrip().rsplit(" ", 1)[-1]) for number in block)
            found += [[number] for number in block] if whole else [block]
    return found


def _written(lines: list[_Line]) -> str:
    """With a mark wherever the speed changes."""
    written, now = list[str](), None
    for line, speed in lines:
        if line.strip() and speed != now:
            written.append("[speed normal]" if speed is None else f"[speed {speed:g}]")
            now = speed
        written.append(line)
    return "\n".join(written)
