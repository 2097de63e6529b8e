"""The plan that the player shows: the clip as it stands, with the faces its captions keep off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.features.common.styles import tell_if_style_is_gone
from viralclip_desktop.store.store import Store

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan


def preview_plan(
    store: Store, paths: DataPaths, clip_id: str, notices: NoticeBoard | None = None
) -> RenderPlan:
    """The plan of a clip as it stands. Starts no work: faces that are not known yet are looked for by
    :func:`faces.start_face_search`."""
    from viralclip_desktop.features.exporting import preview_plan as plan_with
    from viralclip_desktop.features.faces import known_faces

    if notices is not None:
        tell_if_style_is_gone(store, store.clip(clip_id), notices)
    return plan_with(store, paths, clip_id, known_faces(store, paths, clip_id))
