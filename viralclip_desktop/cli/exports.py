"""``viralclip exports``: what was exported and what waits."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.export_orders import finish
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("exports", help="list, show, cancel or retry exports; presets")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all exports, or those of one clip")
    listing.add_argument("clip_id", metavar="CLIP_ID", nargs="?")
    listing.set_defaults(run=run_list)
    help_text = "one export with what was measured on the file"
    options.on_one(actions, "show", help_text, run_show, "export_id")
    help_text = "stop an export, also one of an open window, or take it out of the queue"
    options.on_one(actions, "cancel", help_text, run_cancel, "export_id")
    help_text = "export once more, as it was ordered"
    options.on_one(actions, "retry", help_text, run_retry, "export_id")
    packing = actions.add_parser("package", help="a cover, a receipt and clips.json beside finished films")
    packing.add_argument("export_ids", metavar="EXPORT_ID", nargs="*", help="default: all finished films")
    packing.set_defaults(run=run_package)
    actions.add_parser("presets", help="what each platform wants").set_defaults(run=run_presets)
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print exports, newest last."""
    exports = build_services().store.exports(args.clip_id)
    lines = [f"{e.id}  {e.status}  {e.output_path}" for e in exports] or ["No exports yet."]
    output.result([_shape(export) for export in exports], lines)
    return 0


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print one export."""
    return _print(build_services().store.export(args.export_id), output)


def run_cancel(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Cancel one export; one that runs in a window stops there in a moment."""
    from viralclip_desktop.features.workflows.exports import cancel_export

    services = build_services()
    export = services.store.export(args.export_id)
    if export.status.ended:
        output.report("This export has ended already.")
    else:
        cancel_export(services, export.id)
    return _print(services.store.export(export.id), output)


def run_retry(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Order an export once more and follow it to its end."""
    from viralclip_desktop.features.workflows.exports import retry_export

    services = build_services()
    services.notices.listen(output.notice)
    [export] = finish(services, output, [retry_export(services, args.export_id)])
    return _print(export, output)


def run_package(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Write what lies beside finished films; print the receipts."""
    from viralclip_desktop.features.workflows.packaging import finished_films, package

    services = build_services()
    films = finished_films(services.store, args.export_ids)
    receipts = package(services, films, output.progress, CancelToken())
    output.result(receipts, [one["file"] for one in receipts] or ["No finished films yet."])
    return 0


def run_presets(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the presets."""
    from viralclip_desktop.features.exporting.presets import export_presets

    presets = export_presets()
    shape = [
        {name: value for name, value in asdict(preset).items() if name not in {"icon", "fps"}}
        for preset in presets
    ]
    output.result(shape, [f"{preset.id}  {preset.label}: {preset.note}" for preset in presets])
    return 0


def _print(export: Export, output: Output) -> int:
    output.result(_shape(export) | {"error": export.error, "hint": export.hint}, _lines(export))
    return 0


def _shape(export: Export) -> dict[str, Any]:
    return shapes.export_shape(export) | {"clip_id": export.clip_id}


def _lines(export: Export) -> list[str]:
    lines = [f"{export.id}  {export.status}", f"    {export.output_path}"]
    if export.error:
        lines.append(f"    {export.error} {export.hint}".rstrip())
    if (done := export.result) is not None:
        size = f"{done.size_bytes / 1e6:.1f} MB, {done.duration_s:.2f} s"
        if done.width:
            size += f", {done.width}x{done.height}, {float(done.fps):g} frames a second"
        lines.append(f"    {size}")
        if done.loudness_lufs is not None:
            lines.append(f"    {done.loudness_lufs:.1f} LUFS, true peak {done.true_peak_dbtp:.1f} dBTP")
        if done.reused_s:
            lines.append(f"    {done.reused_s:.1f} s of its picture kept from an export before")
        lines += [f"    {remark}" for remark in done.remarks]
    return lines
