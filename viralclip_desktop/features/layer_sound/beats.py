"""What plays of a layer's file, and when the beats of a clip's music fall in the clip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from viralclip_desktop.compose.looped_sound import repeats
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import MusicLayer, SoundLayer

if TYPE_CHECKING:
    from viralclip_desktop.features.layer_sound.listening import LayerSound


def heard_of_file(layer: SoundLayer, length: Time) -> list[TimeRange]:
    """What is heard of a layer's file (of some length), in its own time, in order."""
    wanted = layer.range.duration
    if not (loops(layer) and repeats(layer.source_start, wanted, length)):
        end = min(length, layer.source_start + wanted)
        return [TimeRange(layer.source_start, end)] if layer.source_start < end else []
    at, left, parts = Time(layer.source_start.ticks % length.ticks), wanted, []
    while left > ZERO:
        end = min(length, at + left)
        parts.append(TimeRange(at, end))
        at, left = ZERO, left - (end - at)
    return parts


def loops(layer: SoundLayer) -> bool:
    """Whether a layer begins again when its file is over."""
    return isinstance(layer, MusicLayer) and layer.loop


def beats_of(clip: Clip, sounds: Mapping[str, LayerSound]) -> tuple[Time, ...]:
    """The beats of a clip's music in clip time, in order; ``sounds``: what is known of files, by asset."""
    found: set[Time] = set()
    for layer in clip.layers:
        if isinstance(layer, MusicLayer) and layer.asset_id in sounds:
            found |= set(_beats(layer, sounds[layer.asset_id]))
    return tuple(sorted(found))


def _beats(layer: MusicLayer, sound: LayerSound) -> list[Time]:
    at, found = layer.range.start, []
    for part in heard_of_file(layer, sound.length):
        found += [at + beat - part.start for beat in sound.beats.times if part.contains(beat)]
        at += part.duration
    return found
