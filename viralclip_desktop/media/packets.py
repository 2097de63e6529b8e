"""Packets of a finished picture, cut at keyframes and put together again without being encoded anew.

The files are NUT streams whose pictures have a constant rate. Time stamps are counted in frames; those of
decoding lag behind by as many frames as pictures change places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

_REORDERED = 2  # frames: what x264 needs with B-frames that others refer to


class DoesNotJoin(Exception):
    """Packets are not those of whole segments of one picture."""


def cut(picture: Path, lengths: Sequence[int], fps: Fraction) -> Iterator[bytes]:
    """A picture in segments of so many frames each, every one a file of its own. Raises
    :class:`DoesNotJoin` where one does not begin with a keyframe or is not all there, and OSError."""
    import av

    with av.open(str(picture), format="nut") as container:
        stream = container.streams.video[0]
        packets = _packets(container)
        for length in lengths:
            segment = BytesIO()
            with Joined(segment.write, fps) as joined:
                joined.take(stream, islice(packets, length), length)
            yield segment.getvalue()


class Joined:
    """Writes one picture made of segments to ``sink``."""

    def __init__(self, sink: Callable[[bytes], object], fps: Fraction) -> None:
        self._sink, self._fps = _Sink(sink), fps
        self._stream: Any = None
        self._frames = 0

    def __enter__(self) -> Joined:
        import av

        self._out = av.open(self._sink, "w", format="nut")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._sink.close()
        self._out.close()

    def add(self, segment: Path | BytesIO, length: int) -> None:
        """Put a file of ``length`` frames behind what is there. Raises :class:`DoesNotJoin` where it is not
        that, or was encoded otherwise."""
        import av

        with av.open(str(segment) if isinstance(segment, Path) else segment, format="nut") as container:
            self.take(container.streams.video[0], _packets(container), length)

    def take(self, stream: Any, packets: Iterable[Any], length: int) -> None:
        """The same with packets of an open file's stream."""
        self._set_up(stream, bytes(stream.codec_context.extradata or b""))
        shown = [
            self._put(packet, frame, number) for number, (packet, frame) in enumerate(self._told(packets))
        ]
        if sorted(shown) != list(range(length)):
            raise DoesNotJoin("not all there")
        self._frames += length

    def _set_up(self, stream: Any, header: bytes) -> None:
        """``header``: the parameter sets that all packets count on."""
        if self._stream is None:
            self._stream, self._header = self._out.add_stream_from_template(stream), header
        elif self._header != header:
            raise DoesNotJoin("encoded otherwise")

    def _told(self, packets: Iterable[Any]) -> Iterator[tuple[Any, int]]:
        """Packets, and how many frames after the first one's each is shown."""
        begin: Fraction | None = None
        for packet in packets:
            at = packet.pts * packet.time_base * self._fps
            if begin is None and not packet.is_keyframe:
                raise DoesNotJoin("no keyframe")
            begin = at if begin is None else begin
            yield packet, round(at - begin)

    def _put(self, packet: Any, frame: int, number: int) -> int:
        if frame + _REORDERED < number:
            raise DoesNotJoin("decoded too late")
        packet.stream, packet.time_base = self._stream, 1 / self._fps
        packet.pts, packet.dts = self._frames + frame + _REORDERED, self._frames + number
        self._out.mux_one(packet)
        return frame


def _packets(container: Any) -> Iterator[Any]:
    return (packet for packet in container.demux(video=0) if packet.pts is not None)


class _Sink:
    """A file to write that can't be wound back."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take: Callable[[bytes], object] | None = take

    def write(self, block: bytes) -> int:
        if self._take is not None:
            self._take(bytes(block))
        return len(block)

    def close(self) -> None:
        """What comes from now on goes nowhere."""
        self._take = None
