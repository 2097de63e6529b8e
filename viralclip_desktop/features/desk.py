"""Everything under one roof; going: call the functions of the features with :class:`Services`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Framing
from viralclip_desktop.domain.exports import Export, ExportSettings
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.downloads.models import ModelShop
from viralclip_desktop.features import editing, exporting, faces, models, preview, projects, upkeep
from viralclip_desktop.features.common import derived, styles
from viralclip_desktop.features.common.orders import new_clip_look
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.editing.edit import edit_clip
from viralclip_desktop.features.editing.editing import Editing
from viralclip_desktop.features.layer_sound import listen
from viralclip_desktop.features.portable import export_project, open_project_file
from viralclip_desktop.features.relink import find_missing, relink_folder
from viralclip_desktop.features.transcription import import_subtitles, speech_setup, transcribe
from viralclip_desktop.features.workflows import exports, main_job, sample
from viralclip_desktop.features.workflows.main_job import MainJobOptions
from viralclip_desktop.features.workflows.preview import preview_plan


class Desk:
    """All that can be done, on one data folder."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.paths, self.store, self.settings = services.paths, services.store, services.settings
        self.notices, self.gate, self.jobs = services.notices, services.gate, services.jobs
        self.editing = Editing(services.store)

    def submit_main_job(self, path: Path, options: MainJobOptions) -> Job:
        return main_job.submit_main_job(self.services, path, options)

    def import_media(self, path: Path, progress: Progress, cancel: CancelToken) -> Any:
        return main_job.import_recording(self.services, path, progress, cancel)

    def transcribe(
        self,
        source_id: str,
        engine: str | None,
        language: str | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> Any:
        return transcribe(
            self.services, source_id, engine=engine, language=language, progress=progress, cancel=cancel
        )

    def stt_setup(self) -> Any:
        return speech_setup(self.services)

    def models(self) -> ModelShop:
        return models.model_shop(self.paths, self.gate)

    def import_subtitles(self, source_id: str, path: Path) -> Any:
        return import_subtitles(self.store, source_id, path)

    def import_translation(
        self, source_id: str, path: Path, language: str = "", clip_ids: Iterable[str] = ()
    ) -> Any:
        return editing.import_translation(self.store, source_id, path, language, clip_ids)

    def find(
        self, source_id: str, options: MainJobOptions, progress: Progress, cancel: CancelToken
    ) -> list[Clip]:
        return main_job.find(self.services, source_id, options, progress, cancel)

    def edit_clip(
        self, clip_id: str, label: str, edit: Callable[[Clip], Clip], merge_key: str | None = None
    ) -> Clip:
        return edit_clip(self.store, clip_id, label, edit, merge_key)

    def trim_clip(self, clip_id: str, start: Time, end: Time, merge_key: str | None = None) -> Clip:
        return editing.trim_clip(self.store, clip_id, start, end, merge_key=merge_key)

    def rename_clip(self, clip_id: str, title: str) -> Clip:
        return editing.rename_clip(self.store, clip_id, title)

    def restyle_clip(self, clip_id: str, style_id: str) -> Clip:
        return editing.restyle_clip(self.store, clip_id, style_id)

    def switch_captions(self, clip_id: str, on: bool) -> Clip:
        return editing.switch_captions(self.store, clip_id, on)

    def reshape_clip(self, clip_id: str, aspect: Aspect) -> Clip:
        return editing.reshape_clip(self.store, clip_id, aspect)

    def reframe_clip(
        self, clip_id: str, framing: Framing, centre_x: float = 0.5, merge_key: str | None = None
    ) -> Clip:
        return editing.reframe_clip(self.store, clip_id, framing, centre_x, merge_key=merge_key)

    def add_clip(self, source_id: str, within: TimeRange, title: str = "") -> Clip:
        look = new_clip_look(self.settings.values)
        return editing.add_clip(self.store, source_id, within, title, look=look)

    def undo(self, project_id: str) -> str | None:
        return self.store.undo(project_id)

    def redo(self, project_id: str) -> str | None:
        return self.store.redo(project_id)

    def delete_project(self, project_id: str) -> None:
        projects.delete_project(self.store, project_id)

    def forget_project(self, project_id: str) -> None:
        projects.forget_project(self.store, self.paths, project_id)

    def export_project(
        self,
        project_id: str,
        out: Path,
        *,
        with_media: bool = False,
        progress: Progress,
        cancel: CancelToken,
    ) -> Path:
        return export_project(
            self.store, self.paths, project_id, out, with_media=with_media, progress=progress, cancel=cancel
        )

    def import_project(self, file: Path, progress: Progress, cancel: CancelToken, **more: Any) -> Any:
        return open_project_file(self.services, file, progress, cancel, **more)

    def rename_project(self, project_id: str, name: str) -> Any:
        return projects.rename_project(self.store, project_id, name)

    def search(self, text: str, limit: int = 50) -> Any:
        return self.store.search(text, limit)

    def find_missing(self) -> Any:
        return find_missing(self.store)

    def relink_folder(self, folder: Path, progress: Progress, cancel: CancelToken) -> Any:
        return relink_folder(self.store, folder, None, progress, cancel)

    def start_errand(self, kind: str, **payload: Any) -> Job:
        known = self.jobs.kind(kind)
        request = known.request_from(payload)
        return self.jobs.submit(known, request, str(payload.get("project_id", "")), once=True)

    def make_sample(self, progress: Progress, cancel: CancelToken) -> Path:
        return sample.sample_file(self.paths, progress, cancel)

    def caption_styles(self) -> Any:
        return styles.caption_styles(self.store)

    def caption_style(self, style_id: str) -> Any:
        return styles.known_style(self.store, style_id)

    def preview_plan(self, clip_id: str) -> Any:
        plan = preview_plan(self.store, self.paths, clip_id)
        faces.start_face_search(self.services, clip_id)
        return plan

    def levelled(self, plan: Any, cancel: CancelToken) -> Any:
        return exporting.levelled(self.paths, plan, cancel)

    def exact_frame(self, plan: Any, size: Size, at: Time) -> bytes:
        return preview.exact_frame(self.paths, plan, size, at)

    def save_frame(self, plan: Any, size: Size, at: Time, out: Path) -> Time:
        return preview.save_frame(self.paths, plan, size, at, out)

    def open_preview(self, plan: Any, size: Size, start: Time) -> Any:
        return preview.open_preview(self.paths, plan, size, start)

    def source_thumbnail(self, source_id: str) -> Path | None:
        return derived.source_thumbnail(self.paths, source_id)

    def peaks(self, source_id: str) -> Any:
        return derived.source_peaks(self.paths, source_id)

    def layer_sound(self, path: Path, cancel: CancelToken) -> Any:
        return listen(self.paths, path, cancel)

    def export_clip(self, clip_id: str, settings: ExportSettings) -> Export:
        return exports.export_clip(self.services, clip_id, settings)

    def export_presets(self) -> tuple[exporting.ExportPreset, ...]:
        return exporting.export_presets()

    def export_estimate(self, clips: Sequence[Clip], orders: Sequence[ExportSettings]) -> Any:
        return exporting.estimate(self.store, clips, orders)

    def retry_export(self, export_id: str) -> Export:
        return exports.retry_export(self.services, export_id)

    def cancel_export(self, export_id: str) -> None:
        exports.cancel_export(self.services, export_id)

    def cache_size(self) -> int:
        return upkeep.cache_size(self.paths)

    def clear_cache(self) -> int:
        return upkeep.clear_cache(self.services)

    def backups(self) -> Any:
        return self.store.backups()

    def restore_backup(self, backup: Path) -> None:
        upkeep.restore_backup(self.services, backup)

    def keep_safe(self) -> None:
        upkeep.keep_safe(self.services)

    def close(self, timeout_s: float = 5.0) -> None:
        self.services.close(timeout_s)
