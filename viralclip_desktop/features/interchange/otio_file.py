"""A timeline as OpenTimelineIO: read by DaVinci Resolve (18.5 on), Premiere (2025 on), Avid, Nuke, Blender.

One video and one audio track. Each clip is named by its title, refers to its file by URL and name, and
counts in frames of that file. A card is a generator; another speed is a linear time warp.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.time import Time
from viralclip_desktop.features.interchange.media import Media
from viralclip_desktop.features.interchange.sequence import Piece, Sequence

if TYPE_CHECKING:
    import opentimelineio as otio

_OURS = "viralclip"
_RESOLVE = "Resolve_OTIO"  # the name under which DaVinci Resolve keeps picture and sound linked


def otio_text(sequence: Sequence) -> str:
    """The timeline as OTIO's JSON."""
    text: str = build_timeline(sequence).to_json_string(indent=2)
    return text + "\n"


def build_timeline(sequence: Sequence) -> otio.schema.Timeline:
    """The timeline as OpenTimelineIO's own object. A track that would be empty is left out."""
    from opentimelineio import schema

    timeline = schema.Timeline(name=sequence.name)
    timeline.metadata[_OURS] = {
        "width": sequence.size.width,
        "height": sequence.size.height,
        "rate": str(sequence.rate),
    }
    kinds = (("V1", schema.TrackKind.Video), ("A1", schema.TrackKind.Audio))
    for name, kind in kinds:
        track = schema.Track(name=name, kind=kind)
        for number, piece in enumerate(sequence.pieces, 1):
            track.append(_item(piece, number, sequence.rate, kind))
        if any(isinstance(item, schema.Clip) for item in track):
            timeline.tracks.append(track)
    return timeline


def _item(piece: Piece, number: int, rate: Fraction, kind: str) -> Any:
    """The piece on one track; a gap where there is nothing for it."""
    from opentimelineio import schema

    is_picture = kind == schema.TrackKind.Video
    if not (_is_seen(piece) if is_picture else piece.sound is not None):
        return schema.Gap(source_range=_range(0, piece.frames, rate))
    span = _span(piece, rate)
    item = schema.Clip(
        name=piece.title,
        media_reference=_reference(piece, rate),
        source_range=span,
        metadata={_OURS: _facts(piece), _RESOLVE: {"Link Group ID": number}},
    )
    if piece.speed != 1:
        item.effects.append(schema.LinearTimeWarp(name="Speed", time_scalar=float(piece.speed)))
    if piece.first_of_clip and is_picture:
        marked = _range(round(span.start_time.value), 1, Fraction(span.start_time.rate))
        item.markers.append(schema.Marker(piece.title, marked, schema.MarkerColor.GREEN, comment=piece.note))
    return item


def _is_seen(piece: Piece) -> bool:
    return piece.has_picture or piece.card is not None


def _span(piece: Piece, rate: Fraction) -> otio.opentime.TimeRange:
    """What of its file a piece shows; as long as it is on the timeline, whatever its speed (the time warp
    says how much of the file that is)."""
    media = piece.media
    if media is None or media.is_still:
        return _range(0, piece.frames, rate)
    length = piece.source_frames
    if piece.speed != 1:
        length = max(1, Time.from_frames(piece.frames, rate).nearest_frame(media.rate))
    return _range(media.first_frame + piece.source_frame, length, media.rate)


def _reference(piece: Piece, rate: Fraction) -> Any:
    from opentimelineio import schema

    if piece.media is not None:
        return _file(piece.media) if not piece.media.is_still else _still(piece.media, piece.frames, rate)
    card = piece.card
    facts = {} if card is None else {"text": card.text, "colour": card.colour, "background": card.background}
    return schema.GeneratorReference(
        name=piece.card_text,
        generator_kind="SolidColor",
        available_range=_range(0, piece.frames, rate),
        parameters=facts,
    )


def _still(media: Media, frames: int, rate: Fraction) -> otio.schema.ExternalReference:
    from opentimelineio import schema

    reference = schema.ExternalReference(target_url=media.url, available_range=_range(0, frames, rate))
    reference.name = media.file_name
    return reference


def _file(media: Media) -> otio.schema.ExternalReference:
    from opentimelineio import schema

    reference = schema.ExternalReference(
        target_url=media.url, available_range=_range(media.first_frame, media.frames, media.rate)
    )
    reference.name = media.file_name  # some programs look the file up by this name
    return reference


def _facts(piece: Piece) -> dict[str, Any]:
    """What a timeline has no place for: the clip behind a piece, and how it fills the frame."""
    clip, media = piece.clip, piece.media
    audio = 0 if media is None or media.sound is None else media.info.audio.index(media.sound) + 1
    return {
        "clip_id": clip.id,
        "source_id": "" if media is None else media.source_id,
        "score": clip.score,
        "aspect": str(clip.aspect),
        "framing": str(clip.framing),
        "centre_x": clip.centre_x,
        "audio_track": audio,
        "speed": str(piece.speed),
        "card": piece.card_text,
    }


def _range(start: int, frames: int, rate: Fraction) -> otio.opentime.TimeRange:
    from opentimelineio.opentime import RationalTime, TimeRange

    return TimeRange(RationalTime(start, float(rate)), RationalTime(frames, float(rate)))
