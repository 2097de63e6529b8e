"""B-roll from the user's own folders: a file is shown where a word of its name or one of its tags is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from viralclip_desktop.compose.captions.keywords import bare
from viralclip_desktop.core.file_names import FILM_ENDINGS, STILL_ENDINGS
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.layers import put
from viralclip_desktop.domain.layers import Element, PictureLayer
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.finish.scene import Footage, Scene, Wanted

SUFFIXES = STILL_ENDINGS | FILM_ENDINGS
_SHORTEST_TAG = 4  # letters: shorter ones are said by the way
_STEM = 4  # letters in which a name and a word of other endings have to agree at least
_SHOWN = Time.from_seconds(2.5)
_BEFORE = Time.from_seconds(0.15)  # a picture that comes with its word seems late
_FADE = Time.from_seconds(0.16)
_OPENING = Time.from_seconds(3)  # the first seconds are the speaker's and the hook's
_APART = Time.from_seconds(4)  # between two: the speaker is seen in between
_LAST = Time.from_seconds(1)  # a clip ends on its speaker


def files_in(folders: Iterable[Path]) -> list[Path]:
    """The pictures and films of some folders, by their names, those in folders within too."""
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if path.is_file())


def tags_of(name: str, more: Iterable[str] = ()) -> frozenset[str]:
    """What a file's name says is in it, and further tags: words of four letters or more, in one case."""
    words = [*re.split(r"[\W_\d]+", name), *more]
    return frozenset(word.casefold() for word in words if len(word) >= _SHORTEST_TAG)


def is_said(tags: Iterable[str], words: Iterable[Word]) -> bool:
    """Whether one of the words is meant by one of the tags."""
    said = {bare(word.text) for word in words}
    return any(_names(tag, word) for tag in tags for word in said)


def add_broll(clip: Clip, scene: Scene, wanted: Wanted) -> Clip:
    """Each file once, over the first of its words that leaves enough of the speaker."""
    for footage, within in _places(scene.words or scene.plan.words, wanted.broll, clip.duration):
        layer = PictureLayer(new_id("layer"), footage.asset_id, within, fade=_FADE, element=Element.BROLL)
        clip = put(clip, layer)
    return clip


def _places(
    words: Sequence[Word], files: Sequence[Footage], duration: Time
) -> Iterator[tuple[Footage, TimeRange]]:
    left, free = list(files), _OPENING
    for word in words:
        found = next((one for one in left if any(_names(tag, bare(word.text)) for tag in one.tags)), None)
        start = max(ZERO, word.start - _BEFORE)
        length = min(_SHOWN, found.length or _SHOWN) if found is not None else _SHOWN
        if found is None or start < free or start + length > duration - _LAST:
            continue
        left.remove(found)
        free = start + length + _APART
        yield found, TimeRange(start, start + length)


def _names(tag: str, word: str) -> bool:
    """Whether a tag means a word: the same, or the same but for an ending of two letters at most."""
    if tag == word:
        return True
    short, long = sorted((tag, word), key=len)
    return len(short) >= _STEM and len(long) - len(short) <= 2 and long.startswith(short)
