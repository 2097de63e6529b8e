"""Proxies of a clip's recording: made once by a job, kept by content, used by the player alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.patience import LIMIT_S
from support.projects import add_project, make_recording, make_services
from support.rendered import NUMBERED, make_far_numbered, numbers

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.exporting.plans import plan_of
from viralclip_desktop.features.preview import exact_frame, open_preview, player_frame
from viralclip_desktop.features.preview import proxies as kept
from viralclip_desktop.features.preview.job import start_proxies
from viralclip_desktop.media.preview import PreviewVideo
from viralclip_desktop.media.render import frame_window


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


@pytest.fixture
def source(services: Services, tmp_path: Path) -> Source:
    return add_project(services, make_far_numbered(tmp_path / "far.mp4"), clips=2)


def first_clip(services: Services, source: Source) -> Clip:
    return min(services.store.clips(source.id), key=lambda clip: clip.rank)


def make(services: Services, clip: Clip) -> list[WorkState]:
    jobs = start_proxies(services, clip.id)
    return [services.jobs.wait(job.id, timeout_s=LIMIT_S).state for job in jobs]


def files(services: Services) -> list[Path]:
    return sorted((services.paths.cache / "proxies").rglob("*.*"))


def test_the_player_reads_the_proxy_once_it_is_there_and_shows_the_same(
    services: Services, source: Source
) -> None:
    clip = first_clip(services, source)
    plan = replace(plan_of(services.store, clip), words=(), aspect=clip.aspect)
    at, paths = Time.from_seconds(3.4), services.paths

    def read_from() -> list[Path]:
        shown = kept.previewed(paths, plan, frame_window(plan, at))
        return [Path(recording.path) for recording in shown.recordings]

    assert read_from() == [Path(source.path)]
    assert make(services, clip) == [WorkState.COMPLETED]
    (proxy,) = files(services)
    assert read_from() == [proxy]
    one, other = (
        np.frombuffer(frame(paths, plan, NUMBERED, at), np.uint8).reshape(1, 180, 320, 3)
        for frame in (exact_frame, player_frame)
    )
    assert numbers(one) == numbers(other)
    with open_preview(paths, plan, NUMBERED, Time.from_seconds(5.0)) as stream:
        frames = [one for one in stream if isinstance(one, PreviewVideo)]
    assert [frame.time for frame in frames] == [
        Time.from_frames(number, plan.fps) for number in range(150, plan.frame_count)
    ]


def test_it_is_made_once_and_the_export_reads_the_recording(services: Services, source: Source) -> None:
    clip = first_clip(services, source)
    assert make(services, clip) == [WorkState.COMPLETED]
    made = files(services)
    assert start_proxies(services, clip.id) == []
    other = max(services.store.clips(source.id), key=lambda clip: clip.rank)
    assert start_proxies(services, other.id) == [], "the same stretch of the same recording"
    assert files(services) == made
    assert [one.path for one in plan_of(services.store, clip).recordings] == [source.path]


def test_nothing_is_made_of_a_recording_with_near_keyframes(services: Services, tmp_path: Path) -> None:
    source = add_project(services, make_recording(tmp_path / "near.mp4", 8), clips=1)
    assert start_proxies(services, first_clip(services, source).id) == []
    assert files(services) == []


def test_one_that_was_stopped_is_not_begun_again_and_leaves_nothing(
    services: Services, source: Source
) -> None:
    clip = first_clip(services, source)
    services.jobs.pause("proxies")
    (job,) = start_proxies(services, clip.id)
    assert start_proxies(services, clip.id) == [job], "it is queued already"
    services.jobs.cancel(job.id)
    services.jobs.resume("proxies")
    assert services.jobs.wait(job.id, timeout_s=LIMIT_S).state is WorkState.CANCELLED
    assert start_proxies(services, clip.id) == []
    assert files(services) == []


def test_what_was_unused_for_longest_goes(
    services: Services, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = services.paths.cache / "proxies" / "another-1"
    folder.mkdir(parents=True)
    for name, age_s in (("0-60-0.mp4", 2e6), ("60-120-0.mp4", 1e6), ("proxy_left.partial", 2e6)):
        (folder / name).write_bytes(bytes(40_000_000))
        old = (folder / name).stat().st_mtime - age_s
        os.utime(folder / name, (old, old))
    monkeypatch.setattr(kept, "_MOST_BYTES", 60_000_000)
    assert make(services, first_clip(services, source)) == [WorkState.COMPLETED]
    assert [file.name for file in files(services) if file.parent == folder] == ["60-120-0.mp4"]
    assert len(files(services)) == 2


def test_stretches_have_room_to_trim_and_long_ones_come_in_several() -> None:
    hour = Time.from_seconds(3600.5)

    def spans(*ranges: tuple[float, float]) -> list[tuple[float, float]]:
        parts = [TimeRange.from_seconds(*one) for one in ranges]
        found = kept._stretches(parts, hour)
        return [(one.start.seconds, one.end.seconds) for one in found]

    assert spans((100, 140)) == [(60, 180)]
    assert spans((1, 20)) == [(0, 60)]
    assert spans((3590, 3600)) == [(3570, 3601)]
    assert spans((500, 520), (100, 140), (150, 170)) == [(60, 210), (480, 540)]
    assert spans((100, 500)) == [(60, 245), (240, 425), (420, 540)]
