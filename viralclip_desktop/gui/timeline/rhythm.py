"""What plays of a layer's file, and when its beats fall in the clip. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import MusicLayer, SoundLayer
from viralclip_desktop.features.layer_sound import heard_of_file
from viralclip_desktop.gui.timeline.clip_times import ClipTimes, Ticks

if TYPE_CHECKING:
    from viralclip_desktop.features.layer_sound import LayerSound

_TOO_LATE = Time.from_seconds(0.02)  # a beat at the very end was meant for what follows

Sounds = Mapping[str, "LayerSound"]
"""By asset; files that were not listened to as yet are missing."""


def file_times(layer: SoundLayer, length: Time) -> ClipTimes:
    """What is heard of a layer's file (of some length), in order; time 0 is the layer's start."""
    return ClipTimes(heard_of_file(layer, length))


def dragged(layer: SoundLayer, to: TimeRange) -> SoundLayer:
    """A layer as it would be heard where it is dragged to: slid whole, or (another length) trimmed, which
    leaves the file where it is."""
    by = to.start - layer.range.start if to.duration != layer.range.duration else ZERO
    return replace(layer, range=to, source_start=max(ZERO, layer.source_start + by))


def layer_beats(layer: SoundLayer, sound: LayerSound) -> Ticks:
    """The beats of a layer, in clip time."""
    beats: Ticks = np.array([at.ticks for at in sound.beats.times], dtype=np.int64)
    times = file_times(layer, sound.length)
    found = []
    for start, end, at in zip(times.source_starts, times.source_ends, times.clip_starts, strict=True):
        low, high = np.searchsorted(beats, [start, end])
        found.append(beats[low:high] - start + at + layer.range.start.ticks)
    placed: Ticks = np.concatenate([*found, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    return placed[placed < (layer.range.end - _TOO_LATE).ticks]


def beats_by_layer(clip: Clip, sounds: Sounds) -> dict[str, Ticks]:
    """The beats of each piece of music of a clip, by its layer's id."""
    music = [one for one in clip.layers if isinstance(one, MusicLayer) and one.asset_id in sounds]
    return {layer.id: layer_beats(layer, sounds[layer.asset_id]) for layer in music}


def together(beats: Iterable[Ticks], duration: Time) -> Ticks:
    """The beats of several pieces as those of one clip, in order."""
    found: Ticks = np.unique(np.concatenate([*beats, np.zeros(0, dtype=np.int64)])).astype(np.int64)
    return found[found <= duration.ticks]
