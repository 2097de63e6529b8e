"""Reviewing clips: keep or drop one, or take that back."""

from __future__ import annotations

from viralclip_desktop.domain.clip import Clip, Review
from viralclip_desktop.domain.edits.review import reviewed
from viralclip_desktop.features.editing.edit import edit_clip
from viralclip_desktop.store.store import Store

_LABELS = {Review.KEPT: "Keep clip", Review.DROPPED: "Drop clip", Review.NOT_YET: "Take back the review"}


def review_clip(store: Store, clip_id: str, review: Review) -> Clip:
    """Note what the user thinks of a clip. One that is dropped stays in the project, behind the others."""
    return edit_clip(store, clip_id, _LABELS[review], lambda clip: reviewed(clip, review))
