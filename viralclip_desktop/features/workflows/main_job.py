"""The main job's analysis half: a file becomes a source with a transcript and its best clips.

Each stage leaves its result in the database, and the job remembers the stages that are done: one that was
interrupted, or failed, goes on after the last of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import BadInput, Cancelled, Fault
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, no_time_left, staged
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, ClipBatch
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.site_video import SiteVideo
from viralclip_desktop.features.common.kits import kit_of_new_clips
from viralclip_desktop.features.common.orders import MainJobOptions, main_job_options
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.so_far import clips_so_far
from viralclip_desktop.features.common.styles import known_style
from viralclip_desktop.features.projects import forget_project
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.moments import FindOptions
    from viralclip_desktop.features.workflows.listening import ClipsSoFar
    from viralclip_desktop.store.store import Store

# Shares of the whole, from timing the stages on talks of 3 to 60 minutes with the draft recogniser.
_IMPORT_SHARE, _TRANSCRIBE_SHARE = 0.12, 0.90
_SPEAKERS_SHARE = 0.3  # of what is left


@dataclass(frozen=True)
class MainJobRequest:
    """The recording, and what is wanted of it."""

    path: Path
    options: MainJobOptions
    site: SiteVideo | None = None
    """What the site says about it, for one that was fetched from a site."""
    source_id: str = ""
    """The recording as it is known, where clips are looked for once more; empty for a file."""
    instead: bool = False
    """Whether the new clips come in place of those that a search found and the user has not touched."""


@dataclass(frozen=True)
class ClipsFound:
    """What came of a recording. The ids are known one after the other, as the stages end; those of clips
    that may still change already while it is listened to."""

    project_id: str = ""
    source_id: str = ""
    clip_ids: list[str] = field(default_factory=list)
    added: int = 0
    """How many of them begin or end elsewhere than every clip that the recording had before."""


def submit_main_job(
    services: Services, path: Path, options: MainJobOptions, site: SiteVideo | None = None
) -> Job:
    """Queue import, transcription and finding for a file."""
    return services.jobs.submit(MAIN_JOB, MainJobRequest(path.absolute(), options, site))


def find_again(services: Services, source: Source, options: MainJobOptions, *, instead: bool) -> Job:
    """Queue another search of a recording that is known; it is listened to again only where another engine or
    language is asked for. ``instead``: see :class:`MainJobRequest`."""
    request = MainJobRequest(Path(source.path), options, source_id=source.id, instead=instead)
    return services.jobs.submit(MAIN_JOB, request, source.project_id, once=True)


def asked_before(services: Services, source_id: str) -> MainJobOptions:
    """What the last search of a recording was asked for, the settings for the rest."""
    searches = _searches(services.store, source_id)
    said: dict[str, Any] = searches[-1].settings if searches else {}
    names = ("count", "min_length_s", "max_length_s", "about")
    return main_job_options(services.settings.values, **{name: said.get(name) for name in names})


def hear_the_rest(services: Services, source_id: str) -> Job:
    """Go on with a recording that was only heard in part: the job that stopped, or a new one with the options
    of the settings. Raises NotFound."""
    stopped = [
        job
        for job in services.jobs.list()
        if MAIN_JOB.is_of(job)
        and job.result.get("source_id") == source_id
        and job.state in (WorkState.FAILED, WorkState.CANCELLED)
    ]
    if stopped:
        return services.jobs.retry(stopped[-1].id)
    path = Path(services.store.source(source_id).path)
    request = MainJobRequest(path, main_job_options(services.settings.values))
    return services.jobs.submit(MAIN_JOB, request, once=True)


def open_recording(services: Services, path: Path, options: MainJobOptions) -> Source | Job:
    """What shows the clips of a file: the recording itself, where there are any, or nothing is left to be
    heard (a file that was moved is known by its content); else the job that finds them, the one at work
    already if there is one."""
    path, store = path.absolute(), services.store
    known = known_recording(services, path)
    if known is not None and store.clips(known.id):
        return known
    for job in services.jobs.list(active_only=True):
        if MAIN_JOB.is_of(job) and MAIN_JOB.request_of(job).path == path:
            return job
    if known is not None and store.transcript(known.id) is not None and not clips_so_far(store, known.id):
        return known
    return submit_main_job(services, path, options)


def known_recording(services: Services, path: Path) -> Source | None:
    """The recording that a file is, if it was imported before; one that was moved is known by its content."""
    from viralclip_desktop.features.media_import import known_source
    from viralclip_desktop.features.relink.relinking import relink_if_known

    return relink_if_known(services.store, path) or known_source(services.store, path)


def searched_recording(services: Services, path: Path) -> Source | None:
    """The recording that a file is, if clips were found in all of it before; None for any other."""
    source = known_recording(services, path)
    if source is None or clips_so_far(services.store, source.id) or not services.store.clips(source.id):
        return None
    return source


def import_recording(
    services: Services,
    path: Path,
    progress: Progress,
    cancel: CancelToken,
    *,
    site: SiteVideo | None = None,
    audio_track: int | None = None,
) -> Source:
    """Probe a file, listen to its sound once, make a project of it. Takes a while.

    A recording that was moved is known by its content: its project is taken up again. What is odd about it is
    told as notices. Raises as :func:`import_media`.
    """
    from viralclip_desktop.features.media_import import import_media, other_track, remarks_of
    from viralclip_desktop.features.relink.relinking import relink_if_known

    if path.is_file():
        relink_if_known(services.store, path.absolute())
    source = import_media(
        services.store, services.paths, path, progress, cancel, site=site, audio_track=audio_track
    )
    for remark, hint in remarks_of(source):
        services.notices.caution(remark, hint)
    other = other_track(source, services.store.transcript(source.id))
    if other is not None:
        listen = say(
            "The Audio panel, or “viralclip transcribe {source}”, writes down that one.", source=source.id
        )
        services.notices.caution(other, listen)
    return source


def find(
    services: Services,
    source_id: str,
    options: MainJobOptions,
    progress: Progress,
    cancel: CancelToken,
    *,
    instead: bool = False,
) -> list[Clip]:
    """Find the best clips of a transcribed source, best first; it is told where they are fewer than were
    asked for. ``instead``: see :class:`MainJobRequest`."""
    from viralclip_desktop.features.moments import find_clips
    from viralclip_desktop.features.moments.llm.start import editor_for

    wanted = _find_options(services, options)
    project_id = services.store.source(source_id).project_id
    editor = editor_for(services, options.llm, project_id, cancel)
    clips = find_clips(
        services.store, services.paths, source_id, wanted, progress, cancel, editor, instead=instead
    )
    if why := why_so_few(services.store, source_id):
        services.notices.info(why, "Allow shorter clips, or ask for other topics.")
    return clips


def why_so_few(store: Store, source_id: str) -> str:
    """Why the last search of a recording found fewer clips than were asked for; empty where it didn't."""
    from viralclip_desktop.features.moments.batches import why_fewer

    return next((why_fewer(one) for one in _searches(store, source_id)[-1:]), "")


def _searches(store: Store, source_id: str) -> list[ClipBatch]:
    """The runs of the finder over a recording, the last one last."""
    return [batch for batch in store.batches(source_id) if "count" in batch.settings]


def _find_options(services: Services, options: MainJobOptions) -> FindOptions:
    from viralclip_desktop.features.moments import FindOptions

    kit = kit_of_new_clips(services.store, options.brand)
    own_style = options.style_wins or kit is None or not kit.caption_style
    style = options.style if own_style or kit is None else kit.caption_style
    known_style(services.store, style)
    return FindOptions(
        count=options.count,
        fill=options.fill,
        min_length_s=options.min_length_s,
        max_length_s=options.max_length_s,
        aspect=options.aspect,
        caption_style=style,
        brand_kit=kit.id if kit is not None else "",
        about=options.about,
        like=options.like,
    )


def _run(services: Services, request: MainJobRequest, context: JobContext) -> ClipsFound:
    """A file that turns out to hold nothing to find clips by leaves no project behind."""
    job, progress, store = context.job, context.progress, services.store
    before = request.source_id or job.result.get("source_id")
    known = {before} if before else {source.id for source in store.sources()}
    no_time_left(progress)(ProgressEvent("import", 0.0, "Reading the file"))
    source = _imported(services, request, context)
    context.update(
        project_id=source.project_id, result={"project_id": source.project_id, "source_id": source.id}
    )
    there = {clip.range for clip in store.clips(source.id)}
    try:
        clips = _analyse(services, source, request, context)
    except Cancelled:
        _tell_what_stays(services, source)
        raise
    except BadInput:
        if source.id not in known and not store.clips(source.id):
            forget_project(store, services.paths, source.project_id)
            context.update(project_id="")
        raise
    added = sum(clip.range not in there for clip in clips)
    return ClipsFound(source.project_id, source.id, [clip.id for clip in clips], added)


def _imported(services: Services, request: MainJobRequest, context: JobContext) -> Source:
    """The recording: once, unless what an earlier start made of it was removed since."""
    if request.source_id:
        return services.store.source(request.source_id)
    share = no_time_left(staged(context.progress, "import", 0.0, _IMPORT_SHARE))

    def work() -> str:
        return import_recording(
            services,
            request.path,
            share,
            context.cancel,
            site=request.site,
            audio_track=request.options.audio_track,
        ).id

    source_id = context.stage("import", str, work)
    if source_id not in {source.id for source in services.store.sources()}:
        source_id = work()
    return services.store.source(source_id)


def _analyse(services: Services, source: Source, request: MainJobRequest, context: JobContext) -> list[Clip]:
    progress, cancel, options = context.progress, context.cancel, request.options
    share = staged(progress, "transcribe", _IMPORT_SHARE, _TRANSCRIBE_SHARE)

    def listen() -> bool:
        """Whether it was listened to now."""
        transcript = services.store.transcript(source.id)
        begun = transcript is None or heard_so_far(services.store, source.id) is not None
        wanted = begun or transcript is None or bool(options.subtitles) or hears_anew(transcript, options)
        if wanted:
            _transcribe(services, source, options, share, context, begun=begun)
        return wanted

    heard_now = context.stage("transcribe", bool, listen)
    if services.store.transcript(source.id) is None:  # removed since an earlier start
        listen()
    if not heard_now and not request.source_id and (known := _found_before(services, source, options)):
        return known
    cancel.raise_if_cancelled()
    finding = staged(progress, "find", _TRANSCRIBE_SHARE, 1.0)
    telling = no_time_left(staged(finding, "find", 0.0, _SPEAKERS_SHARE))
    _tell_speakers(services, source, telling, cancel)
    finding(ProgressEvent("find", _SPEAKERS_SHARE, "Looking for the best moments"))
    searching = staged(finding, "find", _SPEAKERS_SHARE, 1.0)
    return find(services, source.id, options, searching, cancel, instead=request.instead)


def hears_anew(transcript: Transcript, options: MainJobOptions) -> bool:
    """Whether another engine, or another language, is asked for than that of a transcript; else its words are
    searched as they are."""
    from viralclip_desktop.engines.stt.languages import language_code

    spoken = language_code(options.language) if options.language else transcript.language
    return options.stt not in (None, transcript.engine) or spoken != transcript.language


def _found_before(services: Services, source: Source, options: MainJobOptions) -> list[Clip]:
    """The clips of a search that asked for the very same: a recording that is opened again gets no second
    set."""
    from viralclip_desktop.features.moments.batches import found_before
    from viralclip_desktop.features.moments.llm.start import SETTING

    if clips_so_far(services.store, source.id):
        return []
    wanted = _find_options(services, options)
    by_a_model = (options.llm or str(services.settings.value(SETTING))) != "none"
    return found_before(services.store, source.id, wanted, by_a_model=by_a_model)


def _tell_speakers(services: Services, source: Source, progress: Progress, cancel: CancelToken) -> None:
    """Mark who speaks where the transcript does not say and the speaker model is there."""
    from viralclip_desktop.features.speakers import tell_speakers, told_by

    transcript = services.store.transcript(source.id)
    known = transcript is None or any(word.speaker for word in transcript.words)
    if known or source.audio is None or told_by(services.paths) is not None:
        return
    progress(ProgressEvent("find", 0.0, "Telling the speakers apart"))
    try:
        tell_speakers(services.store, services.paths, source.id, progress=progress, cancel=cancel)
    except Cancelled:
        raise
    except Fault as fault:
        told = say("The speakers were not told apart: {message}", message=say(fault.message))
        services.notices.caution(told, fault.hint)


def heard_share(job: Job) -> float | None:
    """How much of its recording a main job has listened to, 0..1; None while that is not known."""
    if job.stage != "transcribe":
        return 1.0 if job.stage == "find" else None
    return min(1.0, max(0.0, (job.fraction - _IMPORT_SHARE) / (_TRANSCRIBE_SHARE - _IMPORT_SHARE)))


def heard_so_far(store: Store, source_id: str) -> Time | None:
    """How far a recording is heard whose clips may still change, as far as that is stored; None where all is
    heard, or there are no clips yet."""
    so_far = clips_so_far(store, source_id)
    return None if so_far is None or so_far.whole else so_far.heard


def _tell_what_stays(services: Services, source: Source) -> None:
    heard = heard_so_far(services.store, source.id)
    if heard is not None:
        stays = say_n(
            len(services.store.clips(source.id)),
            "The clip from the first {heard} of {whole} min stays. Try again to hear the rest.",
            "The {n} clips from the first {heard} of {whole} min stay. Try again to hear the rest.",
            heard=int(heard.seconds / 60),
            whole=round(source.info.duration.seconds / 60),
        )
        services.notices.info("Listening stopped.", stays)


def _follower(
    services: Services, source: Source, options: MainJobOptions, context: JobContext, told: _Counted
) -> ClipsSoFar:
    from viralclip_desktop.features.workflows.listening import ClipsSoFar

    def found(clips: list[Clip]) -> None:
        told.found(len(clips))
        context.update(result={"clip_ids": [clip.id for clip in clips]})

    return ClipsSoFar(services, source, _find_options(services, options), context.cancel, found)


@dataclass
class _Counted:
    """Progress of listening that says how many clips were found so far."""

    progress: Progress
    clips: int = 0
    newest: ProgressEvent | None = None

    def __call__(self, event: ProgressEvent) -> None:
        self.newest = event
        if self.clips:
            found = say_n(self.clips, "{n} clip so far", "{n} clips so far")
            event = replace(event, message=say("{heard}  ·  {found}", heard=event.message, found=found))
        self.progress(event)

    def found(self, clips: int) -> None:
        """So many clips stand now."""
        self.clips = clips
        if self.newest is not None:
            self(self.newest)


def _transcribe(
    services: Services,
    source: Source,
    options: MainJobOptions,
    progress: Progress,
    context: JobContext,
    *,
    begun: bool,
) -> None:
    """``begun``: whether there is no transcript of the whole recording yet."""
    from viralclip_desktop.features.transcription import import_subtitles, transcribe

    no_time_left(progress)(ProgressEvent("transcribe", 0.0, "Listening"))
    if options.subtitles:
        import_subtitles(services.store, source.id, Path(options.subtitles), options.encoding)
        return
    if source.audio is None:
        raise BadInput(
            say("“{title}” has no sound, so there is nothing to find clips by.", title=source.title),
            "Import it and cut a clip by hand, or give a subtitle file for it.",
        )
    counted = _Counted(progress)
    transcribe(
        services,
        source.id,
        engine=options.stt,
        language=options.language,
        progress=counted,
        cancel=context.cancel,
        follower=_follower(services, source, options, context, counted) if begun else None,
    )


MAIN_JOB = JobKind("find_clips", "analysis", MainJobRequest, ClipsFound, _run)
