"""Exports: ordered, run, and kept in the store with what was measured on the file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import BadInput, Fault, UsageError
from viralclip_desktop.core.file_names import free_path
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.geometry import frame_size
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export, ExportResult, ExportSettings, WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.mix import SPEECH, OwnSound
from viralclip_desktop.domain.properties.exports import LOUDNESS, MAX_SIZE
from viralclip_desktop.features.common.derived import source_peaks
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.exporting.as_exported import noted
from viralclip_desktop.features.exporting.naming import check_template, named_by, templated_name
from viralclip_desktop.features.exporting.plans import NOTHING_KNOWN, plan_of
from viralclip_desktop.features.exporting.size_limit import fit
from viralclip_desktop.media import encoders
from viralclip_desktop.media.render import Another, render_export
from viralclip_desktop.media.segments import Kept
from viralclip_desktop.media.sound_file import Tags, render_sound
from viralclip_desktop.media.verify import Report

if TYPE_CHECKING:
    from viralclip_desktop.settings.declaration import Settings
    from viralclip_desktop.store.store import Store

_AUDIBLE = 0.03  # of full scale (-30 dB): speech peaks above it even in a quiet recording
_NOTICED_S = 0.1  # frames and samples are rounded by less


def create_export(store: Store, paths: DataPaths, clip_id: str, settings: ExportSettings) -> Export:
    """Store the order for an export, queued.

    It goes to a readable name, that no other file or order has, in the folder the user chose or else in
    ``paths.videos``; without either to ``media/clips/{clip_id}/{export_id}.mp4``. Raises
    :class:`UsageError` for a name template with an unknown field, and for a loudness or a limit that no file
    can have.
    """
    check_template(settings.name_template)
    _check_bounds(settings)
    settings = placed(paths, settings)
    clip = store.clip(clip_id)
    export_id, now = new_id("exp"), time.time()
    path = _target(store, paths, clip, settings, export_id)
    export = Export(export_id, clip_id, settings, WorkState.QUEUED, str(path), now, now)
    return _stored(store, export)


def placed(paths: DataPaths, settings: ExportSettings) -> ExportSettings:
    """An order with the folder its file goes to where none was chosen, if there is a usual one."""
    if settings.folder is None and paths.videos is not None:
        return replace(settings, folder=str(paths.videos))
    return settings


def _check_bounds(settings: ExportSettings) -> None:
    if not LOUDNESS.low <= settings.target_lufs <= LOUDNESS.high:
        hint = say(
            "Give one from {low} to {high} {unit}.",
            low=Number(LOUDNESS.low),
            high=Number(LOUDNESS.high),
            unit=LOUDNESS.unit,
        )
        raise UsageError("No file can be made that loud.", hint)
    if settings.max_size_mb is not None and settings.max_size_mb < MAX_SIZE.low:
        raise UsageError("No file can be made that small.", "Allow a larger one.")


def _target(store: Store, paths: DataPaths, clip: Clip, settings: ExportSettings, export_id: str) -> Path:
    if settings.folder is None:
        return paths.clip_exports(clip.id) / f"{export_id}{settings.suffix}"
    ordered = {export.output_path.casefold() for export in store.exports() if export.id != export_id}
    named = named_by(clip, settings, date.today())
    return free_path(
        lambda number: templated_name(settings.name_template, named, number, settings.suffix),
        from_home(settings.folder).absolute(),
        lambda path: path.exists() or str(path).casefold() in ordered,
    )


def retry_export(store: Store, export_id: str) -> Export:
    """Order an export that failed or was cancelled once more, as it was."""
    return _stored(store, replace(store.export(export_id), result=None))


def run_export(
    store: Store,
    paths: DataPaths,
    export_id: str,
    progress: Progress,
    cancel: CancelToken,
    *,
    known: PictureKnown = NOTHING_KNOWN,
    kept: Kept | None = None,
    tell: Callable[[Clip], dict[str, object] | None] = lambda _clip: None,
) -> Export:
    """Make the file of an export; what was measured on it is stored. Takes a while. (How it stands is kept by
    its job.)

    ``known`` is what was found out about the clip's picture, ``kept`` what there is of it from exports before
    (:func:`kept_segments`); ``tell`` says what was done to the clip that the file shows. An export that was
    interrupted begins anew. Raises :class:`Cancelled` and the :class:`Fault` of what went wrong.
    """
    export = store.export(export_id)
    clip = store.clip(export.clip_id)
    if export.settings.folder is not None and Path(export.output_path).exists():
        # Somebody put a file there while the order waited.
        path = _target(store, paths, clip, export.settings, export.id)
        export = replace(export, output_path=str(path))
    export = _stored(store, replace(export, result=None))
    make = _sound if export.settings.audio_only else partial(_film, kept=kept)
    done, shows = tell(clip), noted(store, clip)
    path, result = make(store, paths, export, clip, known, progress=progress, cancel=cancel)
    return _stored(
        store, replace(export, output_path=str(path), result=replace(result, done=done, shows=shows))
    )


def kept_segments(paths: DataPaths, settings: Settings) -> Kept | None:
    """What is kept of pictures for exports of the same clip, changed; None where the user wants nothing
    kept, and then nothing is."""
    kept = Kept(paths.segments, round(settings.kept_export_gb * 1e9))
    if kept.limit_bytes:
        return kept
    kept.tidy()
    return None


def _another(store: Store, paths: DataPaths, export: Export) -> Another | None:
    """Where an export goes when its place has been taken meanwhile; files in the program's own folder are
    named by their export and are nobody else's."""
    if export.settings.folder is None:
        return None
    return lambda: _target(store, paths, store.clip(export.clip_id), export.settings, export.id)


def _film(
    store: Store,
    paths: DataPaths,
    export: Export,
    clip: Clip,
    known: PictureKnown,
    *,
    progress: Progress,
    cancel: CancelToken,
    kept: Kept | None,
) -> tuple[Path, ExportResult]:
    settings = export.settings
    plan = _plan(store, clip, settings, known)
    size = frame_size(plan.aspect, settings.resolution.short_side_px)
    if settings.max_size_mb is None:
        encoder = encoders.choose(settings.encoder, paths.cache / "encoders.json")
    else:  # the one encoder that never takes more than it is given
        fitting = fit(
            settings.max_size_mb,
            plan.file_duration.seconds,
            plan.aspect,
            settings.resolution.short_side_px,
            plan.fps,
        )
        size, encoder = fitting.size, replace(encoders.named("libx264"), max_kbit_s=fitting.max_kbit_s)
    if encoder.note:
        progress(ProgressEvent("render", 0.0, encoder.note))
    rendered = render_export(
        plan,
        size,
        Path(export.output_path),
        encoder,
        paths.render_work,
        progress=progress,
        cancel=cancel,
        title=clip.title,
        kept=kept,
        another=_another(store, paths, export),
    )
    _check_limit(settings, rendered.path)
    _check_heard(store, paths, clip, rendered.report, rendered.path)
    remarks = (*_shorter(clip, plan), *rendered.notes)
    result = _result(rendered.report, rendered.encoder.name, remarks)
    return rendered.path, replace(result, reused_s=rendered.reused_s)


def _check_limit(settings: ExportSettings, out: Path) -> None:
    """Nobody gets a file that is larger than was asked for."""
    if settings.max_size_mb is not None and out.stat().st_size > settings.max_size_mb * 1e6:
        size_mb = out.stat().st_size / 1e6
        out.unlink()
        message = say(
            "The file became {size_mb} MB, more than {max_size_mb} MB.",
            size_mb=Number(size_mb, 1),
            max_size_mb=Number(settings.max_size_mb),
        )
        raise BadInput(message, "Allow a larger file, or make the clip shorter.")


def _check_heard(store: Store, paths: DataPaths, clip: Clip, report: Report, out: Path) -> None:
    """Nobody gets a silent file of a recording that is heard."""
    if report.loudness.integrated_lufs is None and _is_heard(store, paths, clip):
        out.unlink()
        raise Fault(
            "The file came out silent, though the recording is heard there.",
            "Try again. If it stays silent, convert the recording with another program and import that.",
        )


def _is_heard(store: Store, paths: DataPaths, clip: Clip) -> bool:
    """Whether the waveform of what plays says that something is to be heard, as far as that is known."""
    if not clip.mix.is_heard(SPEECH) or clip.mix.own_sound is not OwnSound.ALL:
        return False
    for source in recordings_of(store, clip):
        peaks = source_peaks(paths, source.id) if source.audio is not None else None
        ranges = clip.ranges_of(source.asset_id)
        if peaks is not None and any(abs(peaks.between(one, 1)).max() > _AUDIBLE for one in ranges):
            return True
    return False


def _sound(
    store: Store,
    paths: DataPaths,
    export: Export,
    clip: Clip,
    known: PictureKnown,
    *,
    progress: Progress,
    cancel: CancelToken,
) -> tuple[Path, ExportResult]:
    plan = _plan(store, clip, export.settings, known)
    made = render_sound(
        plan,
        Path(export.output_path),
        paths.render_work,
        export.settings.sound_format,
        progress=progress,
        cancel=cancel,
        tags=_tags(store, clip),
        another=_another(store, paths, export),
    )
    _check_limit(export.settings, made.path)
    _check_heard(store, paths, clip, made.report, made.path)
    return made.path, _result(made.report, made.codec, (*_shorter(clip, plan), *made.report.remarks))


def _plan(
    store: Store,
    clip: Clip,
    settings: ExportSettings,
    known: PictureKnown = NOTHING_KNOWN,
) -> RenderPlan:
    plan = plan_of(store, clip, fps=settings.fps, aspect=settings.aspect, known=known)
    return replace(plan, loudness=replace(plan.loudness, target_lufs=settings.target_lufs))


def _tags(store: Store, clip: Clip) -> Tags:
    """A clip's title by the name of its brand, from the recording."""
    brand = next((kit.name for kit in store.brand_kits() if kit.id == clip.brand_kit), "")
    return Tags(clip.title, brand, store.source(clip.source_id).title)


def _shorter(clip: Clip, plan: RenderPlan) -> list[str]:
    """A remark where the recordings do not reach as far as the clip was cut."""
    if (clip.duration - plan.duration).seconds < _NOTICED_S:
        return []
    told = say(
        "The clip is {real} long instead of {wanted}: its recording ends sooner.",
        real=plan.duration,
        wanted=clip.duration,
    )
    return [told]


def _result(report: Report, encoder: str, remarks: tuple[str, ...]) -> ExportResult:
    return ExportResult(
        width=report.size.width,
        height=report.size.height,
        fps=report.fps,
        duration_s=report.duration_s,
        loudness_lufs=report.loudness.integrated_lufs,
        true_peak_dbtp=report.loudness.true_peak_dbtp,
        size_bytes=report.size_bytes,
        encoder=encoder,
        remarks=remarks,
    )


def _stored(store: Store, export: Export) -> Export:
    """Put an export into the store; not an edit, so it is not undoable."""
    export = replace(export, updated_at=time.time())
    project_id = store.clip(export.clip_id).project_id
    with store.transaction("Export", project_id, undoable=False) as tx:
        tx.put(export)
    return export
