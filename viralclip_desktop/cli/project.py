"""``viralclip project``: list, show, rename, export, import and delete projects."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Project, Source
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.store import Store


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "project",
        help="list, show, rename, export, import or delete projects",
        description="Projects, and the portable files they travel in.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all projects, the latest changed first")
    listing.set_defaults(run=run_list)
    _add_files(actions)
    options.on_one(actions, "show", "one project with its recordings", run_show, "project_id")
    rename = options.on_one(actions, "rename", "give a project another name", run_rename, "project_id")
    rename.add_argument("name", metavar="NAME")
    help_text = "remove a project from the list (undo brings it back; finished files stay)"
    options.on_one(actions, "delete", help_text, run_delete, "project_id")
    for action in actions.choices.values():
        options.add_json(action)


def _add_files(actions: Any) -> None:
    out = actions.add_parser("export", help="write a project as one portable .viralclip file")
    out.add_argument("project_id", metavar="PROJECT_ID")
    out.add_argument("--out", default=".", metavar="PATH", help="file or folder (default: this folder)")
    out.add_argument("--with-media", action="store_true", help="pack the recordings too")
    out.set_defaults(run=run_export)
    into = actions.add_parser("import", help="make a project of a .viralclip file")
    into.add_argument("file", metavar="FILE")
    into.set_defaults(run=run_import)


def project_shape(store: Store, project: Project) -> dict[str, Any]:
    """A project in short; ``updated_at`` is Unix time in seconds."""
    sources = store.sources(project.id)
    return {
        "id": project.id,
        "name": project.name,
        "sources": len(sources),
        "clips": sum(len(store.clips(source.id)) for source in sources),
        "updated_at": project.updated_at,
    }


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print all projects."""
    store = build_services().store
    shapes = [project_shape(store, project) for project in store.projects()]
    output.result(shapes, [_line(shape) for shape in shapes] or ["No projects yet."])
    return 0


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print one project and what it is made of."""
    store = build_services().store
    shape = project_shape(store, store.project(args.project_id))
    sources = [_source_shape(store, source) for source in store.sources(args.project_id)]
    lines = [_line(shape)]
    for source in sources:
        lines.append(f"    {source['id']}  {source['path']}{'' if source['found'] else '  (not found)'}")
    output.result(shape | {"recordings": sources}, lines)
    return 0


def _source_shape(store: Store, source: Source) -> dict[str, Any]:
    said = shapes.transcript_shape(store.transcript(source.id))
    clips = [clip.id for clip in store.clips(source.id)]
    known = {"found": Path(source.path).is_file(), "transcript": said, "clip_ids": clips}
    return shapes.source_shape(source) | known


def run_rename(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give a project another name."""
    from viralclip_desktop.features import projects

    if not args.name.strip():
        raise UsageError("A project needs a name.")
    services = build_services()
    shape = project_shape(services.store, projects.rename_project(services.store, args.project_id, args.name))
    output.result(shape, [_line(shape)])
    return 0


def run_export(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Write the file and print where it is."""
    from viralclip_desktop.features.portable.exporting import export_project

    services = build_services()
    file = export_project(
        services.store,
        services.paths,
        args.project_id,
        Path(args.out),
        with_media=args.with_media,
        progress=output.progress,
        cancel=CancelToken(),
    )
    shape = {
        "project_id": args.project_id,
        "path": str(file),
        "size_bytes": file.stat().st_size,
        "with_media": args.with_media,
    }
    output.result(shape, [str(file)])
    return 0


def run_import(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Read the file and print the project; recordings that are nowhere are named."""
    from viralclip_desktop.features.portable.job import open_project_file

    services = build_services()
    services.notices.listen(output.notice)
    project = open_project_file(services, Path(args.file), output.progress, CancelToken())
    shape = project_shape(services.store, project)
    missing = [
        source.path for source in services.store.sources(project.id) if not Path(source.path).is_file()
    ]
    lines = [_line(shape), *(f"    Not found: {path}" for path in missing)]
    output.result(shape | {"missing": missing}, lines)
    return 0


def run_delete(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Delete one project, in a way that can be undone."""
    from viralclip_desktop.features import projects

    services = build_services()
    project = services.store.project(args.project_id)
    projects.delete_project(services.store, project.id)
    back = f"“viralclip undo {project.id}” brings it back."
    shape = {"id": project.id, "name": project.name, "deleted": True}
    output.result(shape, [f"Deleted “{project.name}”. {back}"])
    return 0


def _line(shape: dict[str, Any]) -> str:
    sources = "1 recording" if shape["sources"] == 1 else f"{shape['sources']} recordings"
    clips = "1 clip" if shape["clips"] == 1 else f"{shape['clips']} clips"
    return f"{shape['id']}  {_when(shape['updated_at'])}  {shape['name']}  ({sources}, {clips})"


def _when(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")
