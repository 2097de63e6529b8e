"""The whole way from a plan's words to one ASS document and the fonts it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.compose.captions.ass import document
from viralclip_desktop.compose.captions.events import (
    SHAPE_STYLE,
    events_of,
    libass_points,
    style_name,
)
from viralclip_desktop.compose.captions.fonts import BundledFont
from viralclip_desktop.compose.captions.layout import Block, Setting, canvas_size, place, setting_of
from viralclip_desktop.compose.captions.phrases import phrases_of
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
    """The captions of a plan; a document without events when it has no words or no style."""
    if plan.style is None or not plan.words:
        return CaptionDocument(document(canvas_size(plan.aspect), {}, ()), ())
    chain = font_chain(plan.style.font, (word.text for word in plan.words), plan.fonts)
    setting = setting_of(plan.style, plan.aspect, chain, [word.text for word in plan.words])
    blocks = blocks_of(plan, setting, chain)
    events = [event for block in blocks for event in events_of(block, setting)]
    styles = _styles(blocks, setting, chain)
    return CaptionDocument(document(setting.size, styles, events), tuple(sorted(_files(blocks))))


def blocks_of(plan: RenderPlan, setting: Setting, chain: FontChain) -> list[Block]:
    """The plan's phrases, placed."""
    style, measure = setting.style, setting.measure
    tokens = tokens_of(plan.words, style, chain, plan.duration, measure.max_em)
    return [place(phrase, setting) for phrase in phrases_of(tokens, measure, centiseconds(plan.duration))]


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
