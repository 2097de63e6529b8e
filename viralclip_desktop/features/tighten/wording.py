"""What the words alone say should go: fillers, stutters, takes that were begun again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from viralclip_desktop.domain.tightening import CutKind
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.lists import Lists, key, squeezed
from viralclip_desktop.features.tighten.said import CLOSERS, Gone, Said, has_mark, is_final
from viralclip_desktop.features.tighten.takes import retakes

_PHRASES_FROM, _REPEATS_FROM, _ANY_WORD_FROM = 0.6, 0.15, 0.6  # strengths
_LONGEST_REPEAT: Final = 5  # words said twice in a row; longer ones are takes
_LONGEST_STUTTER: Final = 3
_REPEAT_WITHIN_S: Final = 1.2  # between the two; after a longer pause it is said again on purpose
_SET_OFF_S: Final = 0.12  # a pause that sets a phrase off from what is around it


def wording(words: Sequence[Word], lists: Lists, strength: float) -> list[Gone]:
    """What goes at a strength (0..1), in order and apart. The last of several takes or repeats stays."""
    marked: list[CutKind | None] = [None] * len(words)
    _mark(marked, fillers(words, lists, strength))
    said = Said(words, [at for at, kind in enumerate(marked) if kind is None and key(words[at].text)], lists)
    if strength >= _REPEATS_FROM:
        _mark(marked, repeats(said, strength))
    _mark(marked, retakes(Said(words, [at for at in said.kept if marked[at] is None], lists)))
    return _together(marked)


def _mark(marked: list[CutKind | None], found: Iterable[Gone]) -> None:
    for one in found:
        marked[one.first : one.last] = [one.kind] * (one.last - one.first)


def _together(marked: Sequence[CutKind | None]) -> list[Gone]:
    found: list[Gone] = []
    for at, kind in enumerate(marked):
        if kind is None:
            continue
        if found and found[-1].last == at and found[-1].kind is kind:
            found[-1] = Gone(found[-1].first, at + 1, kind)
        else:
            found.append(Gone(at, at + 1, kind))
    return found


def fillers(words: Sequence[Word], lists: Lists, strength: float) -> Iterator[Gone]:
    """Sounds that are no words; from a strength of 0.6 on also phrases that mean nothing, set off by pauses
    or commas on both sides."""
    sounds = [_squeezed(word.text) for word in words]
    keys = [key(word.text) for word in words]
    at = 0
    while at < len(words):
        count = lists.found("sounds", sounds, at)
        if not count and strength >= _PHRASES_FROM:
            count = lists.found("phrases", keys, at)
            count = count if _is_set_off(words, at, at + count) else 0
        if count:
            yield Gone(at, at + count, CutKind.FILLER)
        at += max(1, count)


def _squeezed(text: str) -> str:
    """Squeezed for comparison with sounds; a single letter that was written once is no sound."""
    found = squeezed(text)
    return "" if len(found) == 1 and found.isascii() and len(key(text)) == 1 else found


def _is_set_off(words: Sequence[Word], first: int, last: int) -> bool:
    def paused(at: int) -> bool:
        return (words[at].start - words[at - 1].end).seconds >= _SET_OFF_S

    before = first == 0 or has_mark(words[first - 1].text) or paused(first)
    return before and (last >= len(words) or has_mark(words[last - 1].text) or paused(last))


def repeats(said: Said, strength: float) -> Iterator[Gone]:
    """Words said twice in a row by mistake, and words broken off."""
    place = 0
    while place < len(said.kept):
        size = _repeat_at(said, place, strength)
        if size:
            kind = CutKind.REPEAT if size <= _LONGEST_STUTTER else CutKind.RETAKE
            yield said.gone(place, place + size, kind)
        elif _is_broken_off(said, place):
            yield Gone(said.kept[place], said.kept[place] + 1, CutKind.REPEAT)
        place += max(1, size)


def _repeat_at(said: Said, place: int, strength: float) -> int:
    """How many words from a place on are said again right behind."""
    for size in range(min(_LONGEST_REPEAT, (len(said.kept) - place) // 2), 0, -1):
        again = place + size
        if said.keys[place:again] != said.keys[again : again + size]:
            continue
        meant = said.pause_s(again) > _REPEAT_WITHIN_S or is_final(said.word(again - 1).text)
        if not meant and _by_mistake(said, place, size, strength):
            return size
    return 0


def _by_mistake(said: Said, place: int, size: int, strength: float) -> bool:
    same = said.keys[place : place + size]
    if all(one in said.lists.doubles or one.isnumeric() for one in same):
        return False
    if size == 1:
        quick = not has_mark(said.word(place).text) and len(same[0]) > 1
        any_word = strength >= _ANY_WORD_FROM and not said.lists.doubling
        return same[0] in said.lists.small or (any_word and quick)
    chained = said.keys[place + 2 * size : place + 2 * size + 1] == same[:1]
    before = said.keys[max(0, place - 1) : place] == same[-1:]
    return not (size == 2 and (chained or before))  # "again and again and again" is meant


def _is_broken_off(said: Said, place: int) -> bool:
    """Whether a word stops in its middle and is begun again: "st- stutter"."""
    bare = said.word(place).text.rstrip(CLOSERS + ",.… ")
    if bare[-1:] not in "-‐—–" or place + 1 >= len(said.kept):
        return False
    began, following = said.keys[place], said.keys[place + 1]
    return len(began) <= len(following) and following.startswith(began)
