"""The main job's analysis half: a file becomes a source with a transcript and its best clips.

Features are combined here and in the modules named by ``desk`` alone. Each stage leaves its result in the
database, so a job that was interrupted goes on with the first stage that is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, staged
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.queue import Update

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.desk import Desk

KIND = "find_clips"

# Shares of the whole, from timing the stages on talks of 3 to 60 minutes with the draft recogniser.
_IMPORT_SHARE, _TRANSCRIBE_SHARE = 0.12, 0.90


@dataclass(frozen=True, slots=True)
class MainJobOptions:
    """What the user wants of a recording. Lengths in seconds."""

    count: int = 10
    min_length_s: float = 15.0
    max_length_s: float = 60.0
    stt: str | None = None
    """Speech engine (``whisper``, ``sphinx``, ``openai``); None takes the best that is ready."""
    language: str | None = None
    """Spoken language (``en``, ``id``...); None detects it."""
    aspect: Aspect = Aspect.VERTICAL
    style: str = "karaoke"
    subtitles: str | None = None
    """A subtitle file to use instead of transcribing."""
    brand: str | None = None
    """The brand kit for the clips, by id; None takes the default one, empty none."""
    style_wins: bool = False
    """Whether ``style`` was asked for, and counts more than the brand kit's own."""
    about: str = ""
    """What the clips should be about or like, in the user's words."""
    like: str = ""
    """The id of a clip whose subject the new ones should share."""

    def __post_init__(self) -> None:
        if self.count < 1:
            raise UsageError("At least one clip has to be asked for.", "Give a count of 1 or more.")
        if not 0 < self.min_length_s <= self.max_length_s:
            raise UsageError(
                say(
                    "Clips of {min_length_s} to {max_length_s} seconds cannot be made.",
                    min_length_s=Number(self.min_length_s),
                    max_length_s=Number(self.max_length_s),
                ),
                "Give a shortest length above 0 and at most the longest length.",
            )

    def as_payload(self) -> dict[str, Any]:
        """These options as JSON values, for the job's row."""
        return {
            "count": self.count,
            "min_length_s": self.min_length_s,
            "max_length_s": self.max_length_s,
            "stt": self.stt,
            "language": self.language,
            "aspect": self.aspect.value,
            "style": self.style,
            "subtitles": self.subtitles,
            "brand": self.brand,
            "style_wins": self.style_wins,
            "about": self.about,
            "like": self.like,
        }

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> MainJobOptions:
        """The inverse of :meth:`as_payload`."""
        return cls(**{**payload, "aspect": Aspect(payload["aspect"])})


def run_main_job(
    desk: Desk, job: Job, progress: Progress, cancel: CancelToken, update: Update
) -> dict[str, Any]:
    """Handler of ``find_clips`` jobs: import, transcribe, find; returns the identifiers of the results.

    A file that turns out to hold nothing to find clips by leaves no project behind.
    """
    options = MainJobOptions.from_payload(job.payload["options"])
    known = (
        {source.id for source in desk.store.sources()} if not job.project_id else {job.result["source_id"]}
    )
    progress(ProgressEvent("import", 0.0, "Reading the file"))
    source = desk.import_media(
        Path(job.payload["path"]), staged(progress, "import", 0.0, _IMPORT_SHARE), cancel
    )
    update(project_id=source.project_id, result={"project_id": source.project_id, "source_id": source.id})
    try:
        clips = _analyse(desk, source, options, progress, cancel)
    except BadInput:
        if source.id not in known:
            desk.forget_project(source.project_id)
            update(project_id="")
        raise
    return {"project_id": source.project_id, "source_id": source.id, "clip_ids": [clip.id for clip in clips]}


def _analyse(
    desk: Desk, source: Source, options: MainJobOptions, progress: Progress, cancel: CancelToken
) -> list[Clip]:
    transcript = desk.store.transcript(source.id)
    if transcript is None or options.subtitles or options.stt not in (None, transcript.engine):
        stage = staged(progress, "transcribe", _IMPORT_SHARE, _TRANSCRIBE_SHARE)
        _transcribe(desk, source, options, stage, cancel)
    cancel.raise_if_cancelled()
    find = staged(progress, "find", _TRANSCRIBE_SHARE, 1.0)
    find(ProgressEvent("find", 0.0, "Looking for the best moments"))
    return desk.find(source.id, options, find, cancel)


def _transcribe(
    desk: Desk, source: Source, options: MainJobOptions, progress: Progress, cancel: CancelToken
) -> None:
    if options.subtitles:
        desk.import_subtitles(source.id, Path(options.subtitles))
        return
    if source.audio is None:
        raise BadInput(
            say("“{title}” has no sound, so there is nothing to find clips by.", title=source.title),
            "Import it and cut a clip by hand, or give a subtitle file for it.",
        )
    progress(ProgressEvent("transcribe", 0.0, "Listening"))
    desk.transcribe(source.id, options.stt, options.language, progress, cancel)
