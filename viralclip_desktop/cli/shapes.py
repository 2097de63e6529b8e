"""The JSON shapes of the command line (see ``--json`` in README and ARCHITECTURE)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import properties
from viralclip_desktop.domain.edits.tightening import with_state
from viralclip_desktop.domain.layers import Layer, MusicLayer, PictureLayer, ProgressLayer, TitleLayer
from viralclip_desktop.domain.properties.framing import KEY, PICTURE
from viralclip_desktop.domain.properties.layers import BY_KIND
from viralclip_desktop.domain.properties.parts import LABEL, SPEED, TRANSITION
from viralclip_desktop.domain.properties.sound import NOISE, OWN_VOLUME, TONE

if TYPE_CHECKING:
    from viralclip_desktop.core.time import Time, TimeRange
    from viralclip_desktop.domain.audio_config import AudioConfig
    from viralclip_desktop.domain.clip import Clip, FrameKey, Marker, Part
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.tightening import TightCut
    from viralclip_desktop.domain.transcript import Transcript


def source_shape(source: Source) -> dict[str, Any]:
    """A source: times in seconds, ``fps`` null for sound alone, sound tracks from 1; ``claimed_duration_s``
    where its data end sooner than the file says."""
    video = source.info.video
    return {
        "id": source.id,
        "path": source.path,
        "duration_s": seconds(source.info.duration),
        "width": video.size.width if video else None,
        "height": video.size.height if video else None,
        "fps": round(float(video.fps), 6) if video else None,
        "claimed_duration_s": source.info.declared_s,
        "audio_track": None if source.audio_index is None else source.audio_index + 1,
        "audio_tracks": [
            {
                "title": track.title,
                "language": track.language,
                "layout": track.layout,
                "channels": str(track.channel_use),
            }
            for track in source.info.audio
        ],
    }


def transcript_shape(transcript: Transcript | None) -> dict[str, Any] | None:
    """A transcript in short; ``audio_track`` is the one it was heard of, from 1; null where none is known."""
    if transcript is None:
        return None
    return {
        "engine": transcript.engine,
        "language": transcript.language,
        "audio_track": None if transcript.track is None else transcript.track + 1,
        "words": len(transcript.words),
    }


def clip_shape(clip: Clip) -> dict[str, Any]:
    """A clip: times in seconds of its first part's recording, null without one; ``score`` is null for a clip
    cut by hand."""
    hull = clip.hull
    return {
        "id": clip.id,
        "rank": clip.rank,
        "start_s": None if hull is None else seconds(hull.start),
        "end_s": None if hull is None else seconds(hull.end),
        "title": clip.title,
        "score": clip.score,
        "reasons": [reason.text for reason in clip.reasons],
        "quote_first": clip.quote_first,
        "quote_last": clip.quote_last,
    }


def clip_detail_shape(clip: Clip, path_of: Callable[[str], str]) -> dict[str, Any]:
    """A clip with the user's decisions about it; cuts, keyframes and markers are in source seconds,
    layers in clip seconds."""
    return clip_shape(clip) | {
        "source_id": clip.source_id or None,
        "duration_s": seconds(clip.duration),
        "review": clip.review.value,
        **properties.shape(clip, PICTURE),
        "caption_style": clip.caption_style,
        "captions_on": clip.captions_on,
        "second_language": clip.second_language or None,
        "captions_adjusted": clip.caption_override is not None,
        "brand_kit": clip.brand_kit or None,
        **properties.shape(clip, (OWN_VOLUME,)),
        **properties.shape(clip.mix, (NOISE, TONE)),
        "parts": [part_shape(part) for part in clip.parts],
        "cuts": [range_shape(cut) for cut in clip.cuts],
        "tightened": [tight_cut_shape(cut) | {"made": made} for cut, made in with_state(clip)],
        "keyframes": [key_shape(key) for key in clip.frame_keys],
        "markers": [marker_shape(marker) for marker in clip.markers],
        "layers": [layer_shape(layer, clip, path_of) for layer in clip.layers],
    }


def tight_cut_shape(cut: TightCut) -> dict[str, Any]:
    """A cut of tightening, in seconds of its recording."""
    shape: dict[str, Any] = {"id": cut.id} | range_shape(cut.range) | {"asset_id": cut.asset_id}
    return shape | {"kind": cut.kind.value, "text": cut.text}


def seconds(time: Time) -> float:
    """A time in seconds, to the microsecond."""
    return round(time.seconds, 6)


def range_shape(within: TimeRange) -> dict[str, Any]:
    """A range; its owner says on which clock."""
    return {"start_s": seconds(within.start), "end_s": seconds(within.end)}


def key_shape(key: FrameKey) -> dict[str, Any]:
    """A keyframe of a moving crop; the centre is a share of the source picture."""
    return {"at_s": seconds(key.at)} | properties.shape(key, KEY)


def marker_shape(marker: Marker) -> dict[str, Any]:
    """A marker, in source time."""
    shape = {"at_s": seconds(marker.at)} | properties.shape(marker, (LABEL,))
    return shape | ({"cover": True} if marker.is_cover else {})


def part_shape(part: Part) -> dict[str, Any]:
    """A part in the order of play: a range of an asset in its seconds, ``asset_id`` null for a card."""
    shape: dict[str, Any] = {"asset_id": part.asset_id or None} | range_shape(part.range)
    shape |= properties.shape(part, (SPEED, TRANSITION))
    return shape if part.card is None else shape | {"card": part.card.text}


def layer_shape(layer: Layer, clip: Clip, path_of: Callable[[str], str]) -> dict[str, Any]:
    """A layer: where it lies (clip time), where its file begins, and what its kind needs."""
    shape: dict[str, Any] = {"id": layer.id, "kind": str(layer.kind), "element": str(layer.element) or None}
    values = properties.shape(layer, BY_KIND[layer.kind])
    if isinstance(layer, TitleLayer):
        return shape | {"text": layer.text} | range_shape(layer.range) | values
    if isinstance(layer, ProgressLayer):
        return shape | range_shape(layer.range) | values
    shape |= {"path": path_of(layer.asset_id), "asset_id": layer.asset_id} | range_shape(layer.range) | values
    if isinstance(layer, MusicLayer):
        return shape | {"duck_db": clip.duck_db(layer)}
    return shape if isinstance(layer, PictureLayer) else shape | {"duck_db": 0.0, "loop": False}


def export_shape(export: Export) -> dict[str, Any]:
    """An export and, once it is finished, what was measured on the file; sound alone has no size and rate."""
    shape: dict[str, Any] = {"id": export.id, "path": export.output_path, "status": str(export.status)}
    measured = export.result
    shape |= {
        "width": measured.width or None if measured else None,
        "height": measured.height or None if measured else None,
        "fps": round(float(measured.fps), 6) or None if measured else None,
        "duration_s": measured.duration_s if measured else None,
        "loudness_lufs": measured.loudness_lufs if measured else None,
        "true_peak_dbtp": measured.true_peak_dbtp if measured else None,
        "size_bytes": measured.size_bytes if measured else None,
        "remarks": [str(remark) for remark in measured.remarks] if measured else [],
        "reused_s": round(measured.reused_s, 3) if measured else None,
    }
    return shape


def dub_shape(config: AudioConfig) -> dict[str, Any]:
    """How a clip sounds in a language: its voice, and the levels in decibels."""
    return {
        "language": config.language,
        "voice": config.voice_id or None,
        "mode": str(config.mode),
        "bgm_track_id": config.bgm_track_id or None,
        "bgm_volume": config.bgm_volume,
        "original_volume": config.original_volume,
    }


def job_shape(job: Job, left_behind: Collection[str] = ()) -> dict[str, Any]:
    """A job and where it stands; ``left_behind``: the ids of those whose program has ended."""
    return {
        "id": job.id,
        "kind": job.kind,
        "state": str(job.state),
        "paused": job.paused,
        "interrupted": job.id in left_behind,
        "parent_id": job.parent_id or None,
        "run_at": None if job.paused else job.run_at,
        "stage": job.stage,
        "fraction": round(job.fraction, 4),
        "message": job.message,
        "error": job.error,
        "hint": job.hint,
    }
