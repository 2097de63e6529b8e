"""A transcript as a file: SRT, VTT, ASS, JSON or plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.transcription.cues import Cue, cues

_PARAGRAPH_PAUSE_S = 2.0


def export_transcript(transcript: Transcript, fmt: str) -> str:
    """The transcript as text in ``fmt`` (one of :data:`FORMATS`); raises UsageError for another one."""
    if fmt not in _WRITERS:
        raise UsageError(f"There is no transcript format {fmt}.", f"Known ones: {', '.join(FORMATS)}.")
    return _WRITERS[fmt](transcript)


def _srt(transcript: Transcript) -> str:
    blocks = [
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{_lines(cue)}\n"
        for number, cue in enumerate(cues(transcript), 1)
    ]
    return "\n".join(blocks)


def _vtt(transcript: Transcript) -> str:
    head = f"WEBVTT\nLanguage: {transcript.language}\n" if transcript.language else "WEBVTT\n"
    blocks = [head]
    for cue in cues(transcript):
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


def _ass(transcript: Transcript) -> str:
    import pysubs2

    file = pysubs2.SSAFile()
    file.info["PlayResX"], file.info["PlayResY"] = "1920", "1080"
    style = pysubs2.SSAStyle(fontname="Arial", fontsize=64, outline=3, shadow=0, marginv=60)
    file.styles["Default"] = style
    for cue in cues(transcript):
        text = r"\N".join(ass_text(line) for line in cue.lines)
        start, end = cue.start.samples(1000), cue.end.samples(1000)
        file.append(pysubs2.SSAEvent(start=start, end=end, text=text))
    return str(file.to_string("ass"))


def ass_text(text: str) -> str:
    """Text for an ASS line, shown as typed: braces escaped, and backslashes kept from starting an order
    by an invisible word joiner."""
    return re.sub(r"\\", "\\\\\u2060", text).replace("{", r"\{").replace("}", r"\}")


def _json(transcript: Transcript) -> str:
    return json.dumps(transcript_json(transcript), ensure_ascii=False, indent=1) + "\n"


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


def _txt(transcript: Transcript) -> str:
    """Running text, a new paragraph at each long pause."""
    paragraphs: list[list[str]] = [[]]
    last_end: Time | None = None
    for sentence in transcript.sentences:
        within = transcript.range_of(sentence)
        if last_end is not None and (within.start - last_end).seconds >= _PARAGRAPH_PAUSE_S:
            paragraphs.append([])
        paragraphs[-1].append(transcript.text_of(sentence))
        last_end = within.end
    return "".join(" ".join(texts) + "\n\n" for texts in paragraphs if texts).rstrip("\n") + "\n"


_WRITERS: dict[str, Callable[[Transcript], str]] = {
    "srt": _srt,
    "vtt": _vtt,
    "ass": _ass,
    "json": _json,
    "txt": _txt,
}
FORMATS = tuple(_WRITERS)
