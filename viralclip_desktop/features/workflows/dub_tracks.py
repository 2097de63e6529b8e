"""The film of a dub that has every language: the clip as its export is, with its own sound and that of each
dub as a track of its own. The picture is made once; the sounds are those of the films of the languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.file_names import free_path, safe_name
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import ProgressEvent, staged
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.codes import iso_639_2
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.dub_files import file_told, write_json
from viralclip_desktop.features.workflows.dub_rendering import render_plan
from viralclip_desktop.features.workflows.dub_results import FILES_STAGE
from viralclip_desktop.features.workflows.preview import look_now
from viralclip_desktop.features.workflows.subjects import subject_clip
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.media.sound_tracks import SoundTrack

TRACKS_LANE: Final = "dub_tracks"
_LOOKED, _MADE = 0.1, 0.97
"""Shares of the time."""


@dataclass(frozen=True)
class LanguageSound:
    """A dubbed language, by its code, and the file whose sound is its."""

    code: str
    file: Path


@dataclass(frozen=True)
class TracksRequest:
    """``subject``: a clip or a recording, by its id. The tracks come in the order of ``sounds``, after the
    original."""

    subject: str
    folder: str
    sounds: list[LanguageSound]


@dataclass(frozen=True)
class TracksFiles:
    """Where it lies, and what tells of it."""

    tracks: Path
    manifest: Path

    @classmethod
    def free(cls, folder: Path, title: str, ending: str) -> TracksFiles:
        """Named after the clip; nothing that is there is named again."""
        name = safe_name(title, "dub", 120)
        base = free_path(
            lambda number: f"{name}.tracks" if number == 1 else f"{name} {number}.tracks",
            folder,
            lambda path: any(path.with_name(path.name + one).exists() for one in (ending, ".json")),
        )
        return cls(base.with_name(base.name + ending), base.with_name(base.name + ".json"))


@dataclass(frozen=True)
class TracksDone:
    """What came of it."""

    files: TracksFiles
    codes: list[str]
    """The languages of the tracks in their order: the original first, empty where it is not known."""


def tracks_file(services: Services, job: Job) -> Path | None:
    """The film of a dub with every language; None where it is not made, or is gone."""
    made = [one for one in services.jobs.children(job.id) if DUB_TRACKS.is_of(one)]
    if not made or made[-1].state is not WorkState.COMPLETED:
        return None
    film = DUB_TRACKS.result_of(made[-1]).files.tracks
    return film if film.is_file() else None


def _run(services: Services, request: TracksRequest, context: JobContext) -> TracksDone:
    from viralclip_desktop.features.exporting.exporting import kept_segments
    from viralclip_desktop.media import workdir
    from viralclip_desktop.media.sound_tracks import SoundTrack, join_tracks

    clip, plan = _original(services, request, context)
    files = context.stage(
        FILES_STAGE,
        TracksFiles,
        lambda: TracksFiles.free(Path(request.folder), clip.title, ".mp4" if plan.has_picture else ".m4a"),
    )
    transcript = services.store.transcript(clip.source_id)
    own = transcript.language if transcript is not None else ""
    with workdir.scratch(services.paths.render_work) as scratch:
        film = scratch / f"original{files.tracks.suffix}"
        share = staged(context.progress, "exporting", _LOOKED, _MADE)
        kept = kept_segments(services.paths, services.settings.values)
        render_plan(services, plan, film, share, context.cancel, kept=kept)
        original = SoundTrack(film, iso_639_2(own), _original_title(own))
        dubbed = [
            SoundTrack(one.file, iso_639_2(one.code), language_name(one.code)) for one in request.sounds
        ]
        join_tracks([original, *dubbed], files.tracks, clip.title, context.cancel)
    _write_manifest(files, [original, *dubbed])
    context.progress(ProgressEvent("complete", 1.0))
    return TracksDone(files, [own, *(one.code for one in request.sounds)])


def _original_title(code: str) -> str:
    return say("{language} (original)", language=language_name(code)) if code else say("Original")


def _original(services: Services, request: TracksRequest, context: JobContext) -> tuple[Clip, RenderPlan]:
    """The clip, and the plan by which it would be exported. Raises Faults where a sound is gone, and
    Cancelled."""
    from viralclip_desktop.features.exporting.plans import plan_of

    for sound in request.sounds:
        if not sound.file.is_file():
            name = sound.file.name
            raise Fault(say("{name} is not there any more.", name=name), "Dub it again.")
    clip, order = subject_clip(services.store, request.subject), export_order(services.settings.values)
    share = staged(context.progress, "frame", 0.0, _LOOKED)
    known = PictureKnown()
    if clip.id == request.subject:  # a whole recording is shown as it is
        known = look_now(services, clip.id, share, context.cancel)
    plan = plan_of(services.store, clip, fps=order.fps, known=known)
    return clip, replace(plan, loudness=replace(plan.loudness, target_lufs=order.target_lufs))


def _write_manifest(files: TracksFiles, tracks: list[SoundTrack]) -> None:
    """What was made, with size and SHA-256, and its tracks. Raises the fault of a full disk."""
    told = [
        {"language": one.language, "title": one.title, "default": number == 0}
        for number, one in enumerate(tracks)
    ]
    write_json(files.manifest, {"files": {"tracks": file_told(files.tracks)}, "tracks": told})


DUB_TRACKS = JobKind("dub_tracks", TRACKS_LANE, TracksRequest, TracksDone, _run, remembered=True)
