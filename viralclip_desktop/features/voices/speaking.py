"""Lines spoken by voices in worker processes, each once: what was spoken is kept by text, voice and
settings."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from viralclip_desktop.core.files import keep_within, make_folder, write_whole
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts import worker
from viralclip_desktop.engines.tts.base import Line, Spoken, TtsSetup, Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices.catalogue import tts_setup
from viralclip_desktop.jobs.worker import Message, run_in_worker
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.workdir import scratch

STAGE = "speak"
_MOST_BYTES = 1_000_000_000  # of all that is kept: about six hours of speech; what is unused for longest goes
_FORMAT = 1  # of what is kept: another one when an engine here speaks differently


@dataclass(frozen=True, slots=True)
class Utterance:
    """A spoken line: its sound file, its length, its words."""

    path: Path
    spoken: Spoken


def speak_lines(
    services: Services,
    voice: Voice,
    lines: Sequence[Line],
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> list[Utterance]:
    """``lines`` by a voice, in files of the cache. What was spoken before is not spoken again, nor is a line
    that comes twice. Raises Faults and Cancelled; what was spoken until then is kept."""
    shelf, wanted = _Shelf(services.paths, voice.provider), list(dict.fromkeys(lines))
    there = {line: kept for line in wanted if (kept := shelf.kept(line)) is not None}

    def take(line: Line, utterance: Utterance) -> None:
        there[line] = utterance
        progress(ProgressEvent(STAGE, len(there) / len(wanted)))

    missing = [line for line in wanted if line not in there]
    if missing:
        shelf.fill(tts_setup(services), missing, take, cancel)
    return [there[line] for line in lines]


def predict_lines(
    services: Services, voice: Voice, lines: Sequence[Line], cancel: CancelToken | None = None
) -> list[Time]:
    """How long each line will be, before it is spoken. Raises Faults and Cancelled."""
    answer = run_in_worker(
        worker.PREDICT_TARGET,
        worker.request(voice.provider, tts_setup(services), lines),
        cancel=cancel,
        name=_name(voice.provider),
    )
    return [Time(ticks) for ticks in answer["ticks"]]


class _Shelf:
    """What a provider has spoken, in ``cache/speech``."""

    def __init__(self, paths: DataPaths, provider: str) -> None:
        self._paths, self._folder, self._provider = paths, paths.cache / "speech", provider

    def kept(self, line: Line) -> Utterance | None:
        """A line that was spoken before."""
        sound = self._file(line)
        try:
            told = read_json(sound.with_suffix(".json").read_text("utf-8"))
            os.utime(sound)
            return Utterance(sound, worker.spoken_from_json(told))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def fill(
        self,
        setup: TtsSetup,
        lines: Sequence[Line],
        take: Callable[[Line, Utterance], None],
        cancel: CancelToken | None,
    ) -> None:
        """Speak ``lines``, each another one; ``take`` gets each with what was spoken."""
        with scratch(self._paths.render_work) as work:
            out = [work / f"{number}.wav" for number in range(len(lines))]

            def on_message(message: Message) -> None:
                at = int(message["line"])
                take(lines[at], self._put(out[at], lines[at], message["spoken"]))

            run_in_worker(
                worker.TARGET,
                worker.request(self._provider, setup, lines, out),
                cancel=cancel,
                on_message=on_message,
                name=_name(self._provider),
            )
        keep_within(self._folder.iterdir(), _MOST_BYTES)

    def _put(self, made: Path, line: Line, spoken: Message) -> Utterance:
        sound = self._file(line)
        try:
            make_folder(self._folder)
            made.replace(sound)
            write_whole(sound.with_suffix(".json"), json.dumps(spoken).encode())
        except OSError as error:
            raise disk_fault(error, sound) from error
        return Utterance(sound, worker.spoken_from_json(spoken))

    def _file(self, line: Line) -> Path:
        what = repr((_FORMAT, self._provider, line.voice, line.text, line.speed))
        return self._folder / f"{sha256(what.encode()).hexdigest()[:32]}.wav"


def _name(provider: str) -> str:
    return TTS.info(provider).name
