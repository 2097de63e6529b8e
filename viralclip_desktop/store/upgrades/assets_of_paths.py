"""From version 1, where values name files by paths, to version 2, where they name assets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

Plain = dict[str, Any]

_FILMS = (
    *(".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mpg", ".mpeg"),
    *(".ts", ".mts", ".m2ts", ".wmv", ".flv", ".ogv", ".3gp", ".gif"),
)
_OF_SOURCE = ("path", "fingerprint", "info")
"""What moves from a recording to its asset."""
_LAYER_FIELDS: dict[str, dict[str, Any]] = {
    "picture": {
        "source_start": 0, "opacity": 1.0, "x": 0.0, "y": 0.0, "width": 1.0, "fade": 0,
    },
    "music": {"source_start": 0, "volume_db": 0.0, "fade": 0, "duck_db": -12.0, "loop": False},
    "voice": {"source_start": 0, "volume_db": 0.0, "fade": 0},
}  # fmt: skip
"""Each kind's own fields, with what they are where version 1 had not written them yet (music that couldn't
loop ended with its file)."""


class AssetBook:
    """The assets made for the files that version 1 named, each file once."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        """``new_id`` makes the id of an asset."""
        self.assets: dict[str, Plain] = {}
        """The assets' plain values, by id."""
        self._new_id = new_id
        self._of_recording: dict[tuple[str, str], str] = {}
        self._of_path: dict[str, str] = {}
        self._of_source: dict[str, str] = {}

    def recording(self, source: Plain) -> str:
        """The asset of a recording (version 1's plain values); two that are the same file share one."""
        known = self._of_source.get(source["id"])
        if known is not None:
            return known
        key = (source["path"], source["fingerprint"])
        asset_id = self._of_recording.get(key)
        if asset_id is None:
            asset_id = self._add("recording", source["path"], source["created_at"])
            self.assets[asset_id] |= {
                "title": source["title"], "fingerprint": source["fingerprint"], "info": source["info"],
            }  # fmt: skip
            self._of_recording[key] = asset_id
            self._of_path.setdefault(source["path"], asset_id)
        self._of_source[source["id"]] = asset_id
        return asset_id

    def of_source(self, source_id: str) -> str:
        """The asset of a recording that was noted before; empty for one nobody knows."""
        return self._of_source.get(source_id, "")

    def file(self, path: str, kind: str) -> str:
        """The asset of any other file; empty for an empty path."""
        if not path:
            return ""
        if path not in self._of_path:
            self._of_path[path] = self._add(kind, path, 0.0)
        return self._of_path[path]

    def _add(self, kind: str, path: str, created_at: float) -> str:
        asset_id = self._new_id()
        self.assets[asset_id] = {
            "id": asset_id, "kind": kind, "path": path, "title": _name(path), "fingerprint": "", "info": None,
            "licence": "", "origin": "", "tags": [], "made_with": {}, "created_at": created_at,
        }  # fmt: skip
        return asset_id


def picture_kind(path: str) -> str:
    """Whether a file shown over the frame is a film or a picture, by its ending."""
    return "film" if PurePosixPath(_name(path)).suffix.lower() in _FILMS else "picture"


def source_fields(fields: Plain, asset_id: str) -> tuple[Plain, Plain]:
    """All or some fields of a recording: those that stay, and those that are its asset's from now on."""
    own = {name: value for name, value in fields.items() if name not in _OF_SOURCE}
    if "project_id" in fields:
        own["asset_id"] = asset_id
    return own, {name: fields[name] for name in _OF_SOURCE if name in fields}


def layer(plain: Plain, book: AssetBook) -> Plain:
    """One layer, with its own kind's fields alone."""
    kind = plain["kind"]
    own = {name: plain.get(name, usual) for name, usual in _LAYER_FIELDS[kind].items()}
    file_kind = picture_kind(plain["path"]) if kind == "picture" else kind
    asset_id = book.file(plain["path"], file_kind)
    more = {"language": ""} if kind == "voice" else {}
    return {"id": plain["id"], "asset_id": asset_id, "range": plain["range"], **own, **more, "kind": kind}


def brand_kit_fields(fields: Plain, book: AssetBook) -> Plain:
    """All or some fields of a brand kit."""
    changed = dict(fields)
    for name in ("logo", "watermark"):
        if changed.get(name) is not None:
            logo = dict(changed[name])
            path = logo.pop("path")
            changed[name] = {"asset_id": book.file(path, picture_kind(path)), **logo}
    for name in ("intro", "outro"):
        if name in changed:
            changed[name] = book.file(changed[name], "film")
    if "fonts" in changed:
        changed["fonts"] = [book.file(path, "font") for path in changed["fonts"]]
    return changed


def _name(path: str) -> str:
    return (PureWindowsPath(path) if "\\" in path else PurePosixPath(path)).name
