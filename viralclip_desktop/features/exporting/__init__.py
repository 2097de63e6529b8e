"""Exporting: a clip becomes a finished MP4 file, and what the preview needs of the same plan."""

from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.exporting.estimate import Estimate, estimate
from viralclip_desktop.features.exporting.exporting import create_export, retry_export, run_export
from viralclip_desktop.features.exporting.plans import (
    levelled,
    plan_of,
    preview_plan,
)
from viralclip_desktop.features.exporting.presets import (
    ExportPreset,
    export_presets,
    orders,
    preset_order,
)
from viralclip_desktop.features.exporting.target import check_folder

__all__ = [
    "Estimate",
    "ExportPreset",
    "check_folder",
    "create_export",
    "estimate",
    "export_order",
    "export_presets",
    "levelled",
    "orders",
    "plan_of",
    "preset_order",
    "preview_plan",
    "retry_export",
    "run_export",
]
