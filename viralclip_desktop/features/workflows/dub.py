"""Dubbing as a job: one clip or recording, any number of languages, each a part of its own that fails, is
cancelled and is tried again by itself. What was spoken is kept by text and voice, so that no line is spoken
twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.compose.dub_timing import DubLine, PlacedLine, plan_lines
from viralclip_desktop.core.errors import BadInput, PartlyDone, UsageError
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.progress import ProgressEvent, staged
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.domain.clip import Clip, Framing, Part
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.tts.base import Line, Voice
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import ScriptLine, VoicedLine, script_of, write_track
from viralclip_desktop.features.dubbing.report import DubReport, report_of
from viralclip_desktop.features.voices import find_voice, predict_lines, ready_voices, speak_lines
from viralclip_desktop.features.workflows.dub_files import (
    DubFiles,
    heard_back,
    write_captions,
    write_manifest,
)
from viralclip_desktop.features.workflows.dub_mixing import (
    Backgrounds,
    Dub,
    backgrounds_of,
    check_background,
    dubbed_plan,
    given_background,
    separator_for,
)
from viralclip_desktop.features.workflows.preview import look_now
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.store.store import Store

DUBS_LANE: Final = "dub_languages"
_SPEEDS: Final = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5)
"""What voices are asked for when a plan is made: more than is heard, since they do less than they are
asked."""
_LOOKED, _PLANNED, _SPOKEN, _HEARD, _SEPARATED = 0.1, 0.15, 0.5, 0.6, 0.75  # shares of a language's time


@dataclass(frozen=True)
class DubOrder:
    """What is wanted in every language. ``subject`` is a clip or a recording, by its id. ``separator``: who
    takes the original voices off it (its id, ``none`` to keep nothing of the original sound, empty for the
    best there is). ``background``: a file that is heard in the place of the recording's own background."""

    subject: str
    mode: str = DubMode.REPLACE
    folder: str = ""
    separator: str = ""
    background: str = ""


@dataclass(frozen=True)
class LanguageOrder:
    """One language, by its code, and who speaks it."""

    code: str
    voice: str


@dataclass(frozen=True)
class LanguageRequest:
    """One language of a dub."""

    order: DubOrder
    language: LanguageOrder
    folder: str


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


@dataclass(frozen=True)
class DubDone:
    """The jobs of the languages, in their order."""

    language_ids: list[str]


def submit_dub(services: Services, order: DubOrder, languages: Sequence[LanguageOrder]) -> Job:
    """Queue a dub. Raises NotFound for a subject that is not there, UsageError for a voice or a separator
    that is not, BadInput where a language has nothing to say."""
    clip = subject_clip(services.store, order.subject)
    check_background(order.background, DubMode(order.mode))
    separator_for(services, DubMode(order.mode), order.separator)
    for language in languages:
        find_voice(services, language.voice)
        _script(services, clip, language.code)
    return services.jobs.submit(DUB, DubRequest(order, list(languages)), clip.project_id)


def voice_for(services: Services, code: str) -> Voice:
    """The best voice of a language. Raises UsageError where none speaks it."""
    found = ready_voices(services, language=code)
    if not found:
        raise UsageError(
            say("No voice here speaks {language}.", language=language_name(code)),
            "“viralclip voices list” prints those that can speak here.",
        )
    return found[0]


def languages_of(services: Services, job: Job) -> list[Job]:
    """The jobs of a dub's languages, in their order, as they stand now."""
    return [services.jobs.get(job_id) for job_id in job.result.get("language_ids", ())]


def subject_clip(store: Store, subject: str) -> Clip:
    """A clip as it stands, or a clip that is the whole recording. Raises NotFound."""
    if any(source.id == subject for source in store.sources()):
        return _whole(store, subject)
    return store.clip(subject)


def _whole(store: Store, source_id: str) -> Clip:
    source = store.source(source_id)
    video = source.info.video
    shapes = list(Aspect)
    ratio = video.size.width / video.size.height if video is not None else 16 / 9
    aspect = min(shapes, key=lambda shape: abs(shape.ratio - ratio))
    return Clip(
        id=f"{source.id}_whole",
        project_id=source.project_id,
        source_id=source.id,
        batch_id="",
        rank=0,
        parts=(Part(source.asset_id, TimeRange(ZERO, source.info.duration)),),
        title=source.title,
        score=None,
        reasons=(),
        quote_first="",
        quote_last="",
        aspect=aspect,
        framing=Framing.FIT,
        captions_on=False,
        asset_id=source.asset_id,
    )


def _run(services: Services, request: DubRequest, context: JobContext) -> DubDone:
    folder = request.order.folder or str(services.paths.home / "media" / "audio" / "dubs" / context.job.id)
    parts = [
        context.part(DUB_LANGUAGE, LanguageRequest(request.order, language, folder))
        for language in request.languages
    ]
    context.update(result={"language_ids": [part.id for part in parts]})
    failed = [part for part in context.wait(parts) if part.state is not WorkState.COMPLETED]
    if failed:
        raise PartlyDone(
            say_n(
                len(failed),
                "{n} of {all} languages could not be finished.",
                "{n} of {all} languages could not be finished.",
                all=len(parts),
            ),
            "The others are done. “viralclip dub retry JOB_ID” goes on with what is missing.",
        )
    return DubDone([part.id for part in parts])


def _run_language(services: Services, request: LanguageRequest, context: JobContext) -> LanguageDone:
    code, progress = request.language.code, context.progress
    clip = subject_clip(services.store, request.order.subject)
    known = _looked_at(services, request, context)
    plan, script = _script(services, clip, code, known)
    voice = find_voice(services, request.language.voice)
    progress(ProgressEvent("planning", _LOOKED, say("Timing {n} lines", n=len(script))))
    placed = _placed(services, voice, script, plan, context)
    lines = _voiced(services, voice, script, placed, context)
    files = context.stage("files", DubFiles, lambda: DubFiles.free(Path(request.folder), clip.title, code))
    write_track(lines, plan.duration, files.audio, context.cancel)
    heard = heard_back(services, files.audio, code, [line.text for line in script], context.cancel)
    backgrounds = _backgrounds(services, request.order, clip, plan, context)
    report = replace(
        report_of([line.slot for line in script], [line.placed for line in lines], heard),
        separator=backgrounds.separator,
        voice_left_db=_rounded(backgrounds.voice_left_db),
    )
    write_captions(lines, code, files.captions)
    made = Dub(code, DubMode(request.order.mode), lines, files.audio, backgrounds)
    _render(services, dubbed_plan(services, clip, made, known), clip, files, context)
    write_manifest(files, code, voice.id, report, lines)
    progress(ProgressEvent("complete", 1.0))
    return LanguageDone(code, files, report)


def _looked_at(services: Services, request: LanguageRequest, context: JobContext) -> PictureKnown:
    """What the picture of a clip needs, so that the dubbed one is framed as its export is. A whole recording
    is shown as it is."""
    subject, share = request.order.subject, staged(context.progress, "frame", 0.0, _LOOKED)
    if any(source.id == subject for source in services.store.sources()):
        return PictureKnown()
    return look_now(services, subject, share, context.cancel)


def _script(
    services: Services, clip: Clip, code: str, known: PictureKnown | None = None
) -> tuple[RenderPlan, tuple[ScriptLine, ...]]:
    """The clip as it would be exported with its words, and what is to be said in a language."""
    from viralclip_desktop.features.exporting.plans import plan_of

    store, order = services.store, export_order(services.settings.values)
    reading = replace(clip, captions_on=True, second_language=code)
    plan = plan_of(store, reading, fps=order.fps, known=known or PictureKnown())
    plan = replace(plan, loudness=replace(plan.loudness, target_lufs=order.target_lufs))
    translated = any(in_language(store.translations(source_id), code) for source_id in _sources(store, clip))
    if not translated and plan.language != code:
        raise BadInput(
            say("There is no {language} translation of this.", language=language_name(code)),
            say("Give one: --translation {code}=FILE.srt", code=code),
        )
    script = script_of(plan.words, plan.second_lines if translated else ())
    if not script:
        raise BadInput("Nothing is said in this clip.", "Choose a clip with words in it.")
    return plan, script


def _sources(store: Store, clip: Clip) -> list[str]:
    assets = {part.asset_id for part in clip.parts}
    return [source.id for source in store.sources() if source.asset_id in assets]


def _placed(
    services: Services, voice: Voice, script: Sequence[ScriptLine], plan: RenderPlan, context: JobContext
) -> tuple[PlacedLine, ...]:
    asked = [Line(line.text, voice.name, speed) for line in script for speed in _SPEEDS]
    lengths = predict_lines(services, voice, asked, context.cancel)
    count = len(_SPEEDS)
    lines = [
        DubLine(line.slot, tuple(zip(_SPEEDS, lengths[n * count : (n + 1) * count], strict=True)))
        for n, line in enumerate(script)
    ]
    return plan_lines(lines, plan.duration)


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
    services: Services, order: DubOrder, clip: Clip, plan: RenderPlan, context: JobContext
) -> Backgrounds:
    if order.background:
        return given_background(services.store, clip, order.background)
    separator = separator_for(services, DubMode(order.mode), order.separator)
    share = staged(context.progress, "separating", _HEARD, _SEPARATED)
    return backgrounds_of(services, clip, plan, separator, progress=share, cancel=context.cancel)


def _rounded(level_db: float | None) -> float | None:
    return None if level_db is None else round(level_db, 1)


def _render(services: Services, plan: RenderPlan, clip: Clip, files: DubFiles, context: JobContext) -> None:
    """The film, or the whole sound of what has no picture."""
    from viralclip_desktop.media import encoders
    from viralclip_desktop.media.render import render_export
    from viralclip_desktop.media.sound_file import Tags, render_sound

    order, work = export_order(services.settings.values), services.paths.render_work
    share = staged(context.progress, "exporting", _SEPARATED, 1.0)
    if plan.has_picture:
        render_export(
            plan,
            frame_size(plan.aspect, order.resolution.short_side_px),
            files.video,
            encoders.choose(order.encoder, services.paths.cache / "encoders.json"),
            work,
            progress=share,
            cancel=context.cancel,
            title=clip.title,
        )
    elif files.mix is not None:
        render_sound(plan, files.mix, work, progress=share, cancel=context.cancel, tags=Tags(clip.title))


def delete_files(services: Services, job: Job) -> None:
    """Delete what a dub's languages have made; the recording, its translations and what was spoken stay."""
    for one in languages_of(services, job):
        if one.state is WorkState.COMPLETED:
            for path in DUB_LANGUAGE.result_of(one).files.there.values():
                if path is not None:
                    path.unlink(missing_ok=True)


DUB = JobKind("dub", "dubs", DubRequest, DubDone, _run, remembered=True)
DUB_LANGUAGE = JobKind("dub_language", DUBS_LANE, LanguageRequest, LanguageDone, _run_language)
