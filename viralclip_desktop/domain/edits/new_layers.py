"""What a new layer starts from, however it is added: how long it is, how loud, how it fades."""

from __future__ import annotations

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.layers import SHORTEST_LAYER
from viralclip_desktop.domain.edits.placing import beside_captions
from viralclip_desktop.domain.layers import (
    EffectLayer,
    FileLayer,
    LayerKind,
    MusicLayer,
    PictureLayer,
    TitleLayer,
    VoiceLayer,
)
from viralclip_desktop.domain.mix import DUCK_DB

START_MUSIC_DB = -10.0  # with the ducking a song at -9 to -14 LUFS lies 15 to 20 dB below speech at -16
START_DUCK_DB = DUCK_DB
USUAL_CAPTIONS_AT = 0.78  # the middle of most caption styles, as a share of the frame's height
STILL_LENGTH = Time.from_seconds(4)  # long enough to be looked at, short enough not to bore
_READ = Time.from_seconds(1)  # in less, two or three words are not read
_MUSIC_FADE = Time.from_seconds(1)


def start_db(kind: LayerKind) -> float:
    """The level a new sound starts at; a voice and an effect are as loud as they are."""
    return START_MUSIC_DB if kind is LayerKind.MUSIC else 0.0


def range_of(kind: LayerKind, length: Time, start: Time, clip_length: Time) -> TimeRange:
    """From a moment of the clip on as long as the file is (a still 4 s), held to the clip; music goes on to
    the clip's end, for it loops."""
    start = start.clamped(ZERO, max(ZERO, clip_length - SHORTEST_LAYER))
    end = clip_length if kind is LayerKind.MUSIC else start + (length or STILL_LENGTH)
    return TimeRange(start, max(start, min(clip_length, end)))


def new_layer(layer_id: str, kind: LayerKind, asset_id: str, within: TimeRange) -> FileLayer:
    """A layer of a file in a range of clip time. Raises ValueError for what is drawn."""
    match kind:
        case LayerKind.PICTURE:
            return PictureLayer(layer_id, asset_id, within)
        case LayerKind.MUSIC:
            return MusicLayer(
                layer_id,
                asset_id,
                within,
                volume_db=START_MUSIC_DB,
                fade=_MUSIC_FADE,
                duck_db=START_DUCK_DB,
            )
        case LayerKind.VOICE:
            return VoiceLayer(layer_id, asset_id, within)
        case LayerKind.EFFECT:
            return EffectLayer(layer_id, asset_id, within)
        case LayerKind.TITLE | LayerKind.PROGRESS:
            raise ValueError("it has no file")


def new_title(text: str, start: Time, clip: Clip) -> TitleLayer:
    """A title over a clip, from a moment of clip time on; near the clip's end from so early that it can be
    read."""
    start = min(start, max(ZERO, clip.duration - _READ))
    return TitleLayer(new_id("layer"), text, range_of(LayerKind.TITLE, ZERO, start, clip.duration))


def layer_of_file(
    kind: LayerKind, asset: Asset, within: TimeRange, clip: Clip, width: float | None = None
) -> FileLayer:
    """A layer of a file over a clip, in a range of clip time. A film fills the frame; a still covers a part
    of it off the captions, ``width`` (a share of the frame) wide where that is said. Raises ValueError for
    what is drawn."""
    layer = new_layer(new_id("layer"), kind, asset.id, within)
    video = asset.info.video if asset.info is not None else None
    whole = asset.duration > ZERO or (width is not None and width >= 1)
    if not isinstance(layer, PictureLayer) or video is None or whole:
        return layer
    own = clip.caption_override
    ratio, frame_ratio = float(video.size.ratio), float(clip.aspect.ratio)
    return beside_captions(layer, ratio, frame_ratio, own.position if own else USUAL_CAPTIONS_AT, width)


def asset_kind(kind: LayerKind, *, moving: bool) -> AssetKind:
    """What a layer's file is in the library; ``moving`` tells a film from a picture."""
    if kind is LayerKind.PICTURE:
        return AssetKind.FILM if moving else AssetKind.PICTURE
    return {
        LayerKind.MUSIC: AssetKind.MUSIC,
        LayerKind.VOICE: AssetKind.VOICE,
        LayerKind.EFFECT: AssetKind.EFFECT,
    }.get(kind, AssetKind.OTHER)
