"""Emoji: now and then a small picture that goes with a word, beside the captions while it is said.

Which one goes with which words is data (``resources/emoji``). None stands in or beside a sentence with a
serious word, after a word that denies, or where a text of the finish is read.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from viralclip_desktop.compose.captions.keywords import bare
from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE, Box, canvas_size
from viralclip_desktop.compose.free_place import beside_captions
from viralclip_desktop.compose.title_setting import title_box
from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.layers import put
from viralclip_desktop.domain.layers import Element, PictureLayer, TitleLayer, TitleMotion
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.common.telling_words import listed
from viralclip_desktop.features.finish.scene import Scene, Wanted
from viralclip_desktop.features.finish.texts import bars_of
from viralclip_desktop.features.finish.words import sentences_of

_SERIOUS = "serious"
_UNSPACED = ("th", "ja", "zh")
_SIDE = 0.17  # of the frame's shorter side: seen at a glance on a phone
_SHOWN, _COMES = Time.from_seconds(1.7), Time.from_seconds(0.2)
_APART = Time.from_seconds(5)  # between two: more of them are a pattern, and no longer noticed
_EVERY = Time.from_seconds(8)  # of a clip, one at most
_MOST = 5
_DENIED_WITHIN = 3  # words
_READ = (Element.HOOK, Element.CARD, Element.LOWER_THIRD)
_PLAIN: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Fitting:
    """An emoji and the word it goes with (clip time); how much that word tells."""

    name: str
    word: Word
    weight: float


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of a language: patterns by emoji, its names, and what is serious."""

    patterns: Mapping[str, re.Pattern[str]]
    names: Mapping[str, str]
    serious: re.Pattern[str]


def emoji_names() -> tuple[str, ...]:
    """All there are."""
    return tuple(sorted(path.stem for path in resource("emoji", "pictures").glob("*.png")))


def emoji_picture(name: str) -> Path:
    """The picture of one, as it ships."""
    return resource("emoji", "pictures", f"{name}.png")


def emoji_said(name: str, language: str) -> str:
    """What an emoji is called in a language, in English where that has no list."""
    table = _table(language) or _table("en")
    return name if table is None else table.names.get(name, name)


def emoji_file(folder: Path, name: str) -> Path:
    """The picture of an emoji in a folder of the user's, copied unless it is there: the program may lie
    elsewhere after an update."""
    path = folder / f"{name}.png"
    if not path.is_file():
        with written_beside(path) as partial:
            shutil.copyfile(emoji_picture(name), partial)
    return path


def fitting(
    words: Sequence[Word], language: str, telling: Mapping[str, float] = _PLAIN
) -> tuple[Fitting, ...]:
    """The emoji that go with what is said, at most one a sentence, in order; ``telling``: what words weigh in
    the whole recording. None in a language without a list."""
    table = _table(language)
    if table is None:
        return ()
    sentences = [_Sentence(tuple(one), language) for one in sentences_of(words)]
    serious = [bool(table.serious.search(one.text)) for one in sentences]
    found = []
    for place, sentence in enumerate(sentences):
        if not any(serious[max(0, place - 1) : place + 2]):
            found += sorted(sentence.found(table, telling), key=_first)[:1]
    return tuple(found)


def _first(one: Fitting) -> tuple[float, Time]:
    """The weightiest first, of equals the earliest."""
    return -one.weight, one.word.start


def add_emoji(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """The weightiest of those that fit, each once, with time between them and clear of everything."""
    most = max(1, min(_MOST, clip.duration.ticks // _EVERY.ticks))
    laid: dict[str, PictureLayer] = {}
    for one in sorted(fitting(scene.words or scene.plan.words, scene.language, scene.telling), key=_first):
        within = TimeRange(one.word.start, one.word.start + _SHOWN)
        if len(laid) < most and one.name not in laid and _is_free(within, clip, laid.values()):
            layer = _layer(scene.emoji.get(one.name), within, clip, scene)
            laid |= {one.name: layer} if layer is not None else {}
    for layer in sorted(laid.values(), key=lambda one: one.range.start):
        clip = put(clip, layer)
    return clip


def _is_free(within: TimeRange, clip: Clip, laid: Iterable[PictureLayer]) -> bool:
    """Whether nothing is to be read then, and no other emoji stands near in time."""
    read = any(within.overlaps(layer.range) for layer in clip.layers if layer.element in _READ)
    near = any(abs((one.range.start - within.start).ticks) < _APART.ticks for one in laid)
    return not read and not near and within.end <= clip.duration


def _layer(asset_id: str | None, within: TimeRange, clip: Clip, scene: Scene) -> PictureLayer | None:
    size, side = canvas_size(scene.plan.aspect), _SIDE * CANVAS_SHORT_SIDE
    shown = (one for one in clip.layers if isinstance(one, TitleLayer) and one.range.overlaps(within))
    texts = (title_box(one, scene.plan) for one in shown)
    keep_off: list[Box] = [*bars_of(clip, scene), *(box for box in texts if box is not None)]
    box = beside_captions(within, side, scene.plan, scene.faces, keep_off)
    if asset_id is None or box is None:
        return None
    return PictureLayer(
        new_id("layer"),
        asset_id,
        within,
        x=round(box.left / size.width, 4),
        y=round(box.top / size.height, 4),
        width=round(side / size.width, 4),
        fade=_COMES,
        motion=TitleMotion.POP,
        element=Element.EMOJI,
    )


class _Sentence:
    """The text of a sentence, and which word each letter of it belongs to."""

    def __init__(self, words: Sequence[Word], language: str) -> None:
        self.words, self._denying = words, listed(language, ("neg",))
        self._joint = "" if language in _UNSPACED else " "
        texts = [bare(word.text).replace("’", "'") for word in words]
        self.text = self._joint.join(texts)
        self._starts = [0, *accumulate(len(text) + len(self._joint) for text in texts)]

    def found(self, table: _Table, telling: Mapping[str, float]) -> Iterator[Fitting]:
        """The emoji of its words. Of phrases that begin together the longest counts."""
        longest: dict[int, tuple[int, str]] = {}
        for name, pattern in table.patterns.items():
            for match in pattern.finditer(self.text):
                longest[match.start()] = max(longest.get(match.start(), (0, "")), (len(match[0]), name))
        most = max(telling.values(), default=1.0)
        for start, (_, name) in longest.items():
            place = self._word_at(start)
            if not self._denied(place):
                word = self.words[place]
                yield Fitting(name, word, telling.get(bare(word.text), most))

    def _word_at(self, letter: int) -> int:
        return max(place for place, start in enumerate(self._starts[:-1]) if start <= letter)

    def _denied(self, place: int) -> bool:
        """Whether a word that denies stands close before; where words have no spaces, behind as well."""
        until = place if self._joint else place + 1 + _DENIED_WITHIN
        near = self.words[max(0, place - _DENIED_WITHIN) : until]
        return any(bare(word.text).replace("’", "'") in self._denying for word in near)


@cache
def _table(language: str) -> _Table | None:
    path = resource("emoji", f"{language}.toml")
    if not language.isalpha() or not path.is_file():
        return None
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    spaced = language not in _UNSPACED
    phrases = {name: [one.strip() for one in text.split(",")] for name, text in lists.items()}
    serious = _pattern(phrases.pop(_SERIOUS), spaced)
    patterns = {name: _pattern(some, spaced) for name, some in phrases.items()}
    return _Table(patterns, {name: some[0].rstrip("*") for name, some in phrases.items()}, serious)


def _pattern(phrases: Sequence[str], spaced: bool) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(re.escape(one).replace(r"\*", r"\w*") for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if spaced else f"(?:{either})")
