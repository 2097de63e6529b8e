"""Writing down what is said in a source: chooses the engine, runs it apart, keeps what it says."""

from __future__ import annotations

import os
import time
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import (
    UNKNOWN_S,
    CancelToken,
    Progress,
    ProgressEvent,
    TimeLeft,
    ignore_progress,
    no_time_left,
    staged,
)
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.transcript import Transcript, Word, join_words
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.ledger import Ledger, Payment
from viralclip_desktop.engines.registry import STT, secrets_for
from viralclip_desktop.engines.stt import worker as stt_worker
from viralclip_desktop.engines.stt.base import SpeechToText, SttRequest, SttSegment, SttSetup, SttUsed
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.stt.messages import from_message
from viralclip_desktop.features.common.so_far import clips_so_far, grown_transcript
from viralclip_desktop.features.transcription.drafts import punctuate
from viralclip_desktop.features.transcription.partial import PartialTranscript
from viralclip_desktop.features.transcription.sentences import by_marks
from viralclip_desktop.jobs.worker import run_in_worker

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

STAGE = "transcribe"
PARTIAL_NAME = "transcript.partial.jsonl"
SPEECH_NAME = "speech.wav"
GET_WHISPER = "viralclip models install small"

_MEASURED, _MEASURED_S = 0.02, 2.0  # heard, and seconds at work, before which a speed would be a guess
_LAST_WORDS = 12
_EXTRACT_SHARE = 0.05  # decoding the sound takes about a twentieth of the draft recogniser's time

Secrets = Callable[[str], str | None]


def stt_setup(
    paths: DataPaths,
    *,
    model: str | None = None,
    gate: NetworkGate | None = None,
    environ: Mapping[str, str] = os.environ,
    secrets: Secrets | None = None,
    options: Mapping[str, Any] | None = None,
) -> SttSetup:
    """What engines are built from here: folders, the offline switch, keys, and the providers' own settings.

    ``secrets`` gives a stored key by its environment name (``OPENAI_API_KEY``); the environment wins.
    """

    def key(name: str) -> str | None:
        return environ.get(name) or (secrets(name) if secrets else None)

    return SttSetup(
        models=paths.models,
        model=model or "",
        offline=gate is not None and gate.offline,
        options={"openai_base_url": environ.get("OPENAI_BASE_URL", "")} | dict(options or {}),
        secrets=secrets_for(STT, key),
    )


def transcribe_source(
    store: Store,
    paths: DataPaths,
    source_id: str,
    *,
    engine: str | None = None,
    language: str | None = None,
    model: str | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    notices: NoticeBoard | None = None,
    gate: NetworkGate | None = None,
    environ: Mapping[str, str] = os.environ,
    secrets: Secrets | None = None,
    options: Mapping[str, Any] | None = None,
    ledger: Ledger | None = None,
    follower: Follower | None = None,
) -> Transcript:
    """Transcribe a source and store the transcript. Takes a while; blocks.

    ``engine`` None takes Whisper if there is a model, else the draft recogniser with a notice. A run that
    was cancelled or crashed goes on where it stopped. A paid engine asks ``ledger`` first. ``follower`` is
    told of every piece as it is heard, until the engine has ended. Raises BadInput
    where there is no sound or no speech, EnvironmentLacks when an engine asked for cannot work, OverBudget,
    and Cancelled.
    """
    source = store.source(source_id)
    cancel = cancel or CancelToken()
    code = language_code(language) if language else None
    setup = stt_setup(paths, model=model, gate=gate, environ=environ, secrets=secrets, options=options)
    chosen = choose_engine(setup, engine, code, notices)
    speech = paths.source_cache(source_id) / SPEECH_NAME
    listening = staged(progress, STAGE, 0.0 if speech.exists() else _EXTRACT_SHARE, 1.0)
    _ensure_speech(source, speech, no_time_left(staged(progress, STAGE, 0.0, _EXTRACT_SHARE)), cancel)
    task = _Task(source, speech, chosen, setup, code, ledger)
    partial = task.partial()
    with follower or nullcontext():
        answer = task.listen(partial, listening, cancel, follower)
    if not partial.words:
        partial.discard()
        raise _no_speech(source)
    transcript = _transcript(
        chosen.info.id, answer["language"] or partial.language, answer["punctuated"], partial.words
    )
    if notices is not None and replaces_another(store, source_id):
        notices.info(
            "The transcript that was there was replaced, with all corrections in it.",
            say("Undo brings it back, or “viralclip undo {project}”.", project=source.project_id),
        )
    stored = put_transcript(store, source, replace(transcript, track=source.audio_index), "Transcribe")
    partial.discard()
    return stored


def choose_engine(
    setup: SttSetup, wanted: str | None, language: str | None = None, notices: NoticeBoard | None = None
) -> SpeechToText:
    """The engine asked for, or the best one that can work here; it is ready when this returns."""
    if wanted:
        engine = STT.make(wanted, setup)
        problem = engine.ready()
        if problem:
            raise EnvironmentLacks(problem)
        return engine
    whisper = STT.make("whisper", setup)
    problem = whisper.ready()
    if problem is None:
        return whisper
    if setup.model:
        raise EnvironmentLacks(problem)
    if language not in (None, "en"):
        raise EnvironmentLacks(
            "The built-in draft recogniser knows English only.",
            say("For any other language run: {get_whisper}", get_whisper=GET_WHISPER),
        )
    if notices is not None:
        notices.caution(
            "Using the built-in draft recogniser (English only).",
            say("For accurate captions in any language run: {get_whisper}", get_whisper=GET_WHISPER),
            leads_to="models",
        )
    return STT.make("sphinx", setup)


def put_transcript(store: Store, source: Source, transcript: Transcript, label: str) -> Transcript:
    """Store a transcript; as it is stored. Only one that replaces another can be undone: there is no way back
    to nothing, or to the first part of the recording, for clips that were cut from it."""
    so_far = clips_so_far(store, source.id)
    begun = so_far is not None and not so_far.whole
    replaces = replaces_another(store, source.id)
    with store.transaction(label, source.project_id, undoable=replaces) as tx:
        if so_far is not None and begun:
            transcript = grown_transcript(store, source.id, transcript)
            tx.put(replace(so_far, heard=source.info.duration, whole=True).noted())
        tx.put_transcript(source.id, transcript)
    return transcript


def replaces_another(store: Store, source_id: str) -> bool:
    """Whether a transcript that is stored now takes the place of another one of the whole recording."""
    so_far = clips_so_far(store, source_id)
    return store.transcript(source_id) is not None and (so_far is None or so_far.whole)


def _ensure_speech(source: Source, speech: Path, progress: Progress, cancel: CancelToken) -> None:
    if source.audio is None:
        raise BadInput(
            say("“{title}” has no sound, so there is nothing to transcribe.", title=source.title),
            "Give a subtitle file for it instead.",
        )
    if speech.exists():
        return
    from viralclip_desktop.media.audio import extract_speech

    extract_speech(Path(source.path), source.audio.index, speech, progress, cancel, info=source.info)


class Follower(AbstractContextManager[Any]):
    """Follows what is heard of a recording while it is heard. On leaving its context it is done with it."""

    @abstractmethod
    def heard(self, until: Time, so_far: Callable[[], Transcript]) -> None:
        """Everything up to ``until`` (source time) is heard; ``so_far`` makes a transcript of it, on any
        thread. To be quick: the engine's next words wait meanwhile."""


@dataclass(frozen=True)
class _Task:
    """One run of an engine over one source."""

    source: Source
    speech: Path
    engine: SpeechToText
    setup: SttSetup
    language: str | None
    ledger: Ledger | None

    def partial(self) -> PartialTranscript:
        """What an earlier run of the same left, or an empty one."""
        key = {
            "engine": self.engine.info.id,
            "model": self.engine.model,
            "language": self.language or "",
            "fingerprint": self.source.fingerprint,
            "audio": self.source.audio_index,
        }
        return PartialTranscript.resume(self.speech.with_name(PARTIAL_NAME), key)

    def listen(
        self,
        partial: PartialTranscript,
        progress: Progress,
        cancel: CancelToken,
        follower: Follower | None,
    ) -> dict[str, Any]:
        """Run the engine in its own process from where ``partial`` ends; its words go into ``partial``."""
        what = SttRequest(self.speech, self.language or partial.language or None, partial.end)
        reporter = _Reporter(self._engine_name, self.source.info.duration, partial.end, progress)

        with self._paying(partial.end) as payment:

            def take(message: dict[str, Any]) -> None:
                event = from_message(message)
                if isinstance(event, SttUsed):
                    payment.add(event.units)
                else:
                    partial.add(event)
                    reporter.heard = _last_words(partial.words)
                    if follower is not None and isinstance(event, SttSegment):
                        follower.heard(partial.end, self._so_far(partial))

            return run_in_worker(
                stt_worker.TARGET,
                stt_worker.request(self.engine.info.id, self.setup, what),
                reporter,
                cancel,
                take,
                name="speech recogniser",
            )

    @property
    def _engine_name(self) -> str:
        """The engine and its model, as they are told: ``Whisper (base)``."""
        name, model = self.engine.info.name, self.engine.model
        return say("{engine} ({model})", engine=say(name), model=model) if model else say(name)

    def _so_far(self, partial: PartialTranscript) -> Callable[[], Transcript]:
        """What is heard at this moment; the words are only copied when somebody wants them."""
        engine, language, count = self.engine, partial.language, len(partial.words)
        return lambda: _transcript(engine.info.id, language, engine.punctuated, partial.words[:count])

    def _paying(self, begun: Time) -> AbstractContextManager[Payment]:
        """Around the run of an engine: a paid one asks the budget for what is left of the recording."""
        engine, source = self.engine, self.source
        if self.ledger is None:
            return nullcontext(Payment())
        left = {"minute": max(0.0, (source.info.duration - begun).seconds) / 60}
        return self.ledger.paying(
            engine.info, left, model=engine.model, project_id=source.project_id, note=source.title
        )


class _Reporter:
    """Tells which recogniser is at work, how far it is, how fast, and how long the rest will take, from where
    it began this time. ``heard``: the last words."""

    def __init__(
        self,
        engine: str,
        duration: Time,
        start: Time,
        progress: Progress,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``clock``: monotonic seconds."""
        self._engine, self._duration = engine, duration
        self._clock, self._begun_s = clock, clock()
        self.heard = ""
        self._begun = min(0.999, start.ticks / max(1, duration.ticks))
        self._progress = progress
        self._time_left = TimeLeft(self._begun_s, clock)

    def __call__(self, event: ProgressEvent) -> None:
        fraction = event.fraction or 0.0
        done = max(0.0, (fraction - self._begun) / (1 - self._begun))
        left_s = self._time_left(done)
        told = UNKNOWN_S if left_s is None else left_s
        self._progress(ProgressEvent(STAGE, fraction, self._words(fraction, done), told, self.heard))

    def _words(self, fraction: float, done: float) -> str:
        """``Whisper (base)  ·  0:28 of 2:50  ·  6.1 times real time``; the speed once it is measured."""
        at, whole = (_clock_words(self._duration, share) for share in (fraction, 1.0))
        words = say("{engine}  ·  {at} of {duration}", engine=self._engine, at=at, duration=whole)
        elapsed = self._clock() - self._begun_s
        heard_s = (1 - self._begun) * done * self._duration.seconds
        if done < _MEASURED or elapsed < _MEASURED_S:
            return words
        return say("{how_far}  ·  {speed} times real time", how_far=words, speed=Number(heard_s / elapsed, 1))


def _clock_words(duration: Time, share: float) -> str:
    """``0:28``: whole seconds, as nobody needs tenths of a progress."""
    return format_clock(Time.from_seconds(float(round(duration.seconds * share)))).removesuffix(".0")


def _last_words(words: Sequence[Word]) -> str:
    return join_words([word.text for word in words[-_LAST_WORDS:]])


def _transcript(engine: str, language: str, punctuated: bool, heard: Sequence[Word]) -> Transcript:
    if punctuated:
        return Transcript(engine, language, tuple(heard), by_marks(heard))
    words, sentences = punctuate(heard)
    return Transcript(engine, language, words, sentences)


def _no_speech(source: Source) -> BadInput:
    return BadInput(
        say("No speech found in “{title}”.", title=source.title),
        "Check that somebody speaks in it and that the right sound track is used, or give a subtitle file.",
    )
