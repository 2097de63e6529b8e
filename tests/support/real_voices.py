"""Talks for tightening in Kokoro's voices as they are published, and what Whisper hears of them."""

from __future__ import annotations

import wave
from collections.abc import Iterator, Sequence
from itertools import cycle, groupby, pairwise
from pathlib import Path
from typing import Final

import numpy as np
from support.speech import RATE_HZ, write_wav
from support.tight_talk import Item, Placed, Samples, TightTalk, resampled

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.stt.base import SttEvent, SttRequest, SttSegment, SttSetup
from viralclip_desktop.engines.stt.whisper import WhisperEngine
from viralclip_desktop.engines.tts.base import Line, TextToSpeech, TtsSetup
from viralclip_desktop.features.tighten.lists import load_lists, squeezed

_LOUDEST: Final = 0.5
_FADE_S: Final = 0.005
_BESIDE_S: Final = (0.15, 0.25, 0.1, 0.3)  # the pauses beside fillers, by turns
_ROOM_DB: Final = -62.0
_HEARD_FROM: Final = {"say": 0.0016, "filler": 0.004}  # twice the room; what fades out below is no filler


def kokoro_talk(parts: Sequence[str | float], models: Path, scratch: Path, voice: str) -> TightTalk:
    """Sentences with fillers in them, and pauses in seconds, one after the other in a quiet room. Beside each
    filler, too, nothing is said for a while. What is placed is placed as it is heard."""
    provider, rng = TTS.make("kokoro", TtsSetup(models)), np.random.default_rng(1)
    sounds, placed, at = [], [], 0
    for item, sound in _pieces(parts, provider, voice, scratch):
        heard_from = _HEARD_FROM.get(item.role, -1.0)
        loud = np.flatnonzero(np.abs(sound) > heard_from)
        placed.append(Placed(item, (at + int(loud[0])) / RATE_HZ, (at + int(loud[-1])) / RATE_HZ))
        sounds.append(sound)
        at += len(sound)
    samples = np.concatenate(sounds)
    room = rng.normal(0, 10 ** (_ROOM_DB / 20), len(samples))
    return TightTalk((samples + room).astype(np.float32), tuple(placed))


Piece = tuple[Item, Samples]


def _pieces(
    parts: Sequence[str | float], provider: TextToSpeech, voice: str, scratch: Path
) -> Iterator[Piece]:
    """The pieces of a talk and their sounds."""
    pauses = cycle(_BESIDE_S)
    for part in parts:
        if not isinstance(part, str):
            yield _pause(part)
            continue
        pieces = list(_spoken(provider, part, voice, scratch))
        for number, piece in enumerate(pieces):
            if number:
                yield _pause(next(pauses))
            yield piece


def _pause(seconds: float) -> Piece:
    return Item("pause", "", seconds), np.zeros(round(seconds * RATE_HZ), np.float32)


def _spoken(provider: TextToSpeech, text: str, voice: str, scratch: Path) -> Iterator[Piece]:
    """A sentence spoken in one go, taken apart where a filler begins or ends."""
    words = provider.speak(Line(text, voice), scratch / "sentence.wav", CancelToken()).words
    with wave.open(str(scratch / "sentence.wav"), "rb") as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2") / 32768 * _LOUDEST
        sound = resampled(samples, wav.getframerate())
    groups = [list(group) for _, group in groupby(words, lambda word: is_filler(word.text))]
    parted = [Time((a[-1].range.end.ticks + b[0].range.start.ticks) // 2) for a, b in pairwise(groups)]
    edges = [Time(0), *parted, Time.from_samples(len(sound), RATE_HZ)]
    for group, (start, end) in zip(groups, pairwise(edges), strict=True):
        piece = sound[start.samples(RATE_HZ) : end.samples(RATE_HZ)].copy()
        fade = np.linspace(0, 1, round(_FADE_S * RATE_HZ))
        piece[: len(fade)] *= fade
        piece[len(piece) - len(fade) :] *= fade[::-1]
        role = "filler" if is_filler(group[0].text) else "say"
        yield Item(role, " ".join(word.text for word in group)), piece


def is_filler(text: str) -> bool:
    """Whether a word is a filler, as it is planted or as it was heard."""
    return bool(load_lists("en").found("sounds", [squeezed(text)], 0))


def heard_by_whisper(talk: TightTalk, models: Path, scratch: Path, *, verbatim: bool) -> tuple[Word, ...]:
    """The words that Whisper base writes down of a talk; ``verbatim``: whether it is asked for fillers."""
    wav = scratch / "talk.wav"
    write_wav(wav, np.round(talk.samples * 32767))
    options = {WhisperEngine.info.setting_key("verbatim"): verbatim}
    events: list[SttEvent] = []
    engine = WhisperEngine(SttSetup(models, model="base", device="cpu", options=options))
    engine.transcribe(SttRequest(wav, "en"), events.append, CancelToken())
    return tuple(word for event in events if isinstance(event, SttSegment) for word in event.words)
