"""Words from a subtitle file instead of a recogniser, or its lines as they are: SRT, VTT, ASS/SSA and JSON.

Cues are read by pysubs2; each cue's words get times by their length. JSON may be this program's own
transcript or that of a Whisper program (segments, with or without words).
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.engines.stt.base import ordered_words
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code, script_language
from viralclip_desktop.engines.stt.marks import spread_words

_FORMATS = {".srt": "srt", ".vtt": "vtt", ".ass": "ass", ".ssa": "ssa"}
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")  # {\an8}: an order to the renderer; other braces are text
_ASS_BLOCK = re.compile(r"\{[^{}]*\}")
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>]*|\d[\d:.]*)>")
_SOUND = re.compile(r"^[\s♪♫]*(?:\[[^\[\]]*\]|\([^()]*\))?[\s♪♫]*$")  # "[music]": heard, not spoken
_CHOOSE = "Choose another file."
_SPOKEN_LETTERS_PER_S = 25.0  # nobody speaks faster for long; less time than that is a fault of the cues


@dataclass(frozen=True, slots=True)
class ReadWords:
    """What a subtitle file holds. ``sentence_starts``: indices of words, where the file says so."""

    words: tuple[Word, ...]
    language: str = ""
    sentence_starts: tuple[int, ...] = ()


@dataclass(slots=True)
class _Cue:
    start: Time
    end: Time
    lines: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def read_subtitles(path: Path) -> ReadWords:
    """The words of a subtitle file in the file's own time.

    Raises BadInput when it is missing, in no format known here, or holds no words.
    """
    if path.suffix.lower() == ".json":
        found = _from_json(path, _text_of(path))
    else:
        found = ReadWords(_from_cues(_cues_of(path)), _language_in(path))
    if not found.words:
        raise BadInput(say("{name} holds no subtitles.", name=path.name), _CHOOSE)
    return found


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The lines of a subtitle file in its own time, and their language where it tells one."""

    lines: tuple[TranslatedLine, ...]
    language: str = ""


def read_lines(path: Path) -> ReadLines:
    """The lines of a subtitle file, one for each cue, as a translation keeps them.

    Raises BadInput when it is missing, in no format known here, or holds no words.
    """
    if path.suffix.lower() == ".json":
        cues, language = _cues_in_json(path, _text_of(path))
    else:
        cues, language = _without_repeats(_cues_of(path)), _language_in(path)
    lines = tuple(TranslatedLine(TimeRange(cue.start, cue.end), cue.text) for cue in cues)
    if not lines:
        raise BadInput(say("{name} holds no subtitles.", name=path.name), _CHOOSE)
    return ReadLines(lines, language or script_language(" ".join(line.text for line in lines)))


def _text_of(path: Path) -> str:
    try:
        return decoded(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInput(
            say("There is no file {path}.", path=path), "Check the name and the folder."
        ) from error
    except OSError as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check its permissions.", str(error)
        ) from error


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 or UTF-32 (with a mark, or by zero bytes) or else in the code page of Windows for
    Thai, or for the West."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return data.decode("utf-32", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    sample = data[:1000]
    if len(sample) > 3 and sample.count(0) > len(sample) // 4:
        little = sample[1::2].count(0) >= sample[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _in_code_page(data)


def _in_code_page(data: bytes) -> str:
    """Thai is nearly all letters beyond ASCII; of those of the West only now and then one is."""
    high, low = sum(byte >= 0xA0 for byte in data), sum(chr(byte).isalpha() for byte in data if byte < 0x80)
    try:
        if high > low:
            return data.decode("cp874")
    except UnicodeDecodeError:  # Cyrillic and others use bytes that Thai has not
        pass
    return data.decode("cp1252", "replace")


def _language_in(path: Path) -> str:
    """The language a name such as ``talk.en.srt`` tells."""
    code = language_code(Path(path.stem).suffix.lstrip("."))
    return code if code in LANGUAGE_NAMES else ""


def _cues_of(path: Path) -> list[_Cue]:
    kind = _FORMATS.get(path.suffix.lower())
    text = _text_of(path)
    if kind is None:
        raise BadInput(
            say("{name} is in no subtitle format known here.", name=path.name),
            "Known ones: SRT, VTT, ASS, JSON.",
        )
    return _cues(path, text, kind)


def _cues(path: Path, text: str, kind: str) -> list[_Cue]:
    import pysubs2

    options = {"keep_html_tags": True} if kind in ("srt", "vtt") else {}
    text = _vtt_cues(text) if kind == "vtt" else text
    try:
        events = pysubs2.SSAFile.from_string(text, format_=kind, **options)
    except (pysubs2.exceptions.Pysubs2Error, ValueError) as error:
        raise BadInput(
            say("{name} is not a {upper} file.", name=path.name, upper=kind.upper()), _CHOOSE, str(error)
        ) from error
    cues = []
    for event in events:
        lines = [] if event.is_comment or event.is_drawing else _lines(event.text, kind)
        if lines and event.end > event.start:
            cues.append(_Cue(_milliseconds(max(0, event.start)), _milliseconds(event.end), lines))
    return sorted(cues, key=lambda cue: cue.start)


def _vtt_cues(text: str) -> str:
    """The cues of a VTT file alone: notes, styles and the names of cues would be read as their text."""
    blocks = (block.splitlines() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    cues = []
    for lines in blocks:
        stamp = next((index for index, line in enumerate(lines[:2]) if "-->" in line), None)
        if stamp is not None:
            cues.append("\n".join(lines[stamp:]))
    return "\n\n".join(cues) + "\n"


def _milliseconds(value: int) -> Time:
    return Time.from_samples(value, 1000)


def _lines(text: str, kind: str) -> list[str]:
    """A cue's lines as typed: without tags, dashes of speakers, and sounds in brackets."""
    text = re.sub(r"\\[Nn]", "\n", text).replace("\\h", " ")
    if kind in ("ass", "ssa"):
        text = _ASS_BLOCK.sub("", text)
    else:
        text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
        text = html.unescape(_TAG.sub("", _OVERRIDE.sub("", text)))
    lines = (re.sub(r"^\s*[-–—]\s*(?=\w)", "", line).strip(" \t\u200e\u200f♪♫") for line in text.split("\n"))
    return [line for line in lines if line and not _SOUND.match(line)]


def _from_cues(cues: Sequence[_Cue]) -> tuple[Word, ...]:
    words: list[Word] = []
    for cue in _untangled(_without_repeats(cues)):
        words += spread_words(cue.text, cue.start, cue.end)
    return _fit(words)


def _without_repeats(cues: Sequence[_Cue]) -> list[_Cue]:
    """Rolling captions repeat the last line of the cue before: each line is kept once."""
    kept: list[_Cue] = []
    last_line, last_end = "", ZERO
    for cue in cues:
        lines = list(cue.lines)
        while lines and lines[0] == last_line and (cue.start - last_end).seconds < 0.1:
            lines.pop(0)
        last_line, last_end = cue.lines[-1], cue.end
        if lines:
            kept.append(_Cue(cue.start, cue.end, lines))
        elif kept:
            kept[-1].end = max(kept[-1].end, cue.end)
    return kept


def _untangled(cues: Sequence[_Cue]) -> list[_Cue]:
    """Cues one after the other: where two overlap, the first ends where the second starts, unless that
    leaves it no time to be spoken; then both share the time by their lengths."""
    result: list[_Cue] = []
    for cue in cues:
        current = _Cue(cue.start, cue.end, cue.lines)
        if result and current.start < result[-1].end:
            before = result[-1]
            end = max(before.end, current.end)
            border = max(current.start, before.start)
            if (border - before.start).seconds < len(before.text) / _SPOKEN_LETTERS_PER_S:
                share = len(before.text) / (len(before.text) + len(current.text))
                border = before.start + Time(round((end - before.start).ticks * share))
            before.end, current.start, current.end = border, border, end
        result.append(current)
    return result


def _fit(words: list[Word]) -> tuple[Word, ...]:
    return ordered_words(words, ZERO, max((word.end for word in words), default=ZERO))


def _from_json(path: Path, text: str) -> ReadWords:
    with _told(path):
        data = json.loads(text)
        if isinstance(data, dict) and "segments" in data:
            return _from_segments(data)
        if isinstance(data, dict) and "words" in data:
            return _from_words(data)
    raise BadInput(say("{name} is not a transcript.", name=path.name), "It has neither words nor segments.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what odd JSON makes the readers raise into one sentence."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise BadInput(
            say("{name} is not a transcript.", name=path.name), _CHOOSE, details=repr(error)
        ) from error


def _cues_in_json(path: Path, text: str) -> tuple[list[_Cue], str]:
    """The segments of a Whisper program, or this program's own sentences or lines; and the language."""
    with _told(path):
        data = json.loads(text)
        kinds = ("lines", "segments", "sentences")
        items: list[Any] = next((data[kind] for kind in kinds if data.get(kind)), [])
        cues = [_json_cue(item) for item in items]
        return [cue for cue in cues if cue.text], language_code(str(data.get("language") or ""))


def _json_cue(item: dict[str, Any]) -> _Cue:
    start, end = (item[key] if key in item else item[key.removesuffix("_s")] for key in ("start_s", "end_s"))
    low = Time.from_seconds(start)
    return _Cue(low, max(low, Time.from_seconds(end)), " ".join(str(item["text"]).split()).splitlines())


def _from_words(data: dict[str, Any]) -> ReadWords:
    """This program's own shape, or a list of words with ``start`` and ``end``."""
    words = _fit([_json_word(item) for item in data["words"]])
    starts = [Time.from_seconds(item["start_s"]) for item in data.get("sentences", [])]
    firsts = {word.start: index for index, word in reversed(list(enumerate(words)))}
    known = tuple(firsts[start] for start in starts if start in firsts)
    whole = len(known) == len(starts) and known[:1] == (0,)
    return ReadWords(words, str(data.get("language") or ""), known if whole else ())


def _from_segments(data: dict[str, Any]) -> ReadWords:
    """The shape of Whisper programs: segments with text and, if one is lucky, with words."""
    words: list[Word] = []
    for segment in data["segments"]:
        timed = [item for item in segment.get("words") or [] if "start" in item and "end" in item]
        if timed and len(timed) == len(segment["words"]):
            words += [_json_word(item) for item in timed]
        else:
            start, end = Time.from_seconds(segment["start"]), Time.from_seconds(segment["end"])
            words += spread_words(segment["text"], start, max(start, end))
    return ReadWords(_fit(words), language_code(str(data.get("language") or "")))


def _json_word(item: dict[str, Any]) -> Word:
    text = str(item["text"] if "text" in item else item["word"])
    start = Time.from_seconds(item["start_s"] if "start_s" in item else item["start"])
    end = Time.from_seconds(item["end_s"] if "end_s" in item else item["end"])
    confidence = next((item[key] for key in ("confidence", "probability", "score") if key in item), 1.0)
    return Word(text.strip(), start, end, confidence, str(item.get("speaker") or ""))
