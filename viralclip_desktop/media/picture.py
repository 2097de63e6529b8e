"""The picture of an export: encoded from beginning to end, or only where no segment of it was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from viralclip_desktop.compose.graph import Window, build, whole_file
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.media import encoders
from viralclip_desktop.media.encoders import EncoderChoice
from viralclip_desktop.media.faults import EncoderUnavailable, FfmpegFailed, told_of_disk, undecoded
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.packets import DoesNotJoin, Joined
from viralclip_desktop.media.run import run_ffmpeg
from viralclip_desktop.media.segments import Kept, Run, Segments, keys_of, opened
from viralclip_desktop.media.watch import PictureFound, PictureWatch

Sink = Callable[[bytes], object]


@dataclass
class Picture:
    """One picture in the making. ``look`` holds captions and fonts, ``scratch`` what comes out; ``tell`` gets
    how much is done, 0..1."""

    plan: RenderPlan
    size: Size
    encoder: EncoderChoice
    """Once it is made: the one that made it."""
    look: Path
    scratch: Path
    kept: Kept | None
    tell: Callable[[float], None]
    seen: PictureFound | None = None
    undecoded: bool = False
    """Whether parts of the recordings could not be decoded."""
    reused: int = 0
    """How many frames were kept from an export before."""
    _segments: Segments | None = None
    _new: int = 0
    _done: int = 0

    @property
    def file(self) -> Path:
        """What is made."""
        return self.scratch / "picture.nut"

    def make(self, stop: CancelToken) -> None:
        """Make the file, and decode it at the same time. Raises what :func:`run_ffmpeg` raises."""
        try:
            self._make(stop)
        except (EncoderUnavailable, FfmpegFailed) as fault:
            if not self.encoder.hardware or undecoded(fault.details):
                raise
            self.encoder = encoders.fallback(self.encoder)
            self._make(stop)

    def keep(self) -> None:
        """Keep its segments for the next export. To be called once the finished file is known to be good."""
        if self._segments is not None and not self.undecoded:
            self._segments.keep(self.file)

    def _make(self, stop: CancelToken) -> None:
        self._segments = self._known()
        whole = [Run(whole_file(self.plan))]
        try:
            self._write(whole if self._segments is None else self._segments.runs(), stop)
        except DoesNotJoin:
            self._write(whole, stop)

    def _known(self) -> Segments | None:
        if self.kept is None or not encoders.makes_segments(self.encoder):
            return None
        keys = keys_of(self.plan, self.size, self.encoder, self.look)
        return Segments(self.kept, self.plan.fps, keys, self.scratch)

    def _write(self, runs: list[Run], stop: CancelToken) -> None:
        self.undecoded, self._done = False, 0
        self._new = sum(run.window.frames for run in runs if run.segment is None)
        with told_of_disk(self.file), self.file.open("wb") as file, PictureWatch() as watch:
            sink = partial(_take, file, watch)
            if len(runs) == 1 and runs[0].segment is None:
                self._encode(runs[0].window, sink, stop)
            else:
                self._join(runs, sink, stop)
        self.seen = watch.found()
        self.reused = whole_file(self.plan).frames - self._new

    def _join(self, runs: list[Run], sink: Sink, stop: CancelToken) -> None:
        with Joined(sink, self.plan.fps) as joined:
            for run in runs:
                stop.raise_if_cancelled()
                made = self._encoded(run, stop) if run.segment is None else opened(run.segment)
                joined.add(made, run.window.frames)

    def _encoded(self, run: Run, stop: CancelToken) -> Path:
        """The frames of a run as a file, which the next one takes the place of."""
        made = self.scratch / "run.nut"
        with told_of_disk(made), made.open("wb") as file:
            self._encode(run.window, partial(_write, file), stop)
        return made

    def _encode(self, window: Window, sink: Sink, stop: CancelToken) -> None:
        graph = build(self.plan, self.size, window, audio=False)
        script, label = graph.script, str(graph.video)
        upload = encoders.upload_filters(self.encoder)
        if upload:
            script, label = f"{script};{label}{upload}[uploaded]", "[uploaded]"
        head = [*encoders.global_args(self.encoder), *graph_args(graph, self.look, script)]
        tail = [*encoders.video_args(self.encoder, self.plan.fps), *self._segment_args()]
        log = run_ffmpeg(
            [*head, "-map", label, *tail, "-fps_mode", "passthrough", "-f", "nut", "pipe:1"],
            cwd=self.look,
            cancel=stop,
            on_progress=lambda at_s, _: self._tell_of(at_s, window),
            stdout=sink,
        )
        self._done += window.frames
        self.undecoded = self.undecoded or undecoded(log)

    def _segment_args(self) -> list[str]:
        makes = encoders.makes_segments(self.encoder)
        return encoders.segment_args(self.plan.fps) if makes else []

    def _tell_of(self, at_s: float, window: Window) -> None:
        """Frames of a window leave the encoder with the time stamps they have in the file."""
        begin = Time.from_frames(window.first + self.plan.intro_frames, self.plan.fps)
        frames = min(max(0.0, at_s - begin.seconds) * float(self.plan.fps), window.frames)
        self.tell((self._done + frames) / self._new)


def _take(file: IO[bytes], watch: PictureWatch, block: bytes) -> None:
    _write(file, block)
    watch.feed(block)


def _write(file: IO[bytes], block: bytes) -> None:
    with told_of_disk(Path(file.name)):
        file.write(block)
