"""The receipt of a finished film: what was done to its clip on the way from the recording to the file, as the
clip was when the file was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.domain.edits.tightening import with_state
from viralclip_desktop.domain.layers import Layer, TitleLayer

if TYPE_CHECKING:
    from viralclip_desktop.core.time import Time
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.store.store import Store

_OF_THE_CLIP = ("clip_id", "title", "score")


def done_to(store: Store, clip: Clip) -> dict[str, Any]:
    """What was done to a clip so far, as JSON values; times in seconds."""
    from viralclip_desktop.features.finish import ELEMENTS

    return {
        "clip_id": clip.id,
        "title": clip.title,
        "score": clip.score,
        "duration_s": round(clip.duration.seconds, 3),
        "aspect": str(clip.aspect),
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
        "language_model": _by_model(store, clip),
    }


def _by_model(store: Store, clip: Clip) -> dict[str, Any] | None:
    """Which language model worked on a clip, and what of it still stands; None for none."""
    from viralclip_desktop.features.workflows.hands import hands_on

    hands = [hand for hand in hands_on(store, clip) if hand.model]
    return {"name": hands[0].model, "did": [str(hand.kind) for hand in hands]} if hands else None


def line_of(store: Store, export: Export) -> dict[str, Any]:
    """A film as a line of the list in its folder."""
    done, result = _done(store, export), export.result
    return {
        "file": Path(export.output_path).name,
        **{name: done[name] for name in _OF_THE_CLIP},
        "duration_s": result.duration_s if result else done["duration_s"],
        "aspect": str(export.settings.aspect or done["aspect"]),
    }


def receipt_of(store: Store, export: Export) -> dict[str, Any]:
    """What was done to the clip that a film shows, and what was measured on the film. Of a film of an older
    version of the program the clip as it stands is told of."""
    line, result = line_of(store, export), export.result
    done = {name: value for name, value in _done(store, export).items() if name not in line}
    return {
        **line,
        **done,
        "loudness_lufs": result.loudness_lufs if result else None,
        "encoder": result.encoder if result else None,
        "remarks": [str(remark) for remark in result.remarks] if result else [],
    }


def _done(store: Store, export: Export) -> dict[str, Any]:
    noted = export.result.done if export.result else None
    return dict(noted) if noted is not None else done_to(store, store.clip(export.clip_id))


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
