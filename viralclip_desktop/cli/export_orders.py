"""From options to orders for finished files, and these to files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect, Resolution

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.exports import Export, ExportSettings
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.exporting import ExportPreset


def orders_of(args: argparse.Namespace) -> list[ExportSettings]:
    """One order for each shape, from options that were filled (``options.fill``)."""
    from viralclip_desktop.domain.exports import ExportSettings
    from viralclip_desktop.features.exporting import orders

    base = ExportSettings(
        resolution=Resolution(args.resolution),
        fps=args.fps,
        folder=str(Path(args.out).expanduser().absolute()) if args.out else None,
        encoder=args.encoder,
        name_template=args.names,
    )
    aspects = [args.aspect] if isinstance(args.aspect, str) else args.aspect or []
    return orders(_with_wishes(base, args), [Aspect(aspect) for aspect in aspects])


def _with_wishes(base: ExportSettings, args: argparse.Namespace) -> ExportSettings:
    """What only ``viralclip export`` asks for."""
    from viralclip_desktop.domain.exports import SoundFormat

    if sound := getattr(args, "sound", None):
        base = replace(base, audio_only=True, sound_format=SoundFormat(sound))
    if (loudness := getattr(args, "loudness", None)) is not None:
        base = replace(base, target_lufs=loudness)
    if (limit := getattr(args, "max_size", None)) is not None:
        base = replace(base, max_size_mb=limit)
    return base


def take_preset(services: Services, args: argparse.Namespace) -> ExportPreset | None:
    """Fill in what a preset says and nobody typed. Raises :class:`UsageError` for an unknown one."""
    from viralclip_desktop.features.exporting import export_presets

    if args.preset is None:
        return None
    presets = {preset.id: preset for preset in export_presets()}
    if args.preset not in presets:
        raise UsageError(
            f"There is no export preset “{args.preset}”.", f"Choose one of: {', '.join(presets)}."
        )
    preset = presets[args.preset]
    args.aspect = args.aspect or [str(aspect) for aspect in preset.aspects]
    args.max_size = preset.max_size_mb if args.max_size is None else args.max_size
    if preset.audio_only:
        args.sound = args.sound or str(preset.sound_format)
        args.loudness = preset.target_lufs if args.loudness is None else args.loudness
    if args.resolution is None and preset.max_size_mb:
        args.resolution = str(preset.resolution)
    return preset


def export_all(
    services: Services, output: Output, clips: Sequence[Clip], orders: Sequence[ExportSettings]
) -> list[Export]:
    """Export clips side by side, each by every order; raises the first failure once all have ended."""
    from viralclip_desktop.features.workflows.exports import export_clip

    exports = [export_clip(services, clip.id, order) for clip in clips for order in orders]
    return finish(services, output, exports)


def finish(services: Services, output: Output, exports: Sequence[Export]) -> list[Export]:
    """Follow queued exports to their end; the exports as they ended, or the first failure."""
    ended = follow(services, output, [services.jobs.get(export.job_id) for export in exports], "export")
    for job in ended:
        succeed(job)
    return [services.store.export(export.id) for export in exports]
