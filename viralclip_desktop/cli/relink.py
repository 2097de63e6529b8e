"""``viralclip relink``: find recordings that were moved or renamed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.files import from_home

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.relink.relinking import Missable, RelinkReport


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "relink",
        help="find recordings that were moved or renamed",
        description="Look through a folder, and all folders in it, for recordings that are no longer where "
        "they were. They are known by their content, whatever their names are now.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="where to look; with --source also a single file")
    parser.add_argument("--source", metavar="SOURCE_ID", help="relink this source only")
    parser.add_argument(
        "--force", action="store_true", help="take the file although its content differs (with --source)"
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Relink and print what was found and what was not."""
    from viralclip_desktop.features.relink.relinking import relink_folder

    place = from_home(args.folder)
    if place.is_file() or args.force:
        return _run_file(args, place, output, build_services)
    only = None if args.source is None else [args.source]
    report = relink_folder(build_services().store, place, only, output.progress)
    output.result(_shape(report), _lines(report))
    return 0


def _run_file(
    args: argparse.Namespace, path: Path, output: Output, build_services: Callable[[], Services]
) -> int:
    from viralclip_desktop.features.relink.relinking import RelinkReport, relink_source

    if args.source is None:
        raise UsageError("One file can be the recording of one source only.", "Say which with --source.")
    services = build_services()
    source = relink_source(services.store, args.source, path, args.force, paths=services.paths)
    report = RelinkReport({source.id: Path(source.path)}, (), 1)
    output.result(_shape(report), _lines(report))
    return 0


def _shape(report: RelinkReport) -> dict[str, Any]:
    return {
        "found": [{"id": source_id, "path": str(path)} for source_id, path in report.found.items()],
        "still_missing": [_missing_shape(source) for source in report.still_missing],
        "files_seen": report.files_seen,
        "unreadable_folders": report.unreadable,
    }


def _missing_shape(source: Missable) -> dict[str, Any]:
    return {"id": source.id, "title": source.title, "path": source.path}


def _lines(report: RelinkReport) -> list[str]:
    lines = [f"found    {source_id}  {path}" for source_id, path in report.found.items()]
    lines += [f"missing  {source.id}  {source.path}" for source in report.still_missing]
    if report.unreadable:
        lines.append(f"{report.unreadable} folders could not be looked into.")
    return lines or ["No recording is missing."]
