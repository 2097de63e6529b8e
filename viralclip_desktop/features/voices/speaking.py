"""Lines spoken by voices in worker processes, each once: what was spoken is kept by text, voice and
settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from viralclip_desktop.core.files import write_whole
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

STAGE = "speak"
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
    *,
    on_line: Callable[[int, Utterance], None] | None = None,
) -> list[Utterance]:
    """``lines`` by a voice, in files that stay (in the cache). What was spoken before is not spoken again;
    ``on_line`` hears of each line as it is there. Raises Faults and Cancelled; what was spoken until then is
    kept.
    """
    shelf = _Shelf(services.paths, voice.provider)
    there = {number: kept for number, line in enumerate(lines) if (kept := shelf.kept(line)) is not None}
    missing = [number for number in range(len(lines)) if number not in there]

    def take(number: int, utterance: Utterance) -> None:
        there[number] = utterance
        progress(ProgressEvent(STAGE, len(there) / len(lines)))
        if on_line is not None:
            on_line(number, utterance)

    for number, utterance in list(there.items()):
        take(number, utterance)
    if missing:
        shelf.fill(tts_setup(services), [(number, lines[number]) for number in missing], take, cancel)
    return [there[number] for number in range(len(lines))]


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
        self._folder, self._provider = paths.cache / "speech", provider

    def kept(self, line: Line) -> Utterance | None:
        """A line that was spoken before."""
        sound = self._file(line)
        try:
            told = read_json(sound.with_suffix(".json").read_text("utf-8"))
            return Utterance(sound, worker.spoken_from_json(told)) if sound.is_file() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def fill(
        self,
        setup: TtsSetup,
        lines: Sequence[tuple[int, Line]],
        take: Callable[[int, Utterance], None],
        cancel: CancelToken | None,
    ) -> None:
        """Speak ``lines``, whose numbers go to ``take`` with what was spoken."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_fault(error, self._folder) from error
        partial = [self._file(line).with_suffix(".partial") for _, line in lines]

        def on_message(message: Message) -> None:
            at = int(message["line"])
            number, line = lines[at]
            take(number, self._put(partial[at], line, message["spoken"]))

        try:
            run_in_worker(
                worker.TARGET,
                worker.request(self._provider, setup, [line for _, line in lines], partial),
                cancel=cancel,
                on_message=on_message,
                name=_name(self._provider),
            )
        finally:
            for path in partial:
                path.unlink(missing_ok=True)

    def _put(self, partial: Path, line: Line, spoken: Message) -> Utterance:
        sound = self._file(line)
        try:
            partial.replace(sound)
            write_whole(sound.with_suffix(".json"), json.dumps(spoken).encode())
        except OSError as error:
            raise disk_fault(error, sound) from error
        return Utterance(sound, worker.spoken_from_json(spoken))

    def _file(self, line: Line) -> Path:
        what = repr((_FORMAT, self._provider, line.voice, line.text, line.speed))
        return self._folder / f"{sha256(what.encode()).hexdigest()[:32]}.wav"


def _name(provider: str) -> str:
    return TTS.info(provider).name
