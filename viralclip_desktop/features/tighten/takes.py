"""Takes that were begun again: announced ("let me start again"), or because what follows says the same words
from the start. The last one stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from viralclip_desktop.domain.tightening import CutKind
from viralclip_desktop.features.tighten.said import CLOSERS, Gone, Said, ends_sentence, is_final

_WORDS, _WITHIN_S = 60, 60.0  # a take is begun again within this
_PAUSE_S: Final = 0.35  # a new take begins a sentence or follows such a pause
_ALIKE: Final = 0.75  # share of a take's words that come again in order
_LEAST, _LEAST_SENTENCE, _LEAST_ANNOUNCED = 3, 6, 2  # words; whole sentences are said twice on purpose, too
_STARTS_BACK: Final = 6
_COMPARED: Final = 3  # words of an announced take with what follows


def retakes(said: Said) -> Iterator[Gone]:
    """The takes that go, with what announces the next one."""
    starts = [place for place in range(len(said.kept)) if _begins(said, place)]
    for end, after in _announcements(said):
        take = _take_before(said, end, after, starts)
        if take is not None:
            yield said.gone(take, after, CutKind.RETAKE)
    for number, after in enumerate(starts):
        take = _take_again(said, after, starts[max(0, number - _STARTS_BACK) : number])
        if take is not None:
            yield said.gone(take, after, CutKind.RETAKE)


def _begins(said: Said, place: int) -> bool:
    """Whether a sentence, or a new attempt at one, can begin at a place."""
    if place == 0:
        return True
    before = said.word(place - 1).text
    return _is_broken_off(before) or ends_sentence(before) or said.pause_s(place) >= _PAUSE_S


def _is_broken_off(text: str) -> bool:
    return text.rstrip(CLOSERS).endswith(("-", "—", "–", "…", "..."))


def _announcements(said: Said) -> Iterator[tuple[int, int]]:
    """From where to where another take is announced, with what leads in to it and out of it."""
    place, count = 0, len(said.keys)
    while place < count:
        length = said.lists.found("restarts", said.keys, place)
        last = place + length
        if length and last < count:
            first = place
            while first > 0 and (back := _lead_in(said, first)):
                first -= back
            while last < count - 1 and (more := said.lists.found("lead_ins", said.keys, last)):
                last += more
            yield first, min(last, count - 1)
        place = max(last, place + 1)


def _lead_in(said: Said, end: int) -> int:
    for count in range(min(said.lists.longest.get("lead_ins", 0), end), 0, -1):
        if said.lists.found("lead_ins", said.keys[:end], end - count) == count:
            return count
    return 0


def _take_before(said: Said, end: int, after: int, starts: Sequence[int]) -> int | None:
    """Where the take that is begun again at ``after`` began; it ends at ``end`` with the announcement."""
    for place in reversed([one for one in starts if one < end]):
        if after - place > _WORDS or said.apart_s(place, after) > _WITHIN_S:
            return None
        size = min(end - place, _COMPARED)
        take, again = said.keys[place : place + size], said.keys[after : after + size]
        if size >= _LEAST_ANNOUNCED and _same_start(take, again):
            return place
    return None


def _same_start(take: Sequence[str], again: Sequence[str]) -> bool:
    same = sum(a == b for a, b in zip(take, again, strict=False))
    return len(again) == len(take) and same >= max(2, len(take) - 1) and take[0] == again[0]


def _take_again(said: Said, after: int, starts: Sequence[int]) -> int | None:
    """Where a take began whose words all come again from ``after`` on."""
    keys = said.keys
    for place in starts:
        size = after - place
        least = _LEAST_SENTENCE if is_final(said.word(after - 1).text) else _LEAST
        if not least <= size <= _WORDS or said.apart_s(place, after) > _WITHIN_S:
            continue
        if any(is_final(said.word(one).text) for one in range(place, after - 1)):
            continue  # whole paragraphs are said again on purpose, as a refrain is
        again = keys[after : after + size + size // 4 + 1]
        if keys[place : place + 2] != again[:2]:
            continue
        # Another last word makes another sentence, as in a list, unless it was broken off.
        ends_alike = keys[after - 1] in again or _is_broken_off(said.word(after - 1).text)
        if ends_alike and _covered(keys[place:after], again) >= _ALIKE:
            return place
    return None


def _covered(take: Sequence[str], again: Sequence[str]) -> float:
    """Which share of a take's words comes again in the same order."""
    matcher = SequenceMatcher(None, take, again, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(take))
