"""The whole way from a plan's words to one ASS document and the fonts it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.compose.captions.ass import document
from viralclip_desktop.compose.captions.clear_of_faces import Heights, Shown, clear_heights
from viralclip_desktop.compose.captions.events import (
    SHAPE_STYLE,
    events_of,
    libass_points,
    style_name,
)
from viralclip_desktop.compose.captions.fonts import BundledFont
from viralclip_desktop.compose.captions.layout import (
    Block,
    Room,
    Setting,
    canvas_size,
    place,
    room_of,
    setting_of,
)
from viralclip_desktop.compose.captions.phrases import Phrase, phrases_of
from viralclip_desktop.compose.captions.second_line import (
    Second,
    pair_of,
    placed_first,
    placed_second,
    second_of,
)
from viralclip_desktop.compose.captions.shaping import FontChain, font_chain
from viralclip_desktop.compose.captions.tokens import centiseconds, tokens_of
from viralclip_desktop.compose.plan import RenderPlan


@dataclass(frozen=True, slots=True)
class CaptionDocument:
    """Captions as libass draws them. ``fonts`` are all the font files the text needs; a folder with these
    and no others loads fastest. Times are clip time; lengths are of the canvas with a shorter side of
    1080, which libass scales to any picture size."""

    ass_text: str
    fonts: tuple[Path, ...]


def caption_document(plan: RenderPlan) -> CaptionDocument:
    """The captions of a plan; a document without events when it has none or no style."""
    laid = laid_out(plan)
    if laid is None:
        return CaptionDocument(document(canvas_size(plan.aspect), {}, ()), ())
    events = [event for block in laid.first for event in events_of(block, laid.setting)]
    if laid.second is not None:
        setting = laid.second.setting
        events += [event for block in laid.below for event in events_of(block, setting)]
    styles = _styles(laid.blocks, laid.setting, laid.chain)
    return CaptionDocument(document(laid.setting.size, styles, events), tuple(sorted(_files(laid.blocks))))


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The captions of a clip in their places. ``below`` is the second language, which may stand above."""

    setting: Setting
    chain: FontChain
    second: Second | None
    first: tuple[Block, ...]
    below: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Both languages."""
        return (*self.first, *self.below)


def laid_out(plan: RenderPlan) -> LaidOut | None:
    """The captions of a plan in their places; None when it has none or no style."""
    if plan.style is None or not plan.captioned:
        return None
    texts = [word.text for word in plan.words]
    chain = font_chain(plan.style.font, texts, plan.fonts)
    setting = setting_of(plan.style, plan.aspect, chain, texts)
    phrases = _phrases(plan, setting, chain)
    second = second_of(plan, plan.style)
    if second is None:
        heights = _heights(plan, setting, phrases, [room_of(phrase, setting) for phrase in phrases])
        places = (place(phrase, setting, heights.position_at(phrase.start_cs)) for phrase in phrases)
        return LaidOut(setting, chain, None, tuple(places), ())
    pair = pair_of(phrases, setting, second)
    leading = phrases or second.phrases
    heights = _heights(plan, setting, leading, [pair.room] * len(leading))
    first = (placed_first(phrase, setting, pair, heights.position_at(phrase.start_cs)) for phrase in phrases)
    return LaidOut(setting, chain, second, tuple(first), tuple(placed_second(second, pair, heights)))


def _phrases(plan: RenderPlan, setting: Setting, chain: FontChain) -> Sequence[Phrase]:
    measure = setting.measure
    tokens = tokens_of(
        plan.words, setting.style, chain, plan.duration, measure.max_em, language=plan.language
    )
    return phrases_of(tokens, measure, centiseconds(plan.duration))


def _heights(plan: RenderPlan, setting: Setting, phrases: Sequence[Phrase], rooms: Sequence[Room]) -> Heights:
    shown = [Shown(phrase.start_cs, phrase.end_cs, room) for phrase, room in zip(phrases, rooms, strict=True)]
    return clear_heights(plan, setting, shown)


def _styles(
    blocks: Iterable[Block], setting: Setting, chain: FontChain
) -> dict[str, tuple[str, float, float]]:
    """One ASS style for each font that begins a word, and one for shapes."""
    spacing = setting.style.letter_spacing_em * setting.em
    fonts: dict[BundledFont, None] = {chain.primary: None}
    for block in blocks:
        fonts.update((word.token.word.runs[0].font, None) for word in block.words)
    looks = {
        style_name(font): (chain.name_of(font).replace(",", " "), libass_points(font, setting.em), spacing)
        for font in fonts
    }
    first = looks[style_name(chain.primary)]
    return {**looks, SHAPE_STYLE: (first[0], 20.0, 0.0)}


def _files(blocks: Iterable[Block]) -> set[Path]:
    return {path for block in blocks for word in block.words for path in word.token.word.files}
