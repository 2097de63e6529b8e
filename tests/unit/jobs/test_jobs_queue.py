"""The queue: states, progress, cancel, retry, resume; across lanes, processes and restarts."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import stored
from support.plain_jobs import kinds

from viralclip_desktop.core.errors import BadInput, Cancelled, NotFound, UsageError
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.kinds import Update
from viralclip_desktop.jobs.owner import is_alive, this_process
from viralclip_desktop.jobs.queue import JobQueue
from viralclip_desktop.store import Store

LONG_S = 20.0  # nothing waits this long unless it is broken
DEAD = (2**22 + 1, 1.0)  # above Linux's largest process id


class Stage:
    """A handler whose steps the test decides."""

    def __init__(self) -> None:
        self.started, self.go_on = threading.Event(), threading.Event()
        self.runs: list[Job] = []

    def __call__(self, job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        self.runs.append(job)
        self.started.set()
        off = cancel.on_cancel(self.go_on.set)
        self.go_on.wait(LONG_S)
        off()
        cancel.raise_if_cancelled()
        return {"done": job.payload}


def add_up(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
    progress(ProgressEvent("adding", 0.5, "halfway"))
    return {"sum": sum(job.payload["numbers"])}


def fail(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
    raise BadInput("The file is empty.", "Choose another one.", "0 bytes")


def crash(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
    return {"never": 1 / 0}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        yield store


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def make_queue(store: Store, stage: Stage) -> Iterator[Callable[..., JobQueue]]:
    queues: list[JobQueue] = []

    def make(**options: Any) -> JobQueue:
        handlers = {
            "add": add_up,
            "fail": fail,
            "crash": crash,
            "stage": stage,
            **options.pop("handlers", {}),
        }
        queues.append(JobQueue(store.jobs, kinds(handlers, {"stage": "slow"}), **options))
        return queues[-1]

    yield make
    for queue in queues:
        assert queue.close(cancel_running=True)
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("jobs-")]
    assert left == []


@pytest.fixture
def queue(make_queue: Callable[..., JobQueue]) -> JobQueue:
    return make_queue()


def test_a_job_runs_and_its_result_is_kept(queue: JobQueue, store: Store) -> None:
    job = queue.submit(queue.kind("add"), {"numbers": [1, 2, 3]}, "proj_1")
    assert (job.state, job.project_id) == (WorkState.QUEUED, "proj_1")
    done = queue.wait(job.id, LONG_S)
    assert done.state is WorkState.COMPLETED
    assert (done.result, done.fraction, done.attempts) == ({"sum": 6}, 1.0, 1)
    assert store.jobs.get(job.id) == done
    states = [state for _, state, _ in store.jobs.events(job.id)]
    assert states == [WorkState.QUEUED, WorkState.RUNNING, WorkState.COMPLETED]


def test_a_known_trouble_is_told_as_it_is(queue: JobQueue) -> None:
    failed = queue.wait(queue.submit(queue.kind("fail"), {}).id, LONG_S)
    assert failed.state is WorkState.FAILED
    assert (failed.error, failed.hint, failed.details) == (
        "The file is empty.",
        "Choose another one.",
        "0 bytes",
    )


@pytest.mark.logs_errors
def test_our_own_bug_is_told_kindly_and_logged_whole(
    queue: JobQueue, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        failed = queue.wait(queue.submit(queue.kind("crash"), {}).id, LONG_S)
    assert failed.error == "Something went wrong inside ViralClip."
    assert "ZeroDivisionError" in failed.details
    assert "ZeroDivisionError" in caplog.text


def test_an_unknown_kind_is_a_bug(queue: JobQueue) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        queue.submit(queue.kind("nonsense"), {})
    with pytest.raises(NotFound):
        queue.wait("job_nowhere", 1.0)


def test_cancelling_a_running_job(queue: JobQueue, stage: Stage) -> None:
    job = queue.submit(queue.kind("stage"), {})
    assert stage.started.wait(LONG_S)
    queue.cancel(job.id)
    assert queue.wait(job.id, LONG_S).state is WorkState.CANCELLED


def test_cancelling_a_queued_job_keeps_it_from_running(queue: JobQueue, stage: Stage) -> None:
    first = queue.submit(queue.kind("stage"), {"number": 1})
    second = queue.submit(queue.kind("stage"), {"number": 2})
    assert stage.started.wait(LONG_S)
    assert queue.cancel(second.id).state is WorkState.CANCELLED
    stage.go_on.set()
    assert queue.wait(first.id, LONG_S).state is WorkState.COMPLETED
    assert queue.close()
    assert [job.payload["number"] for job in stage.runs] == [1]


def test_a_handler_that_breaks_because_it_was_cancelled_is_cancelled(
    make_queue: Callable[..., JobQueue],
) -> None:
    started = threading.Event()

    def killed(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        started.set()
        cancel.wait(LONG_S)
        raise BadInput("ffmpeg ended with code 255.")

    queue = make_queue(handlers={"killed": killed})
    job = queue.submit(queue.kind("killed"), {})
    assert started.wait(LONG_S)
    queue.cancel(job.id)
    ended = queue.wait(job.id, LONG_S)
    assert (ended.state, ended.error) == (WorkState.CANCELLED, "")


def test_cancel_asked_by_another_process(queue: JobQueue, store: Store, stage: Stage, tmp_path: Path) -> None:
    job = queue.submit(queue.kind("stage"), {})
    assert stage.started.wait(LONG_S)
    with stored.new_store(tmp_path) as other:
        elsewhere = JobQueue(other.jobs, kinds({"stage": stage}))
        assert elsewhere.cancel(job.id).state is WorkState.RUNNING
        assert elsewhere.wait(job.id, LONG_S).state is WorkState.CANCELLED
    assert queue.wait(job.id, LONG_S).state is WorkState.CANCELLED


def test_retry_runs_the_same_job_again(make_queue: Callable[..., JobQueue]) -> None:
    outcomes: list[Any] = [BadInput("Not yet."), {"ok": True}]

    def second_time(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        update(project_id="proj_9", result={"half": 1})
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return dict(outcome)

    queue = make_queue(handlers={"second": second_time})
    job = queue.submit(queue.kind("second"), {})
    assert queue.wait(job.id, LONG_S).state is WorkState.FAILED
    assert queue.get(job.id).result == {"half": 1, "exit_code": BadInput.exit_code}
    assert queue.retry(job.id).error == ""
    done = queue.wait(job.id, LONG_S)
    assert (done.state, done.attempts, done.error) == (WorkState.COMPLETED, 2, "")
    assert (done.project_id, done.result) == ("proj_9", {"half": 1, "ok": True})
    with pytest.raises(UsageError):
        queue.retry(job.id)


def test_progress_reaches_listeners_with_stage_and_time_left(make_queue: Callable[..., JobQueue]) -> None:
    clock = stored.Clock(100.0)

    def work(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        for step in range(1000):
            clock.now += 0.002
            progress(ProgressEvent("render", step / 1000, "rendering", time_left_s=5.0))
        return {}

    queue = make_queue(handlers={"work": work}, clock=clock)
    told: list[Job] = []
    stop = queue.listen(told.append)
    job = queue.submit(queue.kind("work"), {})
    assert queue.wait(job.id, LONG_S).state is WorkState.COMPLETED
    queue.close()
    stop()
    running = [update for update in told if update.state is WorkState.RUNNING and update.stage == "render"]
    assert 30 <= len(running) <= 45  # two seconds of work at twenty a second
    assert all(update.time_left_s == 5.0 for update in running)
    assert [update.fraction for update in running] == sorted(update.fraction for update in running)
    assert told[0].state is WorkState.QUEUED
    assert told[-1].state is WorkState.COMPLETED


@pytest.mark.logs_errors
def test_progress_is_stored_rarely_and_a_failing_listener_harms_nobody(
    make_queue: Callable[..., JobQueue], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, puts = stored.Clock(100.0), []
    put = store.jobs.put
    monkeypatch.setattr(store.jobs, "put", lambda job: (puts.append(job), put(job)))

    def work(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        for step in range(1000):
            clock.now += 0.002
            progress(ProgressEvent("render", step / 1000))
        return {}

    queue = make_queue(handlers={"work": work}, clock=clock)
    queue.listen(lambda job: 1 / 0)
    assert queue.wait(queue.submit(queue.kind("work"), {}).id, LONG_S).state is WorkState.COMPLETED
    assert len(puts) <= 12  # two seconds at four a second, the first, the last


def test_lanes_run_side_by_side_and_each_in_order(make_queue: Callable[..., JobQueue], stage: Stage) -> None:
    queue = make_queue()
    slow = [queue.submit(queue.kind("stage"), {"number": number}) for number in range(3)]
    assert stage.started.wait(LONG_S)
    assert (
        queue.wait(queue.submit(queue.kind("add"), {"numbers": [1]}).id, LONG_S).state is WorkState.COMPLETED
    )
    assert [job.state for job in queue.list(active_only=True)] == [
        WorkState.RUNNING,
        WorkState.QUEUED,
        WorkState.QUEUED,
    ]
    stage.go_on.set()
    for job in slow:
        queue.wait(job.id, LONG_S)
    assert [job.payload["number"] for job in stage.runs] == [0, 1, 2]
    assert len(queue.list()) == 4


def test_several_workers_in_a_lane(make_queue: Callable[..., JobQueue]) -> None:
    together = threading.Barrier(2, timeout=LONG_S)

    def meet(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        together.wait()
        return {}

    queue = make_queue(handlers={"meet": meet}, lane_workers={"work": 2})
    jobs = [queue.submit(queue.kind("meet"), {}) for _ in range(2)]
    assert {queue.wait(job.id, LONG_S).state for job in jobs} == {WorkState.COMPLETED}


def test_closing_leaves_work_to_be_resumed(
    make_queue: Callable[..., JobQueue], store: Store, stage: Stage
) -> None:
    queue = make_queue()
    jobs = [queue.submit(queue.kind("stage"), {"number": number}) for number in range(2)]
    assert stage.started.wait(LONG_S)
    assert queue.close()
    assert [job.state for job in store.jobs.list()] == [WorkState.QUEUED, WorkState.QUEUED]
    with pytest.raises(RuntimeError, match="closed"):
        queue.submit(queue.kind("add"), {})

    again = make_queue()
    stage.go_on.set()
    assert [job.id for job in again.resume_interrupted()] == [job.id for job in jobs]
    done = [again.wait(job.id, LONG_S) for job in jobs]
    assert [(job.state, job.attempts) for job in done] == [(WorkState.COMPLETED, 1)] * 2
    assert again.resume_interrupted() == []


def test_closing_with_cancel(make_queue: Callable[..., JobQueue], store: Store, stage: Stage) -> None:
    queue = make_queue()
    for number in range(2):
        queue.submit(queue.kind("stage"), {"number": number})
    assert stage.started.wait(LONG_S)
    assert queue.close(cancel_running=True)
    assert [job.state for job in store.jobs.list()] == [WorkState.CANCELLED, WorkState.CANCELLED]


def test_what_a_dead_process_left_is_resumed(queue: JobQueue, store: Store) -> None:
    for name in ("job_a", "job_b"):
        store.jobs.add(Job(name, "add", {"numbers": [4]}, created_at=1.0), DEAD)
    store.jobs.claim("job_a", DEAD)
    assert [job.id for job in queue.resume_interrupted()] == ["job_a", "job_b"]
    assert queue.wait("job_a", LONG_S).state is WorkState.COMPLETED
    assert queue.wait("job_b", LONG_S).state is WorkState.COMPLETED


def test_what_another_process_works_on_is_left_alone(queue: JobQueue, store: Store) -> None:
    store.jobs.add(Job("job_a", "add", {"numbers": [4]}), this_process())
    store.jobs.claim("job_a", this_process())
    store.jobs.add(Job("job_b", "unknown here", {}), DEAD)
    assert queue.resume_interrupted() == []
    assert store.jobs.get("job_a").state is WorkState.RUNNING


def test_a_job_that_keeps_ending_the_program_is_not_started_again(queue: JobQueue, store: Store) -> None:
    store.jobs.add(Job("job_a", "add", {"numbers": [4]}, attempts=2), DEAD)
    store.jobs.claim("job_a", DEAD)
    assert queue.resume_interrupted() == []
    assert queue.get("job_a").state is WorkState.FAILED
    queue.retry("job_a")
    assert queue.wait("job_a", LONG_S).state is WorkState.COMPLETED


def test_a_job_cancelled_while_its_process_died_stays_cancelled(queue: JobQueue, store: Store) -> None:
    store.jobs.add(Job("job_a", "add", {"numbers": [4]}), DEAD)
    store.jobs.claim("job_a", DEAD)
    assert store.jobs.request_cancel("job_a").state is WorkState.RUNNING
    assert queue.resume_interrupted() == []
    assert queue.get("job_a").state is WorkState.CANCELLED


def test_only_one_process_gets_an_orphan(store: Store) -> None:
    store.jobs.add(Job("job_a", "add", {}), DEAD)
    assert store.jobs.adopt("job_a", DEAD, (1, 1.0)) is not None
    assert store.jobs.adopt("job_a", DEAD, (2, 2.0)) is None
    assert store.jobs.claim("job_a", (2, 2.0)) is None
    assert store.jobs.claim("job_a", (1, 1.0)) is not None


def test_who_is_alive() -> None:
    assert is_alive(this_process())
    assert this_process()[0] == os.getpid()
    assert not is_alive(None)
    assert not is_alive(DEAD)
    assert not is_alive((os.getpid(), 12.0))


def test_a_handler_may_say_what_it_knows_early(make_queue: Callable[..., JobQueue], store: Store) -> None:
    told, go_on = threading.Event(), threading.Event()

    def work(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        update(project_id="proj_7", result={"source_id": "src_7"})
        told.set()
        go_on.wait(LONG_S)
        return {"clip_ids": ["clip_1"]}

    queue = make_queue(handlers={"work": work})
    job = queue.submit(queue.kind("work"), {})
    assert told.wait(LONG_S)
    assert (queue.get(job.id).project_id, store.jobs.get(job.id).project_id) == ("proj_7", "proj_7")
    go_on.set()
    assert queue.wait(job.id, LONG_S).result == {"source_id": "src_7", "clip_ids": ["clip_1"]}


def test_a_raised_cancel_without_anybody_asking(make_queue: Callable[..., JobQueue]) -> None:
    def work(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        raise Cancelled

    queue = make_queue(handlers={"work": work})
    assert queue.wait(queue.submit(queue.kind("work"), {}).id, LONG_S).state is WorkState.CANCELLED


def test_reports_after_the_end_are_dropped(make_queue: Callable[..., JobQueue]) -> None:
    kept: list[Progress] = []

    def work(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> dict[str, Any]:
        kept.append(progress)
        return {}

    queue = make_queue(handlers={"work": work})
    done = queue.wait(queue.submit(queue.kind("work"), {}).id, LONG_S)
    kept[0](ProgressEvent("late", 0.1))
    assert queue.get(done.id) == replace(done)


def test_a_paused_lane_finishes_what_runs_and_starts_nothing(queue: JobQueue, stage: Stage) -> None:
    running = queue.submit(queue.kind("stage"), {"n": 1})
    assert stage.started.wait(LONG_S)
    waiting = queue.submit(queue.kind("stage"), {"n": 2})
    queue.pause("slow")
    assert queue.paused("slow")
    stage.go_on.set()
    assert queue.wait(running.id, LONG_S).state is WorkState.COMPLETED
    later = queue.submit(queue.kind("stage"), {"n": 3})
    assert (
        queue.wait(queue.submit(queue.kind("add"), {"numbers": [1]}).id, LONG_S).state is WorkState.COMPLETED
    )
    assert [queue.get(job.id).state for job in (waiting, later)] == [WorkState.QUEUED] * 2
    queue.resume("slow")
    for job in (waiting, later):
        assert queue.wait(job.id, LONG_S).state is WorkState.COMPLETED
    assert [run.payload["n"] for run in stage.runs] == [1, 2, 3]


def test_a_job_of_a_paused_lane_can_be_cancelled(queue: JobQueue, stage: Stage) -> None:
    queue.pause("slow")
    job = queue.submit(queue.kind("stage"), {})
    queue.cancel(job.id)
    queue.resume("slow")
    assert queue.wait(job.id, LONG_S).state is WorkState.CANCELLED
    assert stage.runs == []
