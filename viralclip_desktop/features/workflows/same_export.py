"""The same export twice is made once: known by its clip, its settings and everything that decides its picture
and sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.deciding import DECIDED_BY, decided_by
from viralclip_desktop.features.workflows.exports import export_clip


def export_unless_there(services: Services, clip_id: str, settings: ExportSettings) -> tuple[Export, bool]:
    """The finished export of a clip as it is now by these very settings, or the one under way; else one that
    is queued now. Whether it is new."""
    found = same_export(services, clip_id, settings)
    return (found, False) if found is not None else (export_clip(services, clip_id, settings), True)


def same_export(services: Services, clip_id: str, settings: ExportSettings) -> Export | None:
    """An export of a clip by these settings that shows it as it is now: finished, with its file as it was
    made, or still to be made."""
    usual = services.paths.videos
    folder = str(usual) if settings.folder is None and usual is not None else settings.folder
    wanted = replace(settings, folder=folder)
    alike = [one for one in services.store.exports(clip_id) if one.settings == wanted and _stands(one)]
    if not alike:
        return None
    now = decided_by(services, clip_id, settings)
    return next((one for one in reversed(alike) if _made_of(services, one) in (now, None)), None)


def _stands(export: Export) -> bool:
    """Whether its file is there as it was made, or still to come."""
    if not export.status.ended:
        return True
    path, made = Path(export.output_path), export.result
    return (
        export.status is WorkState.COMPLETED
        and made is not None
        and path.is_file()
        and path.stat().st_size == made.size_bytes
    )


def _made_of(services: Services, export: Export) -> str | None:
    """What decided an export; None for one that waits or has just begun, which is made of what is there."""
    try:
        job = services.jobs.get(export.job_id)
    except NotFound:
        return ""
    made: Any = job.result.get(DECIDED_BY)
    return None if made is None and not job.state.ended else str(made or "")
