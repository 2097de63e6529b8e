"""A placed phrase -> ASS events: each word is an event of its own on a few layers, so that nothing wraps,
a growing word moves no other, and no outline covers a neighbour's letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from viralclip_desktop.compose.captions.ass import Event, escape, number
from viralclip_desktop.compose.captions.bidi import direction
from viralclip_desktop.compose.captions.fonts import BundledFont, face_of
from viralclip_desktop.compose.captions.keywords import keywords_of
from viralclip_desktop.compose.captions.layout import Block, Box, PlacedWord, Setting, invisible
from viralclip_desktop.compose.captions.motion import (
    Layer,
    comes_by_itself,
    entrance,
    hidden_until,
    leaving,
    painted,
    recolour,
    span_ms,
    spoken_motion,
    uncovers,
    word_entrance,
)
from viralclip_desktop.compose.captions.shapes import SHAPE_STYLE, marker_box, phrase_box, word_shapes
from viralclip_desktop.compose.captions.shaping import Run
from viralclip_desktop.compose.captions.text import clusters
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionStyle

__all__ = ["SHAPE_STYLE", "events_of", "libass_points", "style_name"]
_TYPED_MS = 30  # a letter comes on within a frame
_REVEALED_MS = 60


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


@dataclass(frozen=True, slots=True)
class _Colours:
    """The letters of one word: as they stand, and while they are spoken."""

    fill: str
    active: str


def events_of(block: Block, setting: Setting) -> Iterator[Event]:
    """All events of one phrase."""
    style = setting.style
    if not invisible(style.box):
        yield from phrase_box(block, style)
    keys = frozenset() if invisible(style.keyword_fill) else keywords_of(block.phrase, style.keywords)
    for word in block.words:
        colours = _colours(word, block, style, word.index in keys)
        yield from word_shapes(word, block, style)
        for look in _looks(word, block, style, colours.fill):
            yield _word_event(word, look, block, setting, colours.active)
        if uncovers(style):
            yield _sung(word, block, setting, colours.active)


def _colours(word: PlacedWord, block: Block, style: CaptionStyle, key: bool) -> _Colours:
    """A key word stands out from the start; where colour is uncovered it does so when it is spoken."""
    second = word.index >= block.phrase.lines[0][1] and not invisible(style.second_fill)
    fill = style.second_fill if second else style.fill
    if key and uncovers(style):
        return _Colours(fill, style.keyword_fill)
    if key and (comes_by_itself(style) or style.animation is CaptionAnimation.NONE):
        return _Colours(style.keyword_fill, style.keyword_fill)
    return _Colours(style.keyword_fill if key else fill, style.active_fill)


def _looks(word: PlacedWord, block: Block, style: CaptionStyle, fill: str) -> Iterator[_Look]:
    """The layers of a word, from the back. Outline and letters are one event where no neighbour is near."""
    edge = 0.0 if invisible(style.outline) else style.outline_em * block.em
    if not invisible(style.glow) and style.glow_em > 0:
        reach = style.glow_em * block.em
        yield _Look(Layer.SHADOW, style.glow, style.glow, edge + reach / 2, reach)
    if not invisible(style.shadow) and invisible(style.box):
        blur, drop = style.shadow_blur_em * block.em, style.shadow_em * block.em
        yield _Look(Layer.SHADOW, style.shadow, style.shadow, edge, blur, drop)
    if edge and word.room < 2.2 * edge:
        yield _Look(Layer.OUTLINE, style.outline, style.outline, edge)
        edge = 0.0
    yield _Look(Layer.FILL, fill, style.outline, edge)


def _word_event(word: PlacedWord, look: _Look, block: Block, setting: Setting, active: str) -> Event:
    style = setting.style
    kind, (x, y) = word_entrance(style), _place(word, block, look.drop_px)
    tags = [*entrance(x, y, block, kind), f"\\bord{number(look.outline_px)}"]
    if look.blur_px:
        tags.append(f"\\blur{number(look.blur_px)}")
    tags += painted(1, look.fill, kind)
    if look.outline_px:
        tags += painted(3, look.outline, kind)
    if comes_by_itself(style):
        begin, _ = span_ms(word, block, word.token.end_cs)
        tags.append(hidden_until(begin, _REVEALED_MS, look.fill, look.outline))
    tags += spoken_motion(word, block, style, x, y)
    if look.layer == Layer.FILL:
        tags += recolour(word, block, style, look.fill, active)
    typed = look if style.animation is CaptionAnimation.TYPE else None
    return _text_event(look.layer, "".join(tags) + leaving(block, style), word, block, setting, typed=typed)


def _sung(word: PlacedWord, block: Block, setting: Setting, active: str) -> Event:
    """The sung letters over the unsung ones, uncovered from the word's beginning while it is spoken."""
    style, token = setting.style, word.token
    box = _uncovered(word, block, style)
    left, right = int(box.left), int(box.right) + 1
    rows = int(box.top), int(box.bottom) + 1
    backwards = direction(token.word.text) == "R"
    edge = right if backwards else left
    begin, end = span_ms(word, block, token.end_cs)
    tags = [
        *entrance(*_place(word, block, 0.0), block, style.entrance),
        "\\bord0",
        *painted(1, active, style.entrance),
        f"\\clip({edge},{rows[0]},{edge},{rows[1]})",
        f"\\t({begin},{end},\\clip({left},{rows[0]},{right},{rows[1]}))",
    ]
    return _text_event(Layer.SUNG, "".join(tags) + leaving(block, style), word, block, setting)


def _uncovered(word: PlacedWord, block: Block, style: CaptionStyle) -> Box:
    """What is uncovered: all ink of the word, or what the highlighter has run over."""
    if style.animation is CaptionAnimation.MARKER:
        return marker_box(word, block, style).grown(0.0, 0.6 * block.em)
    return word.box.grown(0.1 * block.em, 0.6 * block.em)


def _text_event(
    layer: int, tags: str, word: PlacedWord, block: Block, setting: Setting, *, typed: _Look | None = None
) -> Event:
    runs, phrase = word.token.word.runs, block.phrase
    texts = _typed(word, block, typed) if typed else [escape(run.text) for run in runs]
    text = word.mark
    for index, run in enumerate(runs):
        text += (_font_tags(run, block, setting) if index else "") + texts[index]
    if phrase.shrink < 1:
        tags += _size_tags(runs[0], block, setting)
    return Event(layer, phrase.start_cs, phrase.end_cs, style_name(runs[0].font), tags, text)


def _typed(word: PlacedWord, block: Block, look: _Look) -> list[str]:
    """The word's runs with each letter coming on in its turn while the word is spoken."""
    begin, end = span_ms(word, block, word.token.end_cs)
    signs = [clusters(run.text) for run in word.token.word.runs]
    step = (end - begin) / max(1, sum(map(len, signs)))
    texts, at = [], float(begin)
    for run in signs:
        text = ""
        for sign in run:
            text += f"{{{hidden_until(round(at), _TYPED_MS, look.fill, look.outline)}}}{escape(sign)}"
            at += step
        texts.append(text)
    return texts


def _font_tags(run: Run, block: Block, setting: Setting) -> str:
    return f"{{\\fn{run.name}{_size_tags(run, block, setting)}}}"


def _size_tags(run: Run, block: Block, setting: Setting) -> str:
    spacing = setting.style.letter_spacing_em * block.em
    size = f"\\fs{number(libass_points(run.font, block.em))}"
    return size + (f"\\fsp{number(spacing)}" if spacing else "")


def _place(word: PlacedWord, block: Block, drop_px: float) -> tuple[float, float]:
    """Where the middle of libass's line goes so that the letters stand on the baseline."""
    ink = word.token.word
    y = word.baseline - (ink.ascent - ink.descent) / 2 * block.em + drop_px
    return word.x + ink.lean * block.em, y
