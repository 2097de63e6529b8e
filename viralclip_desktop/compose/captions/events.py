"""A placed phrase -> ASS events: each word is an event of its own on a few layers, so that nothing wraps,
a growing word moves no other, and no outline covers a neighbour's letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from viralclip_desktop.compose.captions.ass import Event, alpha, colour, escape, number, rounded_box
from viralclip_desktop.compose.captions.bidi import direction
from viralclip_desktop.compose.captions.fonts import BundledFont, face_of
from viralclip_desktop.compose.captions.layout import Block, Box, PlacedWord, Setting, invisible
from viralclip_desktop.compose.captions.shaping import Run
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionEntrance, CaptionStyle

_BOX, _SHADOW, _PILL, _OUTLINE, _FILL, _SUNG = range(6)  # layers, from the back to the front
_ENTRANCE_MS = 90  # quick enough to feel like a cut, long enough to be seen (3 frames at 30 fps)
_ENTRANCE_SCALE = 0.88
_ENTRANCE_OPACITY = 0.45
_GROW_MS = 70
_COLOUR_MS = 40
_BOX_HEIGHT = 0.7  # padding above and below against that at the sides

SHAPE_STYLE = "shape"


def style_name(font: BundledFont) -> str:
    """The ASS style that sets text in ``font`` at full size."""
    return font.name.replace(" ", "")


def libass_points(font: BundledFont, em_px: float) -> float:
    """What libass must be told as size for ``font`` to appear with letters of ``em_px``."""
    return face_of(font).libass_size * font.scale * em_px


@dataclass(frozen=True, slots=True)
class _Look:
    """How one layer of a word is drawn."""

    layer: int
    fill: str
    outline: str = ""
    outline_px: float = 0.0
    blur_px: float = 0.0
    drop_px: float = 0.0


def events_of(block: Block, setting: Setting) -> Iterator[Event]:
    """All events of one phrase."""
    style = setting.style
    if not invisible(style.box):
        yield from _phrase_box(block, style)
    for word in block.words:
        if style.animation is CaptionAnimation.BOX and not invisible(style.active_box):
            yield _pill(word, block, style)
        for look in _looks(word, block, style):
            yield _word_event(word, look, block, setting)
        if style.animation is CaptionAnimation.SWEEP:
            yield _sung(word, block, setting)


def _looks(word: PlacedWord, block: Block, style: CaptionStyle) -> Iterator[_Look]:
    """The layers of a word, from the back. Outline and letters are one event where no neighbour is near."""
    edge = 0.0 if invisible(style.outline) else style.outline_em * block.em
    if not invisible(style.shadow) and invisible(style.box):
        blur, drop = style.shadow_blur_em * block.em, style.shadow_em * block.em
        yield _Look(_SHADOW, style.shadow, style.shadow, edge, blur, drop)
    if edge and word.room < 2.2 * edge:
        yield _Look(_OUTLINE, style.outline, style.outline, edge)
        edge = 0.0
    yield _Look(_FILL, style.fill, style.outline, edge)


def _word_event(word: PlacedWord, look: _Look, block: Block, setting: Setting) -> Event:
    style = setting.style
    tags = [*_place(word, block, style, look.drop_px), f"\\bord{number(look.outline_px)}"]
    if look.blur_px:
        tags.append(f"\\blur{number(look.blur_px)}")
    tags += _paint(1, look.fill, style)
    if look.outline_px:
        tags += _paint(3, look.outline, style)
    tags += _grow(word, block, style)
    if look.layer == _FILL:
        tags += _recolour(word, block, style)
    return _text_event(look.layer, "".join(tags), word, block, setting)


def _sung(word: PlacedWord, block: Block, setting: Setting) -> Event:
    """The sung letters over the unsung ones, uncovered from the word's beginning while it is spoken."""
    style, token = setting.style, word.token
    box = word.box.grown(0.1 * block.em, 0.6 * block.em)
    left, right = int(box.left), int(box.right) + 1
    rows = int(box.top), int(box.bottom) + 1
    backwards = direction(token.word.text) == "R"
    edge = right if backwards else left
    begin, end = _span_ms(word, block, token.end_cs)
    tags = [
        *_place(word, block, style, 0.0),
        "\\bord0",
        *_paint(1, style.active_fill, style),
        f"\\clip({edge},{rows[0]},{edge},{rows[1]})",
        f"\\t({begin},{end},\\clip({left},{rows[0]},{right},{rows[1]}))",
    ]
    return _text_event(_SUNG, "".join(tags), word, block, setting)


def _text_event(layer: int, tags: str, word: PlacedWord, block: Block, setting: Setting) -> Event:
    runs, phrase = word.token.word.runs, block.phrase
    text = word.mark
    for number_, run in enumerate(runs):
        text += (_font_tags(run, block, setting) if number_ else "") + escape(run.text)
    if phrase.shrink < 1:
        tags += _size_tags(runs[0], block, setting)
    return Event(layer, phrase.start_cs, phrase.end_cs, style_name(runs[0].font), tags, text)


def _font_tags(run: Run, block: Block, setting: Setting) -> str:
    return f"{{\\fn{run.name}{_size_tags(run, block, setting)}}}"


def _size_tags(run: Run, block: Block, setting: Setting) -> str:
    spacing = setting.style.letter_spacing_em * block.em
    size = f"\\fs{number(libass_points(run.font, block.em))}"
    return size + (f"\\fsp{number(spacing)}" if spacing else "")


def _place(word: PlacedWord, block: Block, style: CaptionStyle, drop_px: float) -> list[str]:
    """Where the middle of libass's line goes so that the letters stand on the baseline."""
    ink = word.token.word
    y = word.baseline - (ink.ascent - ink.descent) / 2 * block.em + drop_px
    return _entrance(word.x + ink.lean * block.em, y, block, style)


def _entrance(x: float, y: float, block: Block, style: CaptionStyle) -> list[str]:
    """The position, reached by growing about the middle of the whole block where the style says so."""
    if style.entrance is not CaptionEntrance.GROW:
        return [f"\\pos({number(x)},{number(y)})"]
    (middle_x, middle_y), scale = block.box.centre, _ENTRANCE_SCALE
    from_x, from_y = middle_x + (x - middle_x) * scale, middle_y + (y - middle_y) * scale
    percent = number(100 * scale)
    return [
        f"\\move({number(from_x)},{number(from_y)},{number(x)},{number(y)},0,{_ENTRANCE_MS})",
        f"\\fscx{percent}\\fscy{percent}\\t(0,{_ENTRANCE_MS},\\fscx100\\fscy100)",
    ]


def _paint(part: int, value: str, style: CaptionStyle) -> list[str]:
    """Colour and opacity of a part (1 letters, 3 outline), faded in with the phrase."""
    if style.entrance is CaptionEntrance.NONE:
        return [f"\\{part}c{colour(value)}\\{part}a{alpha(value)}"]
    return [
        f"\\{part}c{colour(value)}\\{part}a{alpha(value, _ENTRANCE_OPACITY)}",
        f"\\t(0,{_ENTRANCE_MS},\\{part}a{alpha(value)})",
    ]


def _span_ms(word: PlacedWord, block: Block, until_cs: int) -> tuple[int, int]:
    """From the word's start to ``until_cs``, in milliseconds after the phrase's start, never empty."""
    start = (word.token.start_cs - block.phrase.start_cs) * 10
    return start, max(start + 1, (until_cs - block.phrase.start_cs) * 10)


def _grow(word: PlacedWord, block: Block, style: CaptionStyle) -> list[str]:
    """The spoken word grows, but never so far that it touches its neighbours."""
    if style.animation is not CaptionAnimation.POP or style.grow <= 1:
        return []
    scale = min(style.grow, 1 + 1.5 * word.room / max(word.width, 1.0))
    begin, end = _span_ms(word, block, block.phrase.active_until(word.index))
    percent = number(100 * scale)
    return [
        f"\\t({begin},{begin + _GROW_MS},\\fscx{percent}\\fscy{percent})",
        f"\\t({end},{end + _GROW_MS},\\fscx100\\fscy100)",
    ]


def _recolour(word: PlacedWord, block: Block, style: CaptionStyle) -> list[str]:
    """The letters take the spoken word's colour; in a sweep they keep it (under the sung letters)."""
    if style.animation is CaptionAnimation.NONE or style.active_fill == style.fill:
        return []
    swept = style.animation is CaptionAnimation.SWEEP
    begin, end = _span_ms(word, block, word.token.end_cs if swept else block.phrase.active_until(word.index))
    if swept:
        return [_colour_change(end, style.active_fill)]
    return [_colour_change(begin, style.active_fill), _colour_change(end, style.fill)]


def _colour_change(at_ms: int, value: str) -> str:
    return f"\\t({at_ms},{at_ms + _COLOUR_MS},\\1c{colour(value)}\\1a{alpha(value)})"


def _pill(word: PlacedWord, block: Block, style: CaptionStyle) -> Event:
    """The box behind the spoken word, for as long as it is spoken."""
    pad = style.box_padding_em * block.em
    box = word.box.grown(min(pad, 0.05 * block.em + word.room / 2), pad * _BOX_HEIGHT)
    x, y = box.centre
    value = style.active_box
    tags = (
        f"\\pos({number(x)},{number(y)})\\bord0\\1c{colour(value)}\\1a{alpha(value, _ENTRANCE_OPACITY)}"
        f"\\fscx92\\fscy92\\t(0,60,\\fscx100\\fscy100\\1a{alpha(value)})\\p4"
    )
    start, end = word.token.start_cs, block.phrase.active_until(word.index)
    return Event(_PILL, start, end, SHAPE_STYLE, tags, _shape(box, block, style))


def _phrase_box(block: Block, style: CaptionStyle) -> Iterator[Event]:
    """The background behind the whole phrase; the style's shadow is cast by it, not by the letters."""
    pad = style.box_padding_em * block.em
    box = block.box.grown(pad, pad * _BOX_HEIGHT)
    if not invisible(style.shadow):
        blur, drop = style.shadow_blur_em * block.em, style.shadow_em * block.em
        yield _box_event(_BOX, box, block, style, (style.shadow, blur, drop))
    yield _box_event(_SHADOW, box, block, style, (style.box, 0.0, 0.0))


def _box_event(
    layer: int, box: Box, block: Block, style: CaptionStyle, paint: tuple[str, float, float]
) -> Event:
    value, blur, drop = paint
    x, y = box.centre
    tags = [*_entrance(x, y + drop, block, style), "\\bord0", *_paint(1, value, style)]
    if blur:
        tags.append(f"\\blur{number(blur)}")
    shape = _shape(box, block, style)
    return Event(
        layer, block.phrase.start_cs, block.phrase.end_cs, SHAPE_STYLE, "".join(tags) + "\\p4", shape
    )


def _shape(box: Box, block: Block, style: CaptionStyle) -> str:
    return rounded_box(box.right - box.left, box.bottom - box.top, style.box_radius_em * block.em)
