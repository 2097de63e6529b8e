"""Jobs in the database: what waits for what, stages that stay, and exports that stand as their jobs do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.store import Store

ME = (1234, 5.0)


@pytest.fixture
def clock() -> stored.Clock:
    return stored.Clock(1000.0)


@pytest.fixture
def store(tmp_path: Path, clock: stored.Clock) -> Iterator[Store]:
    with stored.new_store(tmp_path, clock) as store:
        yield store


def add(store: Store, job_id: str, **values: object) -> Job:
    job = Job(job_id, "work", {}, **values)  # type: ignore[arg-type]
    store.jobs.add(job, ME)
    return job


def end(store: Store, job_id: str, state: WorkState) -> None:
    store.jobs.put(replace(store.jobs.get(job_id), state=state))


def test_a_job_waits_for_those_it_depends_on(store: Store) -> None:
    for name in ("job_a", "job_b"):
        add(store, name)
    last = add(store, "job_c", depends_on=("job_a", "job_b"), parent_id="job_a")
    assert store.jobs.get("job_c") == last
    assert store.jobs.startable(ME) == ["job_a", "job_b"]
    end(store, "job_a", WorkState.COMPLETED)
    assert store.jobs.claim("job_c", ME) is None
    end(store, "job_b", WorkState.COMPLETED)
    assert store.jobs.startable(ME) == ["job_c"]
    claimed = store.jobs.claim("job_c", ME)
    assert claimed is not None
    assert claimed.state is WorkState.RUNNING


@pytest.mark.parametrize("state", [WorkState.FAILED, WorkState.CANCELLED])
def test_what_can_never_start_is_known(store: Store, state: WorkState) -> None:
    add(store, "job_a")
    add(store, "job_b", depends_on=("job_a",))
    assert store.jobs.stuck() == []
    end(store, "job_a", state)
    assert [job.id for job in store.jobs.stuck()] == ["job_b"]
    store.jobs.delete("job_a")
    assert [job.id for job in store.jobs.stuck()] == ["job_b"]
    assert store.jobs.claim("job_b", ME) is None


def test_a_job_starts_when_its_time_has_come(store: Store, clock: stored.Clock) -> None:
    add(store, "job_a", run_at=1060.0)
    assert (store.jobs.claim("job_a", ME), store.jobs.next_start(ME)) == (None, 1060.0)
    clock.now = 1060.0
    assert store.jobs.next_start(ME) is None
    assert store.jobs.claim("job_a", ME) is not None


def test_the_most_urgent_goes_first(store: Store) -> None:
    add(store, "job_a", created_at=1.0)
    add(store, "job_b", created_at=2.0, priority=5)
    add(store, "job_c", created_at=0.0)
    assert store.jobs.startable(ME) == ["job_b", "job_c", "job_a"]
    assert store.jobs.startable((99, 1.0)) == [], "others' jobs are theirs"


def test_finished_stages_stay_until_the_job_goes(store: Store) -> None:
    add(store, "job_a")
    add(store, "job_b", parent_id="job_a")
    store.jobs.put_stage("job_b", "transcribe", {"words": 12})
    store.jobs.put_stage("job_b", "translate", ["a", "b"])
    store.jobs.put_stage("job_b", "transcribe", {"words": 13})
    assert store.jobs.stages("job_b") == {"transcribe": {"words": 13}, "translate": ["a", "b"]}
    assert list(store.jobs.stages("job_b")) == ["transcribe", "translate"]
    end(store, "job_b", WorkState.FAILED)
    assert store.jobs.restart("job_b", ME) is not None
    assert len(store.jobs.stages("job_b")) == 2, "a job goes on after its last finished stage"
    assert [job.id for job in store.jobs.children("job_a")] == ["job_b"]
    store.jobs.delete("job_a")
    assert store.jobs.list() == []
    assert store.jobs.stages("job_b") == {}


def test_an_export_stands_as_its_job_does(store: Store, clock: stored.Clock) -> None:
    stored.fill(store)
    with store.transaction("Order", "proj_1", undoable=False) as tx:
        tx.put(replace(tx.export("exp_1"), job_id="job_a"))
    told: list[Changes] = []
    store.changes.subscribe(told.append)
    add(store, "job_a", project_id="proj_1")
    clock.now = 1500.0
    store.jobs.claim("job_a", ME)
    assert store.export("exp_1").status is WorkState.RUNNING
    assert store.export("exp_1").updated_at == 1500.0
    with store.transaction("Measured", "proj_1", undoable=False) as tx:
        tx.put(replace(tx.export("exp_1"), status=WorkState.COMPLETED, output_path="/out.mp4"))
    assert store.export("exp_1").status is WorkState.RUNNING, "only its job says how it stands"
    assert store.export("exp_1").output_path == "/out.mp4"
    job = store.jobs.get("job_a")
    store.jobs.put(replace(job, fraction=0.5))
    store.jobs.put(replace(job, state=WorkState.FAILED, error="The disk is full.", hint="Free some space."))
    failed = store.export("exp_1")
    assert (failed.status, failed.error, failed.hint) == (
        WorkState.FAILED,
        "The disk is full.",
        "Free some space.",
    )
    store.jobs.restart("job_a", ME)
    assert (store.export("exp_1").status, store.export("exp_1").error) == (WorkState.QUEUED, "")
    store.jobs.request_cancel("job_a")
    assert store.export("exp_1").status is WorkState.CANCELLED
    after = [change.after.status for changes in told for change in changes.items if change.kind == "export"]
    assert after == [
        WorkState.QUEUED, WorkState.RUNNING, WorkState.RUNNING, WorkState.FAILED, WorkState.QUEUED,
        WorkState.CANCELLED,
    ]  # fmt: skip
