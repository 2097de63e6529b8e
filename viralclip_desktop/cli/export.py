"""``viralclip export``: make the finished files of one or more clips."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.export_orders import check_folders, export_all, orders_of, preset_named
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import add_options
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, format_duration
from viralclip_desktop.domain.edits.review import is_dropped
from viralclip_desktop.domain.properties.exports import FILE, WISHES

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.exports import ExportSettings
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.exporting.presets import ExportPreset


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("export", help="export clips as finished files")
    parser.add_argument("clip_ids", metavar="CLIP_ID", nargs="*")
    parser.add_argument(
        "--project", metavar="PROJECT_ID", help="all clips of a project but those that were dropped"
    )
    preset = "what a platform wants, such as tiktok, youtube, podcast; “viralclip exports presets” has all"
    parser.add_argument("--preset", metavar="NAME", help=preset)
    add_options(parser, (*FILE, *WISHES))
    parser.add_argument("--estimate", action="store_true", help="only say how large and how long it becomes")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Export and print the paths, or only the estimate."""
    services, preset = build_services(), preset_named(args.preset)
    clips = options.clips_of(services.store, args)
    if args.project:
        clips = [clip for clip in clips if not is_dropped(clip)]
    orders = orders_of(args, services.settings.values, preset)
    _warn(clips, preset, output)
    if args.estimate:
        return _print_estimate(services, clips, orders, output)
    check_folders(services, orders)
    services.notices.listen(output.notice)
    exports = export_all(services, output, clips, orders)
    output.result([shapes.export_shape(export) for export in exports], [e.output_path for e in exports])
    return 0


def _warn(clips: Sequence[Clip], preset: ExportPreset | None, output: Output) -> None:
    """Clips that are longer than a platform takes are reported, and exported all the same."""
    most = preset.max_length_s if preset else None
    for clip in clips:
        if preset and most and clip.duration.seconds > most:
            limit = format_duration(Time.from_seconds(most))
            output.report(f"“{clip.title}” is longer than the {limit} that {preset.label} takes.")


def _print_estimate(
    services: Services, clips: Sequence[Clip], orders: Sequence[ExportSettings], output: Output
) -> int:

    from viralclip_desktop.features.workflows.exports import estimate_exports

    found = estimate_exports(services, clips, orders, CancelToken())
    line = f"{found.files} file{'' if found.files == 1 else 's'}, about {found.size_bytes / 1e6:.1f} MB"
    if found.seconds is not None:
        line += f", about {format_duration(Time.from_seconds(max(1.0, found.seconds)))}"
    shape = {"files": found.files, "size_bytes": found.size_bytes, "seconds": found.seconds}
    output.result(shape, [line])
    return 0
