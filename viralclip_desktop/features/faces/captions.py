"""The faces that a clip's captions keep off, as far as they are known, and the search for them."""

from __future__ import annotations

from collections.abc import Sequence

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import style_of
from viralclip_desktop.features.faces.finding import STAGE, FacesKnown, faces_between, find_faces
from viralclip_desktop.store.store import Store


def known_faces(store: Store, paths: DataPaths, clip: Clip) -> dict[str, tuple[FacesSeen, ...]]:
    """The faces that a clip's captions keep off, by recording (its id) in its time, as far as they are known;
    none where the captions don't ask. Never looks at a recording (see ``start_face_search``)."""
    found = {}
    for source, parts in searched(store, paths, clip):
        looks = {look.at: look for part in parts for look in part.seen}
        found[source.id] = tuple(looks[at] for at in sorted(looks))
    return found


def look_for_faces(services: Services, clip_id: str, progress: Progress, cancel: CancelToken) -> None:
    """Find the faces that a clip's captions keep off, if they ask for it and it was not done. Takes a while.

    Where that fails the captions stay where they are, with a notice. Raises Cancelled.
    """
    clip = services.store.clip(clip_id)
    if not _keeps_off(services.store, clip):
        return
    try:
        for source in recordings_of(services.store, clip):
            look(services, source.id, clip.ranges_of(source.asset_id), progress, cancel)
    except Cancelled:
        raise
    except Fault as fault:
        services.notices.caution(
            say("The captions may cover faces: {message}", message=say(fault.message)), fault.hint
        )


def searched(store: Store, paths: DataPaths, clip: Clip) -> list[tuple[Source, list[FacesKnown]]]:
    """What is known of each recording whose faces the clip's captions keep off, by the parts it plays."""
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


def look(
    services: Services,
    source_id: str,
    parts: Sequence[TimeRange],
    progress: Progress,
    cancel: CancelToken,
) -> None:
    """Find the faces in ranges of a source."""
    for number, part in enumerate(parts):
        share = staged(progress, STAGE, number / len(parts), (number + 1) / len(parts))
        find_faces(services.store, services.paths, source_id, part, progress=share, cancel=cancel)
