"""A timeline as OpenTimelineIO: read by DaVinci Resolve (18.5 on), Premiere (2025 on), Avid, Nuke, Blender.

One video and one audio track. Each clip is named by its title, refers to its recording by URL and name,
and counts in frames of that recording.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from viralclip_desktop.features.interchange.sequence import Media, Piece, Sequence

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
    """The piece on one track; a gap where the recording has nothing for it."""
    from opentimelineio import schema

    has_it = piece.has_picture if kind == schema.TrackKind.Video else piece.sound is not None
    if not has_it:
        return schema.Gap(source_range=_range(0, piece.frames, rate))
    media = piece.media
    start = media.first_frame + piece.source_frame
    item = schema.Clip(
        name=piece.title,
        media_reference=_reference(media),
        source_range=_range(start, piece.source_frames, media.rate),
        metadata={_OURS: _facts(piece), _RESOLVE: {"Link Group ID": number}},
    )
    if piece.first_of_clip and kind == schema.TrackKind.Video:
        marked = _range(start, 1, media.rate)
        item.markers.append(schema.Marker(piece.title, marked, schema.MarkerColor.GREEN, comment=piece.note))
    return item


def _reference(media: Media) -> otio.schema.ExternalReference:
    from opentimelineio import schema

    reference = schema.ExternalReference(
        target_url=media.url, available_range=_range(media.first_frame, media.frames, media.rate)
    )
    reference.name = media.file_name  # some programs look the file up by this name
    return reference


def _facts(piece: Piece) -> dict[str, Any]:
    """What a timeline has no place for: the clip behind a piece, and how it fills the frame."""
    clip = piece.clip
    return {
        "clip_id": clip.id,
        "source_id": piece.media.source.id,
        "score": clip.score,
        "aspect": str(clip.aspect),
        "framing": str(clip.framing),
        "centre_x": clip.centre_x,
        "audio_track": 0 if piece.media.source.audio_index is None else piece.media.source.audio_index + 1,
    }


def _range(start: int, frames: int, rate: Fraction) -> otio.opentime.TimeRange:
    from opentimelineio.opentime import RationalTime, TimeRange

    return TimeRange(RationalTime(start, float(rate)), RationalTime(frames, float(rate)))
