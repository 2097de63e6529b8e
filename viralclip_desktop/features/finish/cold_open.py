"""A cold open: the strongest line of a clip is heard first, then the clip from its start, with the line still
in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from viralclip_desktop.compose.captions.keywords import bare
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.domain.edits.cuts import words_range
from viralclip_desktop.domain.layers import Element, Layer, MusicLayer, ProgressLayer
from viralclip_desktop.domain.sentence_ends import ends_sentence
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.common.telling_words import is_number, is_telling, listed
from viralclip_desktop.features.finish.scene import Line, Scene, Wanted

_SHORTEST, _LONGEST = Time.from_seconds(2), Time.from_seconds(4)
_LATER = Time.from_seconds(4)  # a line that is heard right after it was heard first is only said twice
_STRONG = {"strong": 1.0, "contrast": 0.5, "judge": 0.5, "all": 0.4, "number": 0.4, "question": 0.3}
"""What words of a list add (``resources/moments``): what moves, what surprises, what is said of everyone."""
_HANGING = ("join", "so", "point", "nod", "filler", "cause", "and", "but")
"""A line that begins so leans on the one before it."""
_HANGS = 2.0
_ASKS = 0.6


def lines_of(transcript: Transcript, asset_id: str) -> tuple[Line, ...]:
    """The sentences of a recording, with the silence around them."""
    words = transcript.words
    return tuple(
        Line(asset_id, words_range(words, one.first, one.last), tuple(words[one.first : one.last]))
        for one in transcript.sentences
        if one.first < one.last
    )


def strongest(clip: Clip, lines: Iterable[Line], language: str) -> Line | None:
    """The strongest whole sentence of two to four seconds that plays later in a clip without a cut; None
    where there is none."""
    fit = (one for one in lines if _SHORTEST <= one.range.duration <= _LONGEST and _plays_later(clip, one))
    found = [(strength(one, language), -one.range.start.ticks, one) for one in fit]
    best = max(found, key=lambda one: one[:2], default=None)
    return best[-1] if best is not None and best[0] > 0 else None


def strength(line: Line, language: str) -> float:
    """How much a line says by itself; below 0 for one that leans on what was said before."""
    texts = [bare(word.text) for word in line.words]
    told = sum(is_number(text) or is_telling(text, language) for text in texts) / max(1, len(texts))
    strong = sum(
        weight for kind, weight in _STRONG.items() for text in texts if text in listed(language, (kind,))
    )
    last = line.words[-1].text
    whole = 0.5 * ends_sentence(last) + _ASKS * ("?" in last or "？" in last)
    return told + strong + whole - _HANGS * (texts[0] in listed(language, _HANGING))


def _plays_later(clip: Clip, line: Line) -> bool:
    at = ZERO
    for part in clip.parts:
        inside = part.range.start <= line.range.start and line.range.end <= part.range.end
        if inside and part.asset_id == line.asset_id and not part.card:
            return at + part.played(line.range.start) >= _LATER
        at += part.duration
    return False


def add_cold_open(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """The line as a part before all others; what lies on the clip stays on its words."""
    line = strongest(clip, scene.lines, scene.language)
    if line is None:
        return clip
    part = Part(line.asset_id, line.range)
    layers = _shifted(clip.layers, part.duration)
    return replace(clip, parts=(part, *clip.parts), layers=layers)


def remove_cold_open(clip: Clip, element: Element) -> Clip:
    """The clip from its start again."""
    if not has_cold_open(clip, element):
        return clip
    layers = _shifted(clip.layers, ZERO - clip.parts[0].duration)
    return replace(clip, parts=clip.parts[1:], layers=layers)


def has_cold_open(clip: Clip, _element: Element) -> bool:
    """Whether what plays first plays again later, and is as short as such a line."""
    if len(clip.parts) < 2 or clip.parts[0].card or clip.parts[0].still:
        return False
    first = clip.parts[0]
    return first.duration <= _LONGEST and any(
        one.asset_id == first.asset_id
        and not one.card
        and one.range.start <= first.range.start
        and first.range.end <= one.range.end
        for one in clip.parts[1:]
    )


def _shifted(layers: Sequence[Layer], by: Time) -> tuple[Layer, ...]:
    """Layers so much later; those before the clip's start are cut there or go. Music and bars that begin
    with the clip still do."""
    found: list[Layer] = []
    for layer in layers:
        from_start = isinstance(layer, MusicLayer | ProgressLayer) and layer.range.start <= ZERO
        start = ZERO if from_start else max(ZERO, layer.range.start + by)
        if layer.range.end + by > start:
            found.append(replace(layer, range=TimeRange(start, layer.range.end + by)))
    return tuple(found)
