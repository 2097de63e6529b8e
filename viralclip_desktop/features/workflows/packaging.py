"""What lies beside finished films for whoever posts them: a cover, a receipt of what was done to each clip,
and a list of all clips in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.geometry import frame_size, preview_size
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits.tightening import with_state
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.layers import Layer, TitleLayer
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.finish import ELEMENTS
from viralclip_desktop.features.finish import cover as covers

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
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
        _write(folder / LIST_NAME, [_line(one, services.store) for one in _in(folder, listed_here)])
    return receipts


def _in(folder: Path, exports: Iterable[Export]) -> list[Export]:
    return [one for one in exports if Path(one.output_path).parent == folder]


def _write(path: Path, document: object) -> None:
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=2).encode())


def _line(export: Export, store: Store) -> dict[str, Any]:
    clip = store.clip(export.clip_id)
    result = export.result
    return {
        "file": Path(export.output_path).name,
        "clip_id": clip.id,
        "title": clip.title,
        "score": clip.score,
        "duration_s": result.duration_s if result else round(clip.duration.seconds, 3),
        "aspect": str(export.settings.aspect or clip.aspect),
    }


def receipt_of(store: Store, export: Export) -> dict[str, Any]:
    """What was done to a clip on its way from the recording to a file; times in seconds. It tells of the clip
    as it stands: it is to be made before the clip is edited again."""
    clip = store.clip(export.clip_id)
    return _line(export, store) | {
        "reasons": [str(reason.text) for reason in clip.reasons],
        "parts": [_part(store, one.asset_id, one.range.start, one.range.end) for one in clip.parts],
        "cut": [
            {"kind": str(cut.kind), "text": cut.text, "length_s": round(cut.range.duration.seconds, 3)}
            for cut, made in with_state(clip)
            if made
        ],
        "framing": str(clip.framing),
        "captions": clip.caption_style if clip.captions_on else None,
        "second_language": clip.second_language or None,
        "brand": next((kit.name for kit in store.brand_kits() if kit.id == clip.brand_kit), None),
        "finish": [str(row.id) for row in ELEMENTS if row.has(clip, row.id)],
        "layers": [_layer(store, layer) for layer in clip.layers],
        "loudness_lufs": export.result.loudness_lufs if export.result else None,
        "encoder": export.result.encoder if export.result else None,
        "remarks": [str(remark) for remark in export.result.remarks] if export.result else [],
    }


def _part(store: Store, asset_id: str, start: Time, end: Time) -> dict[str, Any]:
    file = Path(store.asset(asset_id).path).name if asset_id else None
    return {"file": file, "start_s": round(start.seconds, 3), "end_s": round(end.seconds, 3)}


def _layer(store: Store, layer: Layer) -> dict[str, Any]:
    within = {"start_s": round(layer.range.start.seconds, 3), "end_s": round(layer.range.end.seconds, 3)}
    shape: dict[str, Any] = {"kind": str(layer.kind), "element": str(layer.element) or None} | within
    if isinstance(layer, TitleLayer):
        return shape | {"text": layer.text}
    asset_id = getattr(layer, "asset_id", "")
    return shape | {"file": Path(store.asset(asset_id).path).name} if asset_id else shape


# --- the cover


def save_cover(services: Services, export: Export, out: Path) -> Time:
    """Save the best frame of a clip, without captions and titles, in the size of its film; returns its clip
    time. Takes a few seconds."""
    from viralclip_desktop.features.exporting.plans import plan_of
    from viralclip_desktop.features.preview import save_frame
    from viralclip_desktop.features.workflows.finishing import scene_of
    from viralclip_desktop.features.workflows.preview import picture_known

    store, paths = services.store, services.paths
    clip, aspect = store.clip(export.clip_id), export.settings.aspect
    known = picture_known(store, paths, clip.id, aspect)
    plan = plan_of(store, clip, aspect=aspect, known=known)
    bare = replace(plan, style=None, words=(), second_lines=(), titles=(), progress=(), name_line=None)
    faces = replace(bare, faces=scene_of(store, paths, clip.id, known).faces)
    at = _best_moment(services, bare, faces)
    size = frame_size(plan.aspect, export.settings.resolution.short_side_px)
    return save_frame(paths, bare, size, at, out)


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
