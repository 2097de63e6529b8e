"""``viralclip cache``: what is derived from recordings, and can be made again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("cache", help="size of the cache; clear it")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("size", help="how much there is").set_defaults(run=run_size)
    actions.add_parser("clear", help="remove what can be made again").set_defaults(run=run_clear)
    for action in actions.choices.values():
        options.add_json(action)


def run_size(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the size."""
    from viralclip_desktop.features import upkeep

    services = build_services()
    size = upkeep.cache_size(services.paths)
    output.result({"path": str(services.paths.cache), "size_bytes": size}, [f"{size / 1e6:.1f} MB"])
    return 0


def run_clear(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Clear it and print what that freed."""
    from viralclip_desktop.features import upkeep

    freed = upkeep.clear_cache(build_services())
    output.result({"freed_bytes": freed}, [f"Freed {freed / 1e6:.1f} MB."])
    return 0
