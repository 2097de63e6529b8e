"""A disk that is full, or goes away: it is told, nothing hangs, and what is there can be read."""

from __future__ import annotations

import errno
import io
import logging
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored
from support.command_line import make_services
from support.plain_jobs import kinds
from support.rendered import plan_of

from viralclip_desktop import app
from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.geometry import Resolution, Size
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.domain.exports import ExportSettings, SoundFormat, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.exporting.exporting import create_export, run_export
from viralclip_desktop.jobs.queue import JobQueue
from viralclip_desktop.media import encoders, render
from viralclip_desktop.media.faults import DiskFull
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store.database import Database

LONG_S = 60.0
X264 = encoders.named(encoders.FALLBACK)


FULL = EnvironmentLacks("The disk is full.", "Free some space.")


def test_the_end_of_a_job_is_told_although_it_cannot_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored.new_store(tmp_path) as store:
        full, store_job = threading.Event(), store.jobs.put

        def put(job: Job) -> None:
            if full.is_set():
                raise FULL
            store_job(job)

        def work(*_: object) -> dict[str, bool]:
            full.set()
            return {"done": True}

        monkeypatch.setattr(store.jobs, "put", put)
        queue = JobQueue(store.jobs, kinds({"work": work}))
        job = queue.submit(queue.kind("work"), {})
        assert queue.wait(job.id, LONG_S).state is WorkState.COMPLETED
        assert store.jobs.get(job.id).state is WorkState.RUNNING
        assert queue.list(active_only=True) == []
        full.clear()
        queue.poll()
        assert store.jobs.get(job.id).state is WorkState.COMPLETED, "stored as soon as it can be"
        assert queue.close()


def test_a_job_that_cannot_be_started_on_a_full_disk_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored.new_store(tmp_path) as store:
        queue = JobQueue(store.jobs, kinds({"work": lambda *_: {"done": True}}))

        def full(*_: object) -> None:
            raise FULL

        for name in ("claim", "put"):
            monkeypatch.setattr(store.jobs, name, full)
        ended = queue.wait(queue.submit(queue.kind("work"), {}).id, LONG_S)
        assert (ended.state, ended.error) == (WorkState.FAILED, "The disk is full.")
        assert queue.close()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "The disk is full."), (errno.EROFS, "The disk may not be written.")],
)
def test_wherever_a_write_of_ours_fails_the_disk_is_named(number: int, sentence: str, tmp_path: Path) -> None:
    def work(*_: object) -> dict[str, bool]:
        raise OSError(number, "somewhere deep")

    with stored.new_store(tmp_path) as store:
        queue = JobQueue(store.jobs, kinds({"work": work}))
        ended = queue.wait(queue.submit(queue.kind("work"), {}).id, LONG_S)
        assert (ended.error, ended.result["exit_code"]) == (sentence, EnvironmentLacks.exit_code)
        assert queue.close()


def test_a_picture_whose_file_cannot_be_closed_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullAtTheEnd(io.FileIO):
        def close(self) -> None:
            super().close()
            raise OSError(errno.ENOSPC, "No space left on device", self.name)

    open_file = Path.open

    def opened(path: Path, mode: str = "r", *rest: object, **how: object) -> object:
        return FullAtTheEnd(path, mode) if path.name == "picture.nut" else open_file(path, mode, *rest, **how)

    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0.2, 0.6)
    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(DiskFull):
        render.render_export(plan, Size(64, 36), tmp_path / "a.mp4", X264, tmp_path / "work")


@pytest.mark.parametrize("left", ["nothing", "a log of changes"])
def test_projects_can_be_read_where_nothing_can_be_written(
    left: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stored.new_store(tmp_path)
    stored.fill(first)
    if left == "nothing":
        first.close()

    def refuse(self: Database) -> None:
        raise FULL

    with monkeypatch.context() as full:
        full.setattr(Database, "_connect_for_writing", refuse)
        store = stored.new_store(tmp_path)
        assert store.clip("clip_1") == stored.clip()
        with pytest.raises(EnvironmentLacks, match="disk is full"), store.transaction("Edit", "proj_1") as tx:
            tx.put(replace(stored.clip(), title="Mine"))
        assert store.clip("clip_1") == stored.clip()
    with store.transaction("Edit", "proj_1") as tx:  # once there is room, without a new start
        tx.put(replace(stored.clip(), title="Mine"))
    assert store.clip("clip_1").title == "Mine"
    store.close()
    first.close()


def test_a_database_that_vanished_is_told(tmp_path: Path) -> None:
    with stored.new_store(tmp_path / "home") as store:
        stored.fill(store)
        shutil.rmtree(tmp_path / "home")
        edit = replace(stored.clip(), title="Mine")
        gone = pytest.raises(EnvironmentLacks, match="no longer where it was")
        with gone, store.transaction("Edit", "proj_1") as tx:
            tx.put(edit)


@pytest.mark.filterwarnings("error")
def test_the_log_says_nothing_where_it_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = app._LogFile(tmp_path / "gone" / "viralclip.log", delay=True)
    handler.handle(logging.makeLogRecord({"msg": "a bug", "levelno": logging.ERROR}))
    handler.close()
    assert capsys.readouterr().err == ""


def test_an_export_never_replaces_what_came_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = make_services(tmp_path / "home")
    store = services.store
    stored.fill(store)
    film = makers.make_video(tmp_path / "talk.mp4", 8.0)
    with store.transaction("Film", "proj_1") as tx:
        tx.put(stored.with_file(store.source("src_1"), path=str(film), info=probe(film)))
    orders = [
        ExportSettings(folder=str(tmp_path / "out"), resolution=Resolution.P720),
        ExportSettings(folder=str(tmp_path / "out"), audio_only=True, sound_format=SoundFormat.M4A),
    ]
    for settings in orders:
        order = create_export(store, services.paths, "clip_1", settings)
        wanted = Path(order.output_path)
        (tmp_path / "out").mkdir(exist_ok=True)
        came = lambda event, wanted=wanted: wanted.write_bytes(b"somebody's")  # noqa: E731
        done = run_export(store, services.paths, order.id, came, CancelToken())
        assert wanted.read_bytes() == b"somebody's"
        assert Path(done.output_path).name == f"{wanted.stem} 2{wanted.suffix}"
        assert Path(done.output_path).stat().st_size > 1000
        assert store.export(order.id).output_path == done.output_path
    assert not list((tmp_path / "out").glob("*.partial"))
    services.close()


def test_a_move_without_links_replaces_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError("not on this file system")

    monkeypatch.setattr("os.link", no_links)
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0.2, 0.6)
    out, other = tmp_path / "out" / "clip.mp4", tmp_path / "out" / "other.mp4"
    out.parent.mkdir()
    out.write_bytes(b"somebody's")
    made = render.render_export(
        plan, Size(64, 36), out, X264, tmp_path / "work", progress=ignore_progress, another=lambda: other
    )
    assert made.path == other
    assert out.read_bytes() == b"somebody's"
    assert {path.name for path in out.parent.iterdir()} == {"clip.mp4", "other.mp4"}
