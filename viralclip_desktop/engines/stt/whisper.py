"""Whisper through faster-whisper: any language, on the processor or a graphics card, never the network.

The sound is read in blocks of about ten minutes, cut at a pause: memory stays flat, and the
first words of a long recording come soon (features, VAD and language detection of a whole file come
before its first word otherwise).
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.stt.base import (
    EmitStt,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttSegment,
    SttSetup,
    ordered_words,
)
from viralclip_desktop.engines.stt.engine import WRITES, FileEngine, guarded_blocks, missing_package
from viralclip_desktop.engines.stt.guards import Guard
from viralclip_desktop.engines.stt.marks import goes_on, with_mark
from viralclip_desktop.engines.stt.onsets import Loudness, begun_when_heard
from viralclip_desktop.engines.stt.sound import (
    RATE_HZ,
    SpeechFile,
    Stretch,
)
from viralclip_desktop.engines.stt.whisper_models import find_model, refusal
from viralclip_desktop.settings.declaration import provider_setting

_BLOCK_MIN_S, _BLOCK_MAX_S = 9 * 60.0, 11 * 60.0
_MOST_THREADS = 8  # CTranslate2 gains nothing above (its documentation on intra_threads)
_VERBATIM = "verbatim"
_MOST_FILLERS = 6
_log = logging.getLogger(__name__)


class WhisperEngine(FileEngine):
    """Whisper with a local model folder."""

    info = ProviderInfo(
        "whisper",
        "Whisper",
        "stt",
        needs=(Need("package", "faster_whisper", "faster-whisper"), Need("model", "whisper", "Whisper")),
        capabilities=WRITES,
        settings=(
            provider_setting(
                _VERBATIM,
                False,
                "Write fillers down",
                "Um, uh and the like are written as they are said; captions then show them, too.",
            ),
        ),
    )

    def __init__(self, setup: SttSetup) -> None:
        """``setup.model``: a name or a folder; empty takes the best installed one."""
        self._setup = setup
        self._folder = find_model(setup.models, setup.model)

    @property
    def model(self) -> str:
        """The model folder's name."""
        return self._folder.name if self._folder else ""

    def ready(self) -> str | None:
        """None if there is a whole model to use."""
        if problem := missing_package("faster_whisper"):
            return problem
        if self._folder is None:
            wanted = (
                say("The Whisper model {model} is not installed.", model=self._setup.model)
                if self._setup.model
                else "No Whisper model is installed."
            )
            return say("{wanted} To get one run: viralclip models install small", wanted=wanted)
        return refusal(self._folder)

    def listen(self, sound: SpeechFile, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> str:
        """See :class:`FileEngine`."""
        assert self._folder is not None
        run = _Run(sound, request, emit, cancel, verbatim=bool(self._setup.option(self.info, _VERBATIM)))
        return run.transcribe(self._folder, self._setup.device)


class _Run:
    """One transcription."""

    def __init__(
        self, sound: SpeechFile, request: SttRequest, emit: EmitStt, cancel: CancelToken, *, verbatim: bool
    ) -> None:
        self._verbatim = verbatim
        self._sound, self._emit, self._cancel = sound, emit, cancel
        self._language = request.language
        self._done, self._last = request.start, ""
        if self._language:
            emit(SttLanguage(self._language))

    def transcribe(self, folder: Path, device: str) -> str:
        """Transcribe all blocks; returns the language ("" if nothing was said)."""
        guard, blocks = guarded_blocks(self._sound, self._done, _BLOCK_MIN_S, _BLOCK_MAX_S)
        model = load_model(folder, device) if blocks else None
        for block in blocks:
            self._cancel.raise_if_cancelled()
            self._block(model, block, guard)
            self._finish(Time.from_samples(block.end, RATE_HZ))
        return self._language or ""

    def _block(self, model: Any, block: Stretch, guard: Guard) -> None:
        import numpy as np

        offset = Time.from_samples(block.start, RATE_HZ)
        sound = self._sound.samples(block).astype(np.float32) / 32768.0
        segments, info = self._start(model, sound)
        if info is None or not info.duration_after_vad:
            return
        if self._language is None:
            self._language = info.language
            self._emit(SttLanguage(info.language, float(info.language_probability)))
        loudness = Loudness(sound, RATE_HZ, offset)
        limit = Time.from_samples(min(block.end, self._sound.length), RATE_HZ)
        for segment in segments:
            self._cancel.raise_if_cancelled()
            words = begun_when_heard(_words(segment, offset), loudness, self._last)
            self._last = words[-1].text if words else self._last
            words = guard.accept(words, segment.no_speech_prob)
            end = min(limit, max(self._done, offset + Time.from_seconds(segment.end)))
            kept = ordered_words(words, self._done, limit)
            self._finish(max(end, kept[-1].end) if kept else end, kept)

    def _start(self, model: Any, sound: Any) -> tuple[Iterable[Any], Any]:
        try:
            started: tuple[Iterable[Any], Any] = model.transcribe(
                sound,
                language=self._language,
                word_timestamps=True,
                vad_filter=True,
                condition_on_previous_text=False,
                hallucination_silence_threshold=2.0,
                language_detection_segments=3,
                hotwords=_fillers(self._language) if self._verbatim else None,
            )
            return started
        except ValueError as error:
            if self._language and "language" in str(error).lower():
                raise BadInput(
                    say("Whisper knows no language with the code {language}.", language=self._language)
                ) from error
            raise

    def _finish(self, end: Time, words: tuple[Word, ...] = ()) -> None:
        self._done = max(self._done, end)
        self._emit(SttSegment(words, self._done))
        length = Time.from_samples(max(1, self._sound.length), RATE_HZ)
        self._emit(SttProgress(min(1.0, self._done.ticks / length.ticks)))


def _fillers(language: str | None) -> str | None:
    """What Whisper is told before each window so that it does not leave such sounds out. (Its initial prompt
    counts for the first 30 s alone where windows do not build on each other.)"""
    path = resource("tighten", f"{language}.toml")
    if language is None or not path.is_file():
        return None
    sounds = tomllib.loads(path.read_text(encoding="utf-8"))["sounds"].split(", ")
    return ", ".join(sounds[:_MOST_FILLERS]) + "…"


def _words(segment: Any, offset: Time) -> list[Word]:
    """The words of a segment in source time. Whisper writes a space before each new word: what comes without
    one goes on with the word before ("ill" and "-disposed", "40" and "%", "don" and "'t")."""
    words: list[Word] = []
    for word in segment.words or ():
        text = word.word.strip()
        start, end = offset + Time.from_seconds(word.start), offset + Time.from_seconds(word.end)
        last = words[-1] if words else None
        if last is not None and text and (goes_on(last.text, word.word) or not _spoken(text)):
            joined = last.text + text if goes_on(last.text, word.word) else with_mark(last.text, text)
            spoken = max(last.end, end) if _spoken(text) else last.end
            words[-1] = Word(joined, last.start, spoken, min(last.confidence, float(word.probability)))
        elif text:
            words.append(Word(text, start, max(start, end), float(word.probability)))
    return words


def _spoken(text: str) -> bool:
    return any(character.isalnum() for character in text)


def load_model(folder: Path, device: str = "auto") -> Any:
    """A loaded model on the best device that works here. Raises EnvironmentLacks if none can load it."""
    problems = []
    for name, load in _attempts(folder, device):
        try:
            return load()
        except (RuntimeError, ValueError, OSError) as error:
            _log.warning("Whisper does not run on %s: %s", name, error)
            problems.append(f"{name}: {error}")
    raise EnvironmentLacks(
        say("The Whisper model in {folder} cannot be loaded.", folder=folder),
        "Check it with: viralclip models verify",
        "\n".join(problems),
    )


def _attempts(folder: Path, device: str) -> list[tuple[str, Callable[[], Any]]]:
    attempts: list[tuple[str, Callable[[], Any]]] = []
    if device in ("auto", "cuda") and _graphics_cards():
        attempts.append(("the graphics card", lambda: _on_graphics_card(folder)))
    if device != "cuda":
        attempts.append(("the processor", lambda: _load(folder, "cpu", "int8")))
        attempts.append(("the processor, exactly", lambda: _load(folder, "cpu", "float32")))
    return attempts


def _graphics_cards() -> int:
    import ctranslate2  # type: ignore[import-untyped]

    return int(ctranslate2.get_cuda_device_count())


def _on_graphics_card(folder: Path) -> Any:
    import numpy as np

    model = _load(folder, "cuda", "float16")
    model.detect_language(np.zeros(RATE_HZ, np.float32))  # missing CUDA libraries show only at work
    return model


def _load(folder: Path, device: str, compute_type: str) -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(folder),
        device=device,
        compute_type=compute_type,
        cpu_threads=cpu_threads(),
        local_files_only=True,
    )


def cpu_threads() -> int:
    """How many threads the model gets on the processor: one a core, hyper-threads gain nothing."""
    import psutil

    return min(_MOST_THREADS, psutil.cpu_count(logical=False) or os.cpu_count() or 4)
