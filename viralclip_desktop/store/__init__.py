"""The project database: the only owner of SQLAlchemy.

``Store`` is imported on first use, so that importing this room costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from viralclip_desktop.store.records import BackupEntry, HistoryEntry, SearchHit

if TYPE_CHECKING:
    from viralclip_desktop.store.database import sqlite_url
    from viralclip_desktop.store.store import Store

__all__ = ["BackupEntry", "HistoryEntry", "SearchHit", "Store", "sqlite_url"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from viralclip_desktop.store.store import Store

        return Store
    if name == "sqlite_url":
        from viralclip_desktop.store.database import sqlite_url

        return sqlite_url
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
