"""One portable project file (``.viralclip``): a project as a zip to keep, to send, to open elsewhere."""

from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.form import SUFFIX, is_project_file
from viralclip_desktop.features.portable.importing import import_project
from viralclip_desktop.features.portable.job import (
    EXPORT_PROJECT,
    IMPORT_PROJECT,
    ExportProject,
    ImportProject,
    ProjectExported,
    ProjectImported,
    open_project_file,
    start_export,
    start_import,
)

__all__ = [
    "EXPORT_PROJECT",
    "IMPORT_PROJECT",
    "SUFFIX",
    "ExportProject",
    "ImportProject",
    "ProjectExported",
    "ProjectImported",
    "export_project",
    "import_project",
    "is_project_file",
    "open_project_file",
    "start_export",
    "start_import",
]
