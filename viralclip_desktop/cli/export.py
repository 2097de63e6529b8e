"""``viralclip export``: make the finished file of one or more clips."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.make import export_all
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.geometry import Aspect

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("export", help="export clips as finished files")
    parser.add_argument("clip_ids", metavar="CLIP_ID", nargs="+")
    options.add_export_options(parser)
    parser.add_argument(
        "--aspect", choices=[str(a) for a in Aspect], help="picture shape (default: the clip's own)"
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Export and print the paths."""
    from viralclip_desktop.features.exporting import check_folder

    desk = build_desk()
    options.fill(args, desk.settings.values)
    if args.out:
        check_folder(Path(args.out))
    desk.notices.listen(output.notice)
    clips = [desk.store.clip(clip_id) for clip_id in args.clip_ids]
    exports = export_all(desk, output, clips, args)
    output.result([shapes.export_shape(export) for export in exports], [e.output_path for e in exports])
    return 0
