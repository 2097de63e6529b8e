"""The voice track of a dub: every line at its own sample, so that nothing drifts however long it is."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.compose.dub_timing import PlacedLine
from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.tts.base import Spoken
from viralclip_desktop.features.dubbing.lines import ScriptLine
from viralclip_desktop.media.faults import disk_fault

_BLOCK = 1 << 20  # bytes of silence written at once


@dataclass(frozen=True, slots=True)
class VoicedLine:
    """A line, where it goes, and what was spoken."""

    script: ScriptLine
    placed: PlacedLine
    sound: Path
    spoken: Spoken


def write_track(lines: Sequence[VoicedLine], duration: Time, out_wav: Path, cancel: CancelToken) -> None:
    """Write the lines into a mono WAV file as long as the clip, silence between them; line after line, so
    that an hour takes no more memory than a minute. Raises Cancelled and the fault of a full disk."""
    try:
        with written_beside(out_wav) as partial, partial.open("wb") as raw, wave.open(raw, "wb") as out:
            rate = _rate(lines)
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            at = 0
            for line in lines:
                cancel.raise_if_cancelled()
                at = _put(out, line, at, rate)
            _silence(out, duration.samples(rate) - at)
    except OSError as error:
        raise disk_fault(error, out_wav) from error


def dub_words(lines: Sequence[VoicedLine]) -> tuple[Word, ...]:
    """The words of the new voice in clip time; of a line whose voice tells no times, shared out evenly."""
    return tuple(word for line in lines for word in _words(line))


def _rate(lines: Sequence[VoicedLine]) -> int:
    for line in lines:
        with wave.open(str(line.sound), "rb") as wav:
            return wav.getframerate()
    return 24_000


def _put(out: wave.Wave_write, line: VoicedLine, at: int, rate: int) -> int:
    """Write a line where it belongs; returns the sample after it."""
    start = max(at, line.placed.range.start.samples(rate))
    _silence(out, start - at)
    with wave.open(str(line.sound), "rb") as wav:
        out.writeframesraw(wav.readframes(wav.getnframes()))
        return start + wav.getnframes()


def _silence(out: wave.Wave_write, samples: int) -> None:
    left = 2 * max(0, samples)
    while left:
        out.writeframesraw(bytes(min(left, _BLOCK)))
        left -= min(left, _BLOCK)


def _words(line: VoicedLine) -> list[Word]:
    start = line.placed.range.start
    if line.spoken.words:
        return [
            Word(word.text, start + word.range.start, start + word.range.end) for word in line.spoken.words
        ]
    texts, length = line.script.text.split(), line.spoken.duration.ticks
    edges = [start + Time(length * n // max(1, len(texts))) for n in range(len(texts) + 1)]
    return [Word(text, edges[n], edges[n + 1]) for n, text in enumerate(texts)]
