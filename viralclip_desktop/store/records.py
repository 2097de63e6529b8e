"""Small answers of the store that are no part of a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.time import Time


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One named edit of a project. ``at``: Unix time in seconds; ``undone``: redo brings it back."""

    id: int
    label: str
    at: float
    undone: bool


@dataclass(frozen=True, slots=True)
class AssetUse:
    """One thing that names an asset. ``kind``: ``source``, ``clip`` or ``brand_kit``; ``title``: what the
    user calls it; ``project_id``: empty for a brand kit, which belongs to no project."""

    kind: str
    id: str
    title: str
    project_id: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One sentence, or line of a translation, that was found. ``start``: source time of the first matching
    word, or of the line."""

    project_id: str
    source_id: str
    sentence_index: int
    start: Time
    snippet: str
    language: str = ""
    """The translation's, where it is a line of one; ``sentence_index`` is then the line's."""


@dataclass(frozen=True, slots=True)
class BackupEntry:
    """One automatic copy of the database. ``at``: Unix time in seconds."""

    path: Path
    at: float
    size_bytes: int
