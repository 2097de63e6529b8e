"""Finding recordings and all other files again that were moved or renamed, by their content."""

from viralclip_desktop.features.relink.job import RELINK, Relinked, RelinkRequest, start_relink
from viralclip_desktop.features.relink.relinking import (
    Missable,
    RelinkReport,
    find_missing,
    relink_asset,
    relink_folder,
    relink_if_known,
    relink_source,
)

__all__ = [
    "RELINK",
    "Missable",
    "RelinkReport",
    "RelinkRequest",
    "Relinked",
    "find_missing",
    "relink_asset",
    "relink_folder",
    "relink_if_known",
    "relink_source",
    "start_relink",
]
