"""Clips that appear while the main job still listens: through a recogniser in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.patience import LIMIT_S, patiently
from support.planted import long_talk
from support.projects import make_services
from support.spoken import end_s
from support.told import ALL_S, LENGTH_S, TALK, Told, make_long_recording

from viralclip_desktop.core.notices import Notice
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.so_far import provisional_clips
from viralclip_desktop.features.transcription import transcribe
from viralclip_desktop.features.workflows.main_job import (
    MAIN_JOB,
    find,
    import_recording,
    submit_main_job,
)

OPTIONS = MainJobOptions(count=6, min_length_s=12.0, max_length_s=60.0, stt="told")
FIRST_S, SECOND_S = 640.0, 1260.0


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_long_recording(tmp_path_factory.mktemp("recording") / "Long talk.mp4")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told(tmp_path / "told")
    told.install(monkeypatch)
    return told


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


def clips_of(services: Services) -> list[Clip]:
    return [clip for source in services.store.sources() for clip in services.store.clips(source.id)]


def shown(clips: list[Clip]) -> list[tuple[object, ...]]:
    return [(clip.rank, clip.range, clip.score, clip.title) for clip in clips]


def ended(services: Services, job: Job) -> Job:
    return services.jobs.wait(job.id, LIMIT_S)


def test_the_first_clips_stand_before_the_end_and_are_settled_then(
    services: Services, told: Told, recording: Path, tmp_path: Path
) -> None:
    messages: list[str] = []
    job = submit_main_job(services, recording, OPTIONS)
    services.jobs.listen(lambda moved: messages.append(moved.message))
    told.hear(FIRST_S)
    assert patiently(lambda: clips_of(services))
    first = clips_of(services)
    (source,) = services.store.sources()
    assert len(first) == 6
    assert all(clip.range.end.seconds < FIRST_S for clip in first)
    assert provisional_clips(services.store, source.id) == {clip.id for clip in first}
    assert patiently(
        lambda: set(services.jobs.get(job.id).result.get("clip_ids", ())) == {c.id for c in first}
    )
    assert services.jobs.get(job.id).state is WorkState.RUNNING
    told.hear(ALL_S)
    done = ended(services, job)
    assert done.state is WorkState.COMPLETED, done.details
    assert any("6 clips so far" in message for message in messages)
    settled = [services.store.clip(clip_id) for clip_id in MAIN_JOB.result_of(done).clip_ids]
    assert provisional_clips(services.store, source.id) == frozenset()
    assert [entry.label for entry in services.store.history(source.project_id)] == ["Find clips"]
    other = make_services(tmp_path / "other")
    try:
        once = _uninterrupted(other, recording)
    finally:
        other.close()
    assert shown(settled) == shown(once)


def _uninterrupted(services: Services, recording: Path) -> list[Clip]:
    """The clips of one run over the whole recording."""
    source = import_recording(services, recording, ignore_progress, CancelToken())
    transcribe(services, source.id, engine="told", progress=ignore_progress, cancel=CancelToken())
    return find(services, source.id, OPTIONS, ignore_progress, CancelToken())


def test_cancelled_in_the_middle_the_clips_stay_and_it_says_so(
    services: Services, told: Told, recording: Path
) -> None:
    notices: list[Notice] = []
    services.notices.listen(notices.append)
    job = submit_main_job(services, recording, OPTIONS)
    told.hear(FIRST_S)
    assert patiently(lambda: clips_of(services))
    first = clips_of(services)
    mine = editing.rename_clip(services.store, first[0].id, "Mine")
    services.jobs.cancel(job.id)
    assert ended(services, job).state is WorkState.CANCELLED
    assert [clip.id for clip in clips_of(services)] == [clip.id for clip in first]
    (said,) = [one for one in notices if one.message == "Listening stopped."]
    minutes = round(LENGTH_S / 60)
    assert said.hint == f"The 6 clips from the first 10 of {minutes} min stay. Try again to hear the rest."
    told.hear(ALL_S)
    services.jobs.retry(job.id)
    done = ended(services, job)
    assert done.state is WorkState.COMPLETED, done.details
    assert services.store.clip(mine.id).title == "Mine"
    assert mine.id in MAIN_JOB.result_of(done).clip_ids
    assert provisional_clips(services.store, mine.source_id) == frozenset()


def test_too_short_a_recording_shows_nothing_early(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = long_talk(2)
    told = Told(tmp_path / "told", talk, end_s(talk))
    told.install(monkeypatch)
    recording = make_long_recording(tmp_path / "Short.mp4", int(end_s(talk)) + 1)
    seen: list[int] = []
    services.store.changes.subscribe(lambda changes: seen.append(len(changes.ids("clip"))))
    told.hear(ALL_S)
    job = submit_main_job(services, recording, OPTIONS)
    assert ended(services, job).state is WorkState.COMPLETED
    assert len([count for count in seen if count]) == 1


PROGRAM = """
import sys
from pathlib import Path
from support.projects import make_services
from support.spoken import end_s
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.workflows.main_job import submit_main_job
services = make_services(Path(sys.argv[1]))
options = MainJobOptions(count=6, min_length_s=12.0, max_length_s=60.0, stt="told")
job = submit_main_job(services, Path(sys.argv[2]), options)
services.jobs.wait(job.id)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such kill there")
def test_killed_in_the_middle_it_goes_on_and_settles(tmp_path: Path, told: Told, recording: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), str(recording)], env=environ)
    looking = make_services(tmp_path)
    try:
        told.hear(FIRST_S)
        assert patiently(lambda: clips_of(looking) or program.poll() is not None)
        assert program.poll() is None
        first = clips_of(looking)
        mine = editing.rename_clip(looking.store, first[1].id, "Mine")
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        assert provisional_clips(looking.store, mine.source_id) == {c.id for c in first} - {mine.id}
        told.hear(ALL_S)
        (job,) = looking.jobs.resume_interrupted()
        done = ended(looking, job)
        assert done.state is WorkState.COMPLETED, done.details
        assert looking.store.clip(mine.id).title == "Mine"
        assert provisional_clips(looking.store, mine.source_id) == frozenset()
        assert len(looking.store.sources()) == 1
        words = looking.store.transcript(mine.source_id).words
        assert [word.text for word in words] == [word.text for word in TALK.words]
    finally:
        program.kill()
        program.wait()
        looking.close()
