"""The proxies of recordings, in the cache: which there are, which a clip still wants, and making them."""

from __future__ import annotations

import math
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.parts import Window
from viralclip_desktop.compose.plan import Recording, RenderPlan
from viralclip_desktop.compose.proxies import Proxy, is_far, needed, through_proxies
from viralclip_desktop.core.files import keep_within
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import TICKS_PER_SECOND, ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.common.stretches import one_at_a_time
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.fingerprint import fingerprint

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_MOST_BYTES = 4_000_000_000  # of all proxies: about three hours of film; those unused for longest go
_VERSION = 1  # of how they are made; others are made anew
_ROOM_S, _GRID_S = 15, 30  # room to trim to both sides; trimming seldom asks for another stretch
_LONGEST_S, _OVERLAP_S = 180, 5  # in one file, so that one is soon ready; a transition lies in one
_NAME = re.compile(r"(\d+)-(\d+)-(\d+)")
_UNFIT = ".unfit"  # an empty file: the frames of that stretch cannot be copied one for one
_STALE_S = 24 * 3600.0  # what is half made after so long was left by a killed program

_making = threading.Lock()


def previewed(paths: DataPaths, plan: RenderPlan, window: Window) -> RenderPlan:
    """A plan as the player reads it: the same frames, out of proxies where those cover all of a window."""
    if not any(is_far(recording.info) for recording in plan.recordings):
        return plan
    found = {}
    for recording, stretch in needed(plan, window).items():
        proxy = _covering(paths, recording, stretch) if is_far(recording.info) else None
        if proxy is not None:
            found[recording] = proxy
    return through_proxies(plan, found)


def missing(store: Store, paths: DataPaths, clip: Clip) -> list[tuple[Source, TimeRange]]:
    """The stretches of a clip's recordings that want a proxy and have none."""
    return [
        (source, stretch)
        for source in recordings_of(store, clip)
        if is_far(source.info)
        for stretch in _stretches(clip.ranges_of(source.asset_id), source.info.duration)
        if not _is_done(_folder(paths, source.fingerprint), stretch)
    ]


def make_proxies(
    paths: DataPaths,
    source: Source,
    stretch: TimeRange,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Make the proxy of a stretch unless it is there, and leave the processors to whoever wants them. Raises
    Cancelled, the faults of ffmpeg, and those of a full disk."""
    from viralclip_desktop.media.proxies import make_proxy
    from viralclip_desktop.media.run import in_background

    cancel, folder = cancel or CancelToken(), _folder(paths, source.fingerprint)
    with one_at_a_time(_making, cancel), in_background():
        if _is_done(folder, stretch):
            return
        try:
            with _building(folder) as file:
                first = make_proxy(
                    Path(source.path), source.info, stretch, file, progress=progress, cancel=cancel
                )
                if first is not None:
                    file.replace(folder / f"{_name(stretch, first)}.mp4")
                else:
                    (folder / f"{_name(stretch, ZERO)}{_UNFIT}").touch()
        except OSError as error:
            raise disk_fault(error, folder) from error
        _hold_limit(paths.cache / "proxies")


def _folder(paths: DataPaths, print_of_file: str) -> Path:
    return paths.cache / "proxies" / f"{print_of_file}-{_VERSION}"


@contextmanager
def _building(folder: Path) -> Iterator[Path]:
    file = folder / f"{new_id('proxy')}.partial"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _stretches(ranges: Sequence[TimeRange], duration: Time) -> list[TimeRange]:
    """Whole seconds around what plays, neighbours in one, long ones in several."""
    end_s, spans = math.ceil(duration.seconds), list[list[int]]()
    for one in sorted(ranges, key=lambda one: one.start):
        first = math.floor((one.start.seconds - _ROOM_S) / _GRID_S) * _GRID_S
        last = math.ceil((one.end.seconds + _ROOM_S) / _GRID_S) * _GRID_S
        first, last = max(0, first), min(end_s, last)
        if spans and first <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], last)
        elif first < last:
            spans.append([first, last])
    return [
        TimeRange.from_seconds(begin, min(last, begin + _LONGEST_S + _OVERLAP_S))
        for first, last in spans
        for begin in range(first, last, _LONGEST_S)
    ]


def _name(stretch: TimeRange, first: Time) -> str:
    """Start and end in seconds, and when its first frame really shows, in ticks."""
    return f"{_whole(stretch.start)}-{_whole(stretch.end)}-{first.ticks}"


def _whole(time: Time) -> int:
    return time.ticks // TICKS_PER_SECOND


def _is_done(folder: Path, stretch: TimeRange) -> bool:
    """Whether a stretch lies in one that was made, or could not be."""
    known = (kept for _, kept, _ in _kept(folder))
    return any(kept.start <= stretch.start and stretch.end <= kept.end for kept in known)


def _kept(folder: Path) -> Iterator[tuple[Path, TimeRange, Time]]:
    """The files of a recording: their stretches, and when their first frames show."""
    for file in folder.iterdir() if folder.is_dir() else ():
        named = _NAME.fullmatch(file.stem)
        if named is not None:
            begin_s, end_s, first = map(int, named.groups())
            yield file, TimeRange.from_seconds(begin_s, end_s), Time(first)


def _covering(paths: DataPaths, recording: Recording, stretch: TimeRange) -> Proxy | None:
    """A proxy that holds every frame which shows in a stretch: what begins and ends with its recording holds
    what shows before and after that."""
    duration = recording.info.duration
    for file, kept, first in _kept(_folder(paths, _print_of(recording.path))):
        begins = kept.start == ZERO or first <= stretch.start
        if begins and (stretch.end <= kept.end or duration <= kept.end) and file.suffix != _UNFIT:
            with suppress(OSError):
                os.utime(file)
                return Proxy(str(file), kept.start)
    return None


def _print_of(path: str) -> str:
    state = Path(path).stat()
    return _fingerprint(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=64)
def _fingerprint(path: str, _size: int, _changed_ns: int) -> str:
    return fingerprint(Path(path))


def _hold_limit(root: Path) -> None:
    """Remove what was unused for longest until the rest fits, and what a killed program left half made."""
    files = [file for file in root.glob("*/*") if file.is_file()]
    stale = time.time() - _STALE_S
    for file in files:
        if file.suffix == ".partial" and file.stat().st_mtime < stale:
            file.unlink(missing_ok=True)
    keep_within((file for file in files if file.suffix != ".partial"), _MOST_BYTES)
