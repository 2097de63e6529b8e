"""Exports as jobs. How an export stands is what its job says: the queue writes it down with the job."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.progress import CancelToken, Progress, no_time_left, staged
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.separation.cleaning import clean, known_cleaned
from viralclip_desktop.features.workflows.deciding import DECIDED_BY, decided_by
from viralclip_desktop.features.workflows.preview import look_now, picture_known, preview_plan
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.exporting.estimate import Estimate
    from viralclip_desktop.store.store import Store

LANE = "export"


@dataclass(frozen=True)
class ExportRequest:
    """Which order is to be carried out."""

    export_id: str


@dataclass(frozen=True)
class Exported:
    """The order, and the file it became."""

    export_id: str
    path: Path


def exports_at_once(processors: int | None = None) -> int:
    """How many exports to run side by side: two, so that one encodes while another begins or ends; more
    only where there are more processors than x264 uses on one picture of this size (about six)."""
    return max(2, min(4, (processors or os.cpu_count() or 1) // 6))


def export_clip(services: Services, clip_id: str, settings: ExportSettings, *, parent_id: str = "") -> Export:
    """Queue an export; ``parent_id`` names the job it is a part of."""
    from viralclip_desktop.features.exporting.exporting import create_export

    def order() -> Export:
        return create_export(services.store, services.paths, clip_id, settings)

    return _queued(services, clip_id, order, parent_id)


def export_once(
    services: Services, clip_id: str, settings: ExportSettings, *, anew: bool = False, parent_id: str = ""
) -> Export:
    """The finished export of a clip by these very settings, where its file is there, or the one under way;
    else one that is queued now. ``anew``: what was exported before does not count."""
    from viralclip_desktop.features.exporting.exporting import placed

    wanted = placed(services.paths, settings)
    same = [one for one in services.store.exports(clip_id) if one.settings == wanted and not anew]
    last = same[-1] if same else None
    if last is None:
        return export_clip(services, clip_id, settings, parent_id=parent_id)
    if not last.status.ended:
        services.jobs.take_up(last.job_id)
        return last
    if last.status is WorkState.COMPLETED and Path(last.output_path).is_file():
        return last
    return retry_export(services, last.id, parent_id=parent_id)


def export_again(services: Services, clip_id: str) -> Export:
    """Export a clip once more, as it stands now, by the settings of its last export; the file that is there
    stays."""
    before = services.store.exports(clip_id)
    return export_clip(services, clip_id, before[-1].settings if before else ExportSettings())


def newest_films(store: Store, clip_ids: Iterable[str]) -> Iterator[Path]:
    """Of each clip the newest finished file that is still there."""
    for clip_id in clip_ids:
        done = (one for one in reversed(store.exports(clip_id)) if one.status is WorkState.COMPLETED)
        yield from islice((path for one in done if (path := Path(one.output_path)).is_file()), 1)


def estimate_exports(
    services: Services, clips: Sequence[Clip], orders: Sequence[ExportSettings], cancel: CancelToken
) -> Estimate:
    """What exporting each clip by each order comes to, its size measured on a little of it. Takes some
    seconds. Raises Cancelled."""
    from viralclip_desktop.features.exporting.estimate import Measuring, estimate

    known = partial(picture_known, services.store, services.paths)
    return estimate(services.store, clips, orders, Measuring(services.paths, known, cancel))


def retry_export(services: Services, export_id: str, *, parent_id: str = "") -> Export:
    """Queue an export that failed, was cancelled, or whose file is gone again."""
    from viralclip_desktop.features.exporting.exporting import retry_export as renew

    clip_id = services.store.export(export_id).clip_id
    return _queued(services, clip_id, lambda: renew(services.store, export_id), parent_id)


def cancel_export(services: Services, export_id: str) -> None:
    """Stop an export, or take it out of the queue."""
    services.jobs.cancel(services.store.export(export_id).job_id)


def cancel_exports(services: Services) -> int:
    """Stop every export that runs or waits; returns how many there were."""
    under_way = [export for export in services.store.exports() if not export.status.ended]
    for export in reversed(under_way):  # those that wait first, so that none begins meanwhile
        cancel_export(services, export.id)
    return len(under_way)


def follow(services: Services) -> None:
    """Nobody waits for the exports of a deleted clip."""
    services.store.changes.subscribe(partial(_follow_deletions, services))


def _queued(services: Services, clip_id: str, order: Callable[[], Export], parent_id: str) -> Export:
    """Store an order and its job in one commit, so that none is ever without the other."""
    store, jobs = services.store, services.jobs
    project_id = store.clip(clip_id).project_id
    with store.transaction("Export", project_id, undoable=False) as tx:
        export = replace(order(), job_id=new_id("job"), status=WorkState.QUEUED, error="", hint="")
        tx.put(export)
        request = ExportRequest(export.id)
        job = jobs.submit(EXPORT, request, project_id, job_id=export.job_id, parent_id=parent_id, start=False)
    jobs.start(job)
    return store.export(export.id)


def _run(services: Services, request: ExportRequest, context: JobContext) -> Exported:
    from viralclip_desktop.features.exporting.exporting import kept_segments, run_export
    from viralclip_desktop.features.workflows.receipts import done_to

    store, paths = services.store, services.paths
    order = store.export(request.export_id)
    if not order.settings.audio_only:
        preview_plan(store, paths, order.clip_id, services.notices)
    known = _known(services, order, context.progress, context.cancel)
    context.update(result={DECIDED_BY: decided_by(services, order.clip_id, order.settings)})
    export = run_export(
        store,
        paths,
        request.export_id,
        context.progress,
        context.cancel,
        known=known,
        kept=kept_segments(paths, services.settings.values),
        tell=partial(done_to, store),
    )
    return Exported(export.id, Path(export.output_path))


def _known(services: Services, export: Export, progress: Progress, cancel: CancelToken) -> PictureKnown:
    """What an export needs to be known, looked for now where it is not."""
    share = no_time_left(staged(progress, "sight", 0.0, 0.0))
    if export.settings.audio_only:
        clip = services.store.clip(export.clip_id)
        clean(services.store, services.paths, clip, share, cancel)
        return PictureKnown(cleaned=known_cleaned(services.store, services.paths, clip))
    return look_now(services, export.clip_id, share, cancel, export.settings.aspect)


def _follow_deletions(services: Services, changes: Changes) -> None:
    for change in changes.items:
        gone = change.before if change.kind == "export" and change.after is None else None
        if isinstance(gone, Export) and gone.job_id and not gone.status.ended:
            with suppress(NotFound):
                services.jobs.cancel(gone.job_id)


EXPORT = JobKind("export", LANE, ExportRequest, Exported, _run)
