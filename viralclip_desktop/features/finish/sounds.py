"""The elements that are heard: a few effects, made here, and a bed of music under the speech."""

from __future__ import annotations

import wave
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.layers import put
from viralclip_desktop.domain.edits.new_layers import new_layer, range_of
from viralclip_desktop.domain.layers import EffectLayer, Element, LayerKind
from viralclip_desktop.features.finish.scene import Scene, Wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE_HZ = 48_000
_LEVEL_DB = -12.0  # heard beside speech at -14 LUFS, never above it
_PEAK = 0.7
_EARLY = Time.from_seconds(0.05)  # a whoosh is loudest a little before what it goes with has come


class Effect(StrEnum):
    """The sound effects there are."""

    POP = "pop"  # something comes
    WHOOSH = "whoosh"  # something passes


LENGTH_S = {Effect.POP: 0.16, Effect.WHOOSH: 0.55}


def make_effect(effect: Effect) -> NDArray[np.float32]:
    """An effect: mono at :data:`RATE_HZ`, the same at every call."""
    import numpy as np

    count = round(LENGTH_S[effect] * RATE_HZ)
    t = np.arange(count) / RATE_HZ
    made = _pop(t) if effect is Effect.POP else _whoosh(t)
    edge = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.002 * RATE_HZ))
    made = made * edge
    return np.asarray(made * (_PEAK / np.abs(made).max()), dtype=np.float32)


def _pop(t: Any) -> Any:
    """A drop of water: a tone that glides up and dies away."""
    import numpy as np

    pitch = 380 + 620 * np.minimum(1, t / 0.05)
    return np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ) * np.exp(-t / 0.028)


def _whoosh(t: Any) -> Any:
    """Noise through a band that rises and falls, swelling and dying away."""
    import numpy as np

    noise = np.random.default_rng(7).standard_normal(len(t))
    frame, hop = 1024, 256
    window, out = np.hanning(frame), np.zeros(len(t) + frame)
    frequencies = np.fft.rfftfreq(frame, 1 / RATE_HZ)
    padded = np.concatenate([noise, np.zeros(frame)])
    for start in range(0, len(t), hop):
        share = start / len(t)
        centre = 350 + 2600 * np.sin(np.pi * share) ** 2
        band = np.exp(-(np.log2(np.maximum(frequencies, 20) / centre) ** 2) / (2 * 0.7**2))
        spectrum = np.fft.rfft(padded[start : start + frame] * window) * band
        out[start : start + frame] += np.fft.irfft(spectrum) * window
    return out[: len(t)] * np.sin(np.pi * t / t[-1]) ** 1.5


def effect_file(folder: Path, effect: Effect) -> Path:
    """The wav file of an effect in a folder, written unless it is there."""
    path = folder / f"{effect}.wav"
    if not path.is_file():
        samples = (make_effect(effect) * 32767).astype("<i2").tobytes()
        with written_beside(path) as partial, wave.open(str(partial), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples)
    return path


def add_effects(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """A pop as the hook comes, a whoosh as a card goes or a lower third comes in; nothing else."""
    for layer in clip.layers:
        if layer.element is Element.HOOK:
            clip = _with(clip, scene, Effect.POP, layer.range.start)
        elif layer.element is Element.CARD:
            clip = _with(clip, scene, Effect.WHOOSH, layer.range.end - Time.from_seconds(0.4))
        elif layer.element is Element.LOWER_THIRD:
            clip = _with(clip, scene, Effect.WHOOSH, layer.range.start - _EARLY)
    return clip


def _with(clip: Clip, scene: Scene, effect: Effect, at: Time) -> Clip:
    asset_id = scene.effects.get(effect)
    if asset_id is None:
        return clip
    start = max(ZERO, at)
    within = TimeRange(start, start + Time.from_seconds(LENGTH_S[effect]))
    sound = EffectLayer(new_id("layer"), asset_id, within, volume_db=_LEVEL_DB, element=Element.EFFECTS)
    return put(clip, sound)


def add_music(clip: Clip, _scene: Scene, wanted: Wanted) -> Clip:
    """The user's song under all of the clip, well below the speech and lower still while somebody talks."""
    if not wanted.music:
        return clip
    within = range_of(LayerKind.MUSIC, ZERO, ZERO, clip.duration)
    song = new_layer(new_id("layer"), LayerKind.MUSIC, wanted.music, within)
    return put(clip, replace(song, element=Element.MUSIC))
