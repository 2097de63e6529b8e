"""The words of a clip -> tokens: cleaned, styled, measured, in hundredths of a second.

ASS counts time in centiseconds; tokens do so from the start, so that what ends and what begins at one
moment does so on the very same tick.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from viralclip_desktop.compose.captions.shaping import FontChain, SetWord, set_word
from viralclip_desktop.compose.captions.small_words import leans
from viralclip_desktop.compose.captions.text import clean, clusters, is_closing, styled
from viralclip_desktop.core.time import TICKS_PER_SECOND, Time
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.sentence_ends import ends_sentence
from viralclip_desktop.domain.transcript import Word, is_unspaced, needs_space

_TICKS_PER_CS = TICKS_PER_SECOND // 100
ARABIC_FIRST, ARABIC_LAST = "\u0600", "\u08ff"  # scripts whose letters join, Syriac and N'Ko among them
_BREAKABLE = "/.-_?&=@:+~#,"
_CLAUSE_ENDS = ",;:،؛、，；：—–"
_CLOSERS = "\"'”’»)]」』】"


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is shown, with its time in centiseconds of clip time."""

    word: SetWord
    start_cs: int
    end_cs: int
    spaced: bool
    """Whether a space stands before it when another word does."""
    weight: float = 1.0
    """How much of a style's ``max_words`` it takes: parts of unspaced scripts are less than a word."""
    glued: bool = False
    """Whether it is the second part of a word that was too long for one line."""

    ends_sentence: bool = False
    """Whether a sentence ends with this word, whatever of its marks the style shows."""
    ends_clause: bool = False
    """Whether a reader would draw breath after this word."""
    leans: bool = False
    """Whether it is read together with the next word (:func:`~.small_words.leans`)."""


def centiseconds(time: Time) -> int:
    """A time in whole hundredths of a second."""
    return round(time.ticks / _TICKS_PER_CS)


def tokens_of(
    words: Sequence[Word],
    style: CaptionStyle,
    chain: FontChain,
    duration: Time,
    max_em: float,
    *,
    language: str = "",
) -> list[Token]:
    """The words that show within ``0..duration``, those far wider than ``max_em`` cut into parts.
    ``language``: the code of the one they are in, if it is known."""
    tokens: list[Token] = []
    said = _joined(_inside(words, duration))
    for (text, start, end), ends, leaning in zip(said, _ends(said), _leaning(said, language), strict=True):
        shown = styled(text, style)
        spaced = not tokens or needs_space(tokens[-1].word.text, shown)
        word = set_word(shown, chain, style.letter_spacing_em)
        if not word.runs:
            if tokens and ends:
                tokens[-1] = replace(tokens[-1], ends_sentence=True)
            continue
        token = Token(word, start, max(start, end), spaced, _weight(shown))
        token = replace(token, ends_sentence=ends, ends_clause=ends_clause(text), leans=leaning)
        tokens.extend(_parts(token, chain, style.letter_spacing_em, max_em))
    return tokens


def ends_clause(text: str) -> bool:
    """Whether a reader would draw breath after a word as it is written."""
    return text.rstrip(_CLOSERS).endswith(tuple(_CLAUSE_ENDS))


_Said = tuple[str, int, int]
"""A word as it is written, with its first and last hundredth of a second."""


def _ends(said: Sequence[_Said]) -> list[bool]:
    """After which words a sentence ends; a picture behind its last word belongs to it."""
    ends = [
        ends_sentence(text, following, (start - end) / 100)
        for (text, _, end), (following, start, _) in zip(said, [*said, ("", 0, 0)][1:], strict=True)
    ]
    for at, (text, _, _) in enumerate(said[1:]):
        if ends[at] and not any(character.isalnum() for character in text):
            ends[at], ends[at + 1] = False, True
    return ends


def _leaning(said: Sequence[_Said], language: str) -> list[bool]:
    texts = [text for text, _, _ in said]
    return [leans(text, following, language) for text, following in zip(texts, [*texts, ""][1:], strict=True)]


def _inside(words: Iterable[Word], duration: Time) -> Iterable[_Said]:
    """Cleaned words with their times held inside the clip; those outside or empty left out."""
    last = centiseconds(duration)
    for word in words:
        text, start, end = clean(word.text), centiseconds(word.start), centiseconds(word.end)
        if text and start < last and end >= 0:
            yield text, max(0, start), min(last, end)


def _joined(words: Iterable[_Said]) -> list[_Said]:
    """Words with lone closing punctuation put back on the word before it."""
    found: list[_Said] = []
    for text, start, end in words:
        if found and is_closing(text):
            before, began, _ = found[-1]
            found[-1] = (before + text, began, max(end, found[-1][2]))
        else:
            found.append((text, start, end))
    return found


def _weight(text: str) -> float:
    """About how much of a word a token is: Han and kana two and a half signs a word, Thai and its kin
    five letters (averages of running text)."""
    if not is_unspaced(text[-1]):
        return 1.0
    letters = sum(1 for cluster in clusters(text) if cluster[0].isalnum())
    return max(0.4, letters / (2.5 if ord(text[-1]) > 0x2E00 else 5.0))


def _parts(token: Token, chain: FontChain, spacing_em: float, max_em: float) -> list[Token]:
    """A token that would have to shrink to less than about two thirds, cut into two parts for two lines.
    Joined scripts are not cut."""
    signs = clusters(token.word.text)
    joined = any(ARABIC_FIRST <= sign[0] <= ARABIC_LAST for sign in signs)
    if token.word.advance < 1.5 * max_em or joined or len(signs) < 4:
        return [token]
    at = _cut(signs)
    middle = token.start_cs + (token.end_cs - token.start_cs) * at // len(signs)
    head, tail = (set_word("".join(part), chain, spacing_em) for part in (signs[:at], signs[at:]))
    return [
        replace(token, word=head, end_cs=middle, weight=0.5, ends_sentence=False, ends_clause=False),
        replace(token, word=tail, start_cs=middle, spaced=False, weight=0.5, glued=True),
    ]


def _cut(signs: list[str]) -> int:
    """Where to cut: near the middle, after a sign at which addresses and compounds may break."""
    middle = len(signs) // 2
    near = sorted(
        range(middle - len(signs) // 6, middle + len(signs) // 6 + 1), key=lambda at: abs(at - middle)
    )
    return next((at for at in near if 0 < at < len(signs) and signs[at - 1] in _BREAKABLE), middle)
