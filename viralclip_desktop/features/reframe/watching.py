"""Watching a recording: small pictures and the sound through media, networks in a process of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.sight import Look
from viralclip_desktop.engines.vision import watching as worker
from viralclip_desktop.features.common.stretches import neighbours, one_at_a_time
from viralclip_desktop.features.reframe.kept import KeptSight
from viralclip_desktop.features.reframe.scenes import Seen
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.bad_input import check_readable
from viralclip_desktop.media.pictures import write_pictures
from viralclip_desktop.media.sides import side_levels
from viralclip_desktop.media.workdir import scratch

STAGE = "sight"
_LONG_SIDE_PX = 640  # a mouth of a person in a wide picture still has the 20 pixels that LR-ASD needs
_AT_ONCE = 6  # stretches decoded before they are looked at: half a minute, about 500 MB of pictures on disk
_DECODE_SHARE = 0.3  # of the time

_watching = threading.Lock()  # an opened clip's search and an export's want the same stretches: one waits


@dataclass(frozen=True, slots=True)
class Recording:
    """What is to be watched."""

    id: str
    path: Path
    info: MediaInfo
    fingerprint: str
    speech: Path | None
    """Its sound as 16 kHz mono wav in source time; None where there is none (then nobody can be told to
    speak)."""
    stereo: int | None = None
    """The stream index of that sound in the file, where it has a left and a right side."""


def seen_between(
    paths: DataPaths, recording: Recording, part: TimeRange, speed: Fraction = Fraction(1)
) -> Seen | None:
    """What is known of a part of a recording (source time); None unless all of it was watched. Never
    watches. A recording without a picture has nothing to be seen."""
    video = recording.info.video
    if video is None:
        return None
    kept = KeptSight.of(paths, recording.fingerprint, recording.info)
    looks: list[Look] = []
    stretches = kept.stretches(part)
    for stretch in stretches:
        read = kept.read(stretch)
        if read is None:
            return None
        looks += read
    begin = kept.looks_of(stretches[0])[0]
    first = kept.first_look(part.start)
    last = max(first, kept.first_look(max(part.start, part.end - Time(1))))
    return Seen(
        recording.id,
        video.size,
        part,
        kept.rate,
        first,
        tuple(looks[first - begin : last + 1 - begin]),
        speed,
    )


def watched(paths: DataPaths, recording: Recording, within: TimeRange) -> bool:
    """Whether all of a range of source time was watched already."""
    if recording.info.video is None:
        return True
    kept = KeptSight.of(paths, recording.fingerprint, recording.info)
    return all(kept.read(stretch) is not None for stretch in kept.stretches(within))


def watch(
    paths: DataPaths,
    recording: Recording,
    within: Sequence[TimeRange],
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Watch some ranges of source time, wherever that was not done yet.

    Takes about a third of their length. What is seen is kept as it comes: a run after a cancel or a crash
    goes on where it stopped. Raises BadInput where the recording is gone or cannot be decoded,
    EnvironmentLacks where the networks cannot be run or the disk is full, and Cancelled.
    """
    cancel = cancel or CancelToken()
    if recording.info.video is not None:
        kept = KeptSight.of(paths, recording.fingerprint, recording.info)
        with one_at_a_time(_watching, cancel):
            wanted = sorted({stretch for part in within for stretch in kept.stretches(part)})
            missing = [stretch for stretch in wanted if kept.read(stretch) is None]
            if missing:
                check_readable(recording.path)
                with scratch(paths.render_work) as folder:
                    _Run(
                        paths,
                        recording,
                        kept,
                        folder / "pictures.rgb",
                        _Meter(len(missing), progress),
                        cancel,
                    ).all(missing)
    progress(ProgressEvent(STAGE, 1.0))


@dataclass(frozen=True)
class _Run:
    paths: DataPaths
    recording: Recording
    kept: KeptSight
    pictures: Path
    meter: _Meter
    cancel: CancelToken

    def all(self, missing: Sequence[int]) -> None:
        for stretches in neighbours(missing, _AT_ONCE):
            self._look(stretches)
            self.meter.next(len(stretches))

    def _look(self, stretches: Sequence[int]) -> None:
        looks = [look for stretch in stretches for look in self.kept.looks_of(stretch)]
        lead = min(1, looks[0])  # the picture before tells whether the first one begins a scene
        start = Time.from_frames(looks[0] - lead, self.kept.rate)
        size = write_pictures(
            self.recording.path,
            self.recording.info,
            start,
            len(looks) + lead,
            self.pictures,
            rate=self.kept.rate,
            long_side_px=_LONG_SIDE_PX,
            told=lambda count: self.meter.within(_DECODE_SHARE * count / len(looks), len(stretches)),
            cancel=self.cancel,
        )
        answer = run_in_worker(
            worker.TARGET,
            worker.request(
                self.paths.models,
                self.pictures,
                size,
                rate=self.kept.rate,
                lead=lead,
                sound=self.recording.speech,
                sound_start=start,
                sides_db=self._sides(start, len(looks) + lead),
            ),
            cancel=self.cancel,
            progress=lambda event: self.meter.within(
                _DECODE_SHARE + (1 - _DECODE_SHARE) * (event.fraction or 0), len(stretches)
            ),
            on_message=self._keeper(stretches),
            name="face finder",
        )
        if answer["looks"] != len(looks):
            hint = "Check that the recording plays to its end."
            raise BadInput(
                say("Not all of the picture of {name} can be decoded.", name=self.recording.path.name), hint
            )

    def _sides(self, start: Time, count: int) -> list[float]:
        one = self.recording
        if one.stereo is None:
            return []
        rate, cancel = self.kept.rate, self.cancel
        return side_levels(one.path, one.info, one.stereo, start, count, rate=rate, cancel=cancel)

    def _keeper(self, stretches: Sequence[int]) -> Callable[[dict[str, Any]], None]:
        """Takes one look after the other and writes each stretch when it is whole."""
        todo, seen = list(stretches), list[Look]()

        def take(message: dict[str, Any]) -> None:
            seen.append(worker.look_from_json(message["look"]))
            if todo and len(seen) == len(self.kept.looks_of(todo[0])):
                self.kept.write(todo.pop(0), seen)
                seen.clear()

        return take


class _Meter:
    """Turns stretches into progress."""

    def __init__(self, stretches: int, progress: Progress) -> None:
        self._stretches, self._progress, self._done = stretches, progress, 0
        self._time_left = TimeLeft()

    def within(self, share: float, stretches: int) -> None:
        """A share of the next ``stretches`` is done."""
        whole = min(1.0, (self._done + share * stretches) / self._stretches)
        self._progress(ProgressEvent(STAGE, whole, "Looking for who speaks", self._time_left(whole)))

    def next(self, stretches: int) -> None:
        """All of them are."""
        self._done += stretches
