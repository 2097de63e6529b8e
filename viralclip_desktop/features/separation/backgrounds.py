"""What is heard of a recording besides its voices, as a file. It is made by a worker process for the
stretches that are needed, and kept under the recording's content."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.files import keep_within, write_whole, written_beside
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress, staged
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.media import AudioStream, Source
from viralclip_desktop.engines.registry import SEPARATION
from viralclip_desktop.engines.separation import worker
from viralclip_desktop.engines.separation.base import SeparationSetup
from viralclip_desktop.engines.separation.worker import Wanted
from viralclip_desktop.features.common.provider_setups import setup_for
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.workdir import scratch

STAGE: Final = "separating"
_MOST_BYTES = 2_000_000_000  # of all that is kept: about six hours as FLAC; what is unused for longest goes
_FORMAT = 1  # of what is kept: another one when an engine here separates differently
_GRID: Final = Time.from_seconds(10)
"""Stretches begin and end on it: a clip that is trimmed by a word asks for nothing new."""
_NEAR: Final = Time.from_seconds(30)  # what lies closer together is one stretch
_AROUND: Final = Time.from_seconds(3)  # heard with a stretch, so that its ends are as good as the rest


@dataclass(frozen=True, slots=True)
class Separated:
    """The background of a recording, as a FLAC file. ``begins``: where it does in the recording's time.
    ``voice_left_db``: what is left in it of the voices, against what they were; ``voice_db``: how loud they
    are while they speak (full scale 1); both None where nobody does."""

    path: Path
    begins: Time
    separator: str
    voice_left_db: float | None = None
    voice_db: float | None = None


def separation_setup(services: Services) -> SeparationSetup:
    """What separators are built from here."""
    return setup_for(services, SEPARATION)


def chosen_separator(services: Services, wanted: str = "") -> str:
    """The id of a separator that can work here: the one that is wanted, else the best. Raises UsageError
    where there is none of that id, EnvironmentLacks where it cannot work here."""
    setup = separation_setup(services)
    if not wanted:
        return SEPARATION.best(setup).id
    problem = SEPARATION.make(wanted, setup).ready()
    if problem is not None:
        raise EnvironmentLacks(say("{name} cannot work here.", name=SEPARATION.info(wanted).name), problem)
    return wanted


def background_of(
    services: Services,
    source: Source,
    heard: Sequence[TimeRange],
    separator: str,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Separated | None:
    """The background of what is ``heard`` of a recording (in its own time), made now if it is not kept;
    silent elsewhere. None for a recording without sound, or of which nothing is heard. Raises Faults and
    Cancelled."""
    wanted = _stretches(heard, source.info.duration)
    if source.audio is None or not wanted:
        return None
    kept = _Kept(services, source, source.audio, tuple(wanted), separator)
    found = kept.found() or kept.made(progress, cancel or CancelToken())
    progress(ProgressEvent(STAGE, 1.0))
    return found


def _stretches(heard: Iterable[TimeRange], duration: Time) -> list[TimeRange]:
    """What has to be separated, in order and apart."""
    found: list[TimeRange] = []
    for one in sorted(heard, key=lambda one: one.start):
        start = Time(one.start.ticks // _GRID.ticks * _GRID.ticks)
        end = min(duration, Time(-(-one.end.ticks // _GRID.ticks) * _GRID.ticks))
        if found and start - found[-1].end < _NEAR:
            found[-1] = TimeRange(found[-1].start, max(found[-1].end, end))
        elif start < end:
            found.append(TimeRange(start, end))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What the separation told of the voices, decibels."""

    voice_left_db: float | None
    voice_db: float | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """The background of some stretches of a recording in ``cache/backgrounds``."""

    services: Services
    source: Source
    track: AudioStream
    stretches: tuple[TimeRange, ...]
    separator: str

    @property
    def file(self) -> Path:
        """Named by all that decides what is in it."""
        track = (self.track.index, str(self.track.channel_use))
        times = [(one.start.ticks, one.end.ticks) for one in self.stretches]
        what = repr((_FORMAT, self.source.fingerprint, track, self.separator, times))
        name = sha256(what.encode()).hexdigest()[:32]
        return self.services.paths.cache / "backgrounds" / f"{name}.flac"

    def found(self) -> Separated | None:
        """What was made before."""
        try:
            beside = self.file.with_suffix(".json")
            told = _Told(**read_json(beside.read_text("utf-8")))
            for path in (beside, self.file):
                os.utime(path)
            return self._separated(told)
        except (OSError, TypeError, *JSON_FAULTS):
            return None

    def made(self, progress: Progress, cancel: CancelToken) -> Separated:
        """Made now."""
        from viralclip_desktop.media.stereo import write_flac

        rate_hz = SEPARATION.make(self.separator, separation_setup(self.services)).rates_hz[0]
        try:
            with scratch(self.services.paths.render_work) as work:
                told = self._separate(work / "background.s16", rate_hz, progress, cancel)
                with written_beside(self.file) as partial:
                    write_flac(work / "background.s16", rate_hz, partial, cancel)
            write_whole(self.file.with_suffix(".json"), json.dumps(asdict(told)).encode())
        except OSError as error:
            raise disk_fault(error, self.file) from error
        keep_within(self.file.parent.iterdir(), _MOST_BYTES)
        return self._separated(told)

    def _separate(self, out: Path, rate_hz: int, progress: Progress, cancel: CancelToken) -> _Told:
        """The stretches, each at its place; the most that is told of any."""
        whole, done, found = sum(one.duration.ticks for one in self.stretches), 0, []
        for one in self.stretches:
            share = staged(progress, STAGE, done / whole, (done + one.duration.ticks) / whole)
            found.append(self._one(one, out, rate_hz, share, cancel))
            done += one.duration.ticks
        return _Told(
            max((one.voice_left_db for one in found if one.voice_left_db is not None), default=None),
            max((one.voice_db for one in found if one.voice_db is not None), default=None),
        )

    def _one(
        self, stretch: TimeRange, out: Path, rate_hz: int, progress: Progress, cancel: CancelToken
    ) -> _Told:
        from viralclip_desktop.media.stereo import write_samples

        duration = self.source.info.duration
        around = TimeRange(max(ZERO, stretch.start - _AROUND), min(duration, stretch.end + _AROUND))
        sound = out.with_suffix(".f32")
        write_samples(self.source, around, rate_hz, sound, cancel)
        wanted = Wanted(
            sound,
            rate_hz,
            first=(stretch.start - around.start).samples(rate_hz),
            count=stretch.duration.samples(rate_hz),
            background=out,
            at=(stretch.start - self.stretches[0].start).samples(rate_hz),
        )
        asked = worker.request(self.separator, separation_setup(self.services), wanted)
        answer = run_in_worker(worker.TARGET, asked, progress, cancel, name="voice separator")
        sound.unlink()
        return _Told(answer["voice_left_db"], answer["voice_db"])

    def _separated(self, told: _Told) -> Separated:
        begins = self.stretches[0].start
        return Separated(self.file, begins, self.separator, told.voice_left_db, told.voice_db)
