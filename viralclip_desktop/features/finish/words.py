"""The key word of each sentence, in a colour of its own: a look of the captions, not a layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import log

from viralclip_desktop.compose.captions.keywords import bare
from viralclip_desktop.compose.captions.layout import invisible
from viralclip_desktop.compose.captions.presets import caption_styles
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.domain.sentence_ends import ends_sentence
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.common.telling_words import articles, is_number, is_telling
from viralclip_desktop.features.finish.scene import Scene, Wanted

_LEAST_LETTERS = 5  # shorter words without a number are mostly grammar
_LETTER, _LONG = 0.12, 10  # longer words say more, up to a point
_NOUN = 1.2  # things stay in mind rather than what is done with them
_UNKNOWN: Mapping[str, float] = {}
_INKS = ("#FFD400", "#5CE1FF", "#7CFF6B")  # bright on any picture; the first that is not the captions' own
_NONE = "#00000000"


def add_keywords(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """Mark one word a sentence. Scripts without spaces are left alone: their words here are no words."""
    style, words = scene.plan.style, keywords(scene.plan.words, scene.language, scene.telling)
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


def keywords(
    words: Sequence[Word], language: str = "", telling: Mapping[str, float] = _UNKNOWN
) -> tuple[str, ...]:
    """One word a sentence: one with a number, else the one that tells most of what the clip is about, never
    one of grammar. Each once, in order. ``telling``: what words weigh in the whole recording."""
    said = Counter(bare(word.text) for word in words)
    most = max(telling.values(), default=1.0)
    found: dict[str, None] = {}
    for sentence in sentences_of(words):
        texts = [bare(word.text) for word in sentence]
        weighed = []
        for place, text in enumerate(texts):
            if is_number(text) or (len(text) >= _LEAST_LETTERS and is_telling(text, language)):
                weight = telling.get(text, most) * (1 + log(said[text])) + _LETTER * min(len(text), _LONG)
                weight += _NOUN * _is_noun(sentence, texts, place, language)
                weighed.append((is_number(text), weight, -place, text))
        if weighed:
            found[max(weighed)[-1]] = None
    return tuple(found)


def _is_noun(sentence: Sequence[Word], texts: Sequence[str], place: int, language: str) -> bool:
    """Whether a word looks like one: a capital inside the sentence, or the end of what an article begins."""
    if place and sentence[place].text.strip("\"'“‘«¿¡(")[:1].isupper():
        return True
    ends = place + 1 == len(texts) or not is_telling(texts[place + 1], language)
    return ends and not articles(language).isdisjoint(texts[max(0, place - 2) : place])


def sentences_of(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words, a sentence at a time."""
    sentence: list[Word] = []
    for word in words:
        sentence.append(word)
        if ends_sentence(word.text):
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
