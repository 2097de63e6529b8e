"""From options to orders for finished files, and these to files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import given
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.properties.exports import FILE, LOUDNESS, MAX_SIZE, SOUND

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.exports import Export, ExportSettings
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.exporting.presets import ExportPreset
    from viralclip_desktop.settings.declaration import Settings


def orders_of(
    args: argparse.Namespace, settings: Settings, preset: ExportPreset | None = None
) -> list[ExportSettings]:
    """One order for each shape: what was typed, then what the preset says, then the settings."""
    from viralclip_desktop.features.common.orders import export_order
    from viralclip_desktop.features.exporting.presets import orders, preset_order

    usual = export_order(settings) if preset is None else preset_order(settings, preset)
    base = replace(usual, **given(args, (*FILE, SOUND, LOUDNESS, MAX_SIZE)))
    if getattr(args, "sound", None):
        base = replace(base, audio_only=True)
    typed = [args.aspect] if isinstance(args.aspect, str) else args.aspect or []
    aspects = [Aspect(aspect) for aspect in typed] or list(preset.aspects if preset else ())
    return orders(base, aspects)


def preset_named(name: str | None) -> ExportPreset | None:
    """What a preset says; None for none. Raises :class:`UsageError` for an unknown one."""
    from viralclip_desktop.features.exporting.presets import export_presets

    if name is None:
        return None
    presets = {preset.id: preset for preset in export_presets()}
    if name not in presets:
        raise UsageError(f"There is no export preset “{name}”.", f"Choose one of: {', '.join(presets)}.")
    return presets[name]


def check_folders(services: Services, orders: Sequence[ExportSettings]) -> None:
    """Better now than in an hour: raises where finished files cannot go to."""
    from viralclip_desktop.features.exporting.target import check_folder

    places = {order.folder or services.paths.videos for order in orders}
    for folder in (place for place in places if place is not None):
        check_folder(Path(folder))


def export_all(
    services: Services, output: Output, clips: Sequence[Clip], orders: Sequence[ExportSettings]
) -> list[Export]:
    """Export clips side by side, each by every order; raises the first failure once all have ended."""
    from viralclip_desktop.features.workflows.same_export import export_unless_there

    exports = []
    for clip, order in product(clips, orders):
        export, is_new = export_unless_there(services, clip.id, order)
        if not is_new:
            stands = "exported" if export.status.ended else "being exported"
            output.report(f"“{clip.title}” is {stands} already: {export.output_path}")
        exports.append(export)
    return finish(services, output, exports)


def finish(services: Services, output: Output, exports: Sequence[Export]) -> list[Export]:
    """Follow queued exports to their end; the exports as they ended, or the first failure."""
    ended = follow(services, output, [services.jobs.get(export.job_id) for export in exports], "export")
    for job in ended:
        succeed(job)
    finished = [services.store.export(export.id) for export in exports]
    for export in finished:
        for remark in export.result.remarks if export.result else ():
            output.report(f"{Path(export.output_path).name}: {remark}")
    return finished
