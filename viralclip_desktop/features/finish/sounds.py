"""The elements that are heard: a few effects, made here, and a bed of music under the speech."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Transition
from viralclip_desktop.domain.clip_time import placed
from viralclip_desktop.domain.edits.layers import put
from viralclip_desktop.domain.edits.new_layers import new_layer, range_of
from viralclip_desktop.domain.layers import EffectLayer, Element, LayerKind
from viralclip_desktop.features.finish.cold_open import has_cold_open
from viralclip_desktop.features.finish.scene import Scene, Wanted
from viralclip_desktop.features.finish.synth import (
    LENGTH_S,
    MARK_S,
    RATE_HZ,
    REFERENCE_DB,
    Effect,
    make_effect,
)

_EDITION = 2  # of their sounds: a file that an older program made is another one
_UNDER_SPEECH_DB = -12.0  # heard beside somebody who talks, never in their way
_USUAL_SPEECH_DB = -20.0  # where nobody is heard
_HAS_COME = Time.from_seconds(
    0.08
)  # after its start a hook has its size; a clip that fades in is heard by then
_TOLD_APART = Time.from_seconds(1.5)  # effects closer than this are one noise


def effect_file(folder: Path, effect: Effect) -> Path:
    """The wav file of an effect in a folder, written unless it is there."""
    path = folder / f"{effect}-{_EDITION}.wav"
    if not path.is_file():
        samples = (make_effect(effect) * 32767).astype("<i2").tobytes()
        with written_beside(path) as partial, partial.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples)
    return path


def add_effects(clip: Clip, scene: Scene, _wanted: Wanted) -> Clip:
    """What is seen is heard, softly and seldom: each effect is loudest with what it goes with."""
    last: Time | None = None
    for at, effect in sorted(_moments(clip), key=lambda one: one[0]):
        if last is None or at - last >= _TOLD_APART:
            clip, last = _with(clip, scene, effect, at), at
    return clip


def _moments(clip: Clip) -> Iterator[tuple[Time, Effect]]:
    """A pop as the hook comes, a whoosh as a card goes, a lower third comes or a part is pushed or zoomed in,
    a ding with an emoji, and a rise to the end of a cold open."""
    for layer in clip.layers:
        match layer.element:
            case Element.HOOK:
                yield layer.range.start + _HAS_COME, Effect.POP
            case Element.CARD:
                yield layer.range.end, Effect.WHOOSH
            case Element.LOWER_THIRD:
                yield layer.range.start + _HAS_COME, Effect.WHOOSH
            case Element.EMOJI:
                yield layer.range.start + _HAS_COME, Effect.DING
    for one in placed(clip):
        if one.index and one.part.transition in (Transition.WHIP, Transition.ZOOM):
            yield one.start, Effect.WHOOSH
    if has_cold_open(clip, Element.COLD_OPEN):
        yield clip.parts[0].duration, Effect.RISER


def _with(clip: Clip, scene: Scene, effect: Effect, at: Time) -> Clip:
    """``at``: where its loudest moment falls. What would lie before the clip is left out of its file."""
    asset_id = scene.effects.get(effect)
    if asset_id is None:
        return clip
    start = at - Time.from_seconds(MARK_S[effect])
    skipped = max(ZERO, ZERO - start)
    within = TimeRange(start + skipped, start + Time.from_seconds(LENGTH_S[effect]))
    speech_db = _USUAL_SPEECH_DB if scene.speech_db is None else scene.speech_db
    sound = EffectLayer(
        new_id("layer"),
        asset_id,
        within,
        source_start=skipped,
        volume_db=round(speech_db + _UNDER_SPEECH_DB - REFERENCE_DB, 1),
        element=Element.EFFECTS,
    )
    return put(clip, sound)


def add_music(clip: Clip, _scene: Scene, wanted: Wanted) -> Clip:
    """The user's song under all of the clip, well below the speech and lower still while somebody talks."""
    if not wanted.music:
        return clip
    within = range_of(LayerKind.MUSIC, ZERO, ZERO, clip.duration)
    song = new_layer(new_id("layer"), LayerKind.MUSIC, wanted.music, within)
    return put(clip, replace(song, element=Element.MUSIC))
