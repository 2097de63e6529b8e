"""A portable project's document, from version 1 to version 3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viralclip_desktop.store.upgrades.assets_of_paths import AssetBook, Plain, brand_kit_fields, source_fields
from viralclip_desktop.store.upgrades.history import HistoryUpgrade


def upgraded(document: Plain, new_id: Callable[[], str]) -> Plain:
    """The document as it is written today; one that is returns as it is. ``new_id`` makes ids of assets.

    Raises KeyError, TypeError and their kin for a document that is none.
    """
    if int(document.get("schema", 1)) < 2:
        document = _to_2(document, new_id)
    return document if int(document["schema"]) > 2 else _to_3(document)


def _to_2(document: Plain, new_id: Callable[[], str]) -> Plain:
    old: dict[str, list[Any]] = document["entities"]
    sources = old.get("source", [])
    book = AssetBook(new_id)
    now = HistoryUpgrade(book, sources, old.get("batch", []), ())
    new = dict(old)
    new["clip"] = [now.clip(plain) for plain in old.get("clip", [])]
    new["brand_kit"] = [brand_kit_fields(plain, book) for plain in old.get("brand_kit", [])]
    new["source"] = [source_fields(plain, book.of_source(plain["id"]))[0] for plain in sources]
    files = {book.of_source(source_id): member for source_id, member in document["recordings"].items()}
    for asset in book.assets.values():
        note = document["files"].get(asset["path"])
        if note is not None and not asset["fingerprint"]:
            asset["fingerprint"] = note["fingerprint"]
        if note is not None and note.get("member") and asset["id"] not in files:
            files[asset["id"]] = note["member"]
    new["asset"] = list(book.assets.values())
    return {**document, "schema": 2, "entities": new, "files": files}


def _to_3(document: Plain) -> Plain:
    entities = document["entities"]
    clips = [{**plain, "review": ""} for plain in entities.get("clip", [])]
    return {**document, "schema": 3, "entities": {**entities, "clip": clips}}
