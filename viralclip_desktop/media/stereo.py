"""Sound for separators: bare stereo samples of a stretch of a recording, and what comes back as a file."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.compose.graph import compiled
from viralclip_desktop.compose.inputs import opened_at
from viralclip_desktop.compose.soundtrack import SAMPLE_RATE_HZ, part_sound
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.media import Source
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.run import run_ffmpeg


def write_samples(
    recording: Source, within: TimeRange, rate_hz: int, out: Path, cancel: CancelToken | None = None
) -> None:
    """Decode a stretch (source time) of the sound track in use into interleaved stereo 32-bit floats, exactly
    as many as it is long, heard as a clip of it is: a late start and gaps are silence, channels are mixed
    alike. Raises BadInput for a recording without sound, and what :func:`run_ffmpeg` raises.
    """
    track = recording.audio
    if track is None:
        raise BadInput(say("“{title}” has no sound.", title=recording.title))
    source = opened_at(recording.path, recording.info, within.start, sound=True)
    samples = within.duration.samples(SAMPLE_RATE_HZ)
    stream = part_sound(source.stream(selector=str(track.index)), track, within.start, samples)
    if rate_hz != SAMPLE_RATE_HZ:
        wanted = within.duration.samples(rate_hz)
        stream = stream.filter("aresample", rate_hz)
        stream = stream.filter("apad", whole_len=wanted).filter("atrim", end_sample=wanted)
    graph = compiled([stream], video=False, audio=True)
    output = ["-map", str(graph.audio), "-f", "f32le", "-y", f"file:{out}"]
    run_ffmpeg([*graph_args(graph, out.parent), *output], cwd=out.parent, cancel=cancel)


def write_flac(samples: Path, rate_hz: int, out: Path, cancel: CancelToken | None = None) -> None:
    """Make a FLAC file of interleaved stereo 16-bit samples. Raises what :func:`run_ffmpeg` raises."""
    given = ["-f", "s16le", "-ar", str(rate_hz), "-ac", "2", "-i", f"file:{samples}"]
    run_ffmpeg([*given, "-c:a", "flac", "-f", "flac", "-y", f"file:{out}"], cancel=cancel)
