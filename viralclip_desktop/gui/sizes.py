"""Sizes of files as the window writes them."""

from __future__ import annotations

from viralclip_desktop.gui.text import decimal


def size_words(size_bytes: int) -> str:
    """``18 MB``, ``0.4 MB``, ``1.6 GB``."""
    megabytes = size_bytes / 1_000_000
    if megabytes >= 1000:
        return f"{decimal(megabytes / 1000)} GB"
    return f"{decimal(megabytes, 0)} MB" if megabytes >= 10 else f"{decimal(max(0.1, megabytes))} MB"
