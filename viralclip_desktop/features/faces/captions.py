"""The faces that a clip's captions keep off, as far as they are known, and the job that looks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import style_of
from viralclip_desktop.features.faces.finding import FacesKnown, faces_between, find_faces
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.store.store import Store

LANE = STAGE = FACES = "faces"
"""``FACES`` is also the kind of the change which says that the faces of a source (by its id) are known better
than before."""


@dataclass(frozen=True)
class FindFaces:
    """Where to look: ranges of a source, as starts and ends in ticks of source time."""

    project_id: str
    source_id: str
    parts: list[list[int]]


@dataclass(frozen=True)
class FacesFound:
    """What is found is kept beside the recording's other derived files."""


def known_faces(store: Store, paths: DataPaths, clip_id: str) -> dict[str, tuple[FacesSeen, ...]]:
    """The faces that a clip's captions keep off, by recording (its id) in its time, as far as they are known;
    none where the captions don't ask. Never looks at a recording (see :func:`start_face_search`)."""
    found = {}
    for source, parts in _known(store, paths, store.clip(clip_id)):
        looks = {look.at: look for part in parts for look in part.seen}
        found[source.id] = tuple(looks[at] for at in sorted(looks))
    return found


def start_face_search(services: Services, clip_id: str) -> Job | None:
    """Queue a search for the faces that a clip's captions keep off; None where nothing is to be looked for.

    The end is published as a change of the kind :data:`FACES`. A search of the same parts that failed or was
    stopped is not begun again: its reason would be reported after every edit.
    """
    clip = services.store.clip(clip_id)
    known = _known(services.store, services.paths, clip)
    wanted = (source for source, parts in known if not all(part.whole for part in parts))
    queued = [_start(services, clip, source) for source in wanted]
    return next((job for job in queued if job is not None), None)


def _start(services: Services, clip: Clip, source: Source) -> Job | None:
    ranges = clip.ranges_of(source.asset_id)
    request = FindFaces(source.project_id, source.id, [[one.start.ticks, one.end.ticks] for one in ranges])
    ended = services.store.jobs.list((WorkState.FAILED, WorkState.CANCELLED))
    payload = FIND_FACES.payload(request)
    if not Path(source.path).is_file() or any(
        (j.kind, j.payload) == (FIND_FACES.name, payload) for j in ended
    ):
        return None
    return services.jobs.submit(FIND_FACES, request, source.project_id, once=True)


def look_for_faces(services: Services, clip_id: str, progress: Progress, cancel: CancelToken) -> None:
    """Find the faces that a clip's captions keep off, if they ask for it and it was not done. Takes a while.

    Where that fails the captions stay where they are, with a notice. Raises Cancelled.
    """
    clip = services.store.clip(clip_id)
    if not _keeps_off(services.store, clip):
        return
    try:
        for source in recordings_of(services.store, clip):
            _look(services, source.id, clip.ranges_of(source.asset_id), progress, cancel)
    except Cancelled:
        raise
    except Fault as fault:
        services.notices.caution(
            say("The captions may cover faces: {message}", message=say(fault.message)), fault.hint
        )


def _known(store: Store, paths: DataPaths, clip: Clip) -> list[tuple[Source, list[FacesKnown]]]:
    if not _keeps_off(store, clip):
        return []
    try:
        return [
            (source, [faces_between(paths, source, part) for part in clip.ranges_of(source.asset_id)])
            for source in recordings_of(store, clip)
            if source.info.video is not None or source.id == clip.source_id
        ]
    except EnvironmentLacks:  # no finder: the export and the checkup say so
        return []


def _keeps_off(store: Store, clip: Clip) -> bool:
    style = style_of(store, clip)
    return style is not None and style.keep_off_faces


def _look(
    services: Services,
    source_id: str,
    parts: Sequence[TimeRange],
    progress: Progress,
    cancel: CancelToken,
) -> None:
    for number, part in enumerate(parts):
        share = staged(progress, STAGE, number / len(parts), (number + 1) / len(parts))
        find_faces(services.store, services.paths, source_id, part, progress=share, cancel=cancel)


def _run(services: Services, request: FindFaces, context: JobContext) -> FacesFound:
    parts = [TimeRange(Time(start), Time(end)) for start, end in request.parts]
    try:
        _look(services, request.source_id, parts, context.progress, context.cancel)
    finally:  # a search that was stopped has found some
        found = Change(FACES, request.source_id, None, None)
        services.store.changes.publish(Changes("Find faces", context.job.project_id, (found,)))
    return FacesFound()


FIND_FACES = JobKind("find_faces", LANE, FindFaces, FacesFound, _run)
