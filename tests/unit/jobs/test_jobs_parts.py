"""Jobs of parts and stages, jobs that wait for others or for a time, pausing, the time left of all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support import stored
from support.patience import patiently
from support.plain_jobs import kind
from support.stored import Clock

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs import parts as jobs_parts
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.jobs.queue import JobQueue
from viralclip_desktop.store import Store

LONG_S = 20.0
DEAD = (2**22 + 1, 1.0)  # above Linux's largest process id


@dataclass(frozen=True)
class Dub:
    languages: list[str]


@dataclass(frozen=True)
class Dubbed:
    states: dict[str, str]


@dataclass(frozen=True)
class Language:
    code: str


@dataclass(frozen=True)
class Spoken:
    words: int


class Bench:
    """A parent kind with a part for each language; the parts do what the test says."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.does: dict[str, Callable[[JobContext], int]] = {}
        self.language = JobKind("language", "parts", Language, Spoken, self._speak)
        self.dub = JobKind("dub", "dubs", Dub, Dubbed, self._dub)

    def _speak(self, _services: Any, request: Language, context: JobContext) -> Spoken:
        self.ran.append(request.code)
        return Spoken(self.does.get(request.code, lambda _context: 1)(context))

    def _dub(self, _services: Any, request: Dub, context: JobContext) -> Dubbed:
        parts = [context.part(self.language, Language(code)) for code in request.languages]
        ended = context.wait(parts)
        failed = [job for job in ended if job.state is WorkState.FAILED]
        if failed:
            raise BadInput(failed[0].error)
        return Dubbed({self.language.request_of(job).code: str(job.state) for job in ended})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        yield store


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def make_queue(store: Store, bench: Bench) -> Iterator[Callable[..., JobQueue]]:
    queues: list[JobQueue] = []

    def make(*kinds: JobKind[Any, Any], **options: Any) -> JobQueue:
        queues.append(JobQueue(store.jobs, [bench.dub, bench.language, *kinds], **options))
        return queues[-1]

    yield make
    for queue in queues:
        assert queue.close(cancel_running=True)


def test_a_job_is_the_sum_of_its_parts(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    half, go_on = threading.Event(), threading.Event()

    def wait_halfway(context: JobContext) -> int:
        context.progress(ProgressEvent("speak", 0.5, "half of it"))
        half.set()
        go_on.wait(LONG_S)
        return 1

    bench.does["th"] = wait_halfway
    queue = make_queue()
    seen: list[float] = []
    queue.listen(lambda job: seen.append(job.fraction) if bench.dub.is_of(job) else None)
    job = queue.submit(bench.dub, Dub(["id", "th"]), "proj_1")
    assert half.wait(LONG_S)
    assert patiently(lambda: {0.5, 0.75} & set(seen))
    go_on.set()
    done = queue.wait(job.id, LONG_S)
    assert bench.dub.result_of(done).states == {"id": "completed", "th": "completed"}
    assert seen == sorted(seen)
    assert [(part.parent_id, part.project_id) for part in queue.children(job.id)] == [(job.id, "proj_1")] * 2


def test_a_job_says_what_its_only_part_says(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    told, go_on = threading.Event(), threading.Event()

    def tell(context: JobContext) -> int:
        context.progress(ProgressEvent("speak", 0.5, "half of it", 42.0, "the last words"))
        told.set()
        go_on.wait(LONG_S)
        return 1

    bench.does["th"] = tell
    queue = make_queue()
    job = queue.submit(bench.dub, Dub(["th"]), "proj_1")
    assert told.wait(LONG_S)
    assert patiently(lambda: queue.get(job.id).heard == "the last words")
    now = queue.get(job.id)
    assert (now.message, now.time_left_s) == ("half of it", 42.0)
    go_on.set()
    assert queue.wait(job.id, LONG_S).heard == ""


def test_while_parts_work_the_database_is_not_asked_for_each_report(
    make_queue: Callable[..., JobQueue], bench: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = SimpleNamespace(monotonic=lambda: 0.0)  # nothing is looked up for its age
    monkeypatch.setattr(jobs_parts, "time", still)
    reports, asked, get = 60, list[str](), store.jobs.get
    seen = list[float]()

    def report(context: JobContext) -> int:
        for number in range(reports):
            context.progress(ProgressEvent(f"line {number}", number / reports))
        assert patiently(lambda: max(seen, default=0) > 0.25), "the parent follows"
        return 1

    def counted(job_id: str) -> Job:
        asked.append(job_id)
        return get(job_id)

    bench.does["id"] = report
    queue = make_queue()
    queue.listen(lambda job: seen.append(job.fraction) if bench.dub.is_of(job) else None)
    monkeypatch.setattr(store.jobs, "get", counted)
    job = queue.submit(bench.dub, Dub(["id", "th"]), "proj_1")
    assert queue.wait(job.id).state is WorkState.COMPLETED
    of_parts = [job_id for job_id in asked if job_id != job.id]
    assert len(of_parts) < 20, f"{reports} reports"


def test_tried_again_only_what_failed_is_done_again(
    make_queue: Callable[..., JobQueue], bench: Bench
) -> None:
    outcomes = iter([BadInput("No voice for Thai."), 3])

    def second_time(_context: JobContext) -> int:
        outcome = next(outcomes)
        if isinstance(outcome, BadInput):
            raise outcome
        return outcome

    bench.does["th"] = second_time
    queue = make_queue()
    job = queue.submit(bench.dub, Dub(["id", "th"]))
    failed = queue.wait(job.id, LONG_S)
    assert (failed.state, failed.error) == (WorkState.FAILED, "No voice for Thai.")
    queue.retry(job.id)
    assert queue.wait(job.id, LONG_S).state is WorkState.COMPLETED
    assert bench.ran == ["id", "th", "th"]


def test_cancelling_a_job_cancels_its_parts(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    begun = threading.Event()

    def wait(context: JobContext) -> int:
        begun.set()
        context.cancel.wait(LONG_S)
        context.cancel.raise_if_cancelled()
        return 0

    bench.does["id"] = wait
    queue = make_queue()
    job = queue.submit(bench.dub, Dub(["id", "th"]))
    assert begun.wait(LONG_S)
    queue.cancel(job.id)
    assert queue.wait(job.id, LONG_S).state is WorkState.CANCELLED
    states = {queue.wait(part.id, LONG_S).state for part in queue.children(job.id)}
    assert states == {WorkState.CANCELLED}


def test_a_job_does_not_wait_for_its_own_lane(make_queue: Callable[..., JobQueue]) -> None:
    same: Any = JobKind("same", "dubs", dict[str, Any], dict[str, Any], lambda *_: {})

    def run(_services: Any, _request: dict[str, Any], context: JobContext) -> dict[str, Any]:
        with pytest.raises(ValueError, match="own lane"):
            context.part(same, {})
        return {}

    outer: Any = JobKind("outer", "dubs", dict[str, Any], dict[str, Any], run)
    queue = make_queue(same, outer)
    assert queue.wait(queue.submit(outer, {}).id, LONG_S).state is WorkState.COMPLETED


def test_after_a_failure_it_goes_on_after_the_last_finished_stage(
    make_queue: Callable[..., JobQueue],
) -> None:
    done: list[str] = []

    def run(_services: Any, _request: dict[str, Any], context: JobContext) -> dict[str, Any]:
        def first() -> Spoken:
            done.append("first")
            return Spoken(7)

        spoken = context.stage("first", Spoken, first)
        done.append("second")
        if len(done) == 2:
            raise BadInput("The disk is full.")
        return {"words": spoken.words}

    staged: Any = JobKind("staged", "work", dict[str, Any], dict[str, Any], run)
    queue = make_queue(staged)
    job = queue.submit(staged, {})
    assert queue.wait(job.id, LONG_S).state is WorkState.FAILED
    queue.retry(job.id)
    assert queue.wait(job.id, LONG_S).result == {"words": 7}
    assert done == ["first", "second", "second"]


def test_a_job_waits_for_those_it_depends_on(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    go_on = threading.Event()
    bench.does["id"] = lambda _context: int(go_on.wait(LONG_S))
    other: Any = kind("other", lambda *_: {}, lane="others")
    queue = make_queue(other)
    first = queue.submit(bench.language, Language("id"))
    second = queue.submit(other, {"n": 2}, depends_on=[first.id])
    third = queue.submit(other, {"n": 3})
    assert queue.wait(third.id, LONG_S).state is WorkState.COMPLETED
    assert queue.get(second.id).state is WorkState.QUEUED
    go_on.set()
    assert queue.wait(second.id, LONG_S).state is WorkState.COMPLETED


def test_what_a_failed_job_was_needed_for_fails_too(
    make_queue: Callable[..., JobQueue], bench: Bench
) -> None:
    def fail(_context: JobContext) -> int:
        raise BadInput("Nothing is said.")

    bench.does["id"] = fail
    queue = make_queue()
    queue.pause("parts")
    first = queue.submit(bench.language, Language("id"))
    second = queue.submit(bench.language, Language("th"), depends_on=[first.id])
    third = queue.submit(bench.language, Language("ja"), depends_on=[second.id])
    queue.resume("parts")
    ended = [queue.wait(job.id, LONG_S) for job in (first, second, third)]
    assert [job.state for job in ended] == [WorkState.FAILED] * 3
    assert "before this one" in ended[2].error


def test_a_job_starts_when_its_time_has_come(
    make_queue: Callable[..., JobQueue], store: Store, bench: Bench
) -> None:
    clock = Clock(1000.0)
    store.jobs._clock = clock
    queue = make_queue(now=clock)
    job = queue.submit(bench.language, Language("id"), run_at=1600.0)
    queue.poll()
    assert queue.get(job.id).state is WorkState.QUEUED
    clock.now = 1600.0
    queue.poll()
    assert queue.wait(job.id, LONG_S).state is WorkState.COMPLETED


def test_what_matters_more_goes_first(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    queue = make_queue()
    queue.pause("parts")
    jobs = [queue.submit(bench.language, Language(code), priority=p) for code, p in (("id", 0), ("th", 5))]
    queue.resume("parts")
    for job in jobs:
        queue.wait(job.id, LONG_S)
    assert bench.ran == ["th", "id"]


def test_a_paused_job_rests_and_goes_on(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    begun = threading.Event()
    rests = iter([True, False])

    def wait(context: JobContext) -> int:
        begun.set()
        if next(rests):
            context.cancel.wait(LONG_S)
            context.cancel.raise_if_cancelled()
        return 5

    bench.does["id"] = wait
    queue = make_queue()
    running = queue.submit(bench.language, Language("id"))
    waiting = queue.submit(bench.language, Language("th"))
    assert begun.wait(LONG_S)
    assert queue.pause_job(waiting.id).paused
    assert queue.pause_job(running.id).paused
    other = queue.submit(bench.language, Language("ja"))
    assert queue.wait(other.id, LONG_S).state is WorkState.COMPLETED, "the lane is free"
    assert {queue.get(job.id).state for job in (running, waiting)} == {WorkState.QUEUED}
    for job in (running, waiting):
        queue.resume_job(job.id)
    assert [queue.wait(job.id, LONG_S).state for job in (running, waiting)] == [WorkState.COMPLETED] * 2
    with pytest.raises(UsageError):
        queue.pause_job(running.id)


def test_a_paused_job_keeps_the_time_it_is_meant_for(
    make_queue: Callable[..., JobQueue], store: Store, bench: Bench
) -> None:
    clock = Clock(1000.0)
    store.jobs._clock = clock
    queue = make_queue(now=clock)
    job = queue.submit(bench.language, Language("id"), run_at=1600.0)
    queue.pause_job(job.id)
    queue.resume_job(job.id)
    assert store.jobs.get(job.id).run_at == 1600.0


def test_pausing_reaches_another_process(
    make_queue: Callable[..., JobQueue], bench: Bench, tmp_path: Path
) -> None:
    begun = threading.Event()

    def wait(context: JobContext) -> int:
        begun.set()
        context.cancel.wait(LONG_S)
        context.cancel.raise_if_cancelled()
        return 0

    bench.does["id"] = wait
    queue = make_queue()
    job = queue.submit(bench.language, Language("id"))
    assert begun.wait(LONG_S)
    released = threading.Event()
    queue.listen(lambda job: released.set() if job.state is WorkState.QUEUED else None)
    with stored.new_store(tmp_path) as other:
        JobQueue(other.jobs, [bench.language]).pause_job(job.id)
        assert released.wait(LONG_S)
        assert other.jobs.get(job.id).paused


def test_what_a_dead_program_was_at_is_cancelled_retried_and_resumed(
    make_queue: Callable[..., JobQueue], store: Store
) -> None:
    add: Any = kind("add", lambda job, *_: {"sum": sum(job.payload["numbers"])})
    queue = make_queue(add)
    for name in ("job_a", "job_b", "job_c"):
        store.jobs.add(Job(name, "add", {"numbers": [4]}, created_at=1.0), DEAD)
        store.jobs.claim(name, DEAD)
    assert queue.cancel("job_a").state is WorkState.CANCELLED
    queue.retry("job_b")
    queue.resume_job("job_c")
    assert [queue.wait(name, LONG_S).result for name in ("job_b", "job_c")] == [{"sum": 4}] * 2


def test_two_exports_at_once_have_one_steady_time_left(make_queue: Callable[..., JobQueue]) -> None:
    """The figure of the whole queue goes down by the second while two jobs of different lengths report in
    turn, and counts what waits behind them."""
    clock = Clock(0.0)
    reports = {100.0: threading.Event(), 40.0: threading.Event()}
    contexts: dict[float, JobContext] = {}
    end = threading.Event()

    def export(_services: Any, request: dict[str, float], context: JobContext) -> dict[str, Any]:
        contexts[request["seconds"]] = context
        reports[request["seconds"]].set()
        end.wait(LONG_S)
        return {}

    exporting: Any = JobKind("export", "export", dict[str, float], dict[str, Any], export)
    queue = make_queue(exporting, lane_workers={"export": 2}, clock=clock)
    for seconds in (100.0, 40.0):
        queue.submit(exporting, {"seconds": seconds})
    assert all(reported.wait(LONG_S) for reported in reports.values())
    assert queue.time_left() is None, "nothing was measured yet"
    figures = []
    for second in range(31):
        clock.now = float(second)
        for seconds, context in contexts.items():  # in turn, as they come
            context.progress(ProgressEvent("render", second / seconds))
            figures.append((second, queue.time_left([exporting])))
    steady = [(second, left) for second, left in figures if left is not None and second >= 5]
    assert len(steady) >= 50
    assert all(left == pytest.approx(100 - second, abs=1.5) for second, left in steady)
    end.set()


def test_whoever_hears_of_a_job_may_ask_for_the_time_left(make_queue: Callable[..., JobQueue]) -> None:
    """While a job reports, nobody else waits for it: two exports once waited for each other for ever."""

    def export(_services: Any, _request: dict[str, Any], context: JobContext) -> dict[str, Any]:
        for step in range(5):
            context.progress(ProgressEvent(f"step {step}", step / 5, time_left_s=5.0))
        return {}

    exporting: Any = JobKind("export", "export", dict[str, Any], dict[str, Any], export)
    queue = make_queue(exporting)
    blocked: list[bool] = []

    def ask(_job: Job) -> None:
        thread = threading.Thread(target=queue.time_left)
        thread.start()
        thread.join(5.0)
        blocked.append(thread.is_alive())

    queue.listen(ask)
    assert queue.wait(queue.submit(exporting, {}).id, LONG_S * 3).state is WorkState.COMPLETED
    assert len(blocked) >= 7
    assert not any(blocked)


def test_a_job_that_is_tried_again_takes_up_the_parts_a_dead_program_left(
    make_queue: Callable[..., JobQueue], store: Store, bench: Bench
) -> None:
    store.jobs.add(Job("job_dub", "dub", {"languages": ["de", "id"]}, created_at=1.0), DEAD)
    store.jobs.claim("job_dub", DEAD)
    for at, code in enumerate(("de", "id")):
        part = Job(f"job_{code}", "language", {"code": code}, parent_id="job_dub", created_at=2.0 + at)
        store.jobs.add(part, DEAD)
    store.jobs.claim("job_de", DEAD)
    queue = make_queue()
    queue.retry("job_dub")
    assert queue.wait("job_dub", LONG_S).result == {"states": {"de": "completed", "id": "completed"}}
    assert bench.ran == ["de", "id"]
    assert len(queue.children("job_dub")) == 2, "none was queued a second time"


def test_a_cancelled_job_ends_after_its_parts(make_queue: Callable[..., JobQueue], bench: Bench) -> None:
    begun, states = threading.Event(), list[WorkState]()

    def work(context: JobContext) -> int:
        begun.set()
        assert context.cancel.wait(LONG_S)
        threading.Event().wait(0.2)  # it takes a moment to stop
        states.append(queue.get(context.job.parent_id).state)
        context.cancel.raise_if_cancelled()
        return 1

    bench.does["de"] = work
    queue = make_queue()
    job = queue.submit(bench.dub, Dub(["de", "id"]))
    assert begun.wait(LONG_S)
    queue.cancel(job.id)
    assert queue.wait(job.id, LONG_S).state is WorkState.CANCELLED
    assert states == [WorkState.RUNNING]
    assert [part.state for part in queue.children(job.id)] == [WorkState.CANCELLED] * 2
