"""Proxies: small copies of stretches of a recording whose keyframes lie far apart, for the preview alone.

A seek decodes from the keyframe before on. A proxy has keyframes close together, and every frame of its
stretch at its own time: what is found in it by time stamp is the same frame, only softer. Never exported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from viralclip_desktop.compose.framing import uncropped
from viralclip_desktop.compose.graph import Graph, compiled
from viralclip_desktop.compose.inputs import UNKNOWN_GOP_S, opened_at, preroll_s, whole_pictures
from viralclip_desktop.compose.parts import Window, own_part, parts
from viralclip_desktop.compose.plan import PlannedPart, Recording, RenderPlan
from viralclip_desktop.compose.transitions import with_lead
from viralclip_desktop.core.geometry import Size, even
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo, VideoStream

PROXY_GOP = 12
"""Frames from one keyframe to the next: decoding so many of them takes about 20 ms."""
_SHORT_SIDE_PX = 720  # a vertical crop of it is about as wide as the player in an ordinary window
_DECODED_AT_ONCE = 2.2 * 30 * 1920 * 1080
"""Pixels that a seek may have to decode without a proxy: two seconds of a usual recording, and a little."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxy of a stretch, and the source time at which its file begins."""

    path: str
    begins: Time


def is_far(info: MediaInfo) -> bool:
    """Whether a seek in a recording may have to decode so much that a proxy is worth its making."""
    video = info.video
    if video is None or not info.duration:
        return False
    gap_s = UNKNOWN_GOP_S if video.keyframe_gap_s is None else video.keyframe_gap_s
    decoded_s = min(gap_s + preroll_s(info, sound=False), info.duration.seconds)
    return decoded_s * video.fps * video.coded_size.width * video.coded_size.height > _DECODED_AT_ONCE


def proxy_size(video: VideoStream) -> Size:
    """The size of a recording's proxies: upright, square pixels, never larger than the picture."""
    scale = min(Fraction(1), Fraction(_SHORT_SIDE_PX, min(video.size.width, video.size.height)))
    return Size(even(video.size.width * scale), even(video.size.height * scale))


def proxy_graph(path: str, info: MediaInfo, within: TimeRange, rate: int) -> Graph:
    """The frames of a stretch (whole seconds) as a proxy has them; time stamps in 1/``rate`` s from its start
    on, the first one moved there."""
    video = info.video
    assert video is not None
    begin, end = (at.samples(rate) for at in (within.start, within.end))
    stream = opened_at(path, info, within.start, sound=False).stream(selector=str(video.index))
    stream = whole_pictures(stream, video).filter("settb", f"1/{rate}")
    stream = stream.filter("trim", start_pts=begin, end_pts=end)
    stream = stream.filter("setpts", expr=f"if(eq(N,0),0,PTS-{begin})")
    return compiled([uncropped(stream, video, proxy_size(video))], video=True, audio=False)


def needed(plan: RenderPlan, window: Window) -> dict[Recording, TimeRange]:
    """Which stretches of its recordings a window of a plan shows, in their own times."""
    own = own_part(plan, window)
    found: dict[Recording, TimeRange] = {}
    for part in parts(plan, with_lead(plan, own)) if own is not None else []:
        recording = part.planned.recording
        if recording is None or recording.is_still:
            continue
        end = part.start + Time.from_frames(part.frames, plan.fps / part.planned.part.speed)
        before = found.get(recording, TimeRange(part.start, end))
        found[recording] = TimeRange(min(before.start, part.start), max(before.end, end))
    return found


def through_proxies(plan: RenderPlan, proxies: Mapping[Recording, Proxy]) -> RenderPlan:
    """A plan that shows the same frames out of proxies. All parts of a recording go through the same one;
    what it does not cover must not be asked for."""
    stand_ins = {recording: _stand_in(recording, proxy) for recording, proxy in proxies.items()}

    def swapped(planned: PlannedPart) -> PlannedPart:
        other = stand_ins.get(planned.recording) if planned.recording is not None else None
        return planned if other is None else replace(planned, recording=other)

    return replace(plan, parts=tuple(map(swapped, plan.parts)))


def _stand_in(recording: Recording, proxy: Proxy) -> Recording:
    """A recording whose picture comes from a proxy, and its sound from where it did. The distance of its
    keyframes stays too: it decides which parts are read together, and so where frames are counted from."""
    video = recording.info.video
    assert video is not None
    small = replace(
        video,
        index=0,
        codec="proxy",
        coded_size=proxy_size(video),
        rotation_deg=0,
        pixel_aspect=Fraction(1),
        pixel_format="yuv420p",
        bit_depth=8,
        hdr=False,
        color_transfer="bt709",
        color_primaries="bt709",
        color_matrix="bt709",
        color_range="tv",
    )
    info = replace(recording.info, container="mov", start_offset=ZERO, video=small, sound_ahead_s=0.0)
    heard = None if recording.audio_stream is None else recording.heard_from or recording
    return replace(recording, path=proxy.path, info=info, heard_from=heard, begins=proxy.begins)
