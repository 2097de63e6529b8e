"""Edits of what is laid over a clip. Ranges are clip time; later layers lie on top of earlier ones.

put       adds a layer on top, or replaces the one with its id in its place
move      |--[bbb]------|   ->   |------[bbb]--|      same length: slides, the file plays as before
          |--[bbb]------|   ->   |---[bb]------|      other length: trims, the file keeps its place
remove    |--[bbb]------|   ->   |-------------|
split     |--[bbbbbbb]--|   ->   |--[bbb|bbb]--|      the file plays on
lift      |--[bbbbbbb]--|   ->   |--[b]---[bb]-|      a hole; the clip under it stays
carried   |==x[bb]======|   ->   |=[bb]======|        a cut elsewhere: the layer stays on its words
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.carrying import end_elsewhere, kept_at_an_end, start_elsewhere
from viralclip_desktop.domain.layers import (
    DrawnLayer,
    EffectLayer,
    Layer,
    MusicLayer,
    PictureLayer,
    ProgressLayer,
    TitleLayer,
    VoiceLayer,
)

SHORTEST_LAYER = Time.from_seconds(0.1)  # shorter is neither seen nor heard, and cannot be grabbed
QUIETEST_DB, LOUDEST_DB = -60.0, 12.0  # below: silence to the ear; above: only distortion is added
NARROWEST = 0.02  # of the frame's width: about 20 px at 1080
SMALLEST_TITLE, LARGEST_TITLE = 0.01, 0.5  # of the shorter side: hardly readable, and a letter or two a line
THINNEST, THICKEST = 0.002, 0.2  # of the shorter side: a bar of 2 px at 1080, and a fifth of the picture


def put(clip: Clip, layer: Layer) -> Clip:
    """Add a layer on top, or replace the one with its id.

    Its range is clamped to the clip (at least a tenth of a second), levels, opacity and width to what makes
    sense, the fade to half of its length.
    """
    tidy = _tidied(replace(layer, range=_inside(layer.range, clip.duration)))
    if any(other.id == layer.id for other in clip.layers):
        layers = tuple(tidy if other.id == layer.id else other for other in clip.layers)
        return replace(clip, layers=layers)
    return replace(clip, layers=(*clip.layers, tidy))


def remove(clip: Clip, layer_ids: Iterable[str]) -> Clip:
    """Take layers off; ids that are not there are passed over."""
    gone = frozenset(layer_ids)
    return replace(clip, layers=tuple(layer for layer in clip.layers if layer.id not in gone))


def move(clip: Clip, layer_id: str, to: TimeRange) -> Clip:
    """Put a layer at another range, clamped to the clip.

    The same length slides it whole. Another length trims it: when its start moves, what the file plays there
    moves along, so that picture and sound stay where they were. An unknown id changes nothing.
    """
    layers = tuple(
        _tidied(_moved(layer, to, clip.duration)) if layer.id == layer_id else layer for layer in clip.layers
    )
    return replace(clip, layers=layers)


def _moved(layer: Layer, to: TimeRange, duration: Time) -> Layer:
    if to.duration == layer.range.duration:
        start = to.start.clamped(ZERO, max(ZERO, duration - to.duration))
        return replace(layer, range=_inside(TimeRange(start, start + to.duration), duration))
    within = _inside(to, duration)
    return _begun_later(replace(layer, range=within), within.start - layer.range.start)


def lift(clip: Clip, within: TimeRange, new_id: Callable[[], str]) -> Clip:
    """Take all layers off in a range; what lies before and after it stays where it is.

    A layer that reaches over both ends becomes two; the second one's id comes from ``new_id``. Rests
    shorter than a tenth of a second go too.
    """
    layers: list[Layer] = []
    for layer in clip.layers:
        if not layer.range.overlaps(within):
            layers.append(layer)
            continue
        rests = [rest for rest in _rests(layer, within) if rest.range.duration >= SHORTEST_LAYER]
        layers += rests[:1] + [replace(rest, id=new_id()) for rest in rests[1:]]
    return replace(clip, layers=tuple(layers))


def split(clip: Clip, layer_ids: Iterable[str], at: Time, new_id: Callable[[], str]) -> Clip:
    """Two of each of these layers where they lie over a moment; the second goes on where the first stops.

    A layer of which less than a tenth of a second would be on one side stays whole.
    """
    wanted, layers = frozenset(layer_ids), list[Layer]()
    for layer in clip.layers:
        parts = _rests(layer, TimeRange(at, at)) if layer.id in wanted else []
        if len(parts) == 2 and min(part.range.duration for part in parts) >= SHORTEST_LAYER:
            layers += [parts[0], replace(parts[1], id=new_id())]
        else:
            layers.append(layer)
    return replace(clip, layers=tuple(layers))


def _rests(layer: Layer, hole: TimeRange) -> list[Layer]:
    rests, start, end = [], layer.range.start, layer.range.end
    if start < hole.start:
        rests.append(_tidied(replace(layer, range=TimeRange(start, hole.start))))
    if hole.end < end:
        later = replace(layer, range=TimeRange(hole.end, end))
        rests.append(_tidied(_begun_later(later, hole.end - start)))
    return rests


def carried(old: Clip, new: Clip, keep_ends: bool = True) -> Clip:
    """``new`` with the layers of ``old``, each on the words it lay on, wherever those play now.

    What lay on words that are gone goes with them: a head that was cut off is skipped in the file, too, a
    layer with less than a tenth of a second left is dropped. Music and bars of progress that reached an end
    of the clip still do, and begins at the same place of its file. A hook and whatever else belongs to an end
    of the clip stays there; unless ``keep_ends`` is off: then it goes with its words like the others.
    """
    moved = (_carried(layer, old, new, keep_ends) for layer in old.layers)
    return replace(new, layers=tuple(layer for layer in moved if layer is not None))


def _carried(layer: Layer, old: Clip, new: Clip, keep_ends: bool) -> Layer | None:
    at_an_end = kept_at_an_end(layer, old, new) if keep_ends else None
    if at_an_end is not None:
        return _tidied(replace(layer, range=at_an_end))
    start = start_elsewhere(old, new, layer.range.start)
    end = end_elsewhere(old, new, layer.range.end)
    skipped = start_elsewhere(new, old, start) - layer.range.start
    runs_through = isinstance(layer, MusicLayer | ProgressLayer)
    if runs_through and layer.range.start <= ZERO:
        start = skipped = ZERO
    if runs_through and layer.range.end >= old.duration:
        end = new.duration
    if end - start < min(SHORTEST_LAYER, layer.range.duration):
        return None
    return _tidied(_begun_later(replace(layer, range=TimeRange(start, end)), max(ZERO, skipped)))


def _inside(within: TimeRange, duration: Time) -> TimeRange:
    shortest = min(SHORTEST_LAYER, duration)
    start = within.start.clamped(ZERO, duration - shortest)
    return TimeRange(start, within.end.clamped(start + shortest, duration))


def _begun_later(layer: Layer, by: Time) -> Layer:
    """The layer with its file begun so much later, as far as it plays one."""
    if isinstance(layer, DrawnLayer):
        return layer
    return replace(layer, source_start=max(ZERO, layer.source_start + by))


def _tidied(layer: Layer) -> Layer:
    fade = layer.fade.clamped(ZERO, Time(layer.range.duration.ticks // 2))
    match layer:
        case PictureLayer():
            return replace(
                layer,
                fade=fade,
                source_start=max(ZERO, layer.source_start),
                opacity=_held(layer.opacity, 0.0, 1.0),
                width=_held(layer.width, NARROWEST, 1.0),
            )
        case TitleLayer():
            size = _held(layer.size, SMALLEST_TITLE, LARGEST_TITLE)
            width, opacity = _held(layer.width, NARROWEST, 1.0), _held(layer.opacity, 0.0, 1.0)
            return replace(layer, fade=fade, opacity=opacity, size=size, width=width)
        case ProgressLayer():
            width, height = _held(layer.width, NARROWEST, 1.0), _held(layer.height, THINNEST, THICKEST)
            opacity = _held(layer.opacity, 0.0, 1.0)
            return replace(layer, fade=fade, opacity=opacity, width=width, height=height)
        case MusicLayer() | VoiceLayer() | EffectLayer():
            level = _held(layer.volume_db, QUIETEST_DB, LOUDEST_DB)
            held = replace(layer, fade=fade, source_start=max(ZERO, layer.source_start), volume_db=level)
            if isinstance(held, MusicLayer) and held.duck_db is not None:
                return replace(held, duck_db=_held(held.duck_db, QUIETEST_DB, 0.0))
            return held


def _held(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
