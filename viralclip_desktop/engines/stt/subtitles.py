"""Words from a subtitle file instead of a recogniser, or its lines as they are: SRT, VTT, ASS/SSA and JSON.

Words keep the times that are written inside cues (VTT stamps, ASS karaoke); the others of a cue get times by
their length. JSON may be this program's own transcript or that of a Whisper program (``json_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.files import check_is_file
from viralclip_desktop.core.json_text import JSON_FAULTS
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.engines.stt.base import ordered_words
from viralclip_desktop.engines.stt.cues import Cue, NotThisFormat, TooLong, read_cues, without_repeats
from viralclip_desktop.engines.stt.encodings import UnknownEncoding, decoded
from viralclip_desktop.engines.stt.json_words import ReadWords, lines_in, words_in
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code, script_language
from viralclip_desktop.engines.stt.marks import spread_words
from viralclip_desktop.engines.stt.mending import mended

__all__ = ["ReadLines", "ReadWords", "read_lines", "read_subtitles"]

_FORMATS = {".srt": "srt", ".vtt": "vtt", ".ass": "ass", ".ssa": "ssa"}
_CHOOSE = "Choose another file."
_SPOKEN_LETTERS_PER_S = 25.0  # nobody speaks faster for long; less time than that is a fault of the cues
_LARGEST_BYTES = 64_000_000  # ten hours of words with times are 8 MB


def read_subtitles(path: Path, encoding: str = "") -> ReadWords:
    """The words of a subtitle file in the file's own time. ``encoding``: how it was written, where that can't
    be told from it.

    Raises BadInput when it is missing, in no format known here, or holds no words.
    """
    text = _text_of(path, encoding)
    if path.suffix.lower() == ".json":
        found = _from_json(path, text)
    else:
        found = ReadWords(_words_of(_cues_of(path, text)), _language_in(path))
    if not found.words:
        raise BadInput(say("{name} holds no subtitles.", name=path.name), _CHOOSE)
    return found


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The lines of a subtitle file in its own time, and their language where it tells one."""

    lines: tuple[TranslatedLine, ...]
    language: str = ""


def read_lines(path: Path, encoding: str = "") -> ReadLines:
    """The lines of a subtitle file, one for each cue, as a translation keeps them.

    Raises BadInput when it is missing, in no format known here, or holds no words.
    """
    text = _text_of(path, encoding)
    if path.suffix.lower() == ".json":
        lines, language = _json_lines(path, text)
    else:
        cues = without_repeats(_cues_of(path, text))
        lines = [TranslatedLine(TimeRange(cue.start, cue.end), cue.text) for cue in cues]
        language = _language_in(path)
    if not lines:
        raise BadInput(say("{name} holds no subtitles.", name=path.name), _CHOOSE)
    return ReadLines(tuple(lines), language or script_language(" ".join(line.text for line in lines)))


def _text_of(path: Path, encoding: str) -> str:
    try:
        check_is_file(path)
        if path.is_dir():
            raise BadInput(say("{value} is no file.", value=path.name or path), _CHOOSE)
        if path.is_file() and path.stat().st_size > _LARGEST_BYTES:
            raise BadInput(say("{name} is too large for subtitles.", name=path.name), _CHOOSE)
        return decoded(path.read_bytes(), encoding)
    except FileNotFoundError as error:
        raise BadInput(
            say("There is no file {path}.", path=path), "Check the name and the folder."
        ) from error
    except OSError as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check its permissions.", str(error)
        ) from error
    except LookupError as error:
        raise UsageError(
            say("There is no encoding “{encoding}”.", encoding=encoding), "Such as utf-8, gb18030 or cp1251."
        ) from error
    except UnknownEncoding as error:
        known = ", ".join(error.candidates)
        raise BadInput(
            say("How {name} was written can't be told.", name=path.name),
            say("Save it as UTF-8, or say how with --encoding; it may be one of: {known}.", known=known),
        ) from error


def _language_in(path: Path) -> str:
    """The language a name such as ``talk.en.srt`` tells."""
    code = language_code(Path(path.stem).suffix.lstrip("."))
    return code if code in LANGUAGE_NAMES else ""


def _cues_of(path: Path, text: str) -> list[Cue]:
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise BadInput(
            say("{name} is in no subtitle format known here.", name=path.name),
            "Known ones: SRT, VTT, ASS, JSON.",
        )
    try:
        return read_cues(text, kind)
    except NotThisFormat as error:
        raise BadInput(
            say("{name} is not a {upper} file.", name=path.name, upper=kind.upper()), _CHOOSE, str(error)
        ) from error
    except TooLong as error:
        message = say("{name} holds a subtitle longer than anybody could read.", name=path.name)
        raise BadInput(message, _CHOOSE) from error


def _words_of(cues: Sequence[Cue]) -> tuple[Word, ...]:
    words: list[Word] = []
    for cue in _untangled(without_repeats(cues)):
        words += [replace(word, speaker=cue.speaker) for word in _cue_words(cue)]
    return ordered_words(words, ZERO, max((word.end for word in words), default=ZERO))


def _cue_words(cue: Cue) -> list[Word]:
    """The words of a cue; its lines share its time, and those with times inside keep theirs."""
    if not any(line.timed for line in cue.lines):
        return spread_words(cue.text, cue.start, cue.end)
    words: list[Word] = []
    for place, line in enumerate(cue.lines):
        if line.timed:
            words += mended(line.timed, cue.start, cue.end)
            continue
        following = next((o.timed[0].start for o in cue.lines[place + 1 :] if o.timed), None) or cue.end
        begin = words[-1].end if words else cue.start
        words += spread_words(line.text, begin, max(begin, following))
    return words


def _untangled(cues: Sequence[Cue]) -> list[Cue]:
    """Cues one after the other: where two overlap, the first ends where the second starts, unless that
    leaves it no time to be spoken; then both share the time by their lengths. Cues with times inside stay."""
    result: list[Cue] = []
    for cue in cues:
        current = replace(cue)
        if result and current.start < result[-1].end:
            before = result[-1]
            end = max(before.end, current.end)
            border = max(current.start, before.start)
            fixed = any(line.timed for line in (*before.lines, *current.lines))
            if not fixed and (border - before.start).seconds < len(before.text) / _SPOKEN_LETTERS_PER_S:
                share = len(before.text) / (len(before.text) + len(current.text))
                border = before.start + Time(round((end - before.start).ticks * share))
            before.end, current.start = border, border
            current.end = current.end if fixed else end
        result.append(current)
    return result


def _from_json(path: Path, text: str) -> ReadWords:
    try:
        found = words_in(text)
    except JSON_FAULTS as error:
        raise BadInput(
            say("{name} is not a transcript.", name=path.name), _CHOOSE, details=repr(error)
        ) from error
    if found is None:
        raise BadInput(
            say("{name} is not a transcript.", name=path.name), "It has neither words nor segments."
        )
    return found


def _json_lines(path: Path, text: str) -> tuple[list[TranslatedLine], str]:
    try:
        return lines_in(text)
    except JSON_FAULTS as error:
        raise BadInput(
            say("{name} is not a transcript.", name=path.name), _CHOOSE, details=repr(error)
        ) from error
