"""Dubs a film into every language there is a translation for, and measures what came of it against the bars.

``python tests/support/dub_bars.py FOLDER [--engine espeak kokoro] [--plan]``: FOLDER holds ``film.mp4``,
``es.srt``, ``fr.srt`` and so on (what is to be said, each line at the times where the film says it), and
``models`` (Whisper, and Kokoro where it is asked for). What is made lies in ``FOLDER/made`` and is not made
again. ``--plan``: only where the lines would go, told before anything is spoken.

Of a dub's own report only the word error is taken. Where lines begin and end is heard in the voice track and
compared with the subtitle file; loudness and peak are those of the finished film.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import sys
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any, Final

import numpy as np

from viralclip_desktop.app import build_services
from viralclip_desktop.compose.dub_timing import PlacedLine
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.engines.stt.subtitles import read_lines
from viralclip_desktop.engines.tts.base import Line, Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.editing.translating import import_translation
from viralclip_desktop.features.transcription.job import start_transcribing
from viralclip_desktop.features.voices import Utterance, offered_voices, speak_lines
from viralclip_desktop.features.workflows.dub import (
    DUB_LANGUAGE,
    DubOrder,
    LanguageDone,
    LanguageOrder,
    dubs_of,
    submit_dub,
)
from viralclip_desktop.features.workflows.dub_planning import DubPlan, plan_dub
from viralclip_desktop.features.workflows.main_job import import_recording
from viralclip_desktop.features.workflows.subjects import subject_clip
from viralclip_desktop.media.loudness import listen

STEP_S: Final = 0.005  # how finely sound is looked at
LOUD: Final = 0.04  # of a line's loudest moment: there its voice has begun
PAUSE_S: Final = 0.12  # of silence after which a beginning can be heard; within words it is shorter
NEAR_S: Final = 0.2  # how far from where it is said to be a word is looked for
APART_S: Final = 2.0  # lines further apart are no neighbours to the ear
Span = tuple[float, float]


@dataclass(frozen=True)
class Sound:
    """A mono sound and how loud each step of it is."""

    levels: np.ndarray

    @classmethod
    def read(cls, path: Path) -> Sound:
        with wave.open(str(path), "rb") as wav:
            rate = wav.getframerate()
            samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(np.float32)
        edges = np.round(np.arange(0, len(samples) / rate, STEP_S) * rate).astype(int)
        energy = np.add.reduceat(samples**2, edges) if len(samples) else samples
        return cls(np.sqrt(energy / (rate * STEP_S)))

    def voiced(self, start_s: float, end_s: float) -> Span | None:
        """From the first loud moment between two times to the last; None for silence."""
        first = max(0, round(start_s / STEP_S))
        part = self.levels[first : max(first, round(end_s / STEP_S))]
        loud = np.flatnonzero(part > LOUD * part.max()) if len(part) and part.max() > 0 else ()
        return ((first + loud[0]) * STEP_S, (first + loud[-1] + 1) * STEP_S) if len(loud) else None

    def onsets(self) -> np.ndarray:
        """Where it becomes loud after a pause, in seconds."""
        loud = self.levels > LOUD * self.levels.max() if len(self.levels) else np.zeros(0, bool)
        pause = round(PAUSE_S / STEP_S)
        before = np.concatenate([np.zeros(pause, bool), loud])
        quiet = np.array([not before[at : at + pause].any() for at in range(len(loud))], bool)
        return np.flatnonzero(loud & quiet) * STEP_S


def timing(said: Sequence[Span], spoken: Sequence[Span], heard: Sequence[float]) -> dict[str, float]:
    """The bars of where lines lie: ``said`` by the original, ``spoken`` by the dub, how fast ``heard``."""
    late = [new[0] - old[0] for old, new in zip(said, spoken, strict=True)]
    near = [after[0] - one[1] < APART_S for one, after in pairwise(spoken)]
    changes = [abs(b - a) for (a, b), close in zip(pairwise(heard), near, strict=True) if close]
    return {
        "overlap": mean(map(_overlap, said, spoken)),
        "onset_ms": 1000 * median(map(abs, late)),
        "speed": sorted(heard)[math.ceil(0.95 * len(heard)) - 1],
        "change": max(changes, default=0.0),
        "drift_ms": 1000 * abs(late[-1] - late[0]),
    }


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def measured(
    services: Services, done: LanguageDone, said: Sequence[Span], planned: DubPlan
) -> dict[str, Any]:
    """A finished dub, by what is heard in its files."""
    told = json.loads(done.files.manifest.read_text("utf-8"))
    track, lines = Sound.read(done.files.audio), told["lines"]
    found = [track.voiced(line["start_s"] - 0.05, line["end_s"] + 0.05) for line in lines]
    spoken = [one or (line["start_s"], line["end_s"]) for one, line in zip(found, lines, strict=True)]
    loud = listen(done.files.video).loudness
    row: dict[str, Any] = timing(said, spoken, [line["speed"] for line in lines])
    row |= {"silent": found.count(None), "too_long": sum(line["fit"] == "too long" for line in lines)}
    row |= {"wer": told["report"]["wer"], "lufs": loud.integrated_lufs, "peak_dbtp": loud.true_peak_dbtp}
    voice = _voice(services, told["voice"])
    asked = [
        Line(line.text, voice.name, one.speed)
        for line, one in zip(planned.script, planned.placed, strict=True)
    ]
    away = [ms for one in speak_lines(services, voice, asked) for ms in word_errors(one)]
    return row | {"words_ms": median(away) if away else None, "words": len(away)}


def word_errors(one: Utterance) -> Iterator[float]:
    """How far the told beginnings of words lie from the heard ones, in milliseconds, of those words that
    begin after a pause, where a beginning can be heard."""
    starts = np.array([word.range.start.seconds for word in one.spoken.words])
    for onset in Sound.read(one.path).onsets():
        near = np.abs(starts - onset)
        if len(near) and near.min() <= NEAR_S:
            yield 1000 * float(near.min())


def _voice(services: Services, voice_id: str) -> Voice:
    return next(one.voice for one in offered_voices(services) if one.voice.id == voice_id)


def best_of(services: Services, engine: str, code: str) -> Voice:
    """The first voice of an engine for a language."""
    found = (one.voice for one in offered_voices(services) if one.voice.provider == engine)
    return next(voice for voice in found if voice.language == code)


def recording(services: Services, film: Path) -> str:
    """The film's id in the program, taken in and listened to where it is not there yet."""
    known = {Path(source.path): source.id for source in services.store.sources()}
    if film not in known:
        known[film] = import_recording(services, film, lambda _: None, CancelToken()).id
    if services.store.transcript(known[film]) is None:
        services.jobs.wait(start_transcribing(services, known[film]).id)
    return known[film]


def dubbed(services: Services, subject: str, code: str, voice: Voice) -> tuple[LanguageDone, float | None]:
    """A dub into a language, made where it is not there, and the program's own share of the time it took on
    processors, its voices, recognisers and encoders left out."""
    for job in dubs_of(services, [subject]):
        if job.state is WorkState.COMPLETED and DUB_LANGUAGE.is_of(job):
            asked = DUB_LANGUAGE.request_of(job).language
            if (asked.code, asked.voice) == (code, voice.id):
                return DUB_LANGUAGE.result_of(job), None
    before = _cpu_s()
    services.jobs.wait(submit_dub(services, DubOrder(subject), [LanguageOrder(code, voice.id)]).id)
    own, others = (after - was for after, was in zip(_cpu_s(), before, strict=True))
    (job, *_) = dubs_of(services, [subject])
    assert job.state is WorkState.COMPLETED, job.error
    return DUB_LANGUAGE.result_of(job), own / (own + others)


def _cpu_s() -> tuple[float, float]:
    """Of this process, and of those it has started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, others = (one.ru_utime + one.ru_stime for one in used)
    return own, others


def row_of(services: Services, subject: str, srt: Path, engine: str, *, only_plan: bool) -> dict[str, Any]:
    """One language of one engine."""
    code = srt.stem
    voice = best_of(services, engine, code)
    import_translation(services.store, services.store.source(subject).id, srt, code)
    said = [_seconds(line.range) for line in read_lines(srt).lines]
    made = None if only_plan else dubbed(services, subject, code, voice)
    planned = plan_dub(services, subject_clip(services.store, subject), code, voice)
    if made is None:
        placed: Sequence[PlacedLine] = planned.placed
        row: dict[str, Any] = timing(said, [_seconds(one.range) for one in placed], [p.heard for p in placed])
        row["too_long"] = sum(one.over.ticks > 0 for one in placed)
    else:
        row = measured(services, made[0], said, planned) | {"own": made[1]}
    return {"language": code, "engine": engine, "lines": len(said)} | row


def _seconds(span: TimeRange) -> Span:
    return span.start.seconds, span.end.seconds


def main() -> None:
    """Print the table, a row for each language and engine."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--engine", nargs="+", default=["espeak", "kokoro"])
    ask.add_argument("--plan", action="store_true", help="only where the lines would go")
    asked = ask.parse_args()
    folder = asked.folder.absolute()
    with _services(folder) as services:
        subject = recording(services, (folder / "film.mp4").resolve())
        for engine in asked.engine:
            for srt in sorted(folder.glob("*.srt")):
                row = row_of(services, subject, srt, engine, only_plan=asked.plan)
                told = {key: round(one, 3) if isinstance(one, float) else one for key, one in row.items()}
                sys.stdout.write(json.dumps(told) + "\n")
                sys.stdout.flush()


@contextmanager
def _services(folder: Path) -> Iterator[Services]:
    services = build_services(DataPaths(folder / "made", folder / "models"))
    try:
        yield services
    finally:
        services.close()


if __name__ == "__main__":
    main()
