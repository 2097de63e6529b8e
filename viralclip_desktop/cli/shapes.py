"""The JSON shapes of the command line (see ``--json`` in README and ARCHITECTURE)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.domain.transcript import Transcript


def source_shape(source: Source) -> dict[str, Any]:
    """A source: times in seconds, ``fps`` null for sound alone."""
    video = source.info.video
    return {
        "id": source.id,
        "path": source.path,
        "duration_s": round(source.info.duration.seconds, 6),
        "width": video.size.width if video else None,
        "height": video.size.height if video else None,
        "fps": round(float(video.fps), 6) if video else None,
    }


def transcript_shape(transcript: Transcript | None) -> dict[str, Any] | None:
    """A transcript in short."""
    if transcript is None:
        return None
    return {
        "engine": transcript.engine,
        "language": transcript.language,
        "words": len(transcript.words),
    }


def clip_shape(clip: Clip) -> dict[str, Any]:
    """A clip: times in source seconds."""
    return {
        "id": clip.id,
        "rank": clip.rank,
        "start_s": round(clip.range.start.seconds, 6),
        "end_s": round(clip.range.end.seconds, 6),
        "title": clip.title,
        "score": clip.score,
        "reasons": [reason.text for reason in clip.reasons],
        "quote_first": clip.quote_first,
        "quote_last": clip.quote_last,
    }


def clip_detail_shape(clip: Clip) -> dict[str, Any]:
    """A clip with the user's decisions about it."""
    return clip_shape(clip) | {
        "source_id": clip.source_id,
        "aspect": str(clip.aspect),
        "framing": str(clip.framing),
        "centre_x": clip.centre_x,
        "caption_style": clip.caption_style,
        "captions_on": clip.captions_on,
    }


def export_shape(export: Export) -> dict[str, Any]:
    """An export and, once it is finished, what was measured on the file."""
    shape: dict[str, Any] = {"id": export.id, "path": export.output_path, "status": str(export.status)}
    measured = export.result
    shape |= {
        "width": measured.width if measured else None,
        "height": measured.height if measured else None,
        "fps": round(float(measured.fps), 6) if measured else None,
        "duration_s": measured.duration_s if measured else None,
        "loudness_lufs": measured.loudness_lufs if measured else None,
        "true_peak_dbtp": measured.true_peak_dbtp if measured else None,
    }
    return shape


def job_shape(job: Job) -> dict[str, Any]:
    """A job and where it stands."""
    return {
        "id": job.id,
        "kind": job.kind,
        "state": str(job.state),
        "stage": job.stage,
        "fraction": round(job.fraction, 4),
        "message": job.message,
        "error": job.error,
        "hint": job.hint,
    }
