"""One portable project file (``.viralclip``): a project as a zip to keep, to send, to open elsewhere."""

from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.form import SUFFIX, is_project_file
from viralclip_desktop.features.portable.importing import import_project

__all__ = ["SUFFIX", "export_project", "import_project", "is_project_file"]
