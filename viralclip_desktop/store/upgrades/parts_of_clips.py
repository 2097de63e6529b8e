"""From version 1, where a clip is a range with cuts, splits and an order of play, to version 2: its parts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from viralclip_desktop.store.upgrades.assets_of_paths import AssetBook, Plain, layer

REPLACED = ("range", "cuts", "splits", "play_order", "original_volume_db")
"""Fields of version 1 that are no more."""
_SINCE = {"original_volume_db": 0.0, "splits": [], "play_order": [], "second_language": ""}
"""What the first programs of version 1 did not write."""
_BUS = {
    "volume_db": 0.0, "automation": [], "fade_in": 0, "fade_out": 0, "mute": False, "solo": False,
}  # fmt: skip


def clip(plain: Plain, book: AssetBook, project_id: str, *, by_hand: bool) -> Plain:
    """A whole clip; its recording must have been noted in ``book``. ``by_hand``: no ranker chose it."""
    old: Plain = {**_SINCE, **plain}
    new = {name: value for name, value in old.items() if name not in REPLACED}
    home = book.of_source(old["source_id"])
    new["project_id"], new["asset_id"] = project_id, home
    new["parts"] = [
        {"asset_id": home, "range": {"start": start, "end": end}, "speed": "1", "card": None}
        for start, end in kept(old)
    ]
    new["mix"] = mix(old["original_volume_db"])
    new["layers"] = [layer(one, book) for one in old["layers"]]
    if by_hand and not old["score"]:
        new["score"] = None  # nobody ever gave it one
    return new


def kept(plain: Plain) -> list[tuple[int, int]]:
    """What version 1 played, in its order: start and end in ticks of source time."""
    first, last = plain["range"]["start"], plain["range"]["end"]
    ranges, start = [], first
    for cut in plain["cuts"]:
        if start < cut["start"] < last:
            ranges.append((start, cut["start"]))
        start = max(start, cut["end"])
    if start < last:
        ranges.append((start, last))
    order = plain["play_order"]
    edges = sorted({*plain["splits"], *order})
    pieces = [piece for one in ranges for piece in _split(one, edges)]
    return sorted(pieces, key=lambda piece: (_block(order, piece[0]), piece[0]))


def _split(one: tuple[int, int], edges: list[int]) -> list[tuple[int, int]]:
    start, end = one
    return list(pairwise([start, *(edge for edge in edges if start < edge < end), end]))


def _block(order: list[int], at: int) -> int:
    if not order:
        return 0
    begun = [begin for begin in order if begin <= at]
    return order.index(max(begun) if begun else min(order))


def mix(original_volume_db: float) -> Plain:
    """The mix that sounds as version 1 did: everything as it comes, the own sound at its level."""
    ducking = {"of": "music", "depth_db": -12.0, "attack_s": 0.15, "release_s": 0.4}
    return {
        "own_sound": "all",
        "speech": _BUS | {"volume_db": original_volume_db},
        "voice": dict(_BUS),
        "music": dict(_BUS),
        "effects": dict(_BUS),
        "dub": {},
        "ducking": [ducking | {"by": "speech"}, ducking | {"by": "voice"}],
    }


def changed(before: Plain, after: Plain) -> tuple[Plain, Plain]:
    """The fields in which two whole values differ."""
    names = {name for name in before | after if before.get(name) != after.get(name)}
    return _only(before, names), _only(after, names)


def _only(plain: Plain, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name in names}
