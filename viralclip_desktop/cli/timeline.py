"""``viralclip timeline``: clips as a timeline for another editor."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.files import from_home

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_FORMATS = ("otio", "fcpxml", "edl")


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "timeline",
        help="write clips as a timeline for another editor",
        description="Write clips as a timeline for DaVinci Resolve, Premiere, Final Cut Pro and others: "
        "OpenTimelineIO (.otio), Final Cut Pro XML (.fcpxml) or EDL (.edl).",
    )
    parser.add_argument("clip_ids", metavar="CLIP_ID", nargs="+")
    parser.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        help="the file to write; with --each, the folder for the files",
    )
    parser.add_argument("--each", action="store_true", help="one file for each clip")
    parser.add_argument("--format", choices=_FORMATS, help="default: by the ending of FILE; otio with --each")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Write and print the paths."""
    from viralclip_desktop.features.interchange import export_each, export_timeline, format_of

    target = from_home(args.out)
    fmt = args.format or "otio" if args.each else format_of(target, args.format)
    store = build_services().store
    if args.each:
        paths = export_each(store, args.clip_ids, target, fmt)
        clips = [[clip_id] for clip_id in args.clip_ids]
    else:
        paths = [export_timeline(store, args.clip_ids, target, fmt)]
        clips = [args.clip_ids]
    shape = [{"path": str(p), "format": fmt, "clips": ids} for p, ids in zip(paths, clips, strict=True)]
    output.result(shape if args.each else shape[0], [str(path) for path in paths])
    return 0
