"""Which items are selected, and the one that was selected last. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from viralclip_desktop.gui.timeline.model import Key, Kind, TimelineModel


class Selection:
    """A set of items. ``on_change`` is called after each real change."""

    def __init__(self, on_change: Callable[[], None] = lambda: None) -> None:
        self._keys: frozenset[Key] = frozenset()
        self.anchor: Key | None = None
        """Where an extension by Shift begins."""
        self._on_change = on_change

    @property
    def keys(self) -> frozenset[Key]:
        """The selected items."""
        return self._keys

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def of(self, *kinds: Kind) -> list[Key]:
        """The selected items of some kinds, in a fixed order."""
        return sorted((key for key in self._keys if key.kind in kinds), key=lambda key: (key.kind, key.id))

    def clear(self) -> None:
        """Select nothing."""
        self._set(frozenset(), None)

    def only(self, key: Key) -> None:
        """Select one item."""
        self._set(frozenset({key}), key)

    def toggle(self, key: Key) -> None:
        """Add an item, or take it out (a click with Ctrl)."""
        self._set(self._keys ^ {key}, key)

    def extend(self, model: TimelineModel, key: Key) -> None:
        """Select from the anchor to an item of the same lane (a click with Shift); else add the item."""
        for lane in model.lanes:
            first = lane.index_of(self.anchor) if self.anchor else None
            last = lane.index_of(key)
            if first is not None and last is not None:
                low, high = sorted((first, last))
                keys = (lane.key(index) for index in range(low, high + 1))
                self._set(self._keys | frozenset(keys), self.anchor)
                return
        self._set(self._keys | {key}, key)

    def put(self, keys: Iterable[Key]) -> None:
        """Select exactly these (a rubber band)."""
        self._set(frozenset(keys), self.anchor)

    def keep_existing(self, model: TimelineModel) -> None:
        """Forget what is gone."""
        kept = frozenset(key for key in self._keys if model.find(key) is not None)
        self._set(kept, self.anchor if self.anchor in kept else None)

    def _set(self, keys: frozenset[Key], anchor: Key | None) -> None:
        changed, self._keys, self.anchor = keys != self._keys, keys, anchor
        if changed:
            self._on_change()
