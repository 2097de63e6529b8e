"""What lies over a clip: pictures, titles and sound. Ranges are clip time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import layers
from viralclip_desktop.domain.layers import Layer
from viralclip_desktop.features.editing.edit import drag_clip, edit_clip, project_of
from viralclip_desktop.features.editing.marking import remove_marker
from viralclip_desktop.features.editing.wording import drop_words
from viralclip_desktop.store.store import Store


def put_layer(store: Store, clip_id: str, layer: Layer, *, merge_key: str | None = None) -> Clip:
    """Add a layer on top, or replace the one with its id."""
    known = {other.id for other in store.clip(clip_id).layers}
    kind = say(layer.kind)
    label = say("Change {kind}", kind=kind) if layer.id in known else say("Add {kind}", kind=kind)
    return drag_clip(store, clip_id, label, lambda clip: layers.put(clip, layer), merge_key)


def change_layer(store: Store, clip_id: str, layer: Layer, *, merge_key: str | None = None) -> Clip:
    """Replace the layer with its id. One that was taken off meanwhile stays off."""

    def change(clip: Clip) -> Clip:
        known = any(other.id == layer.id for other in clip.layers)
        return layers.put(clip, layer) if known else clip

    return drag_clip(store, clip_id, say("Change {kind}", kind=say(layer.kind)), change, merge_key)


def put_layers(store: Store, clip_id: str, added: Sequence[Layer]) -> Clip:
    """Add layers, the last one on top, as one entry in the history."""
    label = say_n(len(added), "Add {n} layer", "Add {n} layers")
    if len(added) == 1:
        label = say("Add {kind}", kind=say(added[0].kind))

    def change(clip: Clip) -> Clip:
        for layer in added:
            clip = layers.put(clip, layer)
        return clip

    return edit_clip(store, clip_id, label, change)


def remove_layer(store: Store, clip_id: str, layer_id: str) -> Clip:
    """Take one layer off."""
    return remove_layers(store, clip_id, [layer_id])


def remove_layers(store: Store, clip_id: str, layer_ids: Iterable[str]) -> Clip:
    """Take layers off; the clip under them stays as it is."""
    wanted = frozenset(layer_ids)
    label = "Remove layer" if len(wanted) == 1 else "Remove layers"
    return edit_clip(store, clip_id, label, lambda clip: layers.remove(clip, wanted))


def move_layer(
    store: Store, clip_id: str, layer_id: str, to: TimeRange, *, merge_key: str | None = None
) -> Clip:
    """Slide a layer (same length) or trim it (another one)."""
    return drag_clip(store, clip_id, "Move layer", lambda clip: layers.move(clip, layer_id, to), merge_key)


def move_layers(
    store: Store, clip_id: str, ranges: Mapping[str, TimeRange], *, merge_key: str | None = None
) -> Clip:
    """Place layers (by id) elsewhere in clip time, or at another length, as one entry in the history."""
    label = "Move layer" if len(ranges) == 1 else "Move layers"
    return drag_clip(store, clip_id, label, lambda clip: _moved(clip, ranges), merge_key)


def close_gaps(store: Store, clip_id: str, removed: Sequence[str], moved: Mapping[str, TimeRange]) -> Clip:
    """Remove layers and move those behind them up, as one entry in the history."""
    gone = frozenset(removed)
    return edit_clip(store, clip_id, "Ripple delete", lambda clip: _moved(layers.remove(clip, gone), moved))


def _moved(clip: Clip, ranges: Mapping[str, TimeRange]) -> Clip:
    for layer_id, within in ranges.items():
        clip = layers.move(clip, layer_id, within)
    return clip


def delete_selection(
    store: Store, clip_id: str, layer_ids: Sequence[str], markers: Sequence[Time], words: Sequence[int]
) -> None:
    """Remove layers, the markers at some source times, and captioned words, as one entry; nothing moves."""
    label = _deletion(len(layer_ids), len(markers), bool(words))
    with store.transaction(label, project_of(store, clip_id)):
        if layer_ids:
            remove_layers(store, clip_id, layer_ids)
        for at in markers:
            remove_marker(store, clip_id, at)
        if words:
            drop_words(store, store.clip(clip_id).source_id, words)


def _deletion(layer_count: int, marker_count: int, words: bool) -> str:
    count = layer_count + marker_count
    if words:
        return "Delete" if count else "Delete captions"
    if layer_count and not marker_count:
        return "Remove layer" if count == 1 else "Remove layers"
    return "Remove marker" if count == 1 else "Delete"


def split_layers(store: Store, clip_id: str, layer_ids: Iterable[str], at: Time) -> Clip:
    """Make two of each layer at a clip time."""
    wanted = tuple(layer_ids)
    label = "Split layer" if len(wanted) == 1 else "Split layers"
    return edit_clip(
        store, clip_id, label, lambda clip: layers.split(clip, wanted, at, lambda: new_id("layer"))
    )


def lift(store: Store, clip_id: str, within: TimeRange) -> Clip:
    """Take all layers off in a range; the clip under them, and all that follows, stays where it is."""
    return edit_clip(store, clip_id, "Lift", lambda clip: layers.lift(clip, within, lambda: new_id("layer")))
