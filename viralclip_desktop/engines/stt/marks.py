"""Words and running text brought together: marks put back on bare words, times spread over a text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word, is_unspaced

_PIECE = 4  # characters of a script without spaces that make a piece
_SEARCHED_CHARACTERS = 60  # how far ahead of its place a word is looked for in the running text


def punctuated_words(words: list[str], text: str) -> list[str]:
    """``words`` as they stand in ``text``, with the marks around them; a word not found stays as it is."""
    lowered, position, result = text.lower(), 0, []
    for word in words:
        bare = word.strip()
        at = lowered.find(bare.lower(), position, position + len(bare) + _SEARCHED_CHARACTERS) if bare else -1
        if at < 0:
            result.append(bare)
            continue
        end = _grown_right(text, at + len(bare))
        result.append(text[_grown_left(text, at) : end])
        position = end
    return result


def _grown_left(text: str, start: int) -> int:
    """Back over opening marks that touch the word and follow a space or the beginning."""
    low = start
    while low > 0 and not text[low - 1].isspace() and not text[low - 1].isalnum():
        low -= 1
    return low if low == 0 or text[low - 1].isspace() else start


def _grown_right(text: str, end: int) -> int:
    """Forward over marks that touch the word."""
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end


def spread_words(text: str, start: Time, end: Time, confidence: float = 1.0) -> list[Word]:
    """The words of a text with times between ``start`` and ``end``, each as long as its letters ask for."""
    texts = split_text(text)
    weights = [spoken_weight(item) for item in texts]
    total, spent, words = sum(weights), 0, []
    for item, weight in zip(texts, weights, strict=True):
        low = start + Time((end - start).ticks * spent // total)
        spent += weight
        high = start + Time((end - start).ticks * spent // total)
        words.append(Word(item, low, high, confidence))
    return words


def split_text(text: str) -> list[str]:
    """A text's words with their marks; scripts without spaces are cut into pieces a caption can colour.

    Marks that stand alone ("-", "…") go to the word before them, or after them at the beginning.
    """
    pieces = [piece for part in text.split() for piece in _unspaced_pieces(part)]
    words: list[str] = []
    waiting = ""
    for piece in pieces:
        if _is_word(piece):
            words.append((waiting + " " + piece).strip())
            waiting = ""
        elif words:
            words[-1] = with_mark(words[-1], piece)
        else:
            waiting = piece
    return words


def _is_word(piece: str) -> bool:
    """Whether a piece stands for itself: it has a letter, a figure or a picture (an emoji)."""
    return any(character.isalnum() or unicodedata.category(character) == "So" for character in piece)


def with_mark(word: str, mark: str) -> str:
    """A word with a mark that was written apart from it: "now" and "…", but "5" and "<"."""
    return word + ("" if mark[0] in ".,;:!?…%)]}»”’。、！？" else " ") + mark


def goes_on(before: str, token: str) -> bool:
    """Whether a token of a program that writes a space before each new word belongs to the word before it;
    scripts without spaces say nothing by having none."""
    return not token[:1].isspace() and not is_unspaced(token[:1]) and not is_unspaced(before[-1])


def _unspaced_pieces(part: str) -> list[str]:
    """Runs of a script without spaces in pieces of about four characters; anything else is one piece.

    Thai, Khmer and their like write spaces between phrases only: so that these can still be told when words
    are joined, the last piece of a run before one has three characters or fewer.
    """
    starts, letters = [0], 0
    for place, character in enumerate(part):
        if place and not _goes_on(part[place - 1], letters, character):
            starts.append(place)
            letters = 0
        letters += character.isalnum()
    runs = [part[start:end] for start, end in pairwise([*starts, len(part)])]
    if len(runs) > 1 and _letters(runs[-1]) == _PIECE and _is_open(runs[-2]):
        borrowed = next(at for at in range(1, len(runs[-1])) if runs[-1][at].isalnum())
        runs[-2:] = [runs[-2] + runs[-1][:borrowed], runs[-1][borrowed:]]
    return runs


def _goes_on(before: str, letters: int, character: str) -> bool:
    """Whether a run of so many letters that ends in ``before`` takes one more character."""
    if not character.isalnum():  # combining signs and marks stay with what they follow
        return True
    if is_unspaced(before) != is_unspaced(character) and before.isalnum():
        return False
    return not is_unspaced(character) or letters < _PIECE


def _is_open(run: str) -> bool:
    """Whether a run is of a script without spaces and no mark follows it."""
    return is_unspaced(run[-1]) and unicodedata.category(run[-1])[0] in "LM"


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def spoken_weight(word: str) -> int:
    """How long a word takes to say, roughly: its letters and figures, and a breath at a mark."""
    letters = sum(3 if character.isdigit() else 1 for character in word if character.isalnum())
    return 1 + letters + (2 if word[-1] in ",;:.!?…。？！" else 0)
