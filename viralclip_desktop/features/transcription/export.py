"""Captions as a file: SRT, VTT, ASS, JSON or plain text; of a transcript, its translation, or both."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import Translation
from viralclip_desktop.features.transcription.cues import Cue, cues
from viralclip_desktop.features.transcription.second import cues_of_both, told_together, translated_cues

_PARAGRAPH_PAUSE_S = 2.0


def export_transcript(transcript: Transcript, fmt: str) -> str:
    """The transcript as text in ``fmt`` (one of :data:`FORMATS`); raises UsageError for another one."""
    return export_captions(transcript, None, fmt)


def export_captions(transcript: Transcript | None, translation: Translation | None, fmt: str) -> str:
    """A transcript, its translation or both at once (each cue with a line of either) as text in ``fmt`` (one
    of :data:`FORMATS`); raises UsageError for another one."""
    if fmt not in FORMATS:
        raise UsageError(
            say("There is no transcript format {fmt}.", fmt=fmt),
            say("Known ones: {formats}.", formats=", ".join(FORMATS)),
        )
    if fmt in _CUE_WRITERS:
        return _CUE_WRITERS[fmt](*_cues_of(transcript, translation))
    if fmt == "json":
        return json.dumps(_plain(transcript, translation), ensure_ascii=False, indent=1) + "\n"
    if transcript is not None and translation is not None:
        pairs = told_together(transcript, translation)
        return "\n\n".join("\n".join(filter(None, pair)) for pair in pairs) + "\n"
    return _paragraphs(transcript, translation)


def _cues_of(transcript: Transcript | None, translation: Translation | None) -> tuple[list[Cue], str]:
    """The cues, and the language they are in where it is one."""
    if translation is None:
        return (cues(transcript), transcript.language) if transcript is not None else ([], "")
    if transcript is None:
        return translated_cues(translation), translation.language
    return cues_of_both(transcript, translation), ""


def as_srt(found: Sequence[Cue], _language: str = "") -> str:
    """Cues as the text of an SRT file."""
    blocks = [
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{_lines(cue)}\n"
        for number, cue in enumerate(found, 1)
    ]
    return "\n".join(blocks)


def _vtt(found: Sequence[Cue], language: str) -> str:
    head = f"WEBVTT\nLanguage: {language}\n" if language else "WEBVTT\n"
    blocks = [head]
    for cue in found:
        text = _lines(cue).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{text}\n")
    return "\n".join(blocks)


def _lines(cue: Cue) -> str:
    """A cue's text; an arrow in it would be read as a time line."""
    return "\n".join(cue.lines).replace("-->", "→")


def _stamp(time: Time, point: str) -> str:
    milliseconds = time.samples(1000)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"


def _ass(found: Sequence[Cue], _language: str) -> str:
    import pysubs2

    file = pysubs2.SSAFile()
    file.info["PlayResX"], file.info["PlayResY"] = "1920", "1080"
    style = pysubs2.SSAStyle(fontname="Arial", fontsize=64, outline=3, shadow=0, marginv=60)
    file.styles["Default"] = style
    for cue in found:
        text = r"\N".join(ass_text(line) for line in cue.lines)
        start, end = cue.start.samples(1000), cue.end.samples(1000)
        file.append(pysubs2.SSAEvent(start=start, end=end, text=text))
    return str(file.to_string("ass"))


def ass_text(text: str) -> str:
    """Text for an ASS line, shown as typed: braces escaped, and backslashes kept from starting an order
    by an invisible word joiner."""
    return re.sub(r"\\", "\\\\\u2060", text).replace("{", r"\{").replace("}", r"\}")


def _plain(transcript: Transcript | None, translation: Translation | None) -> dict[str, object]:
    if transcript is None:
        return translation_json(translation) if translation is not None else {}
    both = {"translation": translation_json(translation)} if translation is not None else {}
    return transcript_json(transcript) | both


def translation_json(translation: Translation) -> dict[str, object]:
    """A translation as JSON values, times in source seconds."""
    lines = [
        {
            "text": line.text,
            "start_s": round(line.range.start.seconds, 6),
            "end_s": round(line.range.end.seconds, 6),
        }
        for line in translation.lines
    ]
    return {"language": translation.language, "lines": lines}


def transcript_json(transcript: Transcript) -> dict[str, object]:
    """The transcript as JSON values, times in source seconds."""
    return {
        "language": transcript.language,
        "engine": transcript.engine,
        "words": [
            {
                "text": word.text,
                "start_s": round(word.start.seconds, 6),
                "end_s": round(word.end.seconds, 6),
                "confidence": round(word.confidence, 4),
                "speaker": word.speaker,
            }
            for word in transcript.words
        ],
        "sentences": [
            {
                "text": transcript.text_of(sentence),
                "start_s": round(transcript.range_of(sentence).start.seconds, 6),
                "end_s": round(transcript.range_of(sentence).end.seconds, 6),
            }
            for sentence in transcript.sentences
        ],
    }


def _paragraphs(transcript: Transcript | None, translation: Translation | None) -> str:
    """Running text, a new paragraph at each long pause."""
    spans = [(line.range, line.text) for line in translation.lines] if translation is not None else []
    if transcript is not None:
        spans = [(transcript.range_of(one), transcript.text_of(one)) for one in transcript.sentences]
    paragraphs: list[list[str]] = [[]]
    last_end: Time | None = None
    for within, text in spans:
        if last_end is not None and (within.start - last_end).seconds >= _PARAGRAPH_PAUSE_S:
            paragraphs.append([])
        paragraphs[-1].append(text)
        last_end = within.end
    return "".join(" ".join(texts) + "\n\n" for texts in paragraphs if texts).rstrip("\n") + "\n"


_CUE_WRITERS: dict[str, Callable[[Sequence[Cue], str], str]] = {"srt": as_srt, "vtt": _vtt, "ass": _ass}
FORMATS = (*_CUE_WRITERS, "json", "txt")
