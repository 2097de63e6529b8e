"""Looking for faces: small pictures twice a second, a finder in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft, ignore_progress
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import Source
from viralclip_desktop.engines.registry import VISION
from viralclip_desktop.engines.vision import worker
from viralclip_desktop.engines.vision.base import VisionSetup
from viralclip_desktop.features.common.stretches import neighbours, one_at_a_time
from viralclip_desktop.features.faces.kept import LOOKS, RATE, KeptFaces
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.bad_input import check_readable
from viralclip_desktop.media.pictures import write_pictures
from viralclip_desktop.media.workdir import scratch

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

STAGE = "faces"
_LONG_SIDE_PX = 480  # a face of a twelfth of the picture's height still has the 20 pixels that finders need
_AT_ONCE = 12  # stretches decoded before they are looked at: two minutes, about 100 MB of pictures
_DECODE_SHARE = 0.5  # of the time, between a large film and a small one

_looking = threading.Lock()  # a preview's search and an export's want the same stretches: the second waits


@dataclass(frozen=True, slots=True)
class FacesKnown:
    """What is known of a range: looks in order (source time), and whether all of it was looked at."""

    seen: tuple[FacesSeen, ...]
    whole: bool


def finder_here(paths: DataPaths) -> str:
    """The id of the face finder that is used here. Raises EnvironmentLacks when there is none."""
    return VISION.best(VisionSetup(paths.models)).id


def faces_between(paths: DataPaths, source: Source, within: TimeRange) -> FacesKnown:
    """The faces of a range of source time as far as they are known. Never looks at the recording; a source
    without pictures has none. Raises EnvironmentLacks where no face finder works."""
    if source.info.video is None:
        return FacesKnown((), whole=True)
    kept = KeptFaces.of(paths, source, finder_here(paths))
    read = [kept.read(stretch) for stretch in kept.stretches(within)]
    return FacesKnown(tuple(look for seen in read if seen for look in seen), None not in read)


def find_faces(
    store: Store,
    paths: DataPaths,
    source_id: str,
    within: TimeRange,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> tuple[FacesSeen, ...]:
    """Look for faces in a range of source time, twice a second, wherever that was not done yet.

    Takes a while. What is found is kept as it comes: a run after a cancel or a crash goes on where it
    stopped. Raises BadInput where the recording is gone or cannot be decoded, EnvironmentLacks where no face
    finder works or the disk is full, and Cancelled.
    """
    source, cancel = store.source(source_id), cancel or CancelToken()
    if source.info.video is not None:
        finder = finder_here(paths)
        with one_at_a_time(_looking, cancel):
            kept = KeptFaces.of(paths, source, finder)
            missing = [stretch for stretch in kept.stretches(within) if kept.read(stretch) is None]
            if missing:
                check_readable(Path(source.path))
                _Search(paths, source, finder, kept, _Meter(len(missing) * LOOKS, progress), cancel).run(
                    missing
                )
    progress(ProgressEvent(STAGE, 1.0))
    return faces_between(paths, source, within).seen


@dataclass(frozen=True)
class _Search:
    """One run of a finder over some stretches of a source."""

    paths: DataPaths
    source: Source
    finder: str
    kept: KeptFaces
    meter: _Meter
    cancel: CancelToken

    def run(self, missing: Sequence[int]) -> None:
        with scratch(self.paths.render_work) as folder:
            for stretches in neighbours(missing, _AT_ONCE):
                self._look(stretches, folder / "pictures.rgb")

    def _look(self, stretches: Sequence[int], pictures: Path) -> None:
        times = [at for stretch in stretches for at in self.kept.times(stretch)]
        size = write_pictures(
            Path(self.source.path),
            self.source.info,
            times[0],
            len(times),
            pictures,
            rate=RATE,
            long_side_px=_LONG_SIDE_PX,
            told=self.meter.decoded,
            cancel=self.cancel,
        )
        answer = run_in_worker(
            worker.TARGET,
            worker.request(self.finder, VisionSetup(self.paths.models), pictures, size),
            cancel=self.cancel,
            on_message=self._keeper(stretches),
            name="face finder",
        )
        if answer["pictures"] != len(times):
            hint = "Check that the recording plays to its end."
            raise BadInput(
                say("Not all of the picture of “{title}” can be decoded.", title=self.source.title), hint
            )
        self.meter.next(len(times))

    def _keeper(self, stretches: Sequence[int]) -> Callable[[dict[str, Any]], None]:
        """Takes the faces of one picture after the other and writes each stretch when it is whole."""
        todo, seen = iter(stretches), list[FacesSeen]()
        now = next(todo)
        times = self.kept.times(now)

        def take(message: dict[str, Any]) -> None:
            nonlocal now, times
            seen.append(FacesSeen(times[len(seen)], tuple(map(worker.face_from_json, message["faces"]))))
            self.meter.looked_at()
            if len(seen) == len(times):
                self.kept.write(now, seen)
                seen.clear()
                now = next(todo, now)
                times = self.kept.times(now)

        return take


class _Meter:
    """Turns pictures, decoded and then looked at, into progress."""

    def __init__(self, pictures: int, progress: Progress) -> None:
        self._pictures, self._progress = pictures, progress
        self._before = self._decoded = self._looked_at = 0
        self._time_left = TimeLeft()

    def decoded(self, count: int) -> None:
        """``count`` pictures of this part are there."""
        if count > self._decoded:
            self._decoded = count
            self._tell()

    def looked_at(self) -> None:
        """One more was looked at."""
        self._looked_at += 1
        self._tell()

    def next(self, count: int) -> None:
        """A part of ``count`` pictures is done."""
        self._before, self._decoded, self._looked_at = self._before + count, 0, 0

    def _tell(self) -> None:
        done = self._before + _DECODE_SHARE * self._decoded + (1 - _DECODE_SHARE) * self._looked_at
        share = min(1.0, done / self._pictures)
        self._progress(ProgressEvent(STAGE, share, "Looking for faces", self._time_left(share)))
