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
from viralclip_desktop.features.common.derived import ensure_speech
from viralclip_desktop.features.speakers.turns import Stretch, named, stretches
from viralclip_desktop.jobs.worker import run_in_worker

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.speakers.clusters import Floats
    from viralclip_desktop.store.store import Store

STAGE = "speakers"


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

    speech = ensure_speech(paths, source, staged(progress, STAGE, 0.0, 0.1), cancel)
    if speech is None:
        raise BadInput(say("“{title}” has no sound.", title=source.title), "Choose a recording with sound.")
    with tempfile.TemporaryDirectory(dir=speech.parent, prefix="voices-") as work:
        out = Path(work) / "voices.npy"
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
