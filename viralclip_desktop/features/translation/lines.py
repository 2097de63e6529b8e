"""What there is to translate: the lines of a recording with the time each of them has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.engines.translation.base import LineState, SourceLine, TranslationRequest, judged
from viralclip_desktop.engines.translation.lengths import most_characters

_SILENCE: Final = Time.from_seconds(0.6)  # so far a line may go on into the silence behind it
_AROUND: Final = 4  # lines before and after that are told


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line of the original, and its translation where there is one. ``range`` is source time; ``room`` is
    how long its translation may be said."""

    range: TimeRange
    said: str
    text: str
    room: Time


def spoken_lines(lines: Sequence[tuple[TimeRange, str, str]]) -> list[SpokenLine]:
    """Lines in their order, as range, what is said, and how it is translated."""
    found = []
    for number, (within, said, text) in enumerate(lines):
        end = within.end + _SILENCE
        if number + 1 < len(lines) and lines[number + 1][0].start >= within.end:
            end = min(end, lines[number + 1][0].start)
        found.append(SpokenLine(within, said, text, end - within.start))
    return found


def request_for(
    lines: Sequence[SpokenLine],
    wanted: Sequence[int],
    source: str,
    target: str,
    glossary: Mapping[str, str],
) -> TranslationRequest:
    """To translate the ``wanted`` lines by their numbers, which are in order and not none."""
    first, last = wanted[0], wanted[-1]
    return TranslationRequest(
        tuple(_source(lines[number], target) for number in wanted),
        source,
        target,
        dict(glossary),
        tuple(line.said for line in lines[max(0, first - _AROUND) : first]),
        tuple(line.said for line in lines[last + 1 : last + 1 + _AROUND]),
    )


def shorter_request_for(
    lines: Sequence[SpokenLine], number: int, most: int, source: str, target: str
) -> TranslationRequest:
    """To word a translated line more shortly, in about ``most`` characters."""
    request = request_for(lines, [number], source, target, {})
    return replace(request, lines=(SourceLine(lines[number].said, most),), worded=(lines[number].text,))


def line_state(line: SpokenLine, target: str) -> tuple[LineState, str]:
    """How a line stands, and why where something is wrong with it; one without a text is
    :attr:`LineState.FAILED`."""
    if not line.text:
        return LineState.FAILED, ""
    made = judged(_source(line, target), line.text)
    return (made.state, made.reason) if made.is_there else (LineState.UNCHANGED, "")


def _source(line: SpokenLine, target: str) -> SourceLine:
    return SourceLine(line.said, most_characters(line.room, target))
