"""``viralclip backups``: copies of all projects, and going back to one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.records import BackupEntry


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "backups",
        help="copies of all projects: list, make, restore",
        description="Copies are made by themselves: the last ones, one a day, one a week.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the copies there are, newest first").set_defaults(run=run_list)
    actions.add_parser("make", help="copy all projects now").set_defaults(run=run_make)
    help_text = "put a copy in place of all projects; what is there now is copied first"
    restore = actions.add_parser("restore", help=help_text)
    restore.add_argument("backup", metavar="NAME", help="file name of the copy, or “latest”")
    restore.set_defaults(run=run_restore)
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the copies."""
    entries = build_services().store.backups()
    output.result([_shape(entry) for entry in entries], [*map(_line, entries)] or ["There is no copy yet."])
    return 0


def run_make(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Copy all projects and print the copy."""
    services = build_services()
    made = services.store.backup_now()
    [entry] = [entry for entry in services.store.backups() if entry.path == made]
    output.result(_shape(entry), [_line(entry)])
    return 0


def run_restore(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Go back to a copy."""
    from viralclip_desktop.features import upkeep

    services = build_services()
    entries = services.store.backups()
    name = Path(args.backup).name
    entry = next((entry for entry in entries if name in ("latest", entry.path.name)), None)
    if entry is None:
        raise NotFound(f"There is no backup called {name!r}.", "“viralclip backups list” has them all.")
    upkeep.restore_backup(services, entry.path)
    output.result(_shape(entry) | {"restored": True}, [f"Restored: {_line(entry)}"])
    return 0


def _shape(entry: BackupEntry) -> dict[str, Any]:
    """``at`` is Unix time in seconds."""
    return {
        "name": entry.path.name,
        "path": str(entry.path),
        "at": entry.at,
        "size_bytes": entry.size_bytes,
    }


def _line(entry: BackupEntry) -> str:
    when = datetime.fromtimestamp(entry.at).astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{entry.path.name}  {when}  {entry.size_bytes / 1e6:.1f} MB"
