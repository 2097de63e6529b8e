"""Renaming and removing projects."""

from __future__ import annotations

import shutil
from dataclasses import replace

from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.domain.media import Project
from viralclip_desktop.store.store import Store


def rename_project(store: Store, project_id: str, name: str) -> Project:
    """Give a project another name; an empty one changes nothing."""
    project = store.project(project_id)
    renamed = replace(project, name=name.strip() or project.name)
    if renamed != project:
        with store.transaction("Rename project", project_id) as tx:
            tx.put(renamed)
    return renamed


def delete_project(store: Store, project_id: str) -> None:
    """Remove a project from the list; ``undo`` brings it back. Exported files stay."""
    name = store.project(project_id).name
    with store.transaction(say("Delete {name}", name=name), project_id) as tx:
        tx.delete("project", project_id)


def forget_project(store: Store, paths: DataPaths, project_id: str) -> None:
    """Remove a project that came to nothing, with all that was derived from it."""
    sources = store.sources(project_id)
    with store.transaction("Drop empty project", project_id, undoable=False) as tx:
        tx.delete("project", project_id)
    for source in sources:
        shutil.rmtree(paths.source_cache(source.id), ignore_errors=True)
