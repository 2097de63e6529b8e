"""Segments of finished pictures, kept so that a clip that was changed is encoded only where it changed.

A segment is kept under a key made of all that decides its pixels: the graph of its own window, the texts that
show in it, the content of the files it reads, and the encoder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from io import BytesIO
from itertools import groupby
from pathlib import Path

from viralclip_desktop import __version__
from viralclip_desktop.compose import wave_picture
from viralclip_desktop.compose.captions.ass import Script, Shown
from viralclip_desktop.compose.captions.shaping import asks_system
from viralclip_desktop.compose.graph import CAPTIONS_FILE, TITLES_FILE, Window, build, whole_file
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.files import keep_within, write_whole
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media import encoders
from viralclip_desktop.media.encoders import EncoderChoice
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.loudness import changed_at
from viralclip_desktop.media.packets import DoesNotJoin, cut
from viralclip_desktop.media.workdir import link_or_copy

_CHECK_BYTES = 16
_WAVE_FILES = (
    wave_picture.BASE_FILE,
    wave_picture.WAITING_FILE,
    wave_picture.PLAYED_FILE,
    wave_picture.MASK_FILE,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of segments, and how many bytes they may take together: those not used for the longest time
    go first. Each begins with a checksum of the rest."""

    folder: Path
    limit_bytes: int

    def take(self, key: str, into: Path) -> Path | None:
        """A segment, put into a folder of the caller's; None where it is not there, or damaged."""
        kept, own = self.folder / key, into / key
        try:
            link_or_copy(kept, own)
            data = own.read_bytes()
            if data[:_CHECK_BYTES] != _check(data[_CHECK_BYTES:]):
                kept.unlink()
                return None
            os.utime(kept)
        except OSError:
            return None
        return own

    def put(self, key: str, data: bytes, scratch: Path) -> None:
        """Keep a segment, written in ``scratch`` first. Raises OSError."""
        write_whole(self.folder / key, _check(data) + data, beside=scratch / f"{key}.new")

    def tidy(self) -> None:
        """Hold the limit."""
        if self.folder.is_dir():
            keep_within(self.folder.iterdir(), self.limit_bytes)


def opened(segment: Path) -> BytesIO:
    """What was kept, without its checksum."""
    return BytesIO(segment.read_bytes()[_CHECK_BYTES:])


def _check(data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECK_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring frames of a picture that are to be encoded, or one ``segment`` that was kept."""

    window: Window
    segment: Path | None = None


class Segments:
    """The segments of one picture, in order."""

    def __init__(self, kept: Kept, fps: Fraction, keys: Sequence[tuple[Window, str]], scratch: Path) -> None:
        self._kept, self._fps, self._keys, self._scratch = kept, fps, keys, scratch
        self._known = {key: kept.take(key, scratch) for _, key in keys if key}

    def runs(self) -> list[Run]:
        """All frames, in order."""
        found = ((window, self._known.get(key)) for window, key in self._keys)
        return [
            Run(_together([window for window, _ in members]), segment)
            for segment, members in groupby(found, key=lambda one: one[1])
        ]

    def keep(self, picture: Path) -> None:
        """Keep what is new in the finished picture; what can't be kept costs its encoding, no more."""
        import av

        with contextlib.suppress(OSError, DoesNotJoin, av.FFmpegError):
            lengths = [window.frames for window, _ in self._keys]
            for (_, key), data in zip(self._keys, cut(picture, lengths, self._fps), strict=True):
                if key and self._known[key] is None:
                    self._kept.put(key, data, self._scratch)
            self._kept.tidy()


def _together(windows: Sequence[Window]) -> Window:
    return Window(windows[0].first, windows[-1].last)


# --- keys


def keys_of(plan: RenderPlan, size: Size, encoder: EncoderChoice, look: Path) -> list[tuple[Window, str]]:
    """The windows of a file's segments, each with its key; "" where something may change that is not known
    here. ``look`` is the plan's work folder. Raises :class:`BadInput` for a file that can't be read."""
    texts = [Script((look / name).read_text("utf-8")) for name in _there(look, CAPTIONS_FILE, TITLES_FILE)]
    drawn = [_check((look / name).read_bytes()).hex() for name in _there(look, *_WAVE_FILES)]
    contents = {f"file:{path.absolute()}": _content(path) for path in _files(plan)}
    fonts = [_content(Path(path)) for path in plan.fonts]
    coded = [*encoders.video_args(encoder, plan.fps), *encoders.segment_args(plan.fps)]
    shared = repr((__version__, encoders.binary_key(), coded, size, drawn, fonts))
    found = []
    for window in _windows(plan):
        shown = _shown(texts, window, plan.fps)
        graph = build(plan, size, window, audio=False)
        inputs = [contents.get(argument, argument) for argument in graph.inputs]
        decides = repr((shared, inputs, graph.script, graph.video, [text.lines for text in shown]))
        changes = any(asks_system(text.fonts, text.signs, plan.fonts) for text in shown)
        found.append((window, "" if changes else _check(decides.encode()).hex()))
    return found


def _there(folder: Path, *names: str) -> list[str]:
    return [name for name in names if (folder / name).is_file()]


def _windows(plan: RenderPlan) -> Iterator[Window]:
    whole, every = whole_file(plan), encoders.keyframe_every(plan.fps)
    for first in range(whole.first, whole.last, every):
        yield Window(first, min(first + every, whole.last))


def _files(plan: RenderPlan) -> list[Path]:
    """The files that the picture is made of."""
    read = [one.path for one in plan.recordings] + [one.path for one in plan.overlays]
    return list(map(Path, [*read, *(end.path for end in (plan.intro, plan.outro) if end is not None)]))


def _content(path: Path) -> str:
    return f"{fingerprint(path)} {changed_at(path)}"


def _shown(texts: Sequence[Script], window: Window, fps: Fraction) -> list[Shown]:
    """The texts that show in a window, by a frame more than enough at both ends."""
    start, end = (frame * 100 // fps for frame in (window.first - 1, window.last + 1))
    return [shown for shown in (text.between(start, end) for text in texts) if shown.lines]
