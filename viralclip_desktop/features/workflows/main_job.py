"""The main job's analysis half: a file becomes a source with a transcript and its best clips.

Each stage leaves its result in the database, and the job remembers the stages that are done: one that was
interrupted, or failed, goes on after the last of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, staged
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.kits import kit_of_new_clips
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import known_style
from viralclip_desktop.features.projects import forget_project
from viralclip_desktop.jobs.kinds import JobContext, JobKind

# Shares of the whole, from timing the stages on talks of 3 to 60 minutes with the draft recogniser.
_IMPORT_SHARE, _TRANSCRIBE_SHARE = 0.12, 0.90


@dataclass(frozen=True)
class MainJobRequest:
    """The recording, and what is wanted of it."""

    path: Path
    options: MainJobOptions


@dataclass(frozen=True)
class ClipsFound:
    """What came of a recording. The ids are known one after the other, as the stages end."""

    project_id: str = ""
    source_id: str = ""
    clip_ids: list[str] = field(default_factory=list)


def submit_main_job(services: Services, path: Path, options: MainJobOptions) -> Job:
    """Queue import, transcription and finding for a file."""
    return services.jobs.submit(MAIN_JOB, MainJobRequest(path.absolute(), options))


def import_recording(services: Services, path: Path, progress: Progress, cancel: CancelToken) -> Source:
    """Probe a file, listen to its sound once, make a project of it. Takes a while.

    A recording that was moved is known by its content: its project is taken up again.
    """
    from viralclip_desktop.features.media_import import import_media
    from viralclip_desktop.features.relink.relinking import relink_if_known

    if path.is_file():
        relink_if_known(services.store, path.absolute())
    return import_media(services.store, services.paths, path, progress, cancel)


def find(
    services: Services, source_id: str, options: MainJobOptions, progress: Progress, cancel: CancelToken
) -> list[Clip]:
    """Find the best clips of a transcribed source, best first."""
    from viralclip_desktop.features.moments import FindOptions, find_clips
    from viralclip_desktop.features.moments.llm.start import editor_for

    kit = kit_of_new_clips(services.store, options.brand)
    own_style = options.style_wins or kit is None or not kit.caption_style
    style = options.style if own_style or kit is None else kit.caption_style
    known_style(services.store, style)
    wanted = FindOptions(
        count=options.count,
        min_length_s=options.min_length_s,
        max_length_s=options.max_length_s,
        aspect=options.aspect,
        caption_style=style,
        brand_kit=kit.id if kit is not None else "",
        about=options.about,
        like=options.like,
    )
    project_id = services.store.source(source_id).project_id
    editor = editor_for(services, options.llm, project_id, cancel)
    return find_clips(services.store, services.paths, source_id, wanted, progress, cancel, editor)


def _run(services: Services, request: MainJobRequest, context: JobContext) -> ClipsFound:
    """A file that turns out to hold nothing to find clips by leaves no project behind."""
    job, progress, store = context.job, context.progress, services.store
    known = {job.result["source_id"]} if job.project_id else {source.id for source in store.sources()}
    progress(ProgressEvent("import", 0.0, "Reading the file"))
    source = _imported(services, request.path, context)
    context.update(
        project_id=source.project_id, result={"project_id": source.project_id, "source_id": source.id}
    )
    try:
        clips = _analyse(services, source, request.options, context)
    except BadInput:
        if source.id not in known:
            forget_project(store, services.paths, source.project_id)
            context.update(project_id="")
        raise
    return ClipsFound(source.project_id, source.id, [clip.id for clip in clips])


def _imported(services: Services, path: Path, context: JobContext) -> Source:
    """The recording: once, unless what an earlier start made of it was removed since."""
    share = staged(context.progress, "import", 0.0, _IMPORT_SHARE)

    def work() -> str:
        return import_recording(services, path, share, context.cancel).id

    source_id = context.stage("import", str, work)
    if source_id not in {source.id for source in services.store.sources()}:
        source_id = work()
    return services.store.source(source_id)


def _analyse(services: Services, source: Source, options: MainJobOptions, context: JobContext) -> list[Clip]:
    progress, cancel = context.progress, context.cancel
    share = staged(progress, "transcribe", _IMPORT_SHARE, _TRANSCRIBE_SHARE)

    def listen() -> bool:
        transcript = services.store.transcript(source.id)
        if transcript is None or options.subtitles or options.stt not in (None, transcript.engine):
            _transcribe(services, source, options, share, cancel)
        return True

    context.stage("transcribe", bool, listen)
    if services.store.transcript(source.id) is None:  # removed since an earlier start
        listen()
    cancel.raise_if_cancelled()
    finding = staged(progress, "find", _TRANSCRIBE_SHARE, 1.0)
    finding(ProgressEvent("find", 0.0, "Looking for the best moments"))
    return find(services, source.id, options, finding, cancel)


def _transcribe(
    services: Services, source: Source, options: MainJobOptions, progress: Progress, cancel: CancelToken
) -> None:
    from viralclip_desktop.features.transcription import import_subtitles, transcribe

    if options.subtitles:
        import_subtitles(services.store, source.id, Path(options.subtitles), options.encoding)
        return
    if source.audio is None:
        raise BadInput(
            say("“{title}” has no sound, so there is nothing to find clips by.", title=source.title),
            "Import it and cut a clip by hand, or give a subtitle file for it.",
        )
    progress(ProgressEvent("transcribe", 0.0, "Listening"))
    transcribe(
        services,
        source.id,
        engine=options.stt,
        language=options.language,
        progress=progress,
        cancel=cancel,
    )


MAIN_JOB = JobKind("find_clips", "analysis", MainJobRequest, ClipsFound, _run)
