"""Hearing a voice before it is chosen, as a job: a short text, spoken once and kept as every line is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.tts.base import Line
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices import find_voice, speak_lines
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.media.run import input_args, run_ffmpeg

ANY_LANGUAGE: Final = "1, 2, 3, 4, 5."
"""What every voice says in its own language."""
_LONGEST: Final = 160  # characters: about ten seconds


@dataclass(frozen=True)
class SampleOrder:
    """Which voice, by its id, says what."""

    voice: str
    text: str = ANY_LANGUAGE


@dataclass(frozen=True)
class SampleDone:
    """The WAV file of what was spoken, in the cache."""

    sound: Path


def submit_sample(services: Services, voice_id: str, text: str = "") -> Job:
    """Queue it, or take up the one that is under way. A long ``text`` is cut at a word, without one the voice
    counts to five."""
    return services.jobs.submit(TRY_VOICE, SampleOrder(voice_id, _short(text) or ANY_LANGUAGE), once=True)


def samples_of(sound: Path, rate_hz: int, start_s: float = 0.0, length_s: float | None = None) -> bytes:
    """A sound file as 16-bit samples, left and right in turn; from a second of it on, and no more than so
    many seconds, where that is said. Raises Faults."""
    found = bytearray()
    start = ["-ss", f"{start_s:.6f}"] if start_s else []
    length = [] if length_s is None else ["-t", f"{length_s:.6f}"]
    wanted = ["-vn", "-f", "s16le", "-ar", str(rate_hz), "-ac", "2", "pipe:1"]
    run_ffmpeg([*start, *input_args(sound), *length, *wanted], stdout=found.extend)
    return bytes(found)


def _short(text: str) -> str:
    if not any(map(str.isalnum, text)) or len(text) <= _LONGEST:
        return text if any(map(str.isalnum, text)) else ""
    kept, _, _ = text[: _LONGEST + 1].rpartition(" ")
    return kept or text[:_LONGEST]


def _run(services: Services, request: SampleOrder, context: JobContext) -> SampleDone:
    voice = find_voice(services, request.voice)
    (said,) = speak_lines(services, voice, [Line(request.text, voice.name)], context.progress, context.cancel)
    return SampleDone(said.path)


TRY_VOICE = JobKind("try_voice", "try_voice", SampleOrder, SampleDone, _run)
