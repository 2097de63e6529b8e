"""``viralclip history``: the edits of a project, and going to any of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.records import HistoryEntry
    from viralclip_desktop.store.store import Store

_SHARED = "a project; without it, edits of brand kits and caption styles made outside of projects"


def add(subparsers: Any) -> None:
    """Declare the command."""
    history = on_project(subparsers, "history", "the edits of a project, and going to any of them", run)
    to = "undo or redo until this entry is the last in force; 0 is before the first"
    history.add_argument("--to", type=int, metavar="ENTRY", help=to)


def on_project(subparsers: Any, name: str, help_text: str, handler: Any) -> argparse.ArgumentParser:
    """A command on one project's history."""
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=help_text)
    parser.add_argument("project_id", metavar="PROJECT_ID", nargs="?", default="", help=_SHARED)
    parser.set_defaults(run=handler)
    options.add_json(parser)
    return parser


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the edits, oldest first; those undone are what redo brings back."""
    services = build_services()
    entries = known_entries(services.store, args.project_id)
    if args.to is not None:
        _go(services, args.project_id, entries, args.to)
        entries = services.store.history(args.project_id)
    shape = [{"id": e.id, "label": e.label, "at": e.at, "undone": e.undone} for e in entries]
    lines = [f"{e.id:5d}  {_when(e.at)}  {e.label}{'  (undone)' if e.undone else ''}" for e in entries]
    output.result(shape, lines or ["No edits yet."])
    return 0


def _go(services: Services, project_id: str, entries: list[HistoryEntry], wanted: int) -> None:
    """Undo or redo until exactly the entries up to one are in force."""
    ids = [entry.id for entry in entries]
    if wanted and wanted not in ids:
        raise UsageError(
            f"There is no entry {wanted} in the history.", f"See “viralclip history {project_id}”."
        )
    steps = (ids.index(wanted) + 1 if wanted else 0) - sum(not entry.undone for entry in entries)
    step = services.store.undo if steps < 0 else services.store.redo
    for _ in range(abs(steps)):
        step(project_id)


def known_entries(store: Store, project_id: str) -> list[HistoryEntry]:
    """The edits of a project, also of a deleted one. Raises NotFound where there never was one."""
    entries = store.history(project_id)
    if project_id and not entries:
        store.project(project_id)
    return entries


def _when(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")
