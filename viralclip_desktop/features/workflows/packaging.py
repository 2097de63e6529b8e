"""What lies beside finished films for whoever posts them: a cover, a receipt of what was done to each clip,
and a list of all clips in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import Fault, NotFound
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.geometry import frame_size, preview_size
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits.markers import cover_of
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.finish import cover as covers
from viralclip_desktop.features.workflows.receipts import line_of, receipt_of

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.store.store import Store

LIST_NAME = "clips.json"
_LOOK_PX = 216  # wide enough to tell sharp from soft


def finished_films(store: Store, export_ids: Sequence[str] = ()) -> list[Export]:
    """The exports with a film that is there, the named ones or all; of one file only the last."""
    wanted = store.exports() if not export_ids else [store.export(one) for one in export_ids]
    films = (one for one in wanted if one.status is WorkState.COMPLETED and not one.settings.audio_only)
    return list({one.output_path: one for one in films if Path(one.output_path).is_file()}.values())


def package(
    services: Services, exports: Sequence[Export], progress: Progress, cancel: CancelToken
) -> list[dict[str, Any]]:
    """Write the cover and the receipt of each export beside its file, and a list of all of them in each
    folder; returns the receipts. Raises Cancelled, OSError."""
    receipts = []
    for number, export in enumerate(exports):
        cancel.raise_if_cancelled()
        progress(ProgressEvent("package", number / len(exports)))
        film = Path(export.output_path)
        at = save_cover(services, export, film.with_suffix(".png"))
        receipt = receipt_of(services.store, export) | {
            "cover": film.with_suffix(".png").name,
            "cover_at_s": round(at.seconds, 3),
        }
        _write(film.with_suffix(".json"), receipt)
        receipts.append(receipt)
    for folder in {Path(one.output_path).parent for one in exports}:
        listed_here = finished_films(services.store)
        _write(folder / LIST_NAME, [line_of(services.store, one) for one in _in(folder, listed_here)])
    return receipts


def _in(folder: Path, exports: Iterable[Export]) -> list[Export]:
    return [one for one in exports if Path(one.output_path).parent == folder]


def _write(path: Path, document: object) -> None:
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=2).encode())


# --- the cover


def save_cover(services: Services, export: Export, out: Path) -> Time:
    """Save the frame that was chosen for a clip, or the best one, as its film shows it, without captions and
    titles, in the size of the film; returns its clip time. Takes a few seconds."""
    from viralclip_desktop.features.exporting.as_exported import shown_in
    from viralclip_desktop.features.exporting.plans import plan_of
    from viralclip_desktop.features.preview import save_frame
    from viralclip_desktop.features.workflows.finishing import plan_with_faces
    from viralclip_desktop.features.workflows.preview import picture_of

    store, paths, aspect = services.store, services.paths, export.settings.aspect
    clip, kits = shown_in(store, export)
    known = picture_of(store, paths, clip, aspect)
    plan = plan_of(store, clip, aspect=aspect, known=known, kits=kits)
    bare = replace(plan, style=None, words=(), second_lines=(), titles=(), progress=(), name_line=None)
    at = _chosen_moment(store, clip)
    if at is None:
        faces = replace(bare, faces=plan_with_faces(store, clip, known).faces)
        at = _best_moment(services, bare, faces)
    size = frame_size(plan.aspect, export.settings.resolution.short_side_px)
    return save_frame(paths, bare, size, at, out)


def _chosen_moment(store: Store, shown: Clip) -> Time | None:
    """A cover is chosen before a film is made or after: what is chosen now counts, where the film has it."""
    try:
        chosen = cover_of(shown, of=store.clip(shown.id))
    except NotFound:
        chosen = None
    return cover_of(shown) if chosen is None else chosen


def _best_moment(services: Services, plan: RenderPlan, with_faces: RenderPlan) -> Time:
    import numpy as np

    from viralclip_desktop.compose.captions.clear_of_faces import faces_in_frame
    from viralclip_desktop.compose.captions.layout import canvas_size
    from viralclip_desktop.features.preview import exact_frame

    canvas, size = canvas_size(plan.aspect), preview_size(plan.aspect, _LOOK_PX)
    seen = [
        (at_cs / 100, max((box.bottom - box.top for box in boxes), default=0.0) / canvas.height)
        for at_cs, boxes in faces_in_frame(with_faces, canvas)
    ]
    looks, fault = [], None
    for at in covers.moments(plan.duration):
        try:
            frame = exact_frame(services.paths, plan, size, at)
        except Fault as error:  # one moment that can't be drawn, of many
            fault = error
            continue
        rgb = np.frombuffer(frame, np.uint8).reshape(size.height, size.width, 3)
        face = min(seen, key=lambda one: abs(one[0] - at.seconds), default=(0.0, 0.0))[1]
        looks.append(covers.look(at, rgb, face))
    if not looks and fault is not None:
        raise fault
    return covers.best(looks).at
