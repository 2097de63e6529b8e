"""Days and times in the window's language. All local time, seconds since the epoch."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def clock_words(at: float) -> str:
    """``14:05``."""
    return datetime.fromtimestamp(at).strftime("%H:%M")


def day_words(at: float, *, year: bool = True) -> str:
    """``3 May 2026``, or without the year."""
    return _said(at, "d MMM yyyy" if year else "d MMM")


def moment_words(at: float) -> str:
    """``3 May 2026, 14:05:30``, the month written out."""
    return _said(at, "d MMMM yyyy, HH:mm:ss")


def _said(at: float, form: str) -> str:
    return QLocale().toString(_moment(at), form)


def _moment(at: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(at))
