"""Transcripts in JSON: this program's own, and those of Whisper programs (openai-whisper and faster-whisper
style segments, whisperX with words that have no times, whisper.cpp with offsets and tokens)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.stt.marks import goes_on, split_text, spread_words
from viralclip_desktop.engines.stt.mending import LooseWord, apart, mended

_LONGEST_TEXT = 100_000  # characters: two hours of talk in one segment
_LONGEST_S = 360_000.0  # a hundred hours; a time beyond it is none


@dataclass(frozen=True, slots=True)
class ReadWords:
    """What a subtitle file holds. ``sentence_starts``: indices of words, where the file says so."""

    words: tuple[Word, ...]
    language: str = ""
    sentence_starts: tuple[int, ...] = ()


def words_in(text: str) -> ReadWords | None:
    """The words of a transcript in JSON; None when it is no transcript. Raises one of ``JSON_FAULTS``."""
    data = read_json(text)
    if not isinstance(data, dict):
        return None
    if "segments" in data:
        return _from_segments(data)
    if "transcription" in data:
        return _from_whisper_cpp(data)
    if "words" in data:
        return _from_words(data)
    if "word_segments" in data:
        return _from_words({"words": data["word_segments"], "language": data.get("language")})
    return None


def lines_in(text: str) -> tuple[list[TranslatedLine], str]:
    """The segments of a Whisper program, or this program's own sentences or lines; and the language.

    Raises one of ``JSON_FAULTS``.
    """
    data = read_json(text)
    kinds = ("lines", "segments", "sentences", "transcription")
    items: list[Any] = next((data[kind] for kind in kinds if data.get(kind)), [])
    lines = []
    for item in items:
        start, end = _span(item)
        words = " ".join(_text(item).split())
        if words:
            lines.append(TranslatedLine(TimeRange(start, max(start, end)), words))
    return lines, _language(data)


def _kept(words: list[Word]) -> tuple[Word, ...]:
    ordered = sorted(words, key=lambda word: word.start)  # segments may overlap; within one the order stays
    return apart(ordered, ZERO, max((word.end for word in ordered), default=ZERO))


def _language(data: dict[str, Any]) -> str:
    told = data.get("language") or (data.get("result") or {}).get("language") or ""
    return language_code(str(told))


def _span(item: dict[str, Any]) -> tuple[Time, Time]:
    if "offsets" in item:  # whisper.cpp: milliseconds
        return _time(item["offsets"]["from"] / 1000), _time(item["offsets"]["to"] / 1000)
    start, end = (item[key] if key in item else item[key.removesuffix("_s")] for key in ("start_s", "end_s"))
    return _time(start), _time(end)


def _time(value: Any) -> Time:
    seconds = float(value)
    if not 0 <= seconds <= _LONGEST_S:  # also for what is no number
        raise ValueError(f"{value!r} is no time")
    return Time.from_seconds(seconds)


def _from_words(data: dict[str, Any]) -> ReadWords:
    """This program's own shape, or a list of words with ``start`` and ``end``."""
    loose = _loose_words(data["words"])
    if not any(word.start is not None for word in loose):
        raise ValueError("words without times")
    words = _kept(mended(loose))
    starts = [Time.from_seconds(item["start_s"]) for item in data.get("sentences", [])]
    firsts = {word.start: index for index, word in reversed(list(enumerate(words)))}
    known = tuple(firsts[start] for start in starts if start in firsts)
    whole = len(known) == len(starts) and known[:1] == (0,)
    return ReadWords(words, str(data.get("language") or ""), known if whole else ())


def _from_segments(data: dict[str, Any]) -> ReadWords:
    """Segments with text and, if one is lucky, with words; some of those may have no times."""
    words: list[Word] = []
    for segment in data["segments"]:
        start, end = _segment_span(segment)
        speaker = str(segment.get("speaker") or "")
        loose = _loose_words(segment.get("words") or [], speaker)
        if any(word.start is not None for word in loose):
            words += mended(loose, start, end)
        elif start is not None and end is not None:
            spoken = spread_words(_text(segment), start, end)
            words += [Word(word.text, word.start, word.end, word.confidence, speaker) for word in spoken]
    return ReadWords(_kept(words), _language(data))


def _segment_span(segment: dict[str, Any]) -> tuple[Time | None, Time | None]:
    if "start" not in segment or "end" not in segment:
        return None, None
    start = _time(segment["start"])
    return start, max(start, _time(segment["end"]))


def _loose_words(items: list[dict[str, Any]], speaker: str = "") -> list[LooseWord]:
    """Words as they are listed. Where they bring the spaces before them, as Whisper's do, one without goes on
    with the word before ("ill" and "-disposed")."""
    spaced = any(_text(item)[:1].isspace() for item in items[1:])
    words: list[LooseWord] = []
    for item in items:
        word = _loose(item, speaker)
        if spaced and words and words[-1].text and word.text and goes_on(words[-1].text, _text(item)):
            last = words[-1]
            words[-1] = replace(last, text=last.text + word.text, end=word.end or last.end)
        else:
            words.append(word)
    return words


def _text(item: dict[str, Any]) -> str:
    text = str(item["text"] if "text" in item else item["word"])
    if len(text) > _LONGEST_TEXT:
        raise ValueError("a text longer than anybody could say")
    return text


def _loose(item: dict[str, Any], speaker: str = "") -> LooseWord:
    text = _text(item).strip()
    start, end = (item.get(key, item.get(key.removesuffix("_s"))) for key in ("start_s", "end_s"))
    confidence = next((item[key] for key in ("confidence", "probability", "score") if key in item), 1.0)
    return LooseWord(
        text,
        None if start is None else _time(start),
        None if end is None else _time(end),
        float(confidence),
        str(item.get("speaker") or speaker),
    )


def _from_whisper_cpp(data: dict[str, Any]) -> ReadWords:
    words: list[Word] = []
    for segment in data["transcription"]:
        start, end = _span(segment)
        tokens = [token for token in segment.get("tokens") or [] if not _is_order(str(token.get("text", "")))]
        timed = [token for token in tokens if "offsets" in token]
        if timed and len(timed) == len(tokens):
            words += mended(_joined(tokens), start, max(start, end))
        else:
            words += spread_words(_text(segment), start, max(start, end))
    return ReadWords(_kept(words), _language(data))


def _is_order(token: str) -> bool:
    """``[_BEG_]``, ``[_TT_150]``: not spoken."""
    return token.startswith("[_") and token.endswith("]")


def _joined(tokens: list[dict[str, Any]]) -> list[LooseWord]:
    """Tokens to words: one that does not begin with a space goes on with the word before."""
    text, begins = "", []
    for token in tokens:
        part = _text(token)
        begins += [_span(token)] * sum(not character.isspace() for character in part)
        text += part
    words, at = [], 0
    for word in split_text(text):
        size = sum(not character.isspace() for character in word)
        own = begins[at : at + size]
        words.append(LooseWord(word, own[0][0], max(own[0][0], own[-1][1])))
        at += size
    return words
