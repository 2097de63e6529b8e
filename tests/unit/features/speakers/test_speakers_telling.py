"""Speakers told apart by their voices, with a made model and, where it lies here, the real one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.speech import write_wav
from support.spoken import spoken
from support.stored import new_store, project, source
from support.tiny_onnx import voice_model

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.engines.voices.embedder import SHORTEST_S, VoiceEmbedder, mel_bands
from viralclip_desktop.features.speakers import tell_speakers, told_by
from viralclip_desktop.store.store import Store

REAL = Path(os.environ.get("VIRALCLIP_REAL_MODELS", "")) / "speaker"
TALK = spoken(
    "I never wanted to leave the village where my father built his boat.\n\n"
    "And who told you that you had to leave it behind after all?\n\n"
    "The storm did, and it took the harbour and the boat on the same night."
)


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def store(tmp_path: Path, paths: DataPaths) -> Iterator[Store]:
    """A recording of two tones that take turns, as its transcription left it."""
    kept = new_store(tmp_path)
    with kept.transaction("Import") as tx:
        tx.put(project())
        tx.put(source())
        tx.put_transcript("src_1", TALK)
    rate, length_s = 16_000, TALK.words[-1].end.seconds + 1.0
    sound = np.zeros(int(rate * length_s))
    for place, sentence in enumerate(TALK.sentences):
        within = TALK.range_of(sentence)
        at = np.arange(int(within.start.seconds * rate), int(within.end.seconds * rate))
        low, high = (200.0, 900.0) if place % 2 == 0 else (3000.0, 6000.0)
        sound[at] = 0.3 * np.sin(2 * np.pi * low * at / rate) + 0.3 * np.sin(2 * np.pi * high * at / rate)
    paths.source_cache("src_1").mkdir(parents=True)
    write_wav(paths.source_cache("src_1") / "speech.wav", (sound * 32767).astype(np.int16))
    yield kept
    kept.close()


def with_model(paths: DataPaths) -> None:
    (paths.models / "speaker").mkdir(parents=True)
    voice_model(paths.models / "speaker" / "embedder.int8.onnx")


def test_without_the_model_it_says_what_guesses_instead(store: Store, paths: DataPaths) -> None:
    assert "embedder.int8.onnx" in str(told_by(paths))
    with pytest.raises(EnvironmentLacks) as told:
        tell_speakers(store, paths, "src_1")
    assert "guessed by their pitch" in told.value.hint


def test_a_worker_hears_the_stretches_one_by_one(store: Store, paths: DataPaths) -> None:
    with_model(paths)
    fractions: list[float] = []
    told = tell_speakers(
        store, paths, "src_1", progress=lambda event: fractions.append(event.fraction or 0.0)
    )
    assert fractions[-1] == 1.0
    assert [told.words[one.first].speaker for one in told.sentences] == [
        "Speaker 1",
        "Speaker 2",
        "Speaker 1",
    ]
    assert store.transcript("src_1") == told
    assert [path.name for path in paths.source_cache("src_1").iterdir()] == ["speech.wav"]


def test_what_is_too_short_is_no_voice(paths: DataPaths) -> None:
    with_model(paths)
    embedder = VoiceEmbedder(paths.models)
    assert not embedder.voice(np.ones(int(SHORTEST_S * 16_000) - 1, np.float32)).any()
    assert np.linalg.norm(embedder.voice(np.ones(16_000, np.float32))) == pytest.approx(1.0)


def test_mel_bands_have_equal_areas_and_climb() -> None:
    bands = mel_bands(40, 512, 16_000)
    assert bands.shape == (40, 257)
    assert (np.diff(bands.argmax(axis=1)) > 0).all()
    assert bands.sum(axis=1) * 31.25 == pytest.approx(1.0, abs=0.25)  # 31.25 Hz a bin


@pytest.mark.skipif(
    not (REAL / "embedder.int8.onnx").is_file(), reason="needs VIRALCLIP_REAL_MODELS with speaker"
)
def test_the_real_model_tells_two_people_apart(test_media: Path, tmp_path: Path) -> None:
    from viralclip_desktop.core.progress import CancelToken, ignore_progress
    from viralclip_desktop.engines.voices.worker import run
    from viralclip_desktop.features.speakers.clusters import voices
    from viralclip_desktop.media.audio import extract_speech

    wav, out = tmp_path / "speech.wav", tmp_path / "voices.npy"
    extract_speech(test_media / "two-hosts-40s.mp4", 1, wav, ignore_progress, CancelToken())
    turns = [(at * 2.0, at * 2.0 + 2.0) for at in range(16)]
    run(
        {"models": str(REAL.parent), "wav": str(wav), "stretches": turns, "out": str(out)},
        lambda _message: None,
    )
    who = voices(np.load(out).astype(float), np.full(16, 2.0)).tolist()
    assert who == [0] * 4 + [1] * 4 + [0] * 4 + [1] * 4
