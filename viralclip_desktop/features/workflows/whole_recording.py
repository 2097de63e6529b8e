"""A whole recording as one clip, tightened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features.editing import add_clip
from viralclip_desktop.features.tighten import DEFAULT_STRENGTH, Listened, tighten_clip

if TYPE_CHECKING:
    from viralclip_desktop.features.common.orders import NewClipLook
    from viralclip_desktop.store.store import Store


def tighten_whole(
    store: Store, listened: Listened, look: NewClipLook, strength: float = DEFAULT_STRENGTH
) -> Clip:
    """Make a clip of all of a recording and tighten it, as one entry in the history: each of its cuts is
    listed and can be brought back."""
    source = listened.source
    with store.transaction("Tighten recording", source.project_id):
        clip = add_clip(store, source.id, TimeRange(ZERO, source.info.duration), look=look)
        return tighten_clip(store, clip.id, [listened], strength)
