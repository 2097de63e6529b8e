"""What the words alone say should go: fillers, stutters, takes that were begun again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from viralclip_desktop.domain.tightening import CutKind as Kind
from viralclip_desktop.domain.transcript import Word, join_words
from viralclip_desktop.features.tighten.lists import Lists, key, squeezed

_STOPS: Final = frozenset(".!?。！？｡।॥۔؟…")
_MARKS: Final = _STOPS | frozenset(",;:—–、，؛،")
_CLOSERS: Final = "\"'”’»)]}」』）】》›"
_LONGEST_REPEAT: Final = 5  # words said twice in a row; longer ones are takes
_REPEAT_WITHIN_S: Final = 1.2  # between the two; after a longer pause it is said again on purpose
_SET_OFF_S: Final = 0.12  # a pause that sets a phrase off from what is around it
_TAKE_WORDS, _TAKE_S = 60, 60.0  # a take is begun again within this
_TAKE_PAUSE_S: Final = 0.35  # a new take begins a sentence or follows such a pause
_TAKE_ALIKE: Final = 0.75  # share of a take's words that come again in order
_SHORTEST_TAKE, _SHORTEST_SENTENCE, _SHORTEST_ANNOUNCED = 3, 6, 2  # words


@dataclass(frozen=True, slots=True)
class Gone:
    """Words ``first`` up to but not including ``last`` that go."""

    first: int
    last: int
    kind: Kind


def wording(words: Sequence[Word], lists: Lists, strength: float) -> list[Gone]:
    """What goes, in order and apart. The last of several takes or repeats stays."""
    keys = [key(word.text) for word in words]
    marked: list[Kind | None] = [None] * len(words)
    _mark(marked, fillers(words, keys, lists, strength))
    kept = [at for at, kind in enumerate(marked) if kind is None and keys[at]]
    _mark(marked, repeats(words, keys, kept, lists, strength))
    kept = [at for at in kept if marked[at] is None]
    _mark(marked, retakes(words, keys, kept, lists))
    return _together(marked)


def text_of(words: Sequence[Word], first: int, last: int) -> str:
    """The words as running text."""
    return join_words([word.text for word in words[first:last]])


def ends_sentence(text: str) -> bool:
    """Whether a word ends a sentence."""
    return text.rstrip(_CLOSERS + " ")[-1:] in _STOPS


def _is_final(text: str) -> bool:
    return ends_sentence(text) and not _trails_off(text)


def _trails_off(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(("...", "…"))


def _mark(marked: list[Kind | None], found: Iterator[Gone]) -> None:
    for one in found:
        marked[one.first : one.last] = [one.kind] * (one.last - one.first)


def _together(marked: Sequence[Kind | None]) -> list[Gone]:
    found: list[Gone] = []
    for at, kind in enumerate(marked):
        if kind is None:
            continue
        if found and found[-1].last == at and found[-1].kind is kind:
            found[-1] = Gone(found[-1].first, at + 1, kind)
        else:
            found.append(Gone(at, at + 1, kind))
    return found


def fillers(words: Sequence[Word], keys: Sequence[str], lists: Lists, strength: float) -> Iterator[Gone]:
    """Sounds that are no words; from a strength of 0.6 on also phrases that mean nothing, set off by pauses
    or commas on both sides."""
    squeezes = [_squeezed(word.text) for word in words]
    at = 0
    while at < len(words):
        count = lists.found("sounds", squeezes, at)
        if not count and strength >= 0.6:
            count = lists.found("phrases", keys, at)
            count = count if _is_set_off(words, at, at + count) else 0
        if count:
            yield Gone(at, at + count, Kind.FILLER)
        at += max(1, count)


def _squeezed(text: str) -> str:
    """Squeezed for comparison with sounds; a single letter that was written once is no sound."""
    found = squeezed(text)
    return "" if len(found) == 1 and found.isascii() and len(key(text)) == 1 else found


def _is_set_off(words: Sequence[Word], first: int, last: int) -> bool:
    before = first == 0 or _marked(words[first - 1]) or _pause_s(words, first) >= _SET_OFF_S
    after = last >= len(words) or _marked(words[last - 1]) or _pause_s(words, last) >= _SET_OFF_S
    return before and after


def _marked(word: Word) -> bool:
    return word.text.rstrip(_CLOSERS)[-1:] in _MARKS


def _pause_s(words: Sequence[Word], at: int) -> float:
    """The time between word ``at`` and the one before it."""
    return (words[at].start - words[at - 1].end).seconds


def repeats(
    words: Sequence[Word], keys: Sequence[str], kept: Sequence[int], lists: Lists, strength: float
) -> Iterator[Gone]:
    """Words said twice in a row by mistake, and words broken off. ``kept`` are those that are no fillers."""
    if strength < 0.15:
        return
    place = 0
    while place < len(kept):
        size = _repeat_at(words, keys, kept, place, lists, strength)
        if size:
            yield Gone(kept[place], kept[place + size], Kind.REPEAT)
        elif _is_broken_off(words, keys, kept, place):
            yield Gone(kept[place], kept[place] + 1, Kind.REPEAT)
        place += max(1, size)


def _repeat_at(
    words: Sequence[Word], keys: Sequence[str], kept: Sequence[int], place: int, lists: Lists, strength: float
) -> int:
    """How many words from a place on are said again right behind."""
    for size in range(min(_LONGEST_REPEAT, (len(kept) - place) // 2), 0, -1):
        first, again = kept[place : place + size], kept[place + size : place + 2 * size]
        same = [keys[at] for at in first]
        if same != [keys[at] for at in again]:
            continue
        pause_s = (words[again[0]].start - words[first[-1]].end).seconds
        if pause_s > _REPEAT_WITHIN_S or _is_final(words[first[-1]].text):
            continue
        if _by_mistake(words, keys, kept, place, size, lists, strength):
            return size
    return 0


def _by_mistake(
    words: Sequence[Word],
    keys: Sequence[str],
    kept: Sequence[int],
    place: int,
    size: int,
    lists: Lists,
    strength: float,
) -> bool:
    same = [keys[at] for at in kept[place : place + size]]
    if all(one in lists.doubles or one.isnumeric() for one in same):
        return False
    if size == 1:
        if same[0] in lists.small:
            return True
        quick = not _marked(words[kept[place]])
        return strength >= 0.6 and not lists.doubling and quick and len(same[0]) > 1
    chained = place + 2 * size < len(kept) and keys[kept[place + 2 * size]] == same[0]
    before = place > 0 and keys[kept[place - 1]] == same[-1]
    return not (size == 2 and (chained or before))  # "again and again and again" is meant


def _is_broken_off(words: Sequence[Word], keys: Sequence[str], kept: Sequence[int], place: int) -> bool:
    """A word that stops in its middle and is begun again: "st- stutter"."""
    bare = words[kept[place]].text.rstrip(_CLOSERS + ",.… ")
    if bare[-1:] not in "-‐—–" or place + 1 >= len(kept):
        return False
    began, following = keys[kept[place]], keys[kept[place + 1]]
    return len(began) <= len(following) and following.startswith(began)


def retakes(
    words: Sequence[Word], keys: Sequence[str], kept: Sequence[int], lists: Lists
) -> Iterator[Gone]:
    """Takes that were begun again: announced ("let me start again"), or because what follows says the same
    words from the start. All of them go but the last."""
    said = [keys[at] for at in kept]
    starts = [place for place in range(len(kept)) if _begins(words, kept, place)]
    announced = dict(_announcements(words, said, kept, lists))
    for begin, after in announced.items():
        take = _take_before(said, kept, words, begin, after, starts)
        if take is not None:
            yield Gone(kept[take], kept[after], Kind.RETAKE)
    for number, place in enumerate(starts):
        take = _take_again(words, said, kept, place, starts[max(0, number - 6) : number])
        if take is not None:
            yield Gone(kept[take], kept[place], Kind.RETAKE)


def _begins(words: Sequence[Word], kept: Sequence[int], place: int) -> bool:
    """Whether a sentence, or a new attempt at one, can begin at a place."""
    if place == 0:
        return True
    before, now = words[kept[place - 1]], words[kept[place]]
    broken = before.text.rstrip(_CLOSERS)[-1:] in "-—–…" or ends_sentence(before.text)
    return broken or (now.start - before.end).seconds >= _TAKE_PAUSE_S


def _announcements(
    words: Sequence[Word], said: Sequence[str], kept: Sequence[int], lists: Lists
) -> Iterator[tuple[int, int]]:
    """From where to where another take is announced, with what leads in to it."""
    place = 0
    while place < len(said):
        count = lists.found("restarts", said, place)
        if count and place + count < len(said):
            first, last = place, place + count
            while first > 0 and (back := _lead_in(said, first, lists)):
                first -= back
            while last < len(said) - 1 and (count := lists.found("lead_ins", said, last)):
                last += count
            yield first, min(last, len(said) - 1)
            place = max(last, place + 1)
        else:
            place += 1


def _lead_in(said: Sequence[str], end: int, lists: Lists) -> int:
    for count in range(min(lists.longest.get("lead_ins", 0), end), 0, -1):
        if lists.found("lead_ins", said[:end], end - count) == count:
            return count
    return 0


def _take_before(
    said: Sequence[str],
    kept: Sequence[int],
    words: Sequence[Word],
    end: int,
    after: int,
    starts: Sequence[int],
) -> int | None:
    """Where the take that is begun again at ``after`` began: it ends at ``end`` with the announcement."""
    for place in reversed([one for one in starts if one < end]):
        if after - place > _TAKE_WORDS or _apart_s(words, kept, place, after) > _TAKE_S:
            return None
        size = min(end - place, 3)
        if size >= _SHORTEST_ANNOUNCED and _alike(said[place : place + size], said[after : after + size]):
            return place
    return None


def _take_again(
    words: Sequence[Word], said: Sequence[str], kept: Sequence[int], after: int, starts: Sequence[int]
) -> int | None:
    """Where a take began whose words all come again from ``after`` on."""
    for place in starts:
        size = after - place
        finished = _is_final(words[kept[after - 1]].text)
        least = _SHORTEST_SENTENCE if finished else _SHORTEST_TAKE
        near = size <= _TAKE_WORDS and _apart_s(words, kept, place, after) <= _TAKE_S
        if not near or size < least or said[place : place + 2] != said[after : after + 2]:
            continue
        if _covered(said[place:after], said[after : after + size + 4]) >= _TAKE_ALIKE:
            return place
    return None


def _apart_s(words: Sequence[Word], kept: Sequence[int], one: int, other: int) -> float:
    return (words[kept[other]].start - words[kept[one]].start).seconds


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return len(other) >= len(one) and same >= max(2, len(one) - 1) and one[0] == other[0]


def _covered(take: Sequence[str], again: Sequence[str]) -> float:
    """Which share of a take's words comes again in the same order."""
    matcher = SequenceMatcher(None, take, again, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(take))
