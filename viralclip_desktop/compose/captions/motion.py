"""How captions move, as override tags of ASS: coming on, going, and what the spoken word does."""

from __future__ import annotations

import math
from enum import IntEnum

from viralclip_desktop.compose.captions.ass import alpha, colour, number
from viralclip_desktop.compose.captions.layout import HOP_EM, Block, PlacedWord
from viralclip_desktop.domain.captions import (
    CaptionAnimation,
    CaptionEntrance,
    CaptionExit,
    CaptionStyle,
)

ENTRANCE_OPACITY = 0.45
_ENTRANCE_MS = 90  # quick enough to feel like a cut, long enough to be seen (3 frames at 30 fps)
_ENTRANCE_SCALE = 0.88
_EXIT_MS, _SHORTEST_EXIT_MS = 130, 30
_GROW_MS = 70
_COLOUR_MS = 40
_HOP_UP_MS, _HOP_DOWN_MS, _HOP_REST_MS = 90, 110, 90
_HOP_SINK = 0.16  # share of the hop by which the word sinks below its line before it rests
_FAR_PX = 5000.0  # turning by a sixth of a degree about a point this far away lifts a word by a hop
_REVEAL_MS = 80


class Layer(IntEnum):
    """What lies on what, from the back to the front."""

    BOX = 0
    SHADOW = 1
    PILL = 2
    OUTLINE = 3
    FILL = 4
    SUNG = 5


def comes_by_itself(style: CaptionStyle) -> bool:
    """Whether each word comes on when it is spoken, rather than with its phrase."""
    return style.animation in (CaptionAnimation.REVEAL, CaptionAnimation.TYPE)


def uncovers(style: CaptionStyle) -> bool:
    """Whether the spoken word's colour is uncovered from its beginning, and stays."""
    return style.animation in (CaptionAnimation.SWEEP, CaptionAnimation.MARKER)


def word_entrance(style: CaptionStyle) -> CaptionEntrance:
    """How the words of a phrase come on."""
    return CaptionEntrance.NONE if comes_by_itself(style) else style.entrance


def entrance(x: float, y: float, block: Block, kind: CaptionEntrance) -> list[str]:
    """The position, reached by growing about the middle of the whole block where the style says so."""
    if kind is not CaptionEntrance.GROW:
        return [f"\\pos({number(x)},{number(y)})"]
    (middle_x, middle_y), scale = block.box.centre, _ENTRANCE_SCALE
    from_x, from_y = middle_x + (x - middle_x) * scale, middle_y + (y - middle_y) * scale
    percent = number(100 * scale)
    return [
        f"\\move({number(from_x)},{number(from_y)},{number(x)},{number(y)},0,{_ENTRANCE_MS})",
        f"\\fscx{percent}\\fscy{percent}\\t(0,{_ENTRANCE_MS},\\fscx100\\fscy100)",
    ]


def painted(part: int, value: str, kind: CaptionEntrance) -> list[str]:
    """Colour and opacity of a part (1 letters, 3 outline), faded in with the phrase."""
    if kind is CaptionEntrance.NONE:
        return [f"\\{part}c{colour(value)}\\{part}a{alpha(value)}"]
    return [
        f"\\{part}c{colour(value)}\\{part}a{alpha(value, ENTRANCE_OPACITY)}",
        f"\\t(0,{_ENTRANCE_MS},\\{part}a{alpha(value)})",
    ]


def leaving(block: Block, style: CaptionStyle) -> str:
    """The end of an event that stands until its phrase goes. Only the time after the last word is faded
    over: where the next phrase follows at once, it takes over at once."""
    phrase = block.phrase
    left_ms = (phrase.end_cs - max(token.end_cs for token in phrase.tokens)) * 10
    takes = min(_EXIT_MS, left_ms)
    return f"\\fad(0,{takes})" if style.exit is CaptionExit.FADE and takes >= _SHORTEST_EXIT_MS else ""


def span_ms(word: PlacedWord, block: Block, until_cs: int) -> tuple[int, int]:
    """From the word's start to ``until_cs``, in milliseconds after the phrase's start, never empty."""
    start = (word.token.start_cs - block.phrase.start_cs) * 10
    return start, max(start + 1, (until_cs - block.phrase.start_cs) * 10)


def spoken_motion(word: PlacedWord, block: Block, style: CaptionStyle, x: float, y: float) -> list[str]:
    """What the word at ``x``, ``y`` does when it is spoken."""
    if style.animation is CaptionAnimation.REVEAL:
        return _revealed(word, block)
    if style.animation is CaptionAnimation.BOUNCE:
        return [*_hop(word, block, x, y), *_grow(word, block, style)]
    return _grow(word, block, style) if style.animation is CaptionAnimation.POP else []


def _grow(word: PlacedWord, block: Block, style: CaptionStyle) -> list[str]:
    """The spoken word grows, but never so far that it touches its neighbours."""
    if style.grow <= 1:
        return []
    scale = min(style.grow, 1 + 1.5 * word.room / max(word.width, 1.0))
    begin, end = span_ms(word, block, block.phrase.active_until(word.index))
    percent = number(100 * scale)
    return [
        f"\\t({begin},{begin + _GROW_MS},\\fscx{percent}\\fscy{percent})",
        f"\\t({end},{end + _GROW_MS},\\fscx100\\fscy100)",
    ]


def _hop(word: PlacedWord, block: Block, x: float, y: float) -> list[str]:
    """Up, a little below the line, and back. ASS cannot animate a position, but it can turn text about
    any point: about one far to the left, a tiny turn is a lift."""
    begin, _ = span_ms(word, block, word.token.end_cs)
    up = math.degrees(math.asin(HOP_EM * block.em / _FAR_PX))
    tags, at = [f"\\org({number(x - _FAR_PX)},{number(y)})"], begin
    for angle, takes in ((up, _HOP_UP_MS), (-_HOP_SINK * up, _HOP_DOWN_MS), (0.0, _HOP_REST_MS)):
        tags.append(f"\\t({at},{at + takes},\\frz{angle:.4f})")
        at += takes
    return tags


def _revealed(word: PlacedWord, block: Block) -> list[str]:
    """The word springs to its size as it comes on."""
    begin, _ = span_ms(word, block, word.token.end_cs)
    full, rest = begin + _REVEAL_MS, begin + 2 * _REVEAL_MS
    return [
        "\\fscx70\\fscy70",
        f"\\t({begin},{full},\\fscx104\\fscy104)\\t({full},{rest},\\fscx100\\fscy100)",
    ]


def hidden_until(begin_ms: int, takes_ms: int, fill: str, edge: str) -> str:
    """Letters (and their outline) that are not there before ``begin_ms``."""
    begin = max(1, begin_ms)
    return f"\\alpha&HFF&\\t({begin},{begin + takes_ms},\\1a{alpha(fill)}\\3a{alpha(edge or fill)})"


def recolour(word: PlacedWord, block: Block, style: CaptionStyle, fill: str, active_fill: str) -> list[str]:
    """The letters take the spoken word's colour; in a sweep they keep it (under the sung letters), behind
    a highlighter too."""
    if style.animation is CaptionAnimation.NONE or active_fill == fill:
        return []
    swept = uncovers(style)
    begin, end = span_ms(word, block, word.token.end_cs if swept else block.phrase.active_until(word.index))
    if swept:
        return [_colour_change(end, active_fill)]
    return [_colour_change(begin, active_fill), _colour_change(end, fill)]


def _colour_change(at_ms: int, value: str) -> str:
    return f"\\t({at_ms},{at_ms + _COLOUR_MS},\\1c{colour(value)}\\1a{alpha(value)})"
