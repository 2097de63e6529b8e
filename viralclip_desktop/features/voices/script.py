"""A text to speak, in paragraphs, and each of these in pieces of whole sentences.

An empty line ends a paragraph; in a text that breaks its lines after sentences alone, each line is one. A
line ``[speed 0.9]`` sets how fast all that follows is spoken, and ``[speed normal]`` takes that back. These
lines are not spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.domain.sentence_ends import ends_sentence
from viralclip_desktop.engines.tts.base import FASTEST, SLOWEST, is_said
from viralclip_desktop.engines.tts.remote import pieces_of

_EXAMPLE = "[speed 0.9]"
_MARK = re.compile(r"\s*\[\s*speed\b\s*[:=]?\s*(?P<value>[^\]]*?)\s*\]\s*", re.IGNORECASE)
_MEANT = re.compile(r"\s*\[\s*speed\b(?!.*\])", re.IGNORECASE)  # without its end
_LONGEST_PIECE = 400  # characters: what a break loses, and what is spoken again where a word is changed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its ``pieces`` are spoken one by one, at ``speed``."""

    pieces: tuple[str, ...]
    speed: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that is not spoken: ``speed`` for all that follows, None to take that back."""

    speed: float | None


def marked_speed(line: str, number: int) -> Mark | None:
    """What a line sets, or None for one that is spoken; ``number``: counted from 1, to name it. Raises
    BadInput for a speed that no voice has, and for a mark without its end."""
    mark = _MARK.fullmatch(line)
    if mark is None:
        if _MEANT.match(line):
            raise _no_mark(say("Line {line} of the text: the mark has no end.", line=Number(number)))
        return None
    return Mark(None if mark["value"].lower() == "normal" else _speed(mark["value"], number))


def is_mark(line: str) -> bool:
    """Whether a line is meant to set a speed, and is not spoken."""
    return _MARK.fullmatch(line) is not None


def script_of(text: str, speed: float = 1.0) -> list[Paragraph]:
    """The paragraphs of a text in which something is said; ``speed`` where no mark sets another. Raises
    BadInput for a mark with a speed that no voice has."""
    found: list[Paragraph] = []
    now, block = speed, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        mark = marked_speed(line, number)
        if line.strip() and mark is None:
            block.append(line)
            continue
        found += [Paragraph(tuple(pieces), now) for one in _paragraphs(block) if (pieces := _pieces(one))]
        block = []
        if mark is not None:
            now = speed if mark.speed is None else mark.speed
    return found


def _speed(value: str, line: int) -> float:
    try:
        speed = float(value)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        told = say(
            "Line {line} of the text: “{value}” is no speed of a voice.", line=Number(line), value=value
        )
        raise _no_mark(told)
    return speed


def _no_mark(told: str) -> BadInput:
    span = {"low": f"{SLOWEST:g}", "high": f"{FASTEST:g}"}
    return BadInput(told, say("Write {mark}, from {low} to {high}.", mark=_EXAMPLE, **span))


def _paragraphs(block: Sequence[str]) -> list[str]:
    """The lines of a block, each a paragraph where none of them breaks a sentence; else all are one."""
    texts = [" ".join(line.split()) for line in block]
    whole = all(ends_sentence(text.rsplit(" ", 1)[-1]) for text in texts)
    return texts if whole else [" ".join(texts)]


def _pieces(paragraph: str) -> list[str]:
    """Pieces of about the same length, none longer than a piece may be."""
    sentences = [piece for one in _sentences(paragraph) for piece in pieces_of(one, _LONGEST_PIECE)]
    count = -(-len(paragraph) // _LONGEST_PIECE)
    room = max(len(paragraph) / count, 1) if count > 1 else _LONGEST_PIECE
    pieces: list[str] = []
    for sentence in sentences:
        together = f"{pieces[-1]} {sentence}" if pieces else sentence
        fits = len(together) <= _LONGEST_PIECE and (not pieces or len(pieces[-1]) < room)
        if pieces and (fits or not is_said(sentence)):
            pieces[-1] = together
        else:
            pieces.append(sentence)
    return [piece for piece in pieces if is_said(piece)]


def _sentences(paragraph: str) -> Iterator[str]:
    words, begun = paragraph.split(" "), 0
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if not following or ends_sentence(word, following):
            yield " ".join(words[begun : at + 1])
            begun = at + 1
