"""Export presets: what each platform wants, as data in ``resources/exporting/presets.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.exports import USUAL_LUFS, ExportSettings, SoundFormat
from viralclip_desktop.features.common.orders import export_order

if TYPE_CHECKING:
    from viralclip_desktop.settings.declaration import Settings


@dataclass(frozen=True, slots=True)
class ExportPreset:
    """One preset. Empty ``aspects`` keep each clip's own shape; ``fps`` None keeps the recording's rate."""

    id: str
    label: str
    note: str
    icon: str
    aspects: tuple[Aspect, ...] = ()
    resolution: Resolution = Resolution.P1080
    fps: Fraction | None = None
    audio_only: bool = False
    sound_format: SoundFormat = SoundFormat.M4A
    target_lufs: float = USUAL_LUFS
    max_size_mb: float | None = None
    max_length_s: float | None = None
    """What the platform takes; None where it does not matter."""


@cache
def export_presets() -> tuple[ExportPreset, ...]:
    """All presets, in the order of the dialog."""
    from cattrs import Converter

    converter = Converter()
    converter.register_structure_hook(Fraction, lambda text, _: Fraction(text))
    plain = json.loads(resource("exporting", "presets.json").read_text(encoding="utf-8"))
    return tuple(converter.structure(entry, ExportPreset) for entry in plain)


def preset_order(settings: Settings, preset: ExportPreset) -> ExportSettings:
    """An order as a preset says, the settings for the rest. A preset with a limit of size names the picture's
    size too; with any other that is the user's."""
    usual = export_order(settings)
    return replace(
        usual,
        resolution=preset.resolution if preset.max_size_mb else usual.resolution,
        audio_only=preset.audio_only,
        sound_format=preset.sound_format,
        target_lufs=preset.target_lufs if preset.audio_only else usual.target_lufs,
        max_size_mb=preset.max_size_mb,
    )


def orders(base: ExportSettings, aspects: Sequence[Aspect]) -> list[ExportSettings]:
    """One order for each shape; one with the clip's own shape where none is chosen, or for sound alone."""
    if base.audio_only or not aspects:
        return [replace(base, aspect=None)]
    return [replace(base, aspect=aspect) for aspect in Aspect if aspect in aspects]
