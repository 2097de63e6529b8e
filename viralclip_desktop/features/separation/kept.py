"""A recording's sound taken apart by a worker process: made for the stretches that are needed, and kept under
the recording's content."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.files import keep_within, write_whole, written_beside
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind, Stem
from viralclip_desktop.domain.media import AudioStream, Source
from viralclip_desktop.engines.provider import ProviderKind, ProviderSetup
from viralclip_desktop.engines.separation import worker
from viralclip_desktop.engines.separation.base import Separator
from viralclip_desktop.engines.separation.worker import Wanted
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.workdir import scratch

_MOST_BYTES = (
    2_000_000_000  # of all that is kept of a sort: six hours as FLAC; what is unused for longest goes
)
_FORMAT = 1  # of what is kept: another one when an engine here separates differently
_GRID: Final = Time.from_seconds(10)
"""Stretches begin and end on it: a clip that is trimmed by a word asks for nothing new."""
_NEAR: Final = Time.from_seconds(30)  # what lies closer together is one stretch
_AROUND: Final = Time.from_seconds(3)  # heard with a stretch, so that its ends are as good as the rest


@dataclass(frozen=True, slots=True)
class Separated:
    """One part of a recording's sound, as a FLAC file. ``begins``: where it does in the recording's time.
    ``voice_left_db``: what is left of the voices beside them, against what they were; ``voice_db``: how loud
    they are while they speak (full scale 1); both None where nobody does."""

    path: Path
    begins: Time
    separator: str
    voice_left_db: float | None = None
    voice_db: float | None = None


def stem_of(separated: Separated) -> Stem:
    """The same as plans have it. Raises BadInput where its file is gone."""
    asset = Asset(separated.path.stem, AssetKind.STEM, str(separated.path), info=examine(separated.path))
    return Stem(asset, separated.begins)


def stretches(heard: Iterable[TimeRange], duration: Time) -> tuple[TimeRange, ...]:
    """What has to be taken apart of a recording, in order and apart, for what is ``heard`` of it."""
    found: list[TimeRange] = []
    for one in sorted(heard, key=lambda one: one.start):
        start = Time(one.start.ticks // _GRID.ticks * _GRID.ticks)
        end = min(duration, Time(-(-one.end.ticks // _GRID.ticks) * _GRID.ticks))
        if found and start - found[-1].end < _NEAR:
            found[-1] = TimeRange(found[-1].start, max(found[-1].end, end))
        elif start < end:
            found.append(TimeRange(start, end))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the separation told of the voices, decibels."""

    voice_left_db: float | None
    voice_db: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the sound: ``folder`` in the cache holds it, and making it is the ``stage`` of its job.
    ``voice``: what is said, with so much of the rest as ``kept`` says (a share), else the rest alone."""

    folder: str
    stage: str
    voice: bool = False
    kept: float = 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """One part of the sound of some stretches of a recording, as an engine of a kind hears it."""

    paths: DataPaths
    source: Source
    track: AudioStream
    stretches: tuple[TimeRange, ...]
    part: Part
    kind: ProviderKind[Any, Separator]
    engine: str
    setup: ProviderSetup

    @property
    def file(self) -> Path:
        """Named by all that decides what is in it."""
        track = (self.track.index, str(self.track.channel_use))
        times = [(one.start.ticks, one.end.ticks) for one in self.stretches]
        more = [self.part.kept] if self.part.voice else []
        what = repr((_FORMAT, self.source.fingerprint, track, self.engine, times, *more))
        name = sha256(what.encode()).hexdigest()[:32]
        return self.paths.cache / self.part.folder / f"{name}.flac"

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
        """Made now. Raises Faults and Cancelled."""
        from viralclip_desktop.media.stereo import write_flac

        rate_hz = self.kind.make(self.engine, self.setup).rates_hz[0]
        try:
            with scratch(self.paths.render_work) as work:
                told = self._separate(work / "part.s16", rate_hz, progress, cancel)
                with written_beside(self.file) as partial:
                    write_flac(work / "part.s16", rate_hz, partial, cancel)
            write_whole(self.file.with_suffix(".json"), json.dumps(asdict(told)).encode())
        except OSError as error:
            raise disk_fault(error, self.file) from error
        keep_within(self.file.parent.iterdir(), _MOST_BYTES)
        return self._separated(told)

    def _separate(self, out: Path, rate_hz: int, progress: Progress, cancel: CancelToken) -> _Told:
        """The stretches, each at its place; the most that is told of any."""
        whole, done, found = sum(one.duration.ticks for one in self.stretches), 0, []
        for one in self.stretches:
            share = staged(progress, self.part.stage, done / whole, (done + one.duration.ticks) / whole)
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
            background=None if self.part.voice else out,
            voice=out if self.part.voice else None,
            at=(stretch.start - self.stretches[0].start).samples(rate_hz),
            kept=self.part.kept,
        )
        asked = worker.request(self.kind, self.engine, self.setup, wanted)
        answer = run_in_worker(worker.TARGET, asked, progress, cancel, name=self.kind.noun)
        sound.unlink()
        return _Told(answer["voice_left_db"], answer["voice_db"])

    def _separated(self, told: _Told) -> Separated:
        begins = self.stretches[0].start
        return Separated(self.file, begins, self.engine, told.voice_left_db, told.voice_db)
