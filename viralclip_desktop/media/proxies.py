"""Making a proxy: a stretch of a recording, encoded small and held against it frame by frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.compose.inputs import preroll_s
from viralclip_desktop.compose.proxies import PROXY_GOP, proxy_graph
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft, ignore_progress
from viralclip_desktop.core.time import TICKS_PER_SECOND, ZERO, Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media import bad_input
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.run import PROTOCOLS, ProgressCallback, input_url, run_ffmpeg

if TYPE_CHECKING:
    from av.container import InputContainer

STAGE = "proxy"
_CODING = f"-c:v libx264 -preset superfast -tune fastdecode -crf 21 -bf 0 -sc_threshold 0 -g {PROXY_GOP}"


@dataclass(frozen=True, slots=True)
class _Stamps:
    """When frames show: seconds from the start of a stretch, in order, exact to a ``grain``."""

    times: list[Fraction]
    grain: Fraction

    def same(self, proxy: _Stamps) -> bool:
        """Whether a proxy has the same frames, one for one. Its first one stands at its start."""
        pairs = zip(self.times[1:], proxy.times[1:], strict=False)
        return len(self.times) == len(proxy.times) and all(abs(a - b) <= self.grain for a, b in pairs)


def make_proxy(
    path: Path,
    info: MediaInfo,
    within: TimeRange,
    out: Path,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Time | None:
    """Write the proxy of a stretch (whole seconds of source time) as ``out`` and return when its first frame
    really shows; None where what can be decoded are not the recording's frames, one for one.

    Raises what :func:`run_ffmpeg` raises, and BadInput where the recording cannot be opened.
    """
    wanted = _source_stamps(path, info, within)
    if len(wanted.times) < 2:
        return None
    rate = wanted.grain.denominator
    graph = proxy_graph(str(path), info, within, rate)
    times = ["-fps_mode", "passthrough", "-enc_time_base", f"1:{rate}", "-video_track_timescale", str(rate)]
    args = [*graph_args(graph, out.parent), "-map", str(graph.video), *_CODING.split(), *times]
    run_ffmpeg([*args, "-f", "mp4", input_url(out)], on_progress=_teller(within, progress), cancel=cancel)
    if not wanted.same(_proxy_stamps(out)):
        return None
    return within.start + Time.from_seconds(wanted.times[0])


def _teller(within: TimeRange, progress: Progress) -> ProgressCallback:
    time_left, whole_s = TimeLeft(), within.duration.seconds

    def told(done_s: float, _speed: float | None) -> None:
        share = min(1.0, done_s / whole_s)
        progress(ProgressEvent(STAGE, share, "Making a quick copy for the player", time_left(share)))

    return told


def _source_stamps(path: Path, info: MediaInfo, within: TimeRange) -> _Stamps:
    """When the frames of a stretch of a recording show, by their packets: nothing is decoded."""
    import av

    assert info.video is not None
    early = max(within.start - Time.from_seconds(preroll_s(info, sound=False)), ZERO)
    try:
        with _open(path) as container:
            track: Any = container.streams[info.video.index]
            base = Fraction(track.time_base)
            offset = round(_seconds(info.start_offset) / base)  # as ffmpeg takes it off
            container.seek(round(1e6 * (early + info.start_offset).seconds))
            first, last = (_seconds(at) / base + offset for at in (within.start, within.end))
            found = [at for at in _times(container.demux(track), last) if first <= at < last]
    except av.FFmpegError as error:
        raise bad_input.unreadable(path, str(error)) from error
    return _Stamps([(at - first) * base for at in sorted(found)], Fraction(1, base.denominator))


def _proxy_stamps(path: Path) -> _Stamps:
    with _open(path) as container:
        track: Any = container.streams.video[0]
        base = Fraction(track.time_base)
        return _Stamps([at * base for at in sorted(_times(container.demux(track)))], base)


def _times(packets: Iterable[Any], until: Fraction | None = None) -> Iterator[int]:
    """The time stamps of all packets that show, up to the first that is decoded at ``until`` or later."""
    for packet in packets:
        if until is not None and packet.dts is not None and packet.dts >= until:
            return
        if packet.pts is not None and not packet.is_discard:
            yield packet.pts


def _open(path: Path) -> InputContainer:
    import av

    return av.open(input_url(path), options={"protocol_whitelist": PROTOCOLS}, metadata_errors="replace")


def _seconds(time: Time) -> Fraction:
    return Fraction(time.ticks, TICKS_PER_SECOND)
