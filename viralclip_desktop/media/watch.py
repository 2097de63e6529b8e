"""Decoding a finished picture: frame by frame, counted, looked at, and fingerprinted packet by packet.

An export is decoded *while* it is being encoded (:class:`PictureWatch`), on the time the encoder leaves
over; the finished file is then known to hold exactly the packets that were decoded by their fingerprint.
Decoding it once more afterwards costs 7 % of an export's time (measured), and would find nothing else.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import blake2b
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange

_LOOKED_AT_EVERY = 5  # frames; a black second has several of them at any rate
_EVERY_PIXEL = 8  # in both directions: enough to tell black from a picture
_BLACK_LUMA, _BLACK_SHARE = 16 + 0.03 * 219, 0.995
_BLACK_S = 1.0  # shorter ones are part of many films
_STILL_S = 3.0  # shorter ones are part of many films
_MOVED_LUMA = 12  # a keyframe codes the same picture a little differently: up to 8 off (measured at CRF 20)
_NAL_START = b"\x00\x00\x01"
_PARAMETER_SETS = (7, 8)


@dataclass(frozen=True, slots=True)
class PictureFound:
    """What decoding told. ``digest`` stands for all packets in order, however the container frames them."""

    frames: int
    broken: int
    black: tuple[TimeRange, ...]
    digest: str
    still: tuple[TimeRange, ...] = ()
    """Where nothing moves."""


@dataclass
class _Look:
    """What has been seen so far."""

    frames: int = 0
    broken: int = 0
    black: _Stretches = field(default_factory=lambda: _Stretches(_BLACK_S))
    still: _Stretches = field(default_factory=lambda: _Stretches(_STILL_S))
    standing: Any = None
    """The picture that stands still so far."""
    digest: Any = field(default_factory=lambda: blake2b(digest_size=16))

    def at(self, frame: Any) -> None:
        if frame.is_corrupt:
            self.broken += 1
        if self.frames % _LOOKED_AT_EVERY == 0:
            self._judge(Fraction(frame.pts * frame.time_base), _luma(frame))
        self.frames += 1

    def _judge(self, time: Fraction, luma: Any) -> None:
        self.black.at(time, goes_on=_is_black(luma))
        moved = self.standing is None or _moved(self.standing, luma)
        self.still.at(time, goes_on=not moved)
        if moved:
            self.standing = luma
            self.still.at(time, goes_on=True)

    def found(self, end: Fraction) -> PictureFound:
        self.black.at(end, goes_on=False)
        self.still.at(end, goes_on=False)
        black, still = tuple(self.black.found), tuple(self.still.found)
        return PictureFound(self.frames, self.broken, black, self.digest.hexdigest(), still)


@dataclass
class _Stretches:
    """Where something goes on for at least ``shortest_s`` seconds."""

    shortest_s: float
    found: list[TimeRange] = field(default_factory=list)
    _since: Fraction | None = None

    def at(self, time: Fraction, *, goes_on: bool) -> None:
        if goes_on and self._since is None:
            self._since = time
        elif not goes_on and self._since is not None:
            if time - self._since >= self.shortest_s:
                self.found.append(TimeRange(Time.from_seconds(self._since), Time.from_seconds(time)))
            self._since = None


def look_through(container: Any, cancel: CancelToken | None = None) -> PictureFound:
    """Decode the first picture track of an open PyAV container to its end. Raises :class:`Cancelled`."""
    import av

    stream = container.streams.video[0]
    # Whole frames in one thread: the encoder has the others. Deblocking changes no error and no count.
    stream.thread_type, stream.codec_context.thread_count = "SLICE", 1
    stream.codec_context.options = {"skip_loop_filter": "all", "err_detect": "explode"}
    look, end, lengths = _Look(), Fraction(0), _has_lengths(stream)
    for packet in container.demux(stream):
        if cancel is not None:
            cancel.raise_if_cancelled()
        if packet.pts is not None:
            look.digest.update(payload(bytes(packet), lengths=lengths))
            end = max(end, Fraction((packet.pts + (packet.duration or 0)) * packet.time_base))
        try:
            for frame in packet.decode():
                look.at(frame)
        except av.FFmpegError:
            look.broken += 1
    return look.found(end)


def packet_digests(container: Any) -> tuple[list[int], str, str]:
    """Of an open PyAV container: the picture's time stamps in order of showing, and the digests of all
    packets of the first picture track ("" without one) and the first sound track. Decodes nothing."""
    video = container.streams.video[0] if container.streams.video else None
    audio = container.streams.audio[0]
    stamps: list[int] = []
    lengths = video is not None and _has_lengths(video)
    digests = {stream.index: blake2b(digest_size=16) for stream in (video, audio) if stream is not None}
    for packet in container.demux([stream for stream in (video, audio) if stream is not None]):
        if packet.pts is None:
            continue
        data = bytes(packet)
        if video is not None and packet.stream.index == video.index:
            stamps.append(packet.pts)
            data = payload(data, lengths=lengths)
        digests[packet.stream.index].update(data)
    picture = "" if video is None else digests[video.index].hexdigest()
    return sorted(stamps), picture, digests[audio.index].hexdigest()


def payload(packet: bytes, *, lengths: bool) -> bytes:
    """An H.264 packet's units without their framing: ``lengths`` of four bytes, as in MP4 (ISO/IEC
    14496-15), or start codes (ITU-T H.264, Annex B). Parameter sets, which some containers keep elsewhere,
    are left out."""
    units = _by_length(packet) if lengths else packet.split(_NAL_START)
    bare = (unit.rstrip(b"\x00") for unit in units)
    return b"|".join(unit for unit in bare if unit and unit[0] & 0x1F not in _PARAMETER_SETS)


def _by_length(packet: bytes) -> Iterable[bytes]:
    at = 0
    while at + 4 < len(packet):
        length = int.from_bytes(packet[at : at + 4], "big")
        yield packet[at + 4 : at + 4 + length]
        at += 4 + length


def _has_lengths(stream: Any) -> bool:
    """Whether a picture track's packets are framed as in MP4: its header then is an avcC box, version 1."""
    return bytes(stream.codec_context.extradata or b"")[:1] == b"\x01"


def _luma(frame: Any) -> Any:
    """The brightness of some pixels, 16..235."""
    import numpy as np

    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[::_EVERY_PIXEL, : plane.width : _EVERY_PIXEL].astype(np.int16)


def _is_black(luma: Any) -> bool:
    return bool((luma <= _BLACK_LUMA).mean() >= _BLACK_SHARE)


def _moved(before: Any, luma: Any) -> bool:
    return before.shape != luma.shape or bool(abs(luma - before).max() > _MOVED_LUMA)


class PictureWatch:
    """Decodes a picture as its file is written: feed it the file's bytes (a NUT stream) as they come."""

    def __init__(self) -> None:
        self._blocks: SimpleQueue[bytes] = SimpleQueue()
        self._stop = CancelToken()
        self._found: PictureFound | None = None
        self._trouble: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="picture-watch", daemon=True)

    def __enter__(self) -> PictureWatch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._stop.cancel()
        self._blocks.put(b"")
        self._thread.join()

    def feed(self, block: bytes) -> None:
        """Take the next bytes. Never waits: what is written a second is small."""
        self._blocks.put(block)

    def found(self) -> PictureFound | None:
        """What was seen, after the ``with`` block; None where decoding failed, so that the finished file
        has to be decoded itself."""
        return self._found

    def _run(self) -> None:
        import av

        try:
            with av.open(_Reader(self._blocks), format="nut") as container:
                self._found = look_through(container, self._stop)
        except Exception as error:  # noqa: BLE001 - the check of the finished file finds out and tells
            self._trouble = error


class _Reader:
    """A queue of blocks as a file to read; an empty block is its end."""

    def __init__(self, blocks: SimpleQueue[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""
        self._ended = False

    def read(self, size: int) -> bytes:
        while not self._rest and not self._ended:
            self._rest = self._blocks.get()
            self._ended = not self._rest
        part, self._rest = self._rest[:size], self._rest[size:]
        return part
