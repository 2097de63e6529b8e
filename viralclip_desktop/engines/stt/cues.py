"""The cues of SRT, VTT and ASS files: what is said when, by whom, with the times inside cues where there are
any."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.engines.stt.marks import split_text
from viralclip_desktop.engines.stt.mending import LooseWord

_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"^\s*{_STAMP}\s*-->\s*{_STAMP}")
_INSIDE = re.compile(rf"<{_STAMP}>")
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")  # {\an8}: an order to the renderer; other braces are text
_ASS_BLOCK = re.compile(r"\{[^{}]*\}")
_KARAOKE = re.compile(r"\{[^{}]*?\\[kK][fot]?(\d{1,9}(?:\.\d{1,9})?)[^{}]*+\}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*+)?\s++([^<>]++)>")
_NAMED = re.compile(r"^(?:>>\s*)?([A-Z][A-Z0-9 .'’-]{1,24}|Speaker \w{1,3}):\s+(?=\S)")
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>]{0,200}|\d[\d:.]*)>")
_SOUND = re.compile(r"^[\s♪♫]*(?:\[[^\[\]]*\]|\([^()]*\))?[\s♪♫]*$")  # "[music]": heard, not spoken
_DASH = re.compile(r"^\s*[-–—]\s*(?=\w)")
_LONGEST = 20_000
"""Characters of a cue: a quarter of an hour of talk; nobody types a line like that."""
_READ_LETTERS_PER_S = 15.0
_NO_LENGTH_LEAST_S, _NO_LENGTH_MOST_S = 0.6, 6.0


@dataclass(slots=True)
class Line:
    """A line of a cue as typed, and its words with the times written inside it (none: it has no such
    times)."""

    text: str
    timed: list[LooseWord] = field(default_factory=list)


@dataclass(slots=True)
class Cue:
    """One cue."""

    start: Time
    end: Time
    lines: list[Line]
    speaker: str = ""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(line.text for line in self.lines)


class NotThisFormat(ValueError):
    """The text is not of the format its name says."""


class TooLong(ValueError):
    """A cue that nobody could read."""


def read_cues(text: str, kind: str) -> list[Cue]:
    """The cues of a text in format ``srt``, ``vtt``, ``ass`` or ``ssa``, by their starts.

    Raises :class:`NotThisFormat` and :class:`TooLong`.
    """
    _check_length(text.splitlines())
    found = list(_from_ass(text, kind) if kind in ("ass", "ssa") else _from_blocks(text))
    return _with_lengths(sorted((cue for cue in found if cue.lines), key=lambda cue: cue.start))


def _check_length(lines: Sequence[str], most: Callable[[Iterable[int]], int] = max) -> None:
    if lines and most(map(len, lines)) > _LONGEST:
        raise TooLong


def without_repeats(cues: Sequence[Cue]) -> list[Cue]:
    """Rolling captions repeat the last line of the cue before: each line is kept once."""
    kept: list[Cue] = []
    last_line, last_end = "", ZERO
    for cue in cues:
        lines = list(cue.lines)
        while lines and lines[0].text == last_line and not lines[0].timed and _touches(cue, last_end):
            lines.pop(0)
        last_line, last_end = cue.lines[-1].text, cue.end
        if lines:
            kept.append(Cue(cue.start, cue.end, lines, cue.speaker))
        elif kept:
            kept[-1].end = max(kept[-1].end, cue.end)
    return kept


def _touches(cue: Cue, end: Time) -> bool:
    return (cue.start - end).seconds < 0.1


def _from_blocks(text: str) -> Iterator[Cue]:
    """SRT and VTT: a line with two times, and the text below it up to an empty line (or the next times)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [place for place, line in enumerate(lines) if "-->" in line and _TIMES.match(line)]
    for place, after in pairwise([*places, len(lines)]):
        match = _TIMES.match(lines[place])
        assert match is not None
        start, end = _time(match.groups()[:4]), _time(match.groups()[4:])
        body = _body(lines[place + 1 : after], more=after < len(lines))
        _check_length(body, sum)
        voice = _VOICE.search("\n".join(body))
        cue = _cue(start, max(start, end), body)
        if voice is not None:
            cue.speaker = " ".join(_unescaped(voice.group(1)).split())
        yield cue


def _body(lines: Sequence[str], *, more: bool) -> list[str]:
    """The lines up to the first empty one; a line with white space alone is text (rolling captions have it).
    Where ``more`` cues follow, a figure alone at the end is the next one's number."""
    body: list[str] = []
    if more and len(lines) > 1 and lines[-1].strip().isdigit() and not lines[-2].strip():
        lines = lines[:-1]  # else it would be the text of a cue that has none
    for line in lines:
        if not line and body:
            break
        if line:
            body.append(line)
    if more and len(body) == len(lines) > 1 and body[-1].strip().isdigit():
        body.pop()
    return body


def _time(parts: Sequence[str | None]) -> Time:
    """Hours may be missing; the part behind the sign is a decimal fraction, however many figures it has."""
    hours, minutes, seconds, fraction = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return Time.from_samples(whole * 1000 + int((fraction or "0").ljust(3, "0")), 1000)


def _cue(start: Time, end: Time, body: Sequence[str]) -> Cue:
    cue, at = Cue(start, end, []), start
    broken = (part for line in body for part in re.split(r"\\[Nn]|<br\s*/?>", line, flags=re.IGNORECASE))
    for raw in broken:
        named = _NAMED.match(_plain(raw))
        line, at = _stamped(raw, at)
        if named is not None and not line.timed:
            cue.speaker = cue.speaker or named.group(1)
            line.text = line.text[len(named.group(0)) :]
        if line.text and not _SOUND.match(line.text):
            cue.lines.append(line)
    return cue


def _stamped(raw: str, at: Time) -> tuple[Line, Time]:
    """A line of a cue with the words' times in it, if any, and the last time that it tells."""
    pieces, position, spoken_from = [], 0, at
    for match in _INSIDE.finditer(raw):
        pieces.append((spoken_from, raw[position : match.start()]))
        spoken_from, position = _time(match.groups()), match.end()
    pieces.append((spoken_from, raw[position:]))
    timed = _words([(time, _untagged(part)) for time, part in pieces]) if len(pieces) > 1 else []
    return Line(_tidy(_plain(raw)), timed), spoken_from


def _words(pieces: Sequence[tuple[Time, str]]) -> list[LooseWord]:
    """The words of pieces of text that each begin at a time. Only a piece's first word is known to begin
    there; a word that goes on over pieces (sung syllables) begins with its first one."""
    begins: list[Time | None] = []
    for time, part in pieces:
        letters = sum(not character.isspace() for character in part)
        begins += [time, *[None] * (letters - 1)] if letters else []
    words, at = [], 0
    for word in split_text("".join(part for _, part in pieces)):
        words.append(LooseWord(word, begins[at] if at < len(begins) else None))
        at += sum(not character.isspace() for character in word)
    return words


def _untagged(text: str) -> str:
    return _unescaped(_TAG.sub("", _VOICE.sub("", _OVERRIDE.sub("", text))))


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a character number of thousands of figures
        return text


def _plain(raw: str) -> str:
    return _untagged(_INSIDE.sub("", raw)).replace("\\h", " ")


def _tidy(text: str) -> str:
    return " ".join(_DASH.sub("", text).strip(" \t\u200e\u200f♪♫").split())


def _from_ass(text: str, kind: str) -> Iterator[Cue]:
    import pysubs2

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a line's layer or the like, which say nothing to a user
            events = pysubs2.SSAFile.from_string(text, format_=kind)
    except (pysubs2.exceptions.Pysubs2Error, ValueError, KeyError, IndexError) as error:
        raise NotThisFormat(str(error)) from error
    for event in events:
        if event.is_comment or event.is_drawing:
            continue
        start = Time.from_samples(max(0, event.start), 1000)
        end = Time.from_samples(max(0, event.end), 1000)
        cue = Cue(start, max(start, end), [], " ".join(event.name.split()))
        at = start
        for raw in re.split(r"\\[Nn]", event.text.replace("\\h", " ")):
            line, at = _karaoke(raw, at)
            if line.text and not _SOUND.match(line.text):
                cue.lines.append(line)
        yield cue


def _karaoke(raw: str, at: Time) -> tuple[Line, Time]:
    """A line of ASS: ``{\\k30}`` says how long, in hundredths of a second, what follows is sung."""
    tags = list(_KARAOKE.finditer(raw))
    line = Line(_tidy(_ASS_BLOCK.sub("", raw)))
    if not tags:
        return line, at
    pieces = [(at, _ASS_BLOCK.sub("", raw[: tags[0].start()]))]
    for tag, following in zip(tags, [*tags[1:], None], strict=True):
        pieces.append((at, _ASS_BLOCK.sub("", raw[tag.end() : following.start() if following else len(raw)])))
        at += Time.from_samples(round(float(tag.group(1)) * 10), 1000)
    line.timed = _words([piece for piece in pieces if piece[1]])
    return line, at


def _with_lengths(cues: list[Cue]) -> list[Cue]:
    """Cues whose end is their start get the time it takes to read them, up to the next one."""
    for place, cue in enumerate(cues):
        if cue.end > cue.start:
            continue
        wanted_s = min(_NO_LENGTH_MOST_S, max(_NO_LENGTH_LEAST_S, len(cue.text) / _READ_LETTERS_PER_S))
        end = cue.start + Time.from_seconds(wanted_s)
        later = next((other.start for other in cues[place + 1 : place + 50] if other.start > cue.start), end)
        cue.end = min(end, later)
    return cues
