"""``viralclip completion``: a script that completes commands and options in the shell."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "completion",
        help="print a completion script for the shell",
        description='For bash, add this to ~/.bashrc: eval "$(viralclip completion bash)"',
    )
    parser.add_argument("shell", choices=["bash", "zsh", "tcsh"])
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the script."""
    import shtab

    from viralclip_desktop.cli.main import build_parser

    output.result(None, [shtab.complete(build_parser(), shell=args.shell)])
    return 0
