"""Words into subtitle cues that read well: the limits of the common style guides, never a word lost.

At most 42 characters a line, two lines, 17 characters a second where the speech allows it, 5/6 s to 7 s, and
two frames between cues (Netflix's timed text guides).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript, Word, join_words, needs_space

LINE_CHARS = 42
LINES = 2
CHARS_PER_S = 17.0
SHORTEST = Time.from_seconds(5 / 6)
LONGEST = Time.from_seconds(7)
GAP = Time.from_seconds(1 / 12)  # two frames at 24 a second
_BREAK_PAUSE_S = 1.5  # nobody waits for the rest of a cue longer than that

_AFTER_COMMA, _AT_PAUSE, _MID_PHRASE, _AFTER_SMALL_WORD, _UNEVEN = 0.0, 0.3, 1.0, 2.2, 2.0
"""What a break between two cues of a sentence costs, by its place; uneven lengths cost by their square."""


_SMALL_WORDS = frozenset(
    ["the", "and", "for", "but", "his", "her", "our", "their", "your", "with", "from", "that"]
)
"""Together with words of one or two letters: a line that ends on one of these leaves the reader hanging."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: up to two lines (a single word may be longer than a line) and its time."""

    lines: tuple[str, ...]
    start: Time
    end: Time

    @property
    def text(self) -> str:
        """The lines as running text."""
        return join_words(list(self.lines))


def cues(transcript: Transcript, rows: int = LINES) -> list[Cue]:
    """The whole transcript as cues of one or two lines (``rows``), in order and not overlapping."""
    groups: list[Sequence[Word]] = []
    for sentence in transcript.sentences:
        groups += _grouped(transcript.words[sentence.first : sentence.last], rows)
    return _timed(_merged(groups, rows))


def width(text: str) -> int:
    """How many columns a text takes: wide (CJK) characters two, combining signs none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def lines_of(words: Sequence[Word], rows: int = LINES) -> tuple[str, ...] | None:
    """Words as one line or two, the second preferably the longer; None if they don't fit."""
    texts = [word.text for word in words]
    whole = join_words(texts)
    if width(whole) <= LINE_CHARS or len(texts) == 1:
        return (whole,)
    if rows == 1:
        return None
    best: tuple[float, tuple[str, str]] | None = None
    for cut in range(1, len(texts)):
        pair = join_words(texts[:cut]), join_words(texts[cut:])
        if all(width(line) <= LINE_CHARS for line in pair):
            cost = abs(width(pair[0]) - width(pair[1])) + (-6 if texts[cut - 1][-1] in ",;:—、，" else 0)
            cost += (3 if width(pair[0]) > width(pair[1]) else 0) + (8 if _is_small(texts[cut - 1]) else 0)
            if best is None or cost < best[0]:
                best = cost, pair
    return best[1] if best else None


def _is_small(word: str) -> bool:
    """Whether a word (of a script with small ones) leans on the next."""
    return word.isalpha() and word.isascii() and (len(word) <= 2 or word.lower() in _SMALL_WORDS)


def _grouped(words: Sequence[Word], rows: int) -> list[Sequence[Word]]:
    """A sentence in the fewest cues that hold it, broken at good places (dynamic programming)."""
    count = len(words)
    parts = max(1, -(-width(join_words([word.text for word in words])) // (LINE_CHARS * rows)))
    ideal = width(join_words([word.text for word in words])) / parts
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for end in range(1, count + 1):
        for start in range(end - 1, -1, -1):
            part = words[start:end]
            if len(part) > 1 and not _fits(part, rows):
                break
            uneven = width(join_words([word.text for word in part])) / ideal - 1
            cost = best[start][0] + 1.5 + _UNEVEN * uneven * uneven + _break_cost(words, end)
            best[end] = min(best[end], (cost, start))
    return _path(words, best)


def _path(words: Sequence[Word], best: list[tuple[float, int]]) -> list[Sequence[Word]]:
    groups, end = [], len(words)
    while end > 0:
        start = best[end][1]
        groups.append(words[start:end])
        end = start
    return groups[::-1]


def _fits(words: Sequence[Word], rows: int) -> bool:
    if words[-1].end - words[0].start > LONGEST or lines_of(words, rows) is None:
        return False
    return all((after.start - word.end).seconds < _BREAK_PAUSE_S for word, after in pairwise(words))


def _break_cost(words: Sequence[Word], end: int) -> float:
    """What it costs to break before word ``end``; nothing at the sentence's end."""
    if end == len(words):
        return 0.0
    if not needs_space(words[end - 1].text, words[end].text) or words[end - 1].text[-1] in ",;:—":
        return _AFTER_COMMA
    if _is_small(words[end - 1].text):
        return _AFTER_SMALL_WORD
    return _AT_PAUSE if (words[end].start - words[end - 1].end).seconds > 0.25 else _MID_PHRASE


def _merged(groups: Sequence[Sequence[Word]], rows: int) -> list[Sequence[Word]]:
    """Cues too short to read are joined with the next one where both fit into one."""
    result: list[Sequence[Word]] = []
    for group in groups:
        if result and _is_hasty(result[-1], group):
            joined = [*result[-1], *group]
            if _fits(joined, rows):
                result[-1] = joined
                continue
        result.append(group)
    return result


def _is_hasty(words: Sequence[Word], following: Sequence[Word]) -> bool:
    """Whether a cue would have to go before it could be read."""
    return following[0].start - words[0].start < _wanted(words) + GAP


def _wanted(words: Sequence[Word]) -> Time:
    """How long words should stand: long enough to read, within the limits."""
    text = join_words([word.text for word in words])
    return Time.from_seconds(width(text) / CHARS_PER_S).clamped(SHORTEST, LONGEST)


def _timed(groups: Sequence[Sequence[Word]]) -> list[Cue]:
    """Cues with their times: each stands as long as reading takes, up to the next one."""
    result = []
    for index, words in enumerate(groups):
        start, spoken_end = words[0].start, words[-1].end
        end = max(spoken_end, start + _wanted(words))
        if index + 1 < len(groups):
            end = min(end, max(groups[index + 1][0].start - GAP, start + GAP))
        end = min(end, max(start + LONGEST, spoken_end))
        result.append(Cue(lines_of(words) or (join_words([word.text for word in words]),), start, end))
    return result
