"""Telling the speakers of a transcribed recording apart."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress, staged
from viralclip_desktop.engines.voices import worker
from viralclip_desktop.engines.voices.embedder import VoiceEmbedder
from viralclip_desktop.features.speakers.turns import Stretch, named, stretches
from viralclip_desktop.jobs.worker import run_in_worker

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.speakers.clusters import Floats
    from viralclip_desktop.store.store import Store

STAGE = "speakers"
_SPEECH_FILE = "speech.wav"  # left by the transcription; 16 kHz mono in source time


def told_by(paths: DataPaths) -> str | None:
    """None where voices can be told apart by a model, else why not, in one sentence."""
    return VoiceEmbedder(paths.models).ready()


def tell_speakers(
    store: Store,
    paths: DataPaths,
    source_id: str,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Transcript:
    """Write into the transcript of a source who says what: "Speaker 1" and so on, or the names that were
    given before, which stay. Takes a while: about a minute an hour.

    Raises BadInput (no transcript, no readable sound), EnvironmentLacks (the model is missing) and Cancelled.
    """
    problem = told_by(paths)
    if problem:
        raise EnvironmentLacks(
            "Voices cannot be told apart without the speaker model.",
            say("{problem} Until then two voices are guessed by their pitch.", problem=problem),
        )
    source, transcript = store.source(source_id), store.transcript(source_id)
    if transcript is None:
        raise BadInput("This recording has not been transcribed yet.", "Transcribe it first.")
    parts = stretches(transcript)
    rows = _heard(source, paths, parts, progress, cancel or CancelToken())
    told = named(transcript, parts, _voices(rows, parts))
    if told != transcript:
        with store.transaction("Tell speakers apart", source.project_id) as tx:
            tx.put_transcript(source_id, told)
    progress(ProgressEvent(STAGE, 1.0))
    return told


def _voices(rows: Floats, parts: list[Stretch]) -> list[int]:
    import numpy as np

    from viralclip_desktop.features.speakers.clusters import voices

    found: list[int] = voices(rows, np.array([part.seconds for part in parts])).tolist()
    return found


def _heard(
    source: Source, paths: DataPaths, parts: list[Stretch], progress: Progress, cancel: CancelToken
) -> Floats:
    """The voice of each stretch, as the worker hears it."""
    import numpy as np

    folder = paths.source_cache(source.id)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="voices-") as work:
        speech, out = folder / _SPEECH_FILE, Path(work) / "voices.npy"
        if not speech.is_file():
            speech = Path(work) / _SPEECH_FILE
            _extract(source, speech, staged(progress, STAGE, 0.0, 0.1), cancel)
        times = [(part.start_s, part.end_s) for part in parts]
        run_in_worker(
            worker.TARGET,
            worker.request(paths.models, speech, times, out),
            staged(progress, STAGE, 0.1, 1.0),
            cancel,
            name="speaker model",
        )
        rows: Floats = np.load(out).astype(np.float64)
    return rows


def _extract(source: Source, speech: Path, progress: Progress, cancel: CancelToken) -> None:
    from viralclip_desktop.media.audio import extract_speech

    if source.audio is None or not Path(source.path).is_file():
        raise BadInput(
            say("The sound of “{title}” cannot be read.", title=source.title), "Find the file first."
        )
    extract_speech(Path(source.path), source.audio.index, speech, progress, cancel)
