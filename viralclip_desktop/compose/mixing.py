"""The mix of a clip as a plan has it: each sound with the level of its bus, and what it makes room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from viralclip_desktop.compose.levels import talking
from viralclip_desktop.compose.plan import Duck, Level, SoundLayer
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain import layers
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import EffectLayer, MusicLayer, VoiceLayer
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.mix import SPEECH, Ducking, Mix, VoiceTone, dub_bus


@dataclass(frozen=True, slots=True)
class DubSound:
    """The voice of a dub: a file as long as the clip. ``talk`` is when it speaks, in clip time."""

    language: str
    path: str
    info: MediaInfo
    talk: tuple[TimeRange, ...]
    volume_db: float = 0.0

    @property
    def bus(self) -> str:
        """The bus it plays on."""
        return dub_bus(self.language)


Talk = Mapping[str, Sequence[TimeRange]]
"""When something is heard on a bus, in clip time."""


def heard_layers(clip: Clip, assets: Mapping[str, Asset]) -> list[tuple[layers.SoundLayer, Asset]]:
    """The sounds beside the parts that can be heard, with their files."""
    found = []
    for layer in clip.layers:
        if isinstance(layer, MusicLayer | VoiceLayer | EffectLayer) and clip.mix.is_heard(layer.bus):
            asset = assets.get(layer.asset_id)
            if asset is not None and asset.info is not None and asset.info.audio:
                found.append((layer, asset))
    return found


def talk_of(
    heard: Iterable[tuple[layers.SoundLayer, Asset]], spoken: Iterable[TimeRange], dub: DubSound | None = None
) -> Talk:
    """When each bus is heard: words on the speech bus, a dub's lines and layers on theirs."""
    talk: dict[str, list[TimeRange]] = {SPEECH: list(spoken)}
    for layer, _ in heard:
        talk.setdefault(layer.bus, []).append(layer.range)
    if dub is not None:
        talk.setdefault(dub.bus, []).extend(dub.talk)
    return talk


def sound_layer(layer: layers.SoundLayer, asset: Asset, mix: Mix, talk: Talk) -> SoundLayer:
    """A layer as the graph plays it. A song's own depth takes the place of its bus's."""
    assert asset.info is not None
    depth_db = layer.duck_db if isinstance(layer, MusicLayer) else None
    return SoundLayer(
        path=asset.path,
        info=asset.info,
        range=layer.range,
        source_start=layer.source_start,
        volume_db=layer.volume_db,
        fade=layer.fade,
        bus=bus_plan(mix, layer.bus, talk, depth_db),
        loop=isinstance(layer, MusicLayer) and layer.loop,
    )


def dub_layer(dub: DubSound, duration: Time, mix: Mix, talk: Talk) -> SoundLayer:
    """A dub's voice as the graph plays it, over the whole clip."""
    whole = TimeRange(ZERO, duration)
    bus = bus_plan(mix, dub.bus, talk)
    return SoundLayer(dub.path, dub.info, whole, volume_db=dub.volume_db, bus=bus)


def bus_plan(mix: Mix, name: str, talk: Talk, depth_db: float | None = None) -> Level:
    """What a bus does to what plays on it; ``depth_db`` in place of the depth of all its ducking."""
    bus = mix.bus(name)
    wanted = [
        one if depth_db is None else replace(one, depth_db=depth_db) for one in mix.ducking if one.of == name
    ]
    tone = mix.tone if name == SPEECH else VoiceTone.AS_RECORDED
    return Level(bus.volume_db, bus.automation, _ducks(wanted, talk), bus.fade_in, bus.fade_out, tone)


def _ducks(wanted: Iterable[Ducking], talk: Talk) -> tuple[Duck, ...]:
    """Ducking of the same shape is one, over the talk of all the buses that cause it."""
    causes: dict[Ducking, list[TimeRange]] = {}
    for one in wanted:
        if one.depth_db < 0 and talk.get(one.by):
            causes.setdefault(replace(one, by=""), []).extend(talk[one.by])
    return tuple(_duck(shape, ranges) for shape, ranges in causes.items())


def _duck(shape: Ducking, ranges: list[TimeRange]) -> Duck:
    attack, release = Time.from_seconds(shape.attack_s), Time.from_seconds(shape.release_s)
    return Duck(talking(ranges, attack, release), shape.depth_db, attack, release)
