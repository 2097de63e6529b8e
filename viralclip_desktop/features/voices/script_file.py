"""The text of a file that is to be spoken."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.stt.encodings import UnknownEncoding, decoded
from viralclip_desktop.engines.stt.subtitles import read_lines

_LARGEST_BYTES: Final = 1_000_000
_SUBTITLES: Final = ".srt"
_KINDS: Final = (".txt", ".md", _SUBTITLES)


def text_in(path: Path) -> str:
    """What a text file says; of subtitles the lines without their times. Raises BadInput for another kind of
    file, one of more than 1 MB, and one without a text."""
    text = ""
    try:
        if path.suffix.lower() in _KINDS and path.stat().st_size <= _LARGEST_BYTES:
            text = _subtitles(path) if path.suffix.lower() == _SUBTITLES else decoded(path.read_bytes())
    except (OSError, UnknownEncoding, BadInput) as error:
        raise _nothing_in(path) from error
    if not text.strip() or "\0" in text:
        raise _nothing_in(path)
    return text.strip()


def _subtitles(path: Path) -> str:
    return "\n".join(line.text for line in read_lines(path).lines)


def _nothing_in(path: Path) -> BadInput:
    return BadInput(
        say("“{name}” gives no text to speak.", name=path.name),
        "Drop a text file (.txt, .md or .srt) of up to 1 MB.",
    )
