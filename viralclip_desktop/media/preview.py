"""Playing a plan: picture and sound of the one graph, small, through one pipe.

ffmpeg writes an AVI of raw frames and raw samples, because its chunks (four letters, a length, the bytes)
can be read straight into place; anything cleverer would copy two megabytes a frame once more. Frame rate
and sample rate are constant by construction, so counting gives exact times.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from viralclip_desktop.compose.graph import Window, build, whole_file
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.soundtrack import SAMPLE_RATE_HZ
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.processes import end_tree
from viralclip_desktop.core.time import Time
from viralclip_desktop.media import workdir
from viralclip_desktop.media.faults import fault_of
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.render import frame_at
from viralclip_desktop.media.run import start_ffmpeg

_PIXELS = "bgra"
_BYTES_PER_SAMPLE = 4  # two channels of 16 bits
_PIPE_BYTES = 1 << 20  # Linux: 64 KiB by default, which is thirty changes of process for every frame
_LIST_HEAD = 4  # a list's type follows its length
_LOG_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class PreviewVideo:
    """One frame: its clip time, and ``height`` rows from the top of ``width`` pixels, four bytes each in
    the order blue, green, red, 255."""

    time: Time
    pixels: bytearray
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PreviewAudio:
    """A block of sound: the clip time of its first sample, and signed 16-bit stereo at 48 kHz."""

    time: Time
    samples: bytes


def window_from(plan: RenderPlan, start: Time) -> Window:
    """All that is exported from the frame at a clip time on."""
    return Window(frame_at(plan, start), whole_file(plan).last)


class PreviewStream:
    """Frames and sound of a plan from a clip time on, in about the order they are played.

    Iterating (once) blocks until the next one is there and ends at the end of all that is exported.
    :meth:`close` may be called from any thread and ends it at once. Raises a :class:`Fault` while iterating
    when ffmpeg fails.
    """

    def __init__(self, plan: RenderPlan, size: Size, start: Time, work: Path) -> None:
        """``work``: the root of the work folders. Starts ffmpeg; raises :class:`EnvironmentLacks` when
        that is impossible."""
        self._size, self._fps = size, plan.fps
        window = window_from(plan, start)
        self._frame = window.first
        self._sample = Time.from_frames(self._frame, plan.fps).samples(SAMPLE_RATE_HZ)
        self._closed = threading.Event()
        self._beginning = threading.Lock()
        self._reading = False
        folder = workdir.prepare(work, plan)
        graph = build(plan, size, window, pixels=_PIXELS)
        outputs = ["-map", str(graph.video), "-map", str(graph.audio)]
        outputs += ["-c:v", "rawvideo", "-c:a", "pcm_s16le", "-fps_mode", "passthrough"]
        # Without this the muxer fills the time before a late start with empty frames.
        begins = Time.from_frames(self._frame + plan.intro_frames, plan.fps)
        outputs += ["-output_ts_offset", f"{-begins.seconds:.6f}"]
        args = [*graph_args(graph, folder), *outputs, "-flush_packets", "1", "-f", "avi", "pipe:1"]
        self._process = start_ffmpeg(args, cwd=folder, stderr=subprocess.PIPE)
        self._log = _Tail(self._process.stderr)
        _widen(self._process.stdout)

    def __enter__(self) -> PreviewStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[PreviewVideo | PreviewAudio]:
        pipe = self._process.stdout
        assert pipe is not None
        with self._beginning:
            if self._closed.is_set() or self._reading:
                return
            self._reading = True
        try:
            yield from self._items(pipe)
            if not self._closed.is_set() and self._process.wait() != 0:
                raise fault_of(self._process.returncode, self._log.lines())
        finally:
            self.close()
            pipe.close()

    def close(self) -> None:
        """End the stream at once; safe to call twice and from any thread."""
        with self._beginning:
            self._closed.set()
        end_tree(self._process)
        self._log.close()
        if not self._reading and self._process.stdout is not None:
            self._process.stdout.close()  # else the reader does, who may be in the middle of it

    def _items(self, pipe: IO[bytes]) -> Iterator[PreviewVideo | PreviewAudio]:
        frame_bytes = self._size.width * self._size.height * 4
        for kind, length in _chunks(pipe):
            block = bytearray(length)
            if _fill(pipe, block) < length or self._closed.is_set():
                return
            if kind in {b"00db", b"00dc"}:
                if length == frame_bytes:
                    yield self._video(block)
            elif kind == b"01wb" and length:
                yield self._audio(block)
            if length % 2:
                pipe.read(1)

    def _video(self, block: bytearray) -> PreviewVideo:
        time = Time.from_frames(self._frame, self._fps)
        self._frame += 1
        return PreviewVideo(time, block, self._size.width, self._size.height)

    def _audio(self, block: bytearray) -> PreviewAudio:
        time = Time.from_samples(self._sample, SAMPLE_RATE_HZ)
        self._sample += len(block) // _BYTES_PER_SAMPLE
        return PreviewAudio(time, bytes(block))


def _chunks(pipe: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Kind and length of each chunk; the caller reads its bytes. Lists are stepped into. The format:
    Microsoft's "AVI RIFF File Reference"."""
    while len(head := pipe.read(8)) == 8:
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        if kind in (b"RIFF", b"LIST"):
            pipe.read(_LIST_HEAD)
        else:
            yield kind, length


def _fill(pipe: IO[bytes], block: bytearray) -> int:
    """Read ``block`` full; returns how many bytes there were."""
    view, done = memoryview(block), 0
    while done < len(block):
        count = pipe.readinto(view[done:])  # type: ignore[attr-defined]
        if not count:
            break
        done += count
    return done


def _widen(pipe: IO[bytes] | None) -> None:
    if sys.platform == "linux" and pipe is not None:
        import contextlib
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


class _Tail:
    """Keeps the end of a log, so that ffmpeg never waits for somebody to read it."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None
        self._pipe = pipe
        self._text = b""
        self._thread = threading.Thread(target=self._read, name="preview-log", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        for line in self._pipe:
            self._text = (self._text + line)[-_LOG_BYTES:]

    def lines(self) -> list[str]:
        """What was logged last; waits for the log's end."""
        self._thread.join()
        return self._text.decode("utf-8", "replace").splitlines()

    def close(self) -> None:
        """Let go of the pipe, once ffmpeg has ended."""
        if threading.current_thread() is not self._thread:
            self._thread.join()
            self._pipe.close()
