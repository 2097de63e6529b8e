"""Batches: which versions of each clip are wanted, and which recordings of a folder are new.

Plain functions of what was asked and what is there; the work itself is ``features/workflows/batch.py``.
"""

from viralclip_desktop.features.batches.folder import Settling, Standing, recordings_in, standings
from viralclip_desktop.features.batches.versions import (
    EVERYTHING,
    NO_HOOK,
    Labels,
    Readiness,
    Version,
    combinations,
    is_version,
    label_of,
    version_id,
)

__all__ = [
    "EVERYTHING",
    "NO_HOOK",
    "Labels",
    "Readiness",
    "Settling",
    "Standing",
    "Version",
    "combinations",
    "is_version",
    "label_of",
    "recordings_in",
    "standings",
    "version_id",
]
