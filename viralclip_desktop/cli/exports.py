"""``viralclip exports``: what was exported and what waits."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.features.desk import Desk


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("exports", help="list or show exports")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all exports, or those of one clip")
    listing.add_argument("clip_id", metavar="CLIP_ID", nargs="?")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="one export with what was measured on the file")
    show.add_argument("export_id", metavar="EXPORT_ID")
    show.set_defaults(run=run_show)
    for action in (listing, show):
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Print exports, newest last."""
    exports = build_desk().store.exports(args.clip_id)
    lines = [f"{e.id}  {e.status}  {e.output_path}" for e in exports] or ["No exports yet."]
    output.result([shapes.export_shape(export) | {"clip_id": export.clip_id} for export in exports], lines)
    return 0


def run_show(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Print one export."""
    export = build_desk().store.export(args.export_id)
    output.result(
        shapes.export_shape(export) | {"clip_id": export.clip_id, "error": export.error}, _lines(export)
    )
    return 0


def _lines(export: Export) -> list[str]:
    lines = [f"{export.id}  {export.status}", f"    {export.output_path}"]
    if export.error:
        lines.append(f"    {export.error} {export.hint}".rstrip())
    if (done := export.result) is not None:
        lines.append(
            f"    {done.width}x{done.height}, {float(done.fps):g} frames a second, {done.duration_s:.2f} s"
        )
        if done.loudness_lufs is not None:
            lines.append(f"    {done.loudness_lufs:.1f} LUFS, true peak {done.true_peak_dbtp:.1f} dBTP")
    return lines
