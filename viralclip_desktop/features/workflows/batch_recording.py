"""One recording of a batch: found, made into versions, exported. It is a job of its own, so that one that
fails stops no other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput, Cancelled, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, no_time_left, staged
from viralclip_desktop.domain.clip import Clip, Review
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.site_video import SiteVideo
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.features.batches import Readiness, Version, is_version
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.exporting.naming import DEFAULT_TEMPLATE
from viralclip_desktop.features.workflows.exports import export_once
from viralclip_desktop.features.workflows.main_job import (
    MAIN_JOB,
    ClipsFound,
    MainJobRequest,
    searched_recording,
)
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.jobs.runner import EXIT_CODE

if TYPE_CHECKING:
    from viralclip_desktop.features.workflows.versions import MadeVersion
    from viralclip_desktop.store.store import Store

RECORDINGS_LANE = "batch_recordings"
RECORDINGS_AT_ONCE: Final = 2
"""One is listened to while the clips of another are exported."""
SUBTITLES: Final = ("srt", "vtt", "ass", "json")
"""Endings of the files beside a recording that are taken as captions in other languages."""
_NAME_BY_TITLE = "{rank} {title}"  # where the title tells the shape
# Shares of a recording, from talks of a few minutes in two shapes and two styles.
_FOUND, _READY, _EXPORTED = 0.4, 0.55, 0.95
_packaging = threading.Lock()  # the list in a folder is written by one recording at a time


@dataclass(frozen=True)
class BatchOrder:
    """What is wanted of each recording. (Lists, because it is stored as JSON values.)"""

    search: MainJobOptions
    versions: list[Version]
    export: ExportSettings
    ready: Readiness = field(default_factory=Readiness)
    package: bool = False
    second_subtitles: Path | None = None
    """A subtitle file that every clip shows as a second language, for a batch of one recording."""
    second_language: str = ""


@dataclass(frozen=True)
class RecordingRequest:
    """One recording. ``fingerprint`` is empty for a file that can't be read."""

    path: Path
    fingerprint: str
    order: BatchOrder
    site: SiteVideo | None = None
    """What the site says about it, for one that was fetched from a site."""


@dataclass(frozen=True)
class VersionExport:
    """One version of a clip: the clip that it is, and its export."""

    clip_id: str
    export_id: str
    hook: str | None = None


@dataclass(frozen=True)
class ClipVersions:
    """The versions of one clip that was found."""

    id: str
    versions: list[VersionExport]


@dataclass(frozen=True)
class RecordingDone:
    """What came of a recording. ``message`` says what was left out, if anything was."""

    source_id: str = ""
    message: str = ""
    clips: list[ClipVersions] = field(default_factory=list)


def _run_recording(services: Services, request: RecordingRequest, context: JobContext) -> RecordingDone:
    order = request.order
    found = context.stage("find", ClipsFound, lambda: _found(services, request, context))
    if not _still_there(services.store, found):  # removed since an earlier start
        found = _found(services, request, context)
    context.update(result={"source_id": found.source_id})
    if order.second_subtitles is not None:
        _show_second_language(services.store, found, order.second_subtitles, order.second_language)
    versions, message = _possible(services, request.path, found.source_id, order.versions)
    done = RecordingDone(found.source_id, message, [])
    exports: list[Export] = []
    faults: list[Fault] = []
    for number, clip in enumerate(clips := _still_there(services.store, found)):
        share = staged(context.progress, "versions", *_share(_FOUND, _READY, number, len(clips)))
        share = no_time_left(share)
        share(ProgressEvent("versions", 0.0, "Making the versions"))
        try:
            made = _made(services, clip, order.ready, versions, progress=share, cancel=context.cancel)
        except Cancelled:
            raise
        except Fault as fault:  # the other clips are not to wait for it
            faults.append(fault)
            continue
        ordered = [_ordered(services, one, order.export, context.job.id) for one in made]
        exports += ordered
        done.clips.append(_line(clip, versions, ordered))
        context.update(result=RECORDING.plain_result(done))
    faults += _wait_for_exports(services, exports, context)
    if faults:
        raise faults[0]
    if order.package:
        _package(services, exports, staged(context.progress, "package", _EXPORTED, 1.0), context)
    return done


def _found(services: Services, request: RecordingRequest, context: JobContext) -> ClipsFound:
    """The clips of a recording: those that were found before, as many as are wanted, else found now."""
    source = searched_recording(services, request.path)
    if source is not None:
        wanted = wanted_of(services.store, source.id, request.order.search.count)
        return ClipsFound(source.project_id, source.id, wanted)
    progress = no_time_left(staged(context.progress, "find", 0.0, _FOUND))
    searching = replace(context, progress=progress)
    part = context.part(MAIN_JOB, MainJobRequest(request.path, request.order.search, request.site))
    (job,) = searching.wait([part])
    raise_where_failed(job)
    found = MAIN_JOB.result_of(job)
    if not found.clip_ids:
        raise BadInput(
            say("No clips were found in {name}.", name=request.path.name), "Allow shorter or longer clips."
        )
    return found


def wanted_of(store: Store, source_id: str, count: int) -> list[str]:
    """The clips of a known recording that a batch takes up, so many at most: none that was dropped."""
    own = (clip for clip in store.clips(source_id) if not is_version(clip))
    return [clip.id for clip in own if clip.review is not Review.DROPPED][:count]


def _show_second_language(store: Store, found: ClipsFound, subtitles: Path, language: str) -> None:
    from viralclip_desktop.features.editing.translating import import_translation

    clip_ids = [clip.id for clip in _still_there(store, found)]
    import_translation(store, found.source_id, subtitles, language, clip_ids)


def _still_there(store: Store, found: ClipsFound) -> list[Clip]:
    there = {clip.id: clip for clip in store.clips(found.source_id)}
    return [there[clip_id] for clip_id in found.clip_ids if clip_id in there]


def _share(start: float, end: float, number: int, of: int) -> tuple[float, float]:
    return start + (end - start) * number / of, start + (end - start) * (number + 1) / of


def _possible(
    services: Services, path: Path, source_id: str, versions: Sequence[Version]
) -> tuple[list[Version], str]:
    """The versions whose caption language is there, and a sentence about the others. A subtitle file beside
    the recording (``talk.th.srt``) is taken in. Raises :class:`BadInput` when none is left."""
    from viralclip_desktop.engines.stt.languages import language_name

    wanted = list(dict.fromkeys(one.language for one in versions if one.language))
    missing = [code for code in wanted if not _has_language(services, path, source_id, code)]
    if not missing:
        return list(versions), ""
    names = ", ".join(language_name(code) for code in missing)
    message = say("There are no captions in {names} for {name}.", names=names, name=path.name)
    left = [one for one in versions if one.language not in missing]
    if not left:
        raise BadInput(message, "Add a translation, or put a subtitle file beside it, such as talk.th.srt.")
    return left, message


def _has_language(services: Services, path: Path, source_id: str, code: str) -> bool:
    from viralclip_desktop.features.editing.translating import import_translation

    store, transcript = services.store, services.store.transcript(source_id)
    if transcript is not None and transcript.language == code:
        return True
    if in_language(store.translations(source_id), code) is not None:
        return True
    beside = (path.with_name(f"{path.stem}.{code}.{ending}") for ending in SUBTITLES)
    file = next((one for one in beside if one.is_file()), None)
    if file is not None:
        import_translation(store, source_id, file, code)
    return file is not None


def _made(
    services: Services,
    clip: Clip,
    ready: Readiness,
    versions: Sequence[Version],
    *,
    progress: Progress,
    cancel: CancelToken,
) -> list[MadeVersion]:
    from viralclip_desktop.features.workflows.versions import VersionMaker

    transcript = services.store.transcript(clip.source_id)
    spoken = transcript.language if transcript is not None else ""
    maker = VersionMaker(services, clip, ready, own_language=spoken, progress=progress, cancel=cancel)
    made = []
    for version in versions:
        cancel.raise_if_cancelled()
        made.append(maker.made(version, versions))
    return made


def _ordered(services: Services, made: MadeVersion, settings: ExportSettings, parent_id: str) -> Export:
    usual = settings.name_template.strip() in ("", DEFAULT_TEMPLATE) and not settings.audio_only
    if usual and made.clip.aspect.value.replace(":", "x") in made.label.split(", "):
        settings = replace(settings, name_template=_NAME_BY_TITLE)
    return export_once(services, made.clip.id, settings, anew=made.changed, parent_id=parent_id)


def _line(clip: Clip, versions: Sequence[Version], exports: Sequence[Export]) -> ClipVersions:
    pairs = zip(versions, exports, strict=True)
    return ClipVersions(clip.id, [VersionExport(one.clip_id, one.id, v.hook) for v, one in pairs])


def _wait_for_exports(services: Services, exports: Sequence[Export], context: JobContext) -> list[Fault]:
    """Wait for the exports that are still to be made; why some of them failed."""
    waiting = replace(context, progress=staged(context.progress, "export", _READY, _EXPORTED))
    jobs = [services.jobs.get(one.job_id) for one in exports if not one.status.ended]
    faults = []
    for job in waiting.wait(jobs) if jobs else ():
        try:
            raise_where_failed(job)
        except Cancelled:
            raise
        except Fault as fault:
            faults.append(fault)
    return faults


def raise_where_failed(part: Job) -> None:
    """Raise what a part failed by, or Cancelled."""
    if part.state is WorkState.CANCELLED:
        raise Cancelled()
    if part.state is WorkState.FAILED:
        fault = Fault(part.error, part.hint, part.details)
        fault.exit_code = int(part.result.get(EXIT_CODE, 1))
        raise fault


def _package(services: Services, exports: Sequence[Export], progress: Progress, context: JobContext) -> None:
    """The cover and the receipt of each film that has none yet."""
    from viralclip_desktop.features.workflows.packaging import finished_films, package

    films = finished_films(services.store, [export.id for export in exports])
    new = [film for film in films if not Path(film.output_path).with_suffix(".json").is_file()]
    if new:
        with _packaging:
            package(services, new, progress, context.cancel)


RECORDING = JobKind(
    "batch_recording",
    RECORDINGS_LANE,
    RecordingRequest,
    RecordingDone,
    _run_recording,
    remembered=True,
)
