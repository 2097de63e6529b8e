"""Finding recordings again that were moved or renamed, by their content."""

from viralclip_desktop.features.relink.job import RELINK, Relinked, RelinkRequest, start_relink
from viralclip_desktop.features.relink.relinking import (
    RelinkReport,
    find_missing,
    relink_folder,
    relink_if_known,
    relink_source,
)

__all__ = [
    "RELINK",
    "RelinkReport",
    "RelinkRequest",
    "Relinked",
    "find_missing",
    "relink_folder",
    "relink_if_known",
    "relink_source",
    "start_relink",
]
