"""The data that version 0.1.0 made (``tests/data/version-1``), and what that version saw in it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Layer, MusicLayer, PictureLayer, VoiceLayer
from viralclip_desktop.store import Store, sqlite_url
from viralclip_desktop.store.codec import to_plain

DATA = Path(__file__).resolve().parents[1] / "data" / "version-1"
_MADE_IN = "/version-1"  # where the data lay when it was made
_LATER = ("asset_id", "language", "element", "motion")  # fields of layers that version 1 did not have
_MOVED = (("video_sources", "path"), ("clips", "layers"), ("brand_kits", "kit"), ("edits", "changes"))


@cache
def expected() -> dict[str, Any]:
    """What version 0.1.0 saw: ``now``, after each redo, and after each undo from there."""
    document: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return document


def data_folder(folder: Path) -> Path:
    """A copy of the data folder with its paths as if it had been made there."""
    shutil.copytree(DATA / "recordings", folder / "recordings")
    shutil.copy(DATA / "app.db", folder / "app.db")
    with closing(sqlite3.connect(folder / "app.db")) as database, database:
        for table, column in _MOVED:
            change = f"UPDATE {table} SET {column} = replace({column}, ?, ?)"
            database.execute(change, (_MADE_IN, folder.as_posix()))
    return folder


def opened(folder: Path) -> Store:
    """The store of a data folder, with a folder for backups."""
    return Store(sqlite_url(folder / "app.db"), folder / "backups")


def seen(store: Store, folder: Path) -> dict[str, Any]:
    """The same things that ``expected.json`` tells of, as they are now, in its words."""
    source_id = expected()["source"]
    transcript = store.transcript(source_id)
    return {
        "clips": {clip.id: _clip(store, clip, folder) for clip in store.clips(source_id)},
        "words": None if transcript is None else [word.text for word in transcript.words],
        "kits": [_kit(store, to_plain(kit), folder) for kit in store.brand_kits()],
        "styles": [style.id for style in store.caption_styles()],
        "translations": [translation.language for translation in store.translations(source_id)],
    }


def _clip(store: Store, clip: Clip, folder: Path) -> dict[str, Any]:
    plain = to_plain(clip)
    same = ("aspect", "framing", "centre_x", "caption_style", "caption_override", "brand_kit")
    return {
        **{name: plain[name] for name in (*same, "second_language", "captions_on", "title", "rank")},
        "plays": [[part.start.ticks, part.end.ticks] for part in clip.kept],
        "duration": clip.duration.ticks,
        "original_volume_db": clip.original_volume_db,
        "markers": [{"at": marker.at.ticks, "label": marker.label} for marker in clip.markers],
        "frame_keys": [
            {name: value for name, value in key.items() if name != "asset_id"} for key in plain["frame_keys"]
        ],
        "layers": [_layer(store, layer, folder) for layer in clip.layers],
    }


def _layer(store: Store, layer: Layer, folder: Path) -> dict[str, Any]:
    """A layer with its kind's own fields; those it shared with other kinds are as they were by default."""
    assert isinstance(layer, PictureLayer | MusicLayer | VoiceLayer)
    usual = {
        "volume_db": 0.0, "opacity": 1.0, "x": 0.0, "y": 0.0, "width": 1.0, "duck_db": -12.0, "loop": True,
    }  # fmt: skip
    own = {name: value for name, value in to_plain(layer).items() if name not in _LATER}
    return usual | own | {"path": _path(store, layer.asset_id, folder)}


def _kit(store: Store, plain: dict[str, Any], folder: Path) -> dict[str, Any]:
    for name in ("logo", "watermark"):
        if plain[name] is not None:
            plain[name]["path"] = _path(store, plain[name].pop("asset_id"), folder)
            assert (plain[name].pop("x"), plain[name].pop("y")) == (None, None), "version 1 had corners only"
    for name in ("intro", "outro"):
        plain[name] = _path(store, plain[name], folder) if plain[name] else ""
    plain["fonts"] = [_path(store, font, folder) for font in plain["fonts"]]
    return json.loads(json.dumps(plain))  # type: ignore[no-any-return]


def _path(store: Store, asset_id: str, folder: Path) -> str:
    return store.asset(asset_id).path.replace(folder.as_posix(), _MADE_IN)
