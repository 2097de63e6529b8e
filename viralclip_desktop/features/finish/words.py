"""The key word of each sentence, in a colour of its own: a look of the captions, not a layer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from viralclip_desktop.compose.captions.keywords import bare
from viralclip_desktop.compose.captions.layout import invisible
from viralclip_desktop.compose.captions.presets import caption_styles
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.finish.scene import Scene, Wanted

_LEAST_LETTERS = 5  # shorter words without a number are mostly grammar
_ENDS = re.compile(r"[.!?…。！？]['\"”’)]*$")
_NUMBER = re.compile(r"\d")
_INKS = ("#FFD400", "#5CE1FF", "#7CFF6B")  # bright on any picture; the first that is not the captions' own
_NONE = "#00000000"


def add_keywords(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """Mark one word a sentence. Scripts without spaces are left alone: their words here are no words."""
    style, words = scene.plan.style, keywords(scene.plan.words)
    if style is None or not words:
        return clip
    ink = style.keyword_fill
    if invisible(ink):
        taken = {value[:7].upper() for value in (style.fill, style.active_fill, style.second_fill)}
        free = (one for one in _INKS if one not in taken and not _alike(one, style.active_fill))
        ink = next(free, _INKS[0])
    return replace(clip, caption_override=replace(style, keyword_fill=ink, keywords=words))


def _alike(one: str, other: str) -> bool:
    """Whether two colours can't be told apart at a glance."""
    apart = (int(one[at : at + 2], 16) - int(other[at : at + 2], 16) for at in (1, 3, 5))
    return sum(map(abs, apart)) < 120


def keywords(words: Sequence[Word]) -> tuple[str, ...]:
    """One word a sentence: one with a number, else the longest, seldom said one. Each once, in order."""
    said = Counter(bare(word.text) for word in words)
    found: dict[str, None] = {}
    for sentence in _sentences(words):
        best = max((bare(word.text) for word in sentence), key=lambda text: _weight(text, said[text]))
        if _NUMBER.search(best) or len(best) >= _LEAST_LETTERS:
            found[best] = None
    return tuple(found)


def _weight(text: str, times: int) -> tuple[bool, float]:
    return bool(_NUMBER.search(text)), len(text) / times


def _sentences(words: Sequence[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for word in words:
        sentence.append(word)
        if _ENDS.search(word.text):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def remove_keywords(clip: Clip, _element: Element) -> Clip:
    """The captions without marked words: those of their style again, unless more was changed of them."""
    look = clip.caption_override
    if look is None or not look.keywords:
        return clip
    shipped = caption_styles().get(look.id)
    if shipped is not None and _but_keywords(look) == _but_keywords(shipped):
        return replace(clip, caption_override=None)
    return replace(clip, caption_override=replace(look, keywords=(), keyword_fill=_NONE))


def _but_keywords(style: CaptionStyle) -> CaptionStyle:
    return replace(style, keywords=(), keyword_fill=_NONE, keep_off_faces=False)


def has_keywords(clip: Clip, _element: Element) -> bool:
    """Whether words are named that are marked."""
    return clip.caption_override is not None and bool(clip.caption_override.keywords)
