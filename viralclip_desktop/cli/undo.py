"""``viralclip undo``: take back the last edits of a project."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli.history import known_entries, on_project
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = on_project(subparsers, "undo", "take back the last edit of a project", run)
    add_steps(parser)


def add_steps(parser: argparse.ArgumentParser) -> None:
    """``--steps``."""
    parser.add_argument("--steps", type=int, default=1, metavar="N", help="so many (default: 1)")


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take edits back and print their names."""
    from viralclip_desktop.features.common.orders import FIND

    services = build_services()

    def step(project_id: str) -> str | None:
        label = services.store.undo(project_id)
        if label == FIND:
            output.report("The clips that this search found are gone; “viralclip redo” brings them back.")
        return label

    return walk(args, output, services, step, ("undo", "Undone"))


def walk(
    args: argparse.Namespace,
    output: Output,
    services: Services,
    step: Callable[[str], str | None],
    words: tuple[str, str],
) -> int:
    """Go step by step through the history. ``words``: what is done, and what was done."""
    if args.steps < 1:
        raise UsageError("At least one step has to be asked for.", "Give --steps of 1 or more.")
    known_entries(services.store, args.project_id)
    labels: list[str] = []
    while len(labels) < args.steps and (label := step(args.project_id)) is not None:
        labels.append(label)
    shape = {"project_id": args.project_id or None, "label": labels[-1] if labels else None, "labels": labels}
    output.result(shape, [f"{words[1]}: {label}" for label in labels] or [f"Nothing to {words[0]}."])
    return 0
