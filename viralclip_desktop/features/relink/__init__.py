"""Finding recordings again that were moved or renamed, by their content."""

from viralclip_desktop.features.relink.relinking import (
    RelinkReport,
    find_missing,
    relink_folder,
    relink_if_known,
    relink_source,
)

__all__ = ["RelinkReport", "find_missing", "relink_folder", "relink_if_known", "relink_source"]
