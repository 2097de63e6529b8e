"""The desk: every use case, wired once by ``app.py`` and handed to the command line and the window.

Features are combined here and in ``main_job``, ``errands`` and ``export_jobs`` alone. Methods that take a
while say so; they block, and the window calls them from ``gui/bridge``.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import Cancelled, Fault, UsageError
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, ClipBatch, Framing
from viralclip_desktop.domain.edits import clips as edits
from viralclip_desktop.domain.edits.looks import branded
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.usage import Budgets
from viralclip_desktop.engines.ledger import Ledger
from viralclip_desktop.features import errands, export_jobs, main_job
from viralclip_desktop.features.editing import Editing
from viralclip_desktop.features.main_job import MainJobOptions
from viralclip_desktop.jobs.queue import JobQueue, Update
from viralclip_desktop.media.render import exports_at_once
from viralclip_desktop.settings.secrets import Secrets

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.media import Project, Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.domain.translation import Translation
    from viralclip_desktop.engines.downloads.models import ModelShop
    from viralclip_desktop.engines.gate import NetworkGate
    from viralclip_desktop.engines.stt.base import SttSetup
    from viralclip_desktop.features.exporting import Estimate, ExportPreset
    from viralclip_desktop.features.layer_sound import LayerSound
    from viralclip_desktop.features.relink import RelinkReport
    from viralclip_desktop.media.peaks import Peaks
    from viralclip_desktop.media.preview import PreviewStream
    from viralclip_desktop.settings.declaration import Settings
    from viralclip_desktop.settings.file import SettingsStore
    from viralclip_desktop.store.records import BackupEntry, SearchHit
    from viralclip_desktop.store.store import Store

_KEEP_JOBS_S = 30 * 86_400.0  # a month: nobody looks for the job of an older export
_UNPACK_SHARE = 0.5  # of opening a project file; the rest is listening through its recordings


class Desk:
    """All that can be done, on one data folder."""

    def __init__(
        self,
        paths: DataPaths,
        store: Store,
        settings: SettingsStore,
        notices: NoticeBoard,
        gate: NetworkGate,
    ) -> None:
        self.paths = paths
        self.store = store
        self.settings = settings
        self.notices = notices
        self.gate = gate
        self.ledger = Ledger(store.usage, self._budgets)
        """Asked before every paid call."""
        self.editing = Editing(store)
        self.jobs = JobQueue(
            store.jobs,
            handlers={
                main_job.KIND: self._run_main_job,
                **export_jobs.handlers(self),
                **errands.handlers(self),
            },
            lanes={main_job.KIND: "analysis", **export_jobs.LANES, **errands.LANES},
            lane_workers={export_jobs.LANE: exports_at_once()},
        )
        export_jobs.follow(self)
        settings.listen(self._follow_settings)

    # --- the main job ---------------------------------------------------------------------------------

    def submit_main_job(self, path: Path, options: MainJobOptions) -> Job:
        """Queue import, transcription and finding for a file; see :mod:`features.main_job`."""
        payload = {"path": str(path.absolute()), "options": options.as_payload()}
        return self.jobs.submit(main_job.KIND, payload)

    def _run_main_job(
        self, job: Job, progress: Progress, cancel: CancelToken, update: Update
    ) -> dict[str, Any]:
        return main_job.run_main_job(self, job, progress, cancel, update)

    def import_media(self, path: Path, progress: Progress, cancel: CancelToken) -> Source:
        """Probe a file, listen to its sound once, make a project of it. Takes a while.

        A recording that was moved is known by its content: its project is taken up again.
        """
        from viralclip_desktop.features.media_import import import_media
        from viralclip_desktop.features.relink import relink_if_known

        if path.is_file():
            relink_if_known(self.store, path.absolute())
        return import_media(self.store, self.paths, path, progress, cancel)

    def transcribe(
        self,
        source_id: str,
        engine: str | None,
        language: str | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> Transcript:
        """Write down what is said in a source. Takes a while."""
        from viralclip_desktop.features.transcription import transcribe_source

        chosen = self.settings.values
        return transcribe_source(
            self.store,
            self.paths,
            source_id,
            engine=engine or (None if chosen.speech_engine == "auto" else chosen.speech_engine),
            language=language,
            model=chosen.whisper_model or None,
            progress=progress,
            cancel=cancel,
            notices=self.notices,
            gate=self.gate,
            environ=self._environ(),
            secrets=Secrets().get,
            options=self._own_settings(),
            ledger=self.ledger,
        )

    def stt_setup(self) -> SttSetup:
        """What speech engines are built from here."""
        from viralclip_desktop.features.transcription import stt_setup

        model = self.settings.values.whisper_model or None
        return stt_setup(
            self.paths,
            model=model,
            gate=self.gate,
            environ=self._environ(),
            secrets=Secrets().get,
            options=self._own_settings(),
        )

    def _budgets(self) -> Budgets:
        chosen = self.settings.values
        return Budgets(chosen.budget_day_usd, chosen.budget_month_usd)

    def _own_settings(self) -> dict[str, Any]:
        """The speech providers' own settings."""
        from viralclip_desktop.engines.registry import STT, options_for

        return options_for(STT, self.settings.of_provider)

    def _environ(self) -> dict[str, str]:
        """The environment, with the address of the OpenAI server as the settings have it."""
        return dict(os.environ) | {"OPENAI_BASE_URL": self.settings.values.openai_base_url}

    def models(self) -> ModelShop:
        """Speech models: list, install, remove, verify."""
        from viralclip_desktop.engines.downloads.models import ModelShop

        return ModelShop(self.paths.models, self.gate)

    def import_subtitles(self, source_id: str, path: Path) -> Transcript:
        """Take the words of a source from a subtitle file (SRT, VTT, ASS, JSON)."""
        from viralclip_desktop.features.transcription import import_subtitles

        return import_subtitles(self.store, source_id, path)

    def import_translation(
        self, source_id: str, path: Path, language: str = "", clip_ids: Iterable[str] = ()
    ) -> Translation:
        """Take a second language from a subtitle file and show it on clips; see ``editing``."""
        return self.editing.import_translation(source_id, path, language, clip_ids)

    def find(
        self, source_id: str, options: MainJobOptions, progress: Progress, cancel: CancelToken
    ) -> list[Clip]:
        """Find the best clips of a transcribed source, best first."""
        from viralclip_desktop.features.moments import FindOptions, find_clips

        kit = self.editing.kit_of_new_clips(options.brand)
        own_style = options.style_wins or kit is None or not kit.caption_style
        style = options.style if own_style or kit is None else kit.caption_style
        self.caption_style(style)
        wanted = FindOptions(
            count=options.count,
            min_length_s=options.min_length_s,
            max_length_s=options.max_length_s,
            aspect=options.aspect,
            caption_style=style,
            brand_kit=kit.id if kit is not None else "",
            about=options.about,
            like=options.like,
        )
        return find_clips(self.store, self.paths, source_id, wanted, progress, cancel)

    # --- edits: each one transaction, stored at once ------------------------------------------------------

    def edit_clip(
        self, clip_id: str, label: str, edit: Callable[[Clip], Clip], merge_key: str | None = None
    ) -> Clip:
        """Apply a pure edit to a clip in one transaction; nothing is recorded when nothing changes."""
        source = self.store.source(self.store.clip(clip_id).source_id)
        with self.store.transaction(label, source.project_id, merge_key=merge_key) as tx:
            before = self.store.clip(clip_id)
            after = edit(before)
            if after != before:
                tx.put(after)
        return after

    def trim_clip(self, clip_id: str, start: Time, end: Time, merge_key: str | None = None) -> Clip:
        """Move a clip's in and out points (source time); a drag passes one ``merge_key``."""
        return self.editing.trim_clip(clip_id, start, end, merge_key)

    def rename_clip(self, clip_id: str, title: str) -> Clip:
        """Give a clip another title."""
        return self.edit_clip(clip_id, "Rename clip", lambda clip: edits.rename(clip, title))

    def restyle_clip(self, clip_id: str, style_id: str) -> Clip:
        """Choose a caption style; UsageError when there is no such style."""
        self.caption_style(style_id)
        return self.edit_clip(clip_id, "Change caption style", lambda clip: edits.restyle(clip, style_id))

    def switch_captions(self, clip_id: str, on: bool) -> Clip:
        """Show or hide a clip's captions."""
        label = "Show captions" if on else "Hide captions"
        return self.edit_clip(clip_id, label, lambda clip: edits.switch_captions(clip, on))

    def reshape_clip(self, clip_id: str, aspect: Aspect) -> Clip:
        """Choose a clip's picture shape."""
        return self.edit_clip(
            clip_id, say("Change shape to {aspect}", aspect=aspect), lambda clip: edits.reshape(clip, aspect)
        )

    def reframe_clip(
        self, clip_id: str, framing: Framing, centre_x: float = 0.5, merge_key: str | None = None
    ) -> Clip:
        """Choose how the picture fills a clip's frame."""
        return self.edit_clip(
            clip_id, "Change framing", lambda clip: edits.reframe(clip, framing, centre_x), merge_key
        )

    def add_clip(self, source_id: str, within: TimeRange, title: str = "") -> Clip:
        """Make a clip by hand from a range of source time; it looks as the settings and the default brand
        kit say."""
        source, look = self.store.source(source_id), self.settings.values
        batch = ClipBatch(new_id("batch"), source_id, {"by": "hand"}, time.time())
        rank = 1 + len(self.store.clips(source_id))
        blank = Clip(
            new_id("clip"), source_id, batch.id, rank, within, "", 0, (), "", "", created_at=time.time()
        )
        blank = replace(blank, aspect=look.aspect, caption_style=look.caption_style)
        if kit := self.editing.default_kit():
            blank = branded(blank, kit)
        clip = edits.rename(
            edits.trim(blank, within.start, within.end, source.info.duration), title or source.title
        )
        with self.store.transaction("Add clip", source.project_id) as tx:
            tx.put(batch)
            tx.put(clip)
        return clip

    def undo(self, project_id: str) -> str | None:
        """Take back the last edit of a project; its name, or None when there is none."""
        return self.store.undo(project_id)

    def redo(self, project_id: str) -> str | None:
        """Bring back the edit undone last; its name, or None."""
        return self.store.redo(project_id)

    def delete_project(self, project_id: str) -> None:
        """Remove a project from the list; ``undo`` brings it back. Exported files stay."""
        name = self.store.project(project_id).name
        with self.store.transaction(say("Delete {name}", name=name), project_id) as tx:
            tx.delete("project", project_id)

    def forget_project(self, project_id: str) -> None:
        """Remove a project that came to nothing, with all that was derived from it."""
        sources = self.store.sources(project_id)
        with self.store.transaction("Drop empty project", project_id, undoable=False) as tx:
            tx.delete("project", project_id)
        for source in sources:
            shutil.rmtree(self.paths.source_cache(source.id), ignore_errors=True)

    # --- projects as files ------------------------------------------------------------------------------

    def export_project(
        self,
        project_id: str,
        out: Path,
        *,
        with_media: bool = False,
        progress: Progress,
        cancel: CancelToken,
    ) -> Path:
        """Write a project as one portable file; see :mod:`features.portable`. Takes a while."""
        from viralclip_desktop.features.portable import export_project

        return export_project(
            self.store, self.paths, project_id, out, with_media=with_media, progress=progress, cancel=cancel
        )

    def import_project(
        self,
        file: Path,
        progress: Progress,
        cancel: CancelToken,
        *,
        begun: str = "",
        stored: Callable[[str], None] = lambda _project_id: None,
    ) -> Project:
        """Make a project of a portable file, with pictures and waveforms of the recordings that are here.

        Takes a while. A cancel after the project is stored only leaves out the pictures and waveforms.
        ``stored`` hears the project's id then; where the rest was interrupted, ``begun`` is that id.
        """
        from viralclip_desktop.features.portable import import_project

        share = staged(progress, "import", 0.0, _UNPACK_SHARE)
        project = next((known for known in self.store.projects() if known.id == begun), None)
        if project is None:
            project = import_project(self.store, self.paths, file, share, cancel)
            stored(project.id)
        with suppress(Cancelled):
            self._derive(project.id, staged(progress, "import", _UNPACK_SHARE, 1.0), cancel)
        return project

    def _derive(self, project_id: str, progress: Progress, cancel: CancelToken) -> None:
        from viralclip_desktop.features.media_import import ensure_sound, ensure_thumbnail

        for source in self.store.sources(project_id):
            if not Path(source.path).is_file():
                continue
            try:
                ensure_thumbnail(self.paths, source, cancel)
                ensure_sound(self.paths, source, progress, cancel)
            except Cancelled:
                raise
            except Fault as fault:  # the project is here; only this recording cannot be shown as yet
                self.notices.fault(fault)

    def rename_project(self, project_id: str, name: str) -> Project:
        """Give a project another name; an empty one changes nothing."""
        project = self.store.project(project_id)
        renamed = replace(project, name=name.strip() or project.name)
        if renamed != project:
            with self.store.transaction("Rename project", project_id) as tx:
                tx.put(renamed)
        return renamed

    # --- finding things again ---------------------------------------------------------------------------

    def search(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Sentences of all transcripts that hold every word of ``text``; the last may be unfinished."""
        return self.store.search(text, limit)

    def find_missing(self) -> list[Source]:
        """Sources whose recording is not where it was. May take seconds with a slow network drive."""
        from viralclip_desktop.features.relink import find_missing

        return find_missing(self.store)

    def relink_folder(self, folder: Path, progress: Progress, cancel: CancelToken) -> RelinkReport:
        """Look for all lost recordings in a folder, by their content. Takes a while."""
        from viralclip_desktop.features.relink import relink_folder

        return relink_folder(self.store, folder, None, progress, cancel)

    # --- errands: each a job ----------------------------------------------------------------------------

    def start_errand(self, kind: str, **payload: Any) -> Job:
        """Queue one of :mod:`features.errands`; one that is under way with the same payload is returned."""
        for job in self.jobs.list(active_only=True):
            if (job.kind, job.payload) == (kind, payload):
                return job
        return self.jobs.submit(kind, payload, str(payload.get("project_id", "")))

    def make_sample(self, progress: Progress, cancel: CancelToken) -> Path:
        """The sample talk as a file in the data folder; made now if it is not there. Takes a while."""
        from viralclip_desktop.features.sample_talk import make_sample

        out = self.paths.home / "media" / "videos" / "Sample talk.mp4"
        return out if out.is_file() else make_sample(out, progress, cancel)

    # --- captions ----------------------------------------------------------------------------------------

    def caption_styles(self) -> list[CaptionStyle]:
        """Every caption style: the presets, then the user's own."""
        from viralclip_desktop.features.captions import caption_styles

        return [*caption_styles().values(), *self.store.caption_styles()]

    def caption_style(self, style_id: str) -> CaptionStyle:
        """One caption style; UsageError when there is none of that name."""
        styles = {style.id: style for style in self.caption_styles()}
        if style_id not in styles:
            raise UsageError(
                say("There is no caption style “{style_id}”.", style_id=style_id),
                say("Choose one of: {styles}.", styles=", ".join(styles)),
            )
        return styles[style_id]

    # --- preview -----------------------------------------------------------------------------------------

    def preview_plan(self, clip_id: str) -> RenderPlan:
        """The plan of a clip as it stands. Where captions keep off faces that are not known yet, they are
        looked for in the background, and a change of the kind ``faces`` tells when they are."""
        from viralclip_desktop.features.exporting import preview_plan

        return preview_plan(self.store, self.paths, clip_id, errands.known_faces(self, clip_id))

    def levelled(self, plan: RenderPlan, cancel: CancelToken) -> RenderPlan:
        """A plan with the gain its export gets. Listens to the clip unless that is known; takes a second."""
        from viralclip_desktop.features.exporting import levelled

        return levelled(self.paths, plan, cancel)

    def exact_frame(self, plan: RenderPlan, size: Size, at: Time) -> bytes:
        """One frame at a clip time: RGB24, rows from the top. Blocks for about a tenth of a second."""
        from viralclip_desktop.media.render import render_frame

        return render_frame(plan, size, at, self.paths.render_work)

    def save_frame(self, plan: RenderPlan, size: Size, at: Time, out: Path) -> Time:
        """Write one frame as a PNG file; returns the clip time at which that frame begins."""
        from viralclip_desktop.media.render import frame_at, frame_png

        frame_png(plan, size, at, out, self.paths.render_work)
        return Time.from_frames(frame_at(plan, at), plan.fps)

    def open_preview(self, plan: RenderPlan, size: Size, start: Time) -> PreviewStream:
        """Play a plan from a clip time on."""
        from viralclip_desktop.media.preview import PreviewStream

        return PreviewStream(plan, size, start, self.paths.render_work)

    def source_thumbnail(self, source_id: str) -> Path | None:
        """The picture of a source; None for sound alone."""
        path = self.paths.source_cache(source_id) / "thumbnail.jpg"
        return path if path.exists() else None

    def peaks(self, source_id: str) -> Peaks | None:
        """The waveform of a source; None without sound."""
        from viralclip_desktop.media.peaks import load_peaks

        path = self.paths.source_cache(source_id) / "peaks.bin"
        return load_peaks(path) if path.exists() else None

    def layer_sound(self, path: Path, cancel: CancelToken) -> LayerSound:
        """Wave and beats of a file laid under a clip. Takes a second or so the first time."""
        from viralclip_desktop.features.layer_sound import listen

        return listen(self.paths, path, cancel)

    # --- exports -----------------------------------------------------------------------------------------

    def export_clip(self, clip_id: str, settings: ExportSettings) -> Export:
        """Queue an export."""
        from viralclip_desktop.features.exporting import create_export

        return export_jobs.queue(self, create_export(self.store, self.paths, clip_id, settings))

    def export_presets(self) -> tuple[ExportPreset, ...]:
        """What each platform wants."""
        from viralclip_desktop.features.exporting import export_presets

        return export_presets()

    def export_estimate(self, clips: Sequence[Clip], orders: Sequence[ExportSettings]) -> Estimate:
        """How large the files become and how long it takes, as far as is known."""
        from viralclip_desktop.features.exporting import estimate

        return estimate(self.store, clips, orders)

    def retry_export(self, export_id: str) -> Export:
        """Queue an export that failed or was cancelled again."""
        from viralclip_desktop.features.exporting import retry_export

        return export_jobs.queue(self, retry_export(self.store, export_id))

    def cancel_export(self, export_id: str) -> None:
        """Stop an export, or take it out of the queue."""
        self.jobs.cancel(self.store.export(export_id).job_id)

    # --- upkeep ------------------------------------------------------------------------------------------

    def _follow_settings(self, values: Settings) -> None:
        """The offline switch counts from the moment it is turned."""
        self.gate.offline = values.offline

    def cache_size(self) -> int:
        """Bytes in the cache. Walks through the folder."""
        from viralclip_desktop.features.upkeep import cache_size

        return cache_size(self.paths)

    def clear_cache(self) -> int:
        """Remove what can be made again; bytes freed. UsageError while work is running."""
        from viralclip_desktop.features.upkeep import clear_cache

        self._must_rest("the cache can be cleared")
        return clear_cache(self.store, self.paths)

    def backups(self) -> list[BackupEntry]:
        """The copies of all projects, newest first."""
        return self.store.backups()

    def restore_backup(self, backup: Path) -> None:
        """Put a copy in place of all projects; what is there now is copied first. UsageError while work
        is running, BadInput for a damaged copy."""
        self._must_rest("a backup can be restored")
        self.store.restore_backup(backup)

    def _must_rest(self, what: str) -> None:
        if self.jobs.list(active_only=True):
            hint = "Wait until it has ended, or cancel it."
            raise UsageError(say("Work is still running; {what} when it has ended.", what=say(what)), hint)

    # --- the end -----------------------------------------------------------------------------------------

    def keep_safe(self) -> None:
        """Copy the database when a copy is due, and forget jobs that ended over a month ago.

        Takes a moment on a large database: the window calls it off the GUI thread, after its first paint and
        now and then. Never raises for the world's faults; they are told as a notice.
        """
        try:
            self._forget_old_jobs(time.time() - _KEEP_JOBS_S)
            self.store.backup_if_due()
        except Fault as fault:
            self.notices.caution(
                say("The projects were not backed up: {message}", message=say(fault.message)), fault.hint
            )
        except OSError as error:
            hint = "Check that the data folder can be written to and has room."
            self.notices.caution(
                say("The projects were not backed up ({strerror}).", strerror=error.strerror), hint
            )

    def _forget_old_jobs(self, before: float) -> None:
        ended = self.store.jobs.list([state for state in WorkState if state.ended])
        old = [job for job in ended if job.updated_at < before]
        if not old:
            return
        with self.store.transaction("Forget old jobs", undoable=False):  # one commit for all
            for job in old:
                self.store.jobs.delete(job.id)

    def close(self, timeout_s: float = 5.0) -> None:
        """Stop the queue (running work goes on at the next start) and close the database."""
        self.jobs.close(cancel_running=False, timeout_s=timeout_s)
        self.store.close()
