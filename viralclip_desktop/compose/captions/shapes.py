"""What is drawn around the letters: phrase box, pill, highlighter, underline."""

from __future__ import annotations

from collections.abc import Iterator

from viralclip_desktop.compose.captions.ass import Event, alpha, colour, number, rounded_box
from viralclip_desktop.compose.captions.bidi import direction
from viralclip_desktop.compose.captions.layout import (
    UNDERLINE_EM,
    UNDERLINE_GAP_EM,
    Block,
    Box,
    PlacedWord,
    invisible,
)
from viralclip_desktop.compose.captions.motion import (
    ENTRANCE_OPACITY,
    Layer,
    entrance,
    leaving,
    painted,
    span_ms,
)
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionStyle

SHAPE_STYLE = "shape"
_BOX_HEIGHT = 0.7  # padding above and below against that at the sides
_RUN_MS = 110  # a line runs out faster than a short word is said


def phrase_box(block: Block, style: CaptionStyle) -> Iterator[Event]:
    """The background behind the whole phrase; the style's shadow is cast by it, not by the letters."""
    pad = style.box_padding_em * block.em
    box = block.box.grown(pad, pad * _BOX_HEIGHT)
    if not invisible(style.shadow):
        blur, drop = style.shadow_blur_em * block.em, style.shadow_em * block.em
        yield _box_event(Layer.BOX, box, block, style, (style.shadow, blur, drop))
    yield _box_event(Layer.SHADOW, box, block, style, (style.box, 0.0, 0.0))


def word_shapes(word: PlacedWord, block: Block, style: CaptionStyle) -> Iterator[Event]:
    """What the style draws for one spoken word."""
    if invisible(style.active_box):
        return
    if style.animation is CaptionAnimation.BOX:
        yield _pill(word, block, style)
    elif style.animation is CaptionAnimation.MARKER:
        yield _marker(word, block, style)
    elif style.animation is CaptionAnimation.UNDERLINE:
        yield _underline(word, block, style)


def _pill(word: PlacedWord, block: Block, style: CaptionStyle) -> Event:
    """The box behind the spoken word, for as long as it is spoken."""
    pad = style.box_padding_em * block.em
    box = word.box.grown(min(pad, 0.05 * block.em + word.room / 2), pad * _BOX_HEIGHT)
    x, y = box.centre
    value = style.active_box
    tags = (
        f"\\pos({number(x)},{number(y)})\\bord0\\1c{colour(value)}\\1a{alpha(value, ENTRANCE_OPACITY)}"
        f"\\fscx92\\fscy92\\t(0,60,\\fscx100\\fscy100\\1a{alpha(value)})\\p4"
    )
    start, end = word.token.start_cs, block.phrase.active_until(word.index)
    return Event(Layer.PILL, start, end, SHAPE_STYLE, tags, _shape(box, block, style))


def _marker(word: PlacedWord, block: Block, style: CaptionStyle) -> Event:
    """The highlighter behind a word: runs along while it is spoken, stays until the phrase goes."""
    box = marker_box(word, block, style)
    begin, until = span_ms(word, block, word.token.end_cs)
    tags = _running_out(word, box, style, until - begin) + leaving(block, style)
    start = word.token.start_cs
    return Event(Layer.PILL, start, block.phrase.end_cs, SHAPE_STYLE, tags, _shape(box, block, style))


def marker_box(word: PlacedWord, block: Block, style: CaptionStyle) -> Box:
    """Where the highlighter goes; strokes of neighbours touch."""
    pad = style.box_padding_em * block.em
    return word.box.grown(min(pad, word.room / 2 + 0.5), pad * _BOX_HEIGHT)


def _underline(word: PlacedWord, block: Block, style: CaptionStyle) -> Event:
    """A line below the spoken word."""
    top = word.box.bottom + UNDERLINE_GAP_EM * block.em
    box = Box(word.box.left, top, word.box.right, top + UNDERLINE_EM * block.em)
    start, end = word.token.start_cs, block.phrase.active_until(word.index)
    shape = rounded_box(box.right - box.left, box.bottom - box.top, UNDERLINE_EM * block.em / 2)
    return Event(Layer.PILL, start, end, SHAPE_STYLE, _running_out(word, box, style, _RUN_MS), shape)


def _running_out(word: PlacedWord, box: Box, style: CaptionStyle, running_ms: int) -> str:
    """A shape that grows from the side on which the word begins."""
    backwards = direction(word.token.word.text) == "R"
    x = box.right if backwards else box.left
    value = style.active_box
    return (
        f"\\an{6 if backwards else 4}\\pos({number(x)},{number(box.centre[1])})\\bord0"
        f"\\1c{colour(value)}\\1a{alpha(value)}\\fscx0\\t(0,{max(1, running_ms)},\\fscx100)\\p4"
    )


def _box_event(
    layer: int, box: Box, block: Block, style: CaptionStyle, paint: tuple[str, float, float]
) -> Event:
    value, blur, drop = paint
    x, y = box.centre
    tags = [*entrance(x, y + drop, block, style.entrance), "\\bord0", *painted(1, value, style.entrance)]
    if blur:
        tags.append(f"\\blur{number(blur)}")
    shape = _shape(box, block, style)
    made = "".join(tags) + leaving(block, style) + "\\p4"
    return Event(layer, block.phrase.start_cs, block.phrase.end_cs, SHAPE_STYLE, made, shape)


def _shape(box: Box, block: Block, style: CaptionStyle) -> str:
    return rounded_box(box.right - box.left, box.bottom - box.top, style.box_radius_em * block.em)
