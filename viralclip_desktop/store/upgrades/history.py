"""The undo journal of a project from version 1 to version 2.

An entry of version 1 holds only the fields an edit changed, and a field of version 2 may follow from several
of them (a clip's parts from its range, cuts, splits and order). So the whole state is walked: from the
present back through what was done and forward through what was undone, each entry written anew from the
states on both sides of it, just as undo and redo would go through them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from viralclip_desktop.store.upgrades import parts_of_clips
from viralclip_desktop.store.upgrades.assets_of_paths import AssetBook, Plain, brand_kit_fields, source_fields

Item = list[Any]
"""Kind, id, before, after; None before = made, None after = deleted; else the fields that differ."""
Document = dict[str, list[Item]]
"""An entry: its ``items``, and the states ``carried`` along when something was deleted."""
_CONVERTED = ("clip", "source", "brand_kit")


class HistoryUpgrade:
    """Takes what is there now and every entry, and writes the entries anew."""

    def __init__(
        self, book: AssetBook, sources: Iterable[Plain], batches: Iterable[Plain], clips: Iterable[Plain]
    ) -> None:
        """What is in the database now, as version 1's plain values."""
        self.book = book
        self._projects: dict[str, str] = {}
        self._by_hand: dict[str, bool] = {}
        self._now = {one["id"]: one for one in clips}
        self._clips: dict[str, Plain | None] = {}
        for source in sources:
            self._note("source", source)
        for batch in batches:
            self._note("batch", batch)

    def clip(self, plain: Plain) -> Plain:
        """A whole clip in version 2's form."""
        batch = plain["batch_id"]
        by_hand = not batch or self._by_hand.get(batch, False)
        project_id = self._projects.get(plain["source_id"], "")
        return parts_of_clips.clip(plain, self.book, project_id, by_hand=by_hand)

    def learn(self, documents: Iterable[Document]) -> None:
        """Take notice of recordings and batches that only the journal still knows, of all projects."""
        for document in documents:
            for kind, _, before, after in document["items"] + document["carried"]:
                if kind in ("source", "batch"):
                    whole = [one for one in (before, after) if one and "created_at" in one and "id" in one]
                    for plain in whole:
                        self._note(kind, plain)

    def rewrite(self, done: list[Document], undone: list[Document]) -> None:
        """Write the entries of one project anew, in place; both lists oldest first."""
        self._clips = dict(self._now)
        for document in reversed(done):
            self._step(document, back=True)
        self._clips = dict(self._now)
        for document in undone:
            self._step(document, back=False)

    def _note(self, kind: str, plain: Plain) -> None:
        if kind == "source":
            self._projects[plain["id"]] = plain["project_id"]
            self.book.recording(plain)
        else:
            self._by_hand[plain["id"]] = plain["settings"].get("by") == "hand"

    def _step(self, document: Document, *, back: bool) -> None:
        items = document["items"][::-1] if back else document["items"]
        rewritten = [self._items(item, back=back) for item in items]
        document["items"] = [item for some in (rewritten[::-1] if back else rewritten) for item in some]
        for item in document["carried"]:
            if item[0] == "clip" and self._clips.get(item[1]) is None:
                self._clips[item[1]] = item[2]
        document["carried"] = [self._whole(item) for item in document["carried"]]

    def _items(self, item: Item, *, back: bool) -> list[Item]:
        kind, entity_id, before, after = item
        if kind not in _CONVERTED:
            return [item]
        if kind == "clip":
            return self._clip_items(item, back=back)
        if kind == "brand_kit":
            return [[kind, entity_id, *(one and brand_kit_fields(one, self.book) for one in (before, after))]]
        return self._source_items(item)

    def _clip_items(self, item: Item, *, back: bool) -> list[Item]:
        kind, clip_id, before, after = item
        target = before if back else after
        if before is None or after is None:
            self._clips[clip_id] = target
            return [self._whole(item)]
        around = self._clips.get(clip_id)
        if around is None:  # gone without a trace in the journal: this edit can never be applied
            return [[kind, clip_id, *(_unreplaced(one) for one in (before, after))]]
        self._clips[clip_id] = {**around, **target}
        states = (self.clip({**around, **one}) for one in (before, after))
        return [[kind, clip_id, *parts_of_clips.changed(*states)]]

    def _source_items(self, item: Item) -> list[Item]:
        kind, source_id, before, after = item
        if before is None or after is None:
            return [self._whole(item)]
        asset_id = self.book.of_source(source_id)
        sides = [source_fields(one, asset_id) for one in (before, after)]
        own, moved = ([side[place] for side in sides] for place in (0, 1))
        found: list[Item] = [[kind, source_id, *own]] if any(own) else []
        return found + ([["asset", asset_id, *moved]] if any(moved) and asset_id else [])

    def _whole(self, item: Item) -> Item:
        kind, entity_id, *states = item
        return [kind, entity_id, *(one and self._converted(kind, one) for one in states)]

    def _converted(self, kind: str, plain: Plain) -> Plain:
        if kind == "clip":
            return self.clip(plain)
        if kind == "brand_kit":
            return brand_kit_fields(plain, self.book)
        if kind == "source":
            return source_fields(plain, self.book.recording(plain))[0]
        return plain


def _unreplaced(fields: Plain) -> Plain:
    return {name: value for name, value in fields.items() if name not in parts_of_clips.REPLACED}
