"""``viralclip find``: find the best moments of a transcribed source."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.clips import clip_lines
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("find", help="find the best moments of a source")
    parser.add_argument("source_id", metavar="SOURCE_ID")
    options.add_find_options(parser)
    parser.add_argument("--aspect", choices=[str(a) for a in Aspect], default="9:16", help="picture shape")
    parser.add_argument("--style", default="karaoke", metavar="NAME", help="caption style")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Find and print the clips, best first."""
    from viralclip_desktop.features.main_job import MainJobOptions

    wanted = MainJobOptions(
        count=args.count,
        min_length_s=args.min_length,
        max_length_s=args.max_length,
        aspect=Aspect(args.aspect),
        style=args.style,
    )
    clips = build_desk().find(args.source_id, wanted, output.progress, CancelToken())
    lines = [line for clip in clips for line in clip_lines(clip)]
    output.result([shapes.clip_shape(clip) for clip in clips], lines)
    return 0
