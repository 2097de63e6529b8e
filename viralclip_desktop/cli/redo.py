"""``viralclip redo``: bring back the edits that were undone last."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli.history import on_project
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.undo import add_steps, walk

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    add_steps(on_project(subparsers, "redo", "bring back the edit that was undone last", run))


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Bring edits back and print their names."""
    services = build_services()
    return walk(args, output, services, services.store.redo, ("redo", "Redone"))
