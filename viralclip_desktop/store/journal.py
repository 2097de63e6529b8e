"""The undo journal: each edit with what was there before and after, in the same commit as the edit.

An entry holds *items* (what the edit itself changed; of an entity that stayed only the fields that
differ, of a transcript only the sentences, of a translation only the lines) and *carried* states: what went
along when something was deleted and is not the edit's own, such as exports. Undo is linear within a project.
Entries name their project without a foreign key, so that the deletion of a project can be undone. Each has
the version of the schema its values are in (``upgrades``).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.media import Source
from viralclip_desktop.store import asset_use
from viralclip_desktop.store.codec import dumps, from_plain, source_of, to_plain
from viralclip_desktop.store.kinds import KINDS, ORDER, TRANSCRIPT, Key, journaled, kind_of
from viralclip_desktop.store.records import HistoryEntry
from viralclip_desktop.store.tables import edits, processing_jobs
from viralclip_desktop.store.transaction import StoredChange, Transaction
from viralclip_desktop.store.transcripts import SegmentRow, StoredTranscript, difference
from viralclip_desktop.store.upgrades import SCHEMA

GONE = "What it changed is gone. The next undo or redo goes past it."
CHANGED = "What it changed was changed otherwise since. The next undo or redo goes past it."
ALONE = "What it belongs to is gone. The next undo or redo goes past it."
FILE_GONE = "A file it needs is no longer in the library. The next undo or redo goes past it."
"""Why an edit could not be taken back, or brought back."""
MERGE_WITHIN_S = 1.5  # a pause longer than this between two drags or keystrokes is felt as two edits
T = TypeVar("T", bound=Any)


@dataclass(frozen=True)
class Item:
    """One entity's part of an edit, as JSON values; None before = made, None after = deleted."""

    kind: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Entry:
    """One edit as journaled."""

    id: int
    label: str
    items: tuple[Item, ...]
    carried: tuple[Item, ...]


def record(
    connection: Connection,
    project_id: str,
    label: str,
    changes: list[StoredChange],
    *,
    merge_key: str | None,
    at: float,
) -> None:
    """Write an edit down. What was undone before can no longer be redone."""
    items = [_item(change) for change in changes if _is_edit(change)]
    items = [item for item in items if item.before != item.after]
    carried = [
        Item(change.kind, change.id, _full(change.kind, change.before), None)
        for change in changes
        if not journaled(change.kind) and change.after is None
    ]
    if not items and not carried:
        return
    undone = edits.c.project_id == project_id, edits.c.undone.is_(True)
    dropped = connection.execute(delete(edits).where(*undone)).rowcount
    if merge_key is not None and not dropped and not carried:
        newest = _newest(connection, project_id)
        if newest is not None and newest.merge_key == merge_key and at - newest.at <= MERGE_WITHIN_S:
            entry = _entry(newest)
            _rewrite(connection, replace(entry, label=label, items=tuple(_merged(entry.items, items))), at)
            return
    values = {"project_id": project_id, "label": label, "merge_key": merge_key, "at": at, "undone": False}
    connection.execute(insert(edits).values(**values, changes=_dump(items, carried), version=SCHEMA))


def amend(connection: Connection, project_id: str, changes: list[StoredChange]) -> None:
    """Let what follows from the newest edit go with it. What belongs to nothing that it changed is not
    written down."""
    newest = _newest(connection, project_id)
    if newest is None:
        return
    entry = _entry(newest)
    known = {(item.kind, item.id) for item in entry.items}
    items = [_item(change) for change in changes if _is_edit(change) and (change.kind, change.id) in known]
    if items:
        _rewrite(connection, replace(entry, items=tuple(_merged(entry.items, items))), newest.at)


def forget_deleted(connection: Connection, changes: list[StoredChange]) -> None:
    """Drop the journal of projects that were deleted for good: nothing of them is kept."""
    gone = [change.id for change in changes if change.kind == "project" and change.after is None]
    if gone:
        connection.execute(delete(edits).where(edits.c.project_id.in_(gone)))


def forget(connection: Connection, project_id: str, keys: Collection[Key]) -> None:
    """Drop what the edits of a project say of some entities, and the edits that say nothing else."""
    for row in (
        connection.execute(select(edits).where(edits.c.project_id == project_id)).all() if keys else ()
    ):
        entry = _entry(row)
        items = tuple(item for item in entry.items if (item.kind, item.id) not in keys)
        if not items and not entry.carried:
            connection.execute(delete(edits).where(edits.c.id == entry.id))
        elif items != entry.items:
            _rewrite(connection, replace(entry, items=items), row.at)


def edited_fields(
    connection: Connection, project_id: str, *, made: bool = True, but: Collection[str] = ()
) -> dict[Key, frozenset[str]]:
    """See :meth:`Store.edited_fields`."""
    found: dict[Key, set[str]] = {}
    for row in connection.execute(select(edits).where(edits.c.project_id == project_id)):
        if getattr(row.label, "template", row.label) in but:
            continue
        for item in _entry(row).items:
            if made or (item.before is not None and item.after is not None):
                found.setdefault((item.kind, item.id), set()).update(item.before or (), item.after or ())
    return {key: frozenset(fields) for key, fields in found.items()}


def history(connection: Connection, project_id: str) -> list[HistoryEntry]:
    """The edits of a project, oldest first."""
    columns = edits.c["id", "label", "at", "undone"]
    query = select(*columns).where(edits.c.project_id == project_id).order_by(edits.c.id)
    return [HistoryEntry(*row) for row in connection.execute(query)]


def next_undo(connection: Connection, project_id: str) -> Entry | None:
    """The edit that undo would take back."""
    row = _newest(connection, project_id)
    return None if row is None else _entry(row)


def next_redo(connection: Connection, project_id: str) -> Entry | None:
    """The edit that redo would bring back."""
    undone = edits.c.project_id == project_id, edits.c.undone.is_(True)
    row = connection.execute(select(edits).where(*undone).order_by(edits.c.id).limit(1)).first()
    return None if row is None else _entry(row)


def before_gesture(connection: Connection, project_id: str, merge_key: str, entity: T) -> T:
    """An entity as it was before the newest edits with ``merge_key``; as it is where the newest edit has
    another key (or the gesture made the entity)."""
    kind = kind_of(entity)
    plain: dict[str, Any] = to_plain(entity)
    done = edits.c.project_id == project_id, edits.c.undone.is_(False)
    for row in connection.execute(select(edits).where(*done).order_by(edits.c.id.desc())):
        if row.merge_key != merge_key:
            break
        for item in reversed(_entry(row).items):
            if (item.kind, item.id) == (kind.name, str(entity.id)) and item.before is not None:
                plain |= item.before
    before: T = from_plain(kind.cls, plain)
    return before


def apply(tx: Transaction, entry: Entry, *, undo: bool) -> list[str]:
    """Take an edit back, or bring it back, and mark it so. Returns why parts of it could not be applied."""
    own = {(item.kind, item.id) for item in entry.items}
    items = entry.items[::-1] if undo else entry.items
    targets = [(item, item.before if undo else item.after) for item in items]
    carried: dict[Key, Any] = {}
    for item, target in targets:
        key = (item.kind, item.id)
        if target is None and tx.current(key) is not None:
            if item.kind != TRANSCRIPT:
                carried |= {k: state for k, state in tx.subtree(*key).items() if k not in own}
            tx.delete(*key)
    failed: list[str] = []
    for item, target in sorted(targets, key=lambda pair: ORDER[pair[0].kind]):
        if target is not None:
            failed += _restore(tx, item, target, item.after if undo else item.before)
    for item in sorted(entry.carried, key=lambda item: ORDER[item.kind]):
        if item.before is not None and tx.current((item.kind, item.id)) is None:
            failed += _restore(tx, item, item.before, None)
    kept = [Item(kind, entity_id, _full(kind, state), None) for (kind, entity_id), state in carried.items()]
    change = update(edits).where(edits.c.id == entry.id)
    tx.connection.execute(change.values(undone=undo, changes=_dump(entry.items, kept)))
    return list(dict.fromkeys(failed))


def _restore(tx: Transaction, item: Item, target: dict[str, Any], other: dict[str, Any] | None) -> list[str]:
    """Put one entity into the state ``target``; returns why that cannot be."""
    if item.kind == TRANSCRIPT:
        return _restore_transcript(tx, item.id, target, other)
    kind, now = KINDS[item.kind], tx.current((item.kind, item.id))
    if other is not None and now is None:
        return [GONE]
    before = kind.plain(now) if now is not None else {}
    plain: dict[str, Any] = before | target
    if other is not None and _is_part(target.get(kind.long_list)):
        whole = _spliced(before[kind.long_list], target[kind.long_list], other[kind.long_list])
        if whole is None:
            return [CHANGED]
        plain[kind.long_list] = whole
    if _has_lost_owner(tx, item.kind, plain):
        return [ALONE]
    entity = _built(tx, item.kind, plain)
    if any(tx.current(("asset", name)) is None for name in asset_use.named_by(entity)):
        return [FILE_GONE]
    tx.put(_settled(tx.connection, entity) if isinstance(entity, Export) else entity)
    return []


def _has_lost_owner(tx: Transaction, kind: str, plain: dict[str, Any]) -> bool:
    """Whether anything is missing that such an entity belongs to."""
    owners = {owner: plain[column] for owner, column in KINDS[kind].parents.items()}
    if kind == "source":
        owners["asset"] = plain["asset_id"]
    return any(owner_id and tx.current((owner, owner_id)) is None for owner, owner_id in owners.items())


def _built(tx: Transaction, kind: str, plain: dict[str, Any]) -> Any:
    if KINDS[kind].cls is Source:
        return source_of(plain, tx.asset(plain["asset_id"]))
    return from_plain(KINDS[kind].cls, plain)


def _settled(connection: Connection, export: Export) -> Export:
    """A deleted export that comes back while nobody works on it any more is a cancelled one."""
    if export.status.ended:
        return export
    state = select(processing_jobs.c.state).where(processing_jobs.c.id == export.job_id)
    if connection.execute(state).scalar() in (WorkState.QUEUED.value, WorkState.RUNNING.value):
        return export
    return replace(export, status=WorkState.CANCELLED)


def _restore_transcript(
    tx: Transaction, source_id: str, target: dict[str, Any], other: dict[str, Any] | None
) -> list[str]:
    if tx.current(("source", source_id)) is None:
        return [ALONE]
    now = tx.current((TRANSCRIPT, source_id))
    rows = tuple(SegmentRow(*row) for row in target["rows"])
    if other is not None:
        first, count = target["at"], len(other["rows"])
        if now is None or [list(row) for row in now.rows[first : first + count]] != other["rows"]:
            return [CHANGED]
        rows = now.rows[:first] + rows + now.rows[first + count :]
    engine, language, track = target["engine"], target["language"], target.get("track")
    tx.put_stored_transcript(source_id, StoredTranscript(engine, language, rows, track=track))
    return []


def _is_part(value: Any) -> bool:
    """Whether the value of a long list is only what an edit touched of it."""
    return isinstance(value, dict)


def _spliced(now: Iterable[Any], target: dict[str, Any], other: dict[str, Any]) -> list[Any] | None:
    """A long list with the one part put in the place of the other; None when that isn't there."""
    rows, first = list(now), target["at"]
    last = first + len(other["rows"])
    return rows[:first] + target["rows"] + rows[last:] if rows[first:last] == other["rows"] else None


def _is_edit(change: StoredChange) -> bool:
    if not journaled(change.kind):
        return False
    return change.before is not None or change.kind == TRANSCRIPT or KINDS[change.kind].makes_history


def _item(change: StoredChange) -> Item:
    before, after = _full(change.kind, change.before), _full(change.kind, change.after)
    if before is not None and after is not None:
        if change.kind == TRANSCRIPT:
            at, old, new = difference(before["rows"], after["rows"])
            before, after = before | {"at": at, "rows": old}, after | {"at": at, "rows": new}
        else:
            changed = {name for name in before | after if before.get(name) != after.get(name)}
            before = {name: value for name, value in before.items() if name in changed}
            after = {name: value for name, value in after.items() if name in changed}
            if (name := KINDS[change.kind].long_list) in changed:
                at, old, new = difference(before[name], after[name])
                before[name], after[name] = {"at": at, "rows": old}, {"at": at, "rows": new}
    return Item(change.kind, change.id, before, after)


def _full(kind: str, state: Any) -> dict[str, Any] | None:
    if state is None:
        return None
    if kind == TRANSCRIPT:
        head = {"engine": state.engine, "language": state.language, "track": state.track}
        return head | {"at": 0, "rows": state.rows}
    return KINDS[kind].plain(state)


def _merged(old: Iterable[Item], new: Iterable[Item]) -> list[Item]:
    """Two edits as one: the first's before, the second's after. Parts of long lists stay in sequence."""
    merged = list(old)
    places = {(item.kind, item.id): place for place, item in enumerate(merged) if not _has_parts(item)}
    for item in new:
        place = None if _has_parts(item) else places.get((item.kind, item.id))
        if place is None:
            merged.append(item)
            continue
        first = merged[place]
        before = None if first.before is None else {**(item.before or {}), **first.before}
        after = None if item.after is None else {**(first.after or {}), **item.after}
        merged[place] = replace(item, before=before, after=after)
    return [item for item in merged if item.before != item.after]


def _has_parts(item: Item) -> bool:
    if item.kind == TRANSCRIPT:
        return True
    return item.before is not None and _is_part(item.before.get(KINDS[item.kind].long_list))


def _newest(connection: Connection, project_id: str) -> Any | None:
    done = edits.c.project_id == project_id, edits.c.undone.is_(False)
    return connection.execute(select(edits).where(*done).order_by(edits.c.id.desc()).limit(1)).first()


def _entry(row: Any) -> Entry:
    if row.version > SCHEMA:
        hint = "Update ViralClip."
        raise Fault("This edit was made by a newer version of ViralClip.", hint, f"schema {row.version}")
    plain = json.loads(row.changes)
    items, carried = (tuple(Item(*values) for values in plain[part]) for part in ("items", "carried"))
    return Entry(row.id, row.label, items, carried)


def _dump(items: Iterable[Item], carried: Iterable[Item]) -> str:
    return dumps({"items": [_flat(item) for item in items], "carried": [_flat(item) for item in carried]})


def _flat(item: Item) -> list[Any]:
    return [item.kind, item.id, item.before, item.after]


def _rewrite(connection: Connection, entry: Entry, at: float) -> None:
    change = update(edits).where(edits.c.id == entry.id)
    values = {"label": entry.label, "at": at, "changes": _dump(entry.items, entry.carried)}
    connection.execute(change.values(**values))
