"""The plan that the player shows: the clip as it stands, with what is known of its picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.letters import tell_if_letters_are_missing
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import tell_if_style_is_gone
from viralclip_desktop.store.store import Store

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan


def preview_plan(
    store: Store, paths: DataPaths, clip_id: str, notices: NoticeBoard | None = None
) -> RenderPlan:
    """The plan of a clip as it stands. Starts no work: what is not known of its picture yet is looked for by
    :func:`start_looking`."""
    from viralclip_desktop.features.exporting.plans import preview_plan as plan_with

    plan = plan_with(store, paths, clip_id, picture_known(store, paths, clip_id))
    if notices is not None:
        tell_of_captions(store, paths, clip_id, plan, notices)
    return plan


def tell_of_captions(
    store: Store, paths: DataPaths, clip_id: str, plan: RenderPlan, notices: NoticeBoard
) -> None:
    """Say once what a clip's captions lack here: their style, or a font for their letters."""
    clip = store.clip(clip_id)
    tell_if_style_is_gone(store, clip, notices)
    tell_if_letters_are_missing(plan, clip.title, paths.render_work, notices)


def picture_known(store: Store, paths: DataPaths, clip_id: str, aspect: Aspect | None = None) -> PictureKnown:
    """What is known of a clip's picture: how its frame follows people, in a shape that may not be its own,
    and the faces that its captions keep off. Never looks at a recording."""
    return picture_of(store, paths, store.clip(clip_id), aspect)


def picture_of(store: Store, paths: DataPaths, clip: Clip, aspect: Aspect | None = None) -> PictureKnown:
    """The same of a clip as it is given, which need not be as it stands."""
    from viralclip_desktop.features.faces.captions import known_faces
    from viralclip_desktop.features.reframe.clip_frame import faces_of, frame_of
    from viralclip_desktop.features.separation.cleaning import known_cleaned

    cleaned = known_cleaned(store, paths, clip)
    frame = frame_of(store, paths, replace(clip, aspect=aspect or clip.aspect))
    if frame is not None:
        return PictureKnown(faces_of(store, paths, clip), frame, cleaned)
    return PictureKnown(known_faces(store, paths, clip), cleaned=cleaned)


def start_looking(services: Services, clip_id: str) -> Job | None:
    """Queue what is to be found out about a clip's picture, and what its sound wants; None where all is known
    of the picture. To be called when a clip is opened, and after an edit of it."""
    from viralclip_desktop.features.faces.job import start_face_search
    from viralclip_desktop.features.reframe.clip_frame import frame_of
    from viralclip_desktop.features.reframe.job import start_watching
    from viralclip_desktop.features.separation.job import start_cleaning

    try:
        start_cleaning(services, clip_id)
        job = start_watching(services, clip_id)
        if job is not None:
            return job
        known = frame_of(services.store, services.paths, services.store.clip(clip_id)) is not None
        return None if known else start_face_search(services, clip_id)
    except NotFound:  # a clip that was deleted meanwhile wants nothing
        return None


def look_now(
    services: Services,
    clip_id: str,
    progress: Progress,
    cancel: CancelToken,
    aspect: Aspect | None = None,
) -> PictureKnown:
    """Find out what a clip's picture needs, and make what its sound wants, wherever that was not done yet.
    Takes a while. Where looking fails the frame stands in the middle, with a notice. Raises Cancelled, and
    the Faults of noise reduction."""
    from viralclip_desktop.features.faces.captions import look_for_faces
    from viralclip_desktop.features.reframe.clip_frame import frame_of, watch_clip
    from viralclip_desktop.features.separation.cleaning import clean, lacks_cleaning

    clip = services.store.clip(clip_id)
    if lacks_cleaning(services.store, services.paths, clip):
        clean(services.store, services.paths, clip, staged(progress, "cleaning", 0.0, 0.5), cancel)
        progress = staged(progress, "sight", 0.5, 1.0)
    watch_clip(services, clip_id, progress, cancel)
    if frame_of(services.store, services.paths, services.store.clip(clip_id)) is None:
        look_for_faces(services, clip_id, progress, cancel)
    return picture_known(services.store, services.paths, clip_id, aspect)
