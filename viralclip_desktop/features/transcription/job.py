"""The job that writes down once more what is said in a recording. Light: the program's start reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services


@dataclass(frozen=True)
class TranscribeRequest:
    """The recording, and which of its sound tracks was to be heard (from 0)."""

    source_id: str
    track: int


@dataclass(frozen=True)
class Transcribed:
    """How many words there are now."""

    words: int


def _run(services: Services, request: TranscribeRequest, context: JobContext) -> Transcribed:
    from viralclip_desktop.features.transcription.start import transcribe

    done = transcribe(services, request.source_id, progress=context.progress, cancel=context.cancel)
    return Transcribed(len(done.words))


TRANSCRIBE = JobKind("transcribe", "analysis", TranscribeRequest, Transcribed, _run)


def start_transcribing(services: Services, source_id: str) -> Job:
    """Queue it for the sound track in use. The clips stay; the words of before are a step of the history."""
    source = services.store.source(source_id)
    request = TranscribeRequest(source_id, source.audio_index or 0)
    return services.jobs.submit(TRANSCRIBE, request, source.project_id, once=True)
