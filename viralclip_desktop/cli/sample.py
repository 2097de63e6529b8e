"""``viralclip sample``: a talk to try the program on, made on the spot."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("sample", help="make a talk to try the program on")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make the talk, or find the one made earlier, and print where it is."""
    from viralclip_desktop.features.workflows.sample import sample_file

    path = sample_file(build_services().paths, output.progress, CancelToken())
    output.result({"path": str(path)}, [str(path)])
    return 0
