"""Exports: ordered, run, and kept in the store with what was measured on the file."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.geometry import frame_size
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export, ExportResult, ExportSettings, WorkState
from viralclip_desktop.features.exporting.naming import free_path, readable_name
from viralclip_desktop.features.exporting.plans import plan_of
from viralclip_desktop.media import encoders
from viralclip_desktop.media.render import Rendered, render_export

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


def create_export(store: Store, paths: DataPaths, clip_id: str, settings: ExportSettings) -> Export:
    """Store the order for an export, queued.

    Without a folder of the user's it goes to ``media/clips/{clip_id}/{export_id}.mp4``; with one, to a
    readable name in it that no other file or order has.
    """
    clip = store.clip(clip_id)
    export_id, now = new_id("exp"), time.time()
    path = _target(store, paths, clip, settings, export_id)
    export = Export(export_id, clip_id, settings, WorkState.QUEUED, str(path), now, now)
    return _stored(store, export)


def _target(store: Store, paths: DataPaths, clip: Clip, settings: ExportSettings, export_id: str) -> Path:
    if settings.folder is None:
        return paths.clip_exports(clip.id) / f"{export_id}.mp4"
    ordered = {export.output_path.casefold() for export in store.exports() if export.id != export_id}
    aspect = settings.aspect or clip.aspect
    return free_path(
        lambda number: readable_name(clip.rank, clip.title, aspect, number),
        Path(settings.folder).expanduser().absolute(),
        lambda path: path.exists() or str(path).casefold() in ordered,
    )


def retry_export(store: Store, export_id: str) -> Export:
    """Order an export that failed or was cancelled once more, as it was."""
    export = store.export(export_id)
    return _stored(store, replace(export, status=WorkState.QUEUED, error="", hint="", result=None))


def run_export(
    store: Store, paths: DataPaths, export_id: str, progress: Progress, cancel: CancelToken
) -> Export:
    """Make the file of an export; its state is stored at every turn. Takes a while.

    An export that was interrupted begins anew. Raises :class:`Cancelled`, and the :class:`Fault` that is
    stored with a failed export.
    """
    export = store.export(export_id)
    clip = store.clip(export.clip_id)
    if export.settings.folder is not None and Path(export.output_path).exists():
        # Somebody put a file there while the order waited.
        path = _target(store, paths, clip, export.settings, export.id)
        export = replace(export, output_path=str(path))
    export = _stored(store, replace(export, status=WorkState.RUNNING, error="", hint="", result=None))
    try:
        rendered = _render(store, paths, export, progress=progress, cancel=cancel)
    except Cancelled:
        _stored(store, replace(export, status=WorkState.CANCELLED))
        raise
    except Fault as fault:
        _stored(store, replace(export, status=WorkState.FAILED, error=fault.message, hint=fault.hint))
        raise
    except Exception as error:
        _stored(store, replace(export, status=WorkState.FAILED, error=f"Something went wrong: {error!r}"))
        raise
    return _stored(store, replace(export, status=WorkState.COMPLETED, result=_result(rendered)))


def _render(
    store: Store, paths: DataPaths, export: Export, *, progress: Progress, cancel: CancelToken
) -> Rendered:
    clip = store.clip(export.clip_id)
    settings = export.settings
    plan = plan_of(store, clip, fps=settings.fps, aspect=settings.aspect)
    encoder = encoders.choose(settings.encoder, paths.cache / "encoders.json")
    if encoder.note:
        progress(ProgressEvent("render", 0.0, encoder.note))
    return render_export(
        plan,
        frame_size(plan.aspect, settings.resolution.short_side_px),
        Path(export.output_path),
        encoder,
        paths.render_work,
        progress=progress,
        cancel=cancel,
        title=clip.title,
    )


def _result(rendered: Rendered) -> ExportResult:
    report = rendered.report
    return ExportResult(
        width=report.size.width,
        height=report.size.height,
        fps=report.fps,
        duration_s=report.duration_s,
        loudness_lufs=report.loudness.integrated_lufs,
        true_peak_dbtp=report.loudness.true_peak_dbtp,
        size_bytes=report.size_bytes,
        encoder=rendered.encoder.name,
    )


def _stored(store: Store, export: Export) -> Export:
    """Put an export into the store; not an edit, so it is not undoable."""
    export = replace(export, updated_at=time.time())
    project_id = store.source(store.clip(export.clip_id).source_id).project_id
    with store.transaction("Export", project_id, undoable=False) as tx:
        tx.put(export)
    return export
