"""What can be taken hold of on a clip's picture: where each thing stands at a moment, and what lies under a
point.

Boxes are pixels of the captions' canvas (:func:`canvas_size`), whose shorter side is 1080; they come from
what is rendered: the layout of captions and titles, the places of pictures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from viralclip_desktop.compose.branding import LOGO, WATERMARK
from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import Block, Box, side_padding_em
from viralclip_desktop.compose.captions.text import clean
from viralclip_desktop.compose.captions.tokens import centiseconds
from viralclip_desktop.compose.name_line import name_line_box
from viralclip_desktop.compose.plan import Overlay, RenderPlan
from viralclip_desktop.compose.standing_things import drawn_box, overlay_box
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.layers import DrawnLayer, TitleLayer, TitleLook
from viralclip_desktop.domain.transcript import join_words

CAPTIONS, NAME_LINE = "captions", "name-line"
"""The ids of the captions and of the brand's name line; layers have their own, the brand's pictures ``logo``
and ``watermark``."""


class ElementKind(StrEnum):
    """What an element is."""

    PICTURE = "picture"
    LOGO = "logo"
    WATERMARK = "watermark"
    CAPTIONS = "captions"
    NAME_LINE = "name-line"
    PROGRESS = "progress"
    TITLE = "title"


_BRAND = {LOGO: ElementKind.LOGO, WATERMARK: ElementKind.WATERMARK}


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on the picture. ``text`` is what it says, or the file it shows."""

    kind: ElementKind
    id: str
    box: Box
    range: TimeRange
    text: str = ""


class Elements:
    """All elements of a plan. Making it lays out its captions, which takes a while."""

    def __init__(self, plan: RenderPlan) -> None:
        self.plan = plan
        self._laid = laid_out(plan)
        self._named = list(_name_line(plan))
        self._under = [_picture(overlay, plan) for overlay in plan.overlays]
        drawn: list[DrawnLayer] = [*plan.progress, *plan.titles]
        self._over = [found for found in (_drawn(layer, plan) for layer in drawn) if found is not None]
        self._grounds = [title.range for title in plan.titles if title.look is TitleLook.CARD]

    def at(self, at: Time) -> tuple[Element, ...]:
        """What shows at a clip time, from the lowest to the topmost. The ground of a card hides all below."""
        if not ZERO <= at < self.plan.duration:
            return ()
        over = [one for one in self._over if one.range.contains(at)]
        if any(within.contains(at) for within in self._grounds):
            return tuple(over)
        under = [one for one in self._under if one.range.contains(at)]
        return (*under, *self._captions(at), *(one for one in self._named if one.range.contains(at)), *over)

    def blocks(self, at: Time) -> tuple[Block, ...]:
        """The captions that show at a clip time, the second language's last."""
        if self._laid is None:
            return ()
        found = (_showing(blocks, centiseconds(at)) for blocks in (self._laid.first, self._laid.below))
        return tuple(block for block in found if block is not None)

    def spoken(self, block: Block, token: int) -> Time | None:
        """The middle, in clip time, of the word that a caption shows; None for the second language."""
        if self._laid is None or not any(block is one for one in self._laid.first):
            return None
        start = block.phrase.tokens[token].start_cs
        said = [word for word in self.plan.words if clean(word.text) and centiseconds(word.start) <= start]
        return Time((said[-1].start.ticks + said[-1].end.ticks) // 2) if said else None

    def _captions(self, at: Time) -> Iterator[Element]:
        blocks, laid = self.blocks(at), self._laid
        if blocks and laid is not None:
            pad = side_padding_em(laid.setting.style)
            boxes = [block.box.grown(pad * block.em, pad * block.em) for block in blocks]
            yield Element(ElementKind.CAPTIONS, CAPTIONS, around(boxes), _shown(blocks), _said(blocks))


def _showing(blocks: Sequence[Block], when_cs: int) -> Block | None:
    """Of blocks in order, never two at a time, the one that shows."""
    index = bisect_right(blocks, when_cs, key=lambda block: block.phrase.start_cs) - 1
    return blocks[index] if index >= 0 and when_cs < blocks[index].phrase.end_cs else None


def _shown(blocks: Sequence[Block]) -> TimeRange:
    start, end = (blocks[0].phrase.start_cs, blocks[0].phrase.end_cs)
    return TimeRange(Time.from_seconds(start / 100), Time.from_seconds(end / 100))


def _said(blocks: Sequence[Block]) -> str:
    return join_words([token.word.text for token in blocks[0].phrase.tokens])


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box with all of them in it."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _picture(overlay: Overlay, plan: RenderPlan) -> Element:
    kind = _BRAND.get(overlay.id, ElementKind.PICTURE)
    return Element(kind, overlay.id, overlay_box(overlay, plan), overlay.range, overlay.path)


def _name_line(plan: RenderPlan) -> Iterator[Element]:
    line, box = plan.name_line, name_line_box(plan)
    if line is not None and box is not None:
        text = f"{line.title}\n{line.subtitle}".strip()
        yield Element(ElementKind.NAME_LINE, NAME_LINE, box, line.range, text)


def _drawn(layer: DrawnLayer, plan: RenderPlan) -> Element | None:
    box = drawn_box(layer, plan)
    if box is None:
        return None
    if isinstance(layer, TitleLayer):
        return Element(ElementKind.TITLE, layer.id, box, layer.range, layer.text)
    return Element(ElementKind.PROGRESS, layer.id, box, layer.range)


def under(elements: Sequence[Element], x: float, y: float, air: float = 0.0) -> list[Element]:
    """The elements at a point, the topmost first; ``air``: what a thin one is larger to be hit."""
    return [one for one in reversed(elements) if _holds(reached(one.box, air), x, y)]


def reached(box: Box, air: float) -> Box:
    """A box made as wide and as high as can be hit (twice ``air``)."""
    across = max(0.0, air - (box.right - box.left) / 2)
    down = max(0.0, air - (box.bottom - box.top) / 2)
    return box.grown(across, down)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def word_under(blocks: Sequence[Block], x: float, y: float) -> tuple[int, int]:
    """Which block, and which of its tokens, is nearest to a point."""

    def away(place: tuple[int, int]) -> float:
        word = next(one for one in blocks[place[0]].words if one.index == place[1])
        across = max(word.box.left - x, x - word.box.right, 0.0)
        down = max(word.box.top - y, y - word.box.bottom, 0.0)
        return across + down

    return min(((n, word.index) for n, block in enumerate(blocks) for word in block.words), key=away)


def shifted(box: Box, across: float, down: float) -> Box:
    """The box elsewhere."""
    return replace(box, left=box.left + across, right=box.right + across).moved(down)
