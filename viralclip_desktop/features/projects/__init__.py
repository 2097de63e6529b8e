"""Projects as a whole: their names, and removing them."""

from viralclip_desktop.features.projects.projects import delete_project, forget_project, rename_project

__all__ = ["delete_project", "forget_project", "rename_project"]
