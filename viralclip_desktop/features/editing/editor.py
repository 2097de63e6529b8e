"""How one edit happens: read, apply a pure function, store what differs, under a name in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.store.store import Store


@dataclass(frozen=True)
class _Gesture:
    """A drag that may go on: the clip before it began, and as its last step left it."""

    merge_key: str
    before: Clip
    after: Clip


class ClipEditor:
    """Applies pure edits to one clip. Nothing is recorded when nothing changes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._gesture: _Gesture | None = None

    def edit(
        self,
        clip_id: str,
        label: str,
        change: Callable[[Clip], Clip],
        merge_key: str | None = None,
    ) -> Clip:
        """Edit the clip as it is. Edits with the same ``merge_key`` in quick succession become one entry
        in the history. Raises :class:`NotFound`."""
        with self.store.transaction(label, self.project_of(clip_id), merge_key=merge_key) as tx:
            after = change(tx.clip(clip_id))
            tx.put(after)
        return after

    def drag(
        self, clip_id: str, label: str, change: Callable[[Clip], Clip], merge_key: str | None = None
    ) -> Clip:
        """The same for a step of a drag, which says where something is now: each step starts from the clip
        before the drag, so that what one step pushed away is back when the pointer comes back."""
        with self.store.transaction(label, self.project_of(clip_id), merge_key=merge_key) as tx:
            before = self._before(tx.clip(clip_id), merge_key)
            after = change(before)
            tx.put(after)
            self._gesture = _Gesture(merge_key, before, after) if merge_key else None
        return after

    def _before(self, now: Clip, merge_key: str | None) -> Clip:
        known = self._gesture
        return known.before if known and known.merge_key == merge_key and known.after == now else now

    def project_of(self, clip_id: str) -> str:
        """The project a clip belongs to. Raises :class:`NotFound`."""
        return self.store.source(self.store.clip(clip_id).source_id).project_id
