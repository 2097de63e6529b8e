"""How one edit of a clip happens: read, apply a pure function, store what differs under a name.

Nothing is recorded when nothing changes. Steps of a gesture pass one ``merge_key``: in quick succession they
become one entry in the history.
"""

from __future__ import annotations

from collections.abc import Callable

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.store.store import Store


def edit_clip(
    store: Store, clip_id: str, label: str, change: Callable[[Clip], Clip], merge_key: str | None = None
) -> Clip:
    """Edit the clip as it is. Raises :class:`NotFound`."""
    with store.transaction(label, project_of(store, clip_id), merge_key=merge_key) as tx:
        after = change(tx.clip(clip_id))
        tx.put(after)
    return after


def drag_clip(
    store: Store, clip_id: str, label: str, change: Callable[[Clip], Clip], merge_key: str | None = None
) -> Clip:
    """The same for a step of a drag, which says where something is now: each step starts from the clip as it
    was before the gesture (the journal knows), so that what one step pushed away is back when the pointer
    comes back."""
    project_id = project_of(store, clip_id)
    with store.transaction(label, project_id, merge_key=merge_key) as tx:
        now = tx.clip(clip_id)
        after = change(store.before_gesture(now, project_id, merge_key) if merge_key else now)
        tx.put(after)
    return after


def project_of(store: Store, clip_id: str) -> str:
    """The project a clip belongs to. Raises :class:`NotFound`."""
    return store.clip(clip_id).project_id
