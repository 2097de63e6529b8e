"""The second language: its lines under (or above) the captions, as quiet as a subtitle.

The first language gets a slot as high as its style's lines can be, and stands on the side of it that is next
to the second one; so neither jumps when a phrase has one line or two. Both together are kept in the safe area
and off faces.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from viralclip_desktop.compose.captions.breaks import Piece, clause_ends, cut_up, even_cuts, pieces
from viralclip_desktop.compose.captions.clear_of_faces import Heights
from viralclip_desktop.compose.captions.layout import (
    Block,
    Room,
    Setting,
    held_in,
    invisible,
    lines_about,
    place,
    room_of,
    setting_of,
)
from viralclip_desktop.compose.captions.phrases import Phrase, line_em, lines_of
from viralclip_desktop.compose.captions.shaping import FontChain, font_chain, set_word
from viralclip_desktop.compose.captions.text import styled
from viralclip_desktop.compose.captions.tokens import Token, centiseconds, ends_clause
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionEntrance, CaptionStyle
from viralclip_desktop.domain.translation import TranslatedLine

_LINES = 2
_GAP_EM = 0.24  # between the two languages, in sizes of the first: near enough to be read together
_BRIDGED_CS, _LINGER_CS = 60, 25  # as the captions themselves do (phrases.py), so that both go together
_SMALLEST, _LARGEST = 0.3, 1.0  # of the first language's size


@dataclass(frozen=True, slots=True)
class Second:
    """The second language of a clip: how it is set, and its lines with their times."""

    setting: Setting
    phrases: tuple[Phrase, ...]
    chain: FontChain


@dataclass(frozen=True, slots=True)
class Pair:
    """Both languages together: the room they need about their position, and below it (in pixels) the
    baselines of the two lines that face each other."""

    room: Room
    first: float
    second: float


def second_of(plan: RenderPlan, style: CaptionStyle) -> Second | None:
    """The second language of a plan in a style; None where it has none."""
    texts = [line.text for line in plan.second_lines]
    if not texts:
        return None
    ratio = min(_LARGEST, max(_SMALLEST, style.translation_size))
    look = replace(_quiet(style), size=style.size * ratio)
    chain = font_chain(look.font, texts, plan.fonts)
    setting = setting_of(look, plan.aspect, chain, texts)
    phrases = tuple(
        replace(phrase, shrink=phrase.shrink * ratio)
        for line in _shown(plan)
        for phrase in _phrases(line, setting, chain)
    )
    # one size for both keeps the ASS styles common; the smaller letters are each phrase's own shrinking
    return Second(replace(setting, em=setting.em / ratio), phrases, chain) if phrases else None


def _quiet(style: CaptionStyle) -> CaptionStyle:
    """The style without what happens to single words."""
    fill = style.fill if invisible(style.translation_fill) else style.translation_fill
    moves = style.entrance is not CaptionEntrance.NONE
    return replace(
        style,
        fill=fill,
        animation=CaptionAnimation.NONE,
        second_fill="#00000000",
        keyword_fill="#00000000",
        active_box="#00000000",
        entrance=CaptionEntrance.FADE if moves else CaptionEntrance.NONE,
        grow=1.0,
        keep_punctuation=True,  # these are whole sentences
        max_lines=_LINES,
    )


def _shown(plan: RenderPlan) -> Iterator[tuple[str, int, int, int]]:
    """Each line's text, start, end and how long it is shown, in hundredths of a second: short gaps are
    bridged, and before a longer one a line lingers a little."""
    last = centiseconds(plan.duration)
    lines: list[TranslatedLine | None] = [*plan.second_lines, None]
    for line, following in pairwise(lines):
        assert line is not None
        start, end = max(0, centiseconds(line.range.start)), min(last, centiseconds(line.range.end))
        limit = last if following is None else min(last, centiseconds(following.range.start))
        until = limit if limit - end < _BRIDGED_CS else end + _LINGER_CS
        if start < end:
            yield line.text, start, end, until


def _phrases(line: tuple[str, int, int, int], setting: Setting, chain: FontChain) -> Iterator[Phrase]:
    """A line as phrases of at most two rows, the time shared out by their widths."""
    text, start, end, until = line
    tokens = _tokens(text, setting, chain)
    if not tokens:
        return
    measure = setting.measure
    parts = _parts(tokens, setting)
    widths = [line_em(part, measure) for part in parts]
    at, spent = start, 0.0
    for part, width in zip(parts, widths, strict=True):
        spent += width
        stop = until if part is parts[-1] else start + round((end - start) * spent / sum(widths))
        rows = lines_of(part, measure)
        widest = max(line_em(part[first:last], measure) for first, last in rows)
        timed = tuple(replace(token, start_cs=at, end_cs=min(stop, max(at, end))) for token in part)
        if stop > at:
            yield Phrase(timed, rows, at, stop, min(1.0, measure.max_em / max(widest, 1e-6)))
        at = stop


def _tokens(text: str, setting: Setting, chain: FontChain) -> list[Token]:
    style, tokens = setting.style, list[Token]()
    for piece in pieces(text):
        shown, spaced = styled(piece.text, style), piece.spaced
        word = set_word(shown, chain, style.letter_spacing_em)
        rows = math.ceil(word.advance / setting.measure.max_em)
        for part in cut_up(shown, rows) if rows > 1 else [shown]:
            word = set_word(part, chain, style.letter_spacing_em)
            if word.runs:
                tokens.append(Token(word, 0, 0, spaced, ends_clause=ends_clause(piece.text)))
                spaced = False
    return tokens


_LONG = 60  # words: nobody reads such a line, and the time to cut it evenly grows with its cube


def _parts(tokens: Sequence[Token], setting: Setting) -> list[Sequence[Token]]:
    """As few parts as fit into two rows each, of about one length."""
    if len(tokens) > _LONG:
        half = len(tokens) // 2
        return [*_parts(tokens[:half], setting), *_parts(tokens[half:], setting)]
    widths = [token.word.advance + setting.measure.space_em * token.spaced for token in tokens]
    ends = clause_ends([Piece(token.word.text, token.spaced) for token in tokens])
    parts: list[Sequence[Token]] = [tokens]
    for count in range(2, len(tokens) + 1):
        if all(_fits(part, setting) for part in parts):
            break
        cuts = even_cuts(widths, [1.0] * count, ends)
        parts = [tokens[first:last] for first, last in pairwise([0, *cuts, len(tokens)])]
    return parts


def _fits(part: Sequence[Token], setting: Setting) -> bool:
    if len(part) == 1:
        return True  # it can only shrink
    measure = setting.measure
    rows = lines_of(part, measure)
    return all(line_em(part[first:last], measure) <= measure.max_em for first, last in rows)


def pair_of(phrases: Sequence[Phrase], setting: Setting, second: Second) -> Pair:
    """How the two languages stand to each other, the same throughout a clip."""
    one = _extent(phrases, setting)
    other = _extent(second.phrases, second.setting)
    rest = max(one.rest, (setting.measure.max_lines - 1) * setting.style.line_spacing * setting.em)
    first = -(rest + (setting.descent - setting.ascent) * setting.em) / 2
    last, gap = first + rest, _GAP_EM * setting.em
    half_width = max(one.half_width, other.half_width)
    if setting.style.translation_above:
        near = first - one.above - gap - other.below
        return Pair(Room(other.above + other.rest - near, last + one.below, half_width), first, near)
    near = last + one.below + gap + other.above
    return Pair(Room(one.above - first, near + other.rest + other.below, half_width), last, near)


@dataclass(frozen=True, slots=True)
class _Extent:
    """The most that phrases take: above their first baseline, between the first and the last, below that."""

    above: float
    rest: float
    below: float
    half_width: float


def _extent(phrases: Sequence[Phrase], setting: Setting) -> _Extent:
    above, rest, below, half = setting.ascent * setting.em, 0.0, setting.descent * setting.em, 0.0
    if phrases:
        rooms = [(room_of(phrase, setting), *lines_about(phrase, setting)) for phrase in phrases]
        above = max(room.above + first for room, first, _ in rooms)
        rest = max(deeper for _, _, deeper in rooms)
        below = max(room.below - first - deeper for room, first, deeper in rooms)
        half = max(room.half_width for room, _, _ in rooms)
    return _Extent(above, rest, below, half)


def placed_first(phrase: Phrase, setting: Setting, pair: Pair, position: float) -> Block:
    """A phrase of the first language, on its side of the slot."""
    return _on(place(phrase, setting, position), setting, pair, position, second=False)


def placed_second(second: Second, pair: Pair, heights: Heights) -> list[Block]:
    """The second language, wherever the first one stands at that time."""
    return [
        _on(place(part, second.setting, position), second.setting, pair, position, second=True)
        for phrase in second.phrases
        for part, position in _at_heights(phrase, heights)
    ]


def _at_heights(phrase: Phrase, heights: Heights) -> Iterator[tuple[Phrase, float]]:
    """A phrase with its position; in parts where the captions move while it is shown."""
    begun, position = phrase.start_cs, heights.position_at(phrase.start_cs)
    for start in heights.starts_cs:
        if begun < start < phrase.end_cs and heights.position_at(start) != position:
            yield replace(phrase, start_cs=begun, end_cs=start), position
            begun, position = start, heights.position_at(start)
    yield replace(phrase, start_cs=begun), position


def _on(block: Block, setting: Setting, pair: Pair, position: float, *, second: bool) -> Block:
    """A block moved up or down to where the pair wants its line that faces the other language."""
    faces_down = second == setting.style.translation_above
    baselines = [word.baseline for word in block.words]
    facing = max(baselines) if faces_down else min(baselines)
    middle = held_in(setting, pair.room, position)
    wanted = middle + (pair.second if second else pair.first)
    return replace(_moved(block, wanted - facing), middle=middle, room=pair.room)


def _moved(block: Block, by: float) -> Block:
    words = tuple(replace(word, baseline=word.baseline + by, box=word.box.moved(by)) for word in block.words)
    return replace(block, words=words, box=block.box.moved(by))
