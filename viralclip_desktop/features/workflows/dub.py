"""Dubbing as a job: one clip or recording, any number of languages, each a part of its own that fails, is
cancelled and is tried again by itself. What was spoken is kept by text and voice, so that no line is spoken
twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.compose.dub_timing import PlacedLine
from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, PartlyDone, UsageError
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.progress import Progress, ProgressEvent, staged
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.codes import iso_639_2
from viralclip_desktop.engines.tts.base import Line, Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import ScriptLine, VoicedLine, write_track
from viralclip_desktop.features.dubbing.report import DubReport, report_of
from viralclip_desktop.features.voices import (
    best_voice,
    costs,
    find_voice,
    price_of,
    speak_lines,
)
from viralclip_desktop.features.workflows.dub_choices import keep_choice, levels_for
from viralclip_desktop.features.workflows.dub_files import (
    DubFiles,
    heard_once,
    main_file,
    write_captions,
    write_manifest,
)
from viralclip_desktop.features.workflows.dub_lines import check_amount, dub_script, lacks_words
from viralclip_desktop.features.workflows.dub_mixing import (
    Backgrounds,
    Dub,
    backgrounds_of,
    check_background,
    dubbed_plan,
    given_background,
    separator_for,
)
from viralclip_desktop.features.workflows.dub_planning import DubPlan, plan_dub
from viralclip_desktop.features.workflows.dub_rendering import render_plan
from viralclip_desktop.features.workflows.dub_results import (
    ENDING_STAGE,
    FILES_STAGE,
    ONLY_STAGE,
    DubResults,
    clear_overdue,
    delete_results,
    own_folder,
    results_of,
)
from viralclip_desktop.features.workflows.dub_tracks import DUB_TRACKS, LanguageSound, TracksRequest
from viralclip_desktop.features.workflows.preview import look_now, picture_of
from viralclip_desktop.features.workflows.subjects import subject_clip
from viralclip_desktop.features.workflows.translate import (
    TranslateOrder,
    check_translation,
    price_of_lines,
    translate_subject,
)
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan

DUBS_LANE: Final = "dub_languages"
EVERY_LANGUAGE: Final = "*"
"""In the place of a language's code."""
_TRANSLATED, _LOOKED, _PLANNED, _SPOKEN, _HEARD, _SEPARATED = 0.1, 0.2, 0.25, 0.55, 0.65, 0.75
"""Shares of a language's time."""


@dataclass(frozen=True)
class DubOrder:
    """What is wanted in every language. ``subject`` is a clip or a recording, by its id. ``separator``: who
    takes the original voices off it (its id, ``none`` to keep nothing of the original sound, empty for the
    best there is). ``background``: a file that is heard in the place of the recording's own background."""

    subject: str
    mode: str = DubMode.REPLACE
    folder: str = ""
    engine: str = ""
    """Who translates what has no translation yet; empty for the engine of the settings."""
    separator: str = ""
    background: str = ""
    music_db: float | None = None
    original_db: float | None = None
    """How much louder than in the clip the music and the original sound are; None: as dubbed last."""
    slow: bool = False
    """Whether the clip may play slower where a line does not fit otherwise."""


@dataclass(frozen=True)
class LanguageOrder:
    """One language, by its code, and who speaks it. ``mode``: empty for that of the whole dub."""

    code: str
    voice: str
    mode: str = ""


@dataclass(frozen=True)
class LanguageRequest:
    """One language of a dub."""

    order: DubOrder
    language: LanguageOrder
    folder: str

    @property
    def mode(self) -> DubMode:
        """What becomes of the original voices."""
        return DubMode(self.language.mode or self.order.mode)


@dataclass(frozen=True)
class LanguageDone:
    """What came of a language."""

    code: str
    files: DubFiles
    report: DubReport


@dataclass(frozen=True)
class DubRequest:
    """A dub into one or more languages."""

    order: DubOrder
    languages: list[LanguageOrder]
    tracks: bool = False
    """Whether one film with the sound of every language is made besides."""


@dataclass(frozen=True)
class DubDone:
    """The jobs of the languages, in their order."""

    language_ids: list[str]


def submit_dub(
    services: Services, order: DubOrder, languages: Sequence[LanguageOrder], *, tracks: bool = False
) -> Job:
    """Queue a dub; ``tracks``: with one film that has every language besides. Raises as
    :func:`check_dub`."""
    clip = subject_clip(services.store, order.subject)
    check_dub(services, order, languages, tracks=tracks)
    return services.jobs.submit(DUB, DubRequest(order, list(languages), tracks), clip.project_id)


def check_dub(
    services: Services,
    order: DubOrder,
    languages: Sequence[LanguageOrder],
    *,
    tracks: bool = False,
    given: Collection[str] = (),
) -> list[Voice]:
    """The voices of a dub that can begin, in the order of its languages; ``given``: the codes of those whose
    lines are there, though not stored yet. Raises NotFound for a subject that is not there, UsageError for a
    voice or a separator that is not, BadInput for a folder that can take no files, and where a language has
    nothing to say, more than can be said in the clip, or no translation and no engine can make one;
    EnvironmentLacks for what cannot work here."""
    from viralclip_desktop.features.exporting.target import check_folder

    clip = subject_clip(services.store, order.subject)
    if tracks and order.slow:
        raise UsageError(
            "One film with every language has one picture, which cannot be slowed for one of them.",
            "Leave out one of the two.",
        )
    voices: list[Voice] = []
    for language in languages:
        mode = DubMode(language.mode or order.mode)
        check_background(order.background, mode)
        separator_for(services, mode, order.separator)
        voices.append(find_voice(services, language.voice))
        if language.code not in given:
            _check_words(services, clip, order, language.code)
    if order.folder:
        check_folder(Path(order.folder))
    return voices


def _check_words(services: Services, clip: Clip, order: DubOrder, code: str) -> None:
    if lacks_words(services.store, clip, code):
        _check_translated(services, order, code)
        return
    plan, script = dub_script(services, clip, code)
    check_amount([line.text for line in script], plan.duration)


def _translation(order: DubOrder, code: str) -> TranslateOrder:
    """What is asked of the engine that translates a dub into a language."""
    return TranslateOrder(order.subject, code, order.engine)


def _check_translated(services: Services, order: DubOrder, code: str) -> None:
    try:
        check_translation(services, _translation(order, code))
    except EnvironmentLacks as lacking:
        raise BadInput(
            say(
                "There is no {language} translation of this, and none can be made: {problem}",
                language=language_name(code),
                problem=say(lacking.message),
            ),
            say("{how} Here that is --translation {code}=FILE.srt.", how=say(lacking.hint), code=code),
        ) from lacking


def price_of_dub(services: Services, order: DubOrder, languages: Sequence[LanguageOrder]) -> float:
    """What the voices cost that are paid for, in US dollars, if nothing of it was spoken before; by the words
    of the original where there is no translation yet. Raises as :func:`submit_dub`."""
    clip = subject_clip(services.store, order.subject)
    return sum(
        price_of(services, voice, _texts(services, clip, language.code))
        for language in languages
        if costs(services, voice := find_voice(services, language.voice))
    )


def price_of_translation(services: Services, order: DubOrder, languages: Sequence[LanguageOrder]) -> float:
    """What the translation costs at most that is still to be made, in US dollars. Raises as
    :func:`submit_dub`."""
    clip = subject_clip(services.store, order.subject)
    return sum(
        price_of_lines(services, _translation(order, language.code))
        for language in languages
        if lacks_words(services.store, clip, language.code)
    )


def _texts(services: Services, clip: Clip, code: str) -> list[str]:
    if not lacks_words(services.store, clip, code):
        return [line.text for line in dub_script(services, clip, code)[1]]
    transcript = services.store.transcript(clip.source_id)
    return (
        []
        if transcript is None
        else [line.text for line in dub_script(services, clip, transcript.language)[1]]
    )


def voice_for(services: Services, code: str) -> Voice:
    """The best voice of a language. Raises UsageError where none speaks it."""
    found = best_voice(services, code)
    if found is None:
        raise UsageError(
            say("No voice here speaks {language}.", language=language_name(code)),
            "“viralclip voices list” prints those that can speak here.",
        )
    return found


def languages_of(services: Services, job: Job) -> list[Job]:
    """The jobs of a dub's languages, in their order, as they stand now."""
    known = {one.id: one for one in services.jobs.children(job.id)}
    return [known[job_id] for job_id in job.result.get("language_ids", ()) if job_id in known]


def dubs_of(services: Services, subjects: Collection[str]) -> list[Job]:
    """The jobs of the languages that clips or recordings, by their ids, were dubbed into, and of the films
    with all of them: of each subject and language the newest, the latest first."""
    newest: dict[tuple[str, str], Job] = {}
    for job in services.jobs.list():
        if is_part_of_dub(job) and (asked := dubbed_as(job))[0] in subjects:
            newest[asked] = job
    return sorted(newest.values(), key=lambda job: job.created_at, reverse=True)


def is_part_of_dub(job: Job) -> bool:
    """Whether a job makes a language of a dub, or its film with every language."""
    return DUB_LANGUAGE.is_of(job) or DUB_TRACKS.is_of(job)


def dubbed_as(job: Job) -> tuple[str, str]:
    """What a part of a dub dubs, and into which language: the ids of a clip or recording and of a language,
    :data:`EVERY_LANGUAGE` of the film with all of them."""
    if DUB_TRACKS.is_of(job):
        return DUB_TRACKS.request_of(job).subject, EVERY_LANGUAGE
    request = DUB_LANGUAGE.request_of(job)
    return request.order.subject, request.language.code


def cancel_language(services: Services, job_id: str) -> Job:
    """Stop one language of a dub, by its job; the last one that is under way ends the dub. Returns the job
    that was stopped."""
    jobs = services.jobs
    whole = jobs.get(job_id).parent_id
    left = [one.id for one in jobs.children(whole) if not one.state.ended]
    return jobs.cancel(whole if left == [job_id] else job_id)


def _run(services: Services, request: DubRequest, context: JobContext) -> DubDone:
    clear_overdue(services)
    folder = request.order.folder or str(own_folder(services.paths, context.job.id))
    services.store.jobs.put_stage(context.job.id, ENDING_STAGE, None)
    at_rest = _at_rest(services, context.job.id)
    wanted = [LanguageRequest(request.order, language, folder) for language in request.languages]
    parts = [_part(one, at_rest, context) for one in wanted]
    context.update(result={"language_ids": [part.id for part in parts]})
    failed = [part for part in _ended(services, parts, context) if part.state is not WorkState.COMPLETED]
    services.store.jobs.put_stage(context.job.id, ONLY_STAGE, None)
    if failed:
        raise _partly_done(context.job.id, len(failed), len(parts), request.tracks)
    if request.tracks:
        _make_tracks(services, request.order.subject, folder, parts, context)
    return DubDone([part.id for part in parts])


def _ended(services: Services, parts: Sequence[Job], context: JobContext) -> list[Job]:
    """All parts, once they have ended. Who tries one of them again either is seen here, or sees that the dub
    is ending and waits for that: each notes what it does before it looks at the other."""
    noted = services.store.jobs
    while True:
        context.wait(parts)
        noted.put_stage(context.job.id, ENDING_STAGE, True)
        now = [services.jobs.get(part.id) for part in parts]
        if all(part.state.ended for part in now):
            return now
        noted.put_stage(context.job.id, ENDING_STAGE, None)


def _partly_done(job_id: str, failed: int, count: int, tracks: bool) -> PartlyDone:
    if count == 1:
        told = say("The language could not be finished.")
    else:
        told = say_n(
            failed,
            "{n} of {all} languages could not be finished.",
            "{n} of {all} languages could not be finished.",
            all=count,
        )
    hint = _go_on(job_id) if failed == count else say("The others are done. {retry}", retry=_go_on(job_id))
    if tracks:
        hint = say("{hint} The film with every language is made once all of them are done.", hint=hint)
    return PartlyDone(told, hint)


def _go_on(job_id: str) -> str:
    return say("“viralclip dub retry {job_id}” goes on with what is missing.", job_id=job_id)


def _make_tracks(
    services: Services, subject: str, folder: str, parts: Sequence[Job], context: JobContext
) -> None:
    """The film with every language, once all are done."""
    done = [DUB_LANGUAGE.result_of(services.jobs.get(part.id)) for part in parts]
    sounds = [LanguageSound(one.code, main_file(one.files)) for one in done]
    part = context.part(DUB_TRACKS, TracksRequest(subject, folder, sounds))
    (ended,) = context.wait([part])
    if ended.state is not WorkState.COMPLETED:
        raise PartlyDone(
            say("The film with every language could not be made: {problem}", problem=say(ended.error)),
            say("The languages are done. {retry}", retry=_go_on(context.job.id)),
        )


def _part(request: LanguageRequest, at_rest: Sequence[Job], context: JobContext) -> Job:
    """The job of a language: the one that is to stay as it ended, else one that is under way or goes on."""
    payload = DUB_LANGUAGE.payload(request)
    known = next((one for one in at_rest if one.payload == payload), None)
    return known or context.part(DUB_LANGUAGE, request)


def _at_rest(services: Services, job_id: str) -> list[Job]:
    """The languages that stay as they ended: those that a retry does not name, and all where the dub only
    goes on after its program ended."""
    only = services.store.jobs.stages(job_id).get(ONLY_STAGE)
    languages = [one for one in services.jobs.children(job_id) if DUB_LANGUAGE.is_of(one)]
    ended = [one for one in languages if one.state.ended]
    if only:
        return [one for one in ended if dubbed_as(one)[1] not in only]
    return ended if len(ended) < len(languages) else []


def _of_all(progress: Progress) -> Progress:
    """A sink for work that tells its own time left: that of the whole language follows from its pace."""
    return lambda event: progress(replace(event, time_left_s=None))


def _run_language(services: Services, request: LanguageRequest, context: JobContext) -> LanguageDone:
    code, progress = request.language.code, context.progress
    clip = subject_clip(services.store, request.order.subject)
    _translated(services, request, clip, context)
    known = _looked_at(services, request, context)
    voice, order = find_voice(services, request.language.voice), request.order
    share = staged(progress, "planning", _LOOKED, _PLANNED)
    planned = plan_dub(services, clip, code, voice, slow=order.slow, progress=share, cancel=context.cancel)
    known, script = _known_of(services, planned, order, known), planned.script
    lines = _voiced(services, voice, script, planned.placed, context)
    files = context.stage(
        FILES_STAGE, DubFiles, lambda: DubFiles.free(Path(request.folder), clip.title, code)
    )
    write_track(lines, planned.plan.duration, files.audio, context.cancel)
    heard = heard_once(services, files.audio, code, [line.text for line in script], context)
    backgrounds = _backgrounds(services, request, clip, planned.plan, context)
    report = replace(
        report_of([line.slot for line in script], [line.placed for line in lines], heard.wer),
        separator=backgrounds.separator,
        voice_left_db=_rounded(backgrounds.voice_left_db),
    )
    report = planned.told(report) if order.slow else report
    write_captions(lines, code, planned.plan.duration, files.captions)
    levels = levels_for(services.store, clip.id, code, order.music_db, order.original_db)
    made = Dub(code, request.mode, lines, files.audio, backgrounds, levels)
    _render(services, dubbed_plan(services, planned.clip, made, known), clip.title, files, context)
    write_manifest(files, code, voice.id, report, lines, slowings=planned.slowings)
    if clip.id == order.subject:
        keep_choice(services.store, clip, code, voice, mode=request.mode, levels=levels)
    progress(ProgressEvent("complete", 1.0))
    return LanguageDone(code, files, report)


def _known_of(services: Services, planned: DubPlan, order: DubOrder, known: PictureKnown) -> PictureKnown:
    """What is known of the picture of a clip as it is dubbed, which may play slower."""
    if not planned.slowings or planned.clip.id != order.subject:
        return known
    return picture_of(services.store, services.paths, planned.clip)


def _looked_at(services: Services, request: LanguageRequest, context: JobContext) -> PictureKnown:
    """What the picture of a clip needs, so that the dubbed one is framed as its export is. A whole recording
    is shown as it is."""
    subject, share = request.order.subject, staged(_of_all(context.progress), "frame", _TRANSLATED, _LOOKED)
    if any(source.id == subject for source in services.store.sources()):
        return PictureKnown()
    return look_now(services, subject, share, context.cancel)


def _translated(services: Services, request: LanguageRequest, clip: Clip, context: JobContext) -> None:
    """Translate what has to be; lines that cannot be translated are told and not spoken."""
    code = request.language.code
    if not lacks_words(services.store, clip, code):
        return
    share = staged(context.progress, "translating", 0.0, _TRANSLATED)
    done = translate_subject(services, _translation(request.order, code), share, context.cancel)
    if done.failed:
        told = say_n(
            len(done.failed),
            "{n} line could not be translated and is not spoken. {reason}",
            "{n} lines could not be translated and are not spoken. {reason}",
            reason=say(done.failed[0].told),
        )
        services.notices.caution(told, "Translate it again, then dub it again.")


def _voiced(
    services: Services,
    voice: Voice,
    script: Sequence[ScriptLine],
    placed: Sequence[PlacedLine],
    context: JobContext,
) -> list[VoicedLine]:
    asked = [Line(line.text, voice.name, one.speed) for line, one in zip(script, placed, strict=True)]
    share = staged(context.progress, "dubbing", _PLANNED, _SPOKEN)
    spoken = speak_lines(services, voice, asked, share, context.cancel)
    return [
        VoicedLine(line, _lasting(one, said.spoken.duration), said.path, said.spoken)
        for line, one, said in zip(script, placed, spoken, strict=True)
    ]


def _lasting(placed: PlacedLine, duration: Time) -> PlacedLine:
    """A placed line as long as it became."""
    return replace(placed, range=TimeRange(placed.range.start, placed.range.start + duration))


def _backgrounds(
    services: Services, request: LanguageRequest, clip: Clip, plan: RenderPlan, context: JobContext
) -> Backgrounds:
    order = request.order
    if order.background:
        return given_background(services.store, clip, order.background)
    separator = separator_for(services, request.mode, order.separator)
    share = staged(context.progress, "separating", _HEARD, _SEPARATED)
    return backgrounds_of(services, clip, plan, separator, progress=share, cancel=context.cancel)


def _rounded(level_db: float | None) -> float | None:
    return None if level_db is None else round(level_db, 1)


def _render(services: Services, plan: RenderPlan, title: str, files: DubFiles, context: JobContext) -> None:
    """The film of a language, or the whole sound of what has no picture."""
    out = files.video if plan.has_picture else files.mix
    if out is None:
        return
    code = DUB_LANGUAGE.request_of(context.job).language.code
    share = staged(context.progress, "exporting", _SEPARATED, 1.0)
    render_plan(services, plan, out, share, context.cancel, title=title, language=iso_639_2(code))


def delete_files(services: Services, job: Job) -> DubResults:
    """Delete what a dub's languages have made, and tell what went; the recording, its translations and what
    was spoken stay, and so does a file that a project uses. Raises UsageError for an unfinished dub."""
    if not all(one.state.ended for one in (job, *services.jobs.children(job.id))):
        raise UsageError(
            "This dub is not finished.", say("Cancel it first: viralclip jobs cancel {job_id}", job_id=job.id)
        )
    return delete_results(services, results_of(services, job))


DUB = JobKind("dub", "dubs", DubRequest, DubDone, _run, remembered=True)
DUB_LANGUAGE = JobKind(
    "dub_language", DUBS_LANE, LanguageRequest, LanguageDone, _run_language, remembered=True
)
