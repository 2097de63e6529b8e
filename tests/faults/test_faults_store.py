"""What the world does to the database: sudden death, a full disk, damage, rights, other processes."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.plain_jobs import kinds

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.jobs.queue import JobQueue
from viralclip_desktop.store import Store

TESTS = Path(__file__).resolve().parents[1]


def start(script: str, folder: Path) -> subprocess.Popen[str]:
    """Another program on the same database."""
    code = f"import sys; sys.path[:0] = [{str(TESTS)!r}, {str(TESTS.parent)!r}]\n" + textwrap.dedent(script)
    arguments = [sys.executable, "-c", code, str(folder)]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextlib.contextmanager
def running(script: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(script, folder)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


WRITER = """
    import itertools
    from dataclasses import replace
    from pathlib import Path
    from support import stored
    store = stored.new_store(Path(sys.argv[1]))
    for number in itertools.count():
        with store.transaction(f"Edit {number}", "proj_1") as tx:
            for clip in ("clip_1", "clip_2"):
                tx.put(replace(tx.clip(clip), title=str(number)))
            print(number, flush=True)
"""


@pytest.mark.parametrize("edits", [1, 7, 23])
def test_killed_in_the_middle_of_edits_nothing_is_half_done(tmp_path: Path, edits: int) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        with store.transaction("Add", "proj_1") as tx:
            tx.put(stored.clip("clip_2"))
    with running(WRITER, tmp_path) as process:
        assert process.stdout is not None
        for _ in range(edits + 1):
            seen = int(process.stdout.readline())
        process.kill()
        rest = process.stdout.read().split()
        seen = int(rest[-1]) if rest else seen
    with stored.new_store(tmp_path) as store:
        titles = {store.clip(clip).title for clip in ("clip_1", "clip_2")}
        assert len(titles) == 1
        last = int(titles.pop())
        assert last in (seen - 1, seen)  # the edit under way may or may not have been committed
        assert store.history("proj_1")[-1].label == f"Edit {last}"
        assert store.undo("proj_1") == f"Edit {last}"
        with store._reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


JOBS = """
    from pathlib import Path
    from support import stored
    from support.plain_jobs import kinds
    from viralclip_desktop.jobs.queue import JobQueue
    def work(job, progress, cancel, update):
        update(project_id="proj_1")
        print(job.id, flush=True)
        cancel.wait(60)
        return {}
    store = stored.new_store(Path(sys.argv[1]))
    queue = JobQueue(store.jobs, kinds({"work": work}))
    queue.submit(queue.kind("work"), {"number": 1})
    queue.submit(queue.kind("work"), {"number": 2})
    sys.stdin.read()
"""


def test_jobs_of_a_killed_program_are_resumed_and_those_of_a_living_one_are_not(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        done: list[int] = []
        handler = lambda job, progress, cancel, update: {"n": done.append(job.payload["number"])}  # noqa: E731
        queue = JobQueue(store.jobs, kinds({"work": handler}))
        with running(JOBS, tmp_path) as process:
            assert process.stdout is not None
            first = process.stdout.readline().strip()
            assert queue.resume_interrupted() == []
            assert queue.get(first).project_id == "proj_1"
            process.kill()
            process.wait()
        jobs = queue.resume_interrupted()
        assert [job.payload["number"] for job in jobs] == [1, 2]
        assert {queue.wait(job.id, 20.0).state for job in jobs} == {WorkState.COMPLETED}
        assert queue.close()
        assert done == [1, 2]
        assert queue.get(first).attempts == 2


def test_two_programs_write_in_turns_and_notice_each_other(tmp_path: Path) -> None:
    script = """
        from pathlib import Path
        from support import stored
        store = stored.new_store(Path(sys.argv[1]))
        for number in range(20):
            with store.transaction("Theirs", "proj_1") as tx:
                tx.put(stored.clip(f"theirs_{number}"))
        print("done", flush=True)
    """
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        told: list[Changes] = []
        store.changes.subscribe(told.append)
        assert not store.poll_external()
        with running(script, tmp_path) as process:
            for number in range(20):
                with store.transaction("Ours", "proj_1") as tx:
                    tx.put(stored.clip(f"ours_{number}"))
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "done"
        assert len(store.clips("src_1")) == 41
        told.clear()
        assert store.poll_external()
        assert told == [Changes("", "", ())]
        assert not store.poll_external()


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        with store._database.raw() as driver:  # SQLite's own quota answers exactly as a full disk does
            pages = driver.execute("PRAGMA page_count").fetchone()[0]
            driver.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(EnvironmentLacks, match="disk is full"):
            put_much(store)
        assert store.transcript("src_1") == stored.transcript("Why did nobody tell me?", "Now I know.")
        assert [entry.label for entry in store.history("proj_1")] == ["Make project"]
        with store._database.raw() as driver:
            driver.execute("PRAGMA max_page_count = 1000000")
        put_much(store)
        assert len(store.transcript("src_1").words) == 5000


def put_much(store: Store) -> None:
    """An edit that needs room."""
    with store.transaction("Transcribe", "proj_1") as tx:
        tx.put_transcript("src_1", stored.long_transcript(5000))


@pytest.mark.parametrize("damage", ["zeros", "text", "middle"])
def test_a_damaged_database_is_told_and_never_copied_over_good_backups(tmp_path: Path, damage: str) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        put_much(store)
        good = store.backup_now()
    path = tmp_path / "app.db"
    content = bytearray(path.read_bytes())
    if damage == "zeros":
        content[:4096] = b"\xff" * 4096
    elif damage == "text":
        content[:] = b"This is no database. " * 500
    else:
        content[4096:-4096] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    store = stored.new_store(tmp_path)
    with pytest.raises(EnvironmentLacks, match="damaged") as told:
        store.backup_now()
    assert "backups" in told.value.hint
    store.close()
    assert [entry.path for entry in store.backups()] == [good]


def test_a_database_that_cannot_be_written_is_read_and_told_at_the_first_edit(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
    store = Store(f"sqlite:///file:{tmp_path / 'app.db'}?mode=ro&uri=true")
    store.open()
    assert [clip.id for clip in store.clips("src_1")] == ["clip_1"]
    with pytest.raises(EnvironmentLacks, match=r"may not be written|cannot be written"):
        stored.fill(store)
    store.close()


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentLacks, match="data folder"):
        stored.new_store(tmp_path / "file" / "data", empty_folder=True).open()
    (tmp_path / "app.db").mkdir()
    with pytest.raises(EnvironmentLacks, match="cannot be opened"):
        stored.new_store(tmp_path).open()


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(EnvironmentLacks):
            stored.new_store(tmp_path).open()
    finally:
        tmp_path.chmod(0o700)


def test_another_program_that_never_lets_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viralclip_desktop.store.database.BUSY_TIMEOUT_S", 0.05)
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        holder = sqlite3.connect(tmp_path / "app.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentLacks, match="busy"), store.transaction("Rename", "proj_1") as tx:
            tx.put(replace(stored.clip(), title="Mine"))
        assert store.clip("clip_1") == stored.clip()  # reading goes on
        holder.execute("ROLLBACK")
        holder.close()
        with store.transaction("Rename", "proj_1") as tx:
            tx.put(replace(stored.clip(), title="Mine"))
        assert store.clip("clip_1").title == "Mine"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a kill that nothing can catch")
def test_killed_while_the_database_is_made(tmp_path: Path) -> None:
    script = """
        import os, signal
        from pathlib import Path
        from support import stored
        from viralclip_desktop.store import migrations
        upgrade = migrations.upgrade
        def upgrade_and_die(connection):
            upgrade(connection)
            os.kill(os.getpid(), signal.SIGKILL)
        migrations.upgrade = upgrade_and_die
        stored.new_store(Path(sys.argv[1]), empty_folder=True).open()
    """
    with running(script, tmp_path) as process:
        assert process.wait() == -signal.SIGKILL
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        assert store.clip("clip_1") == stored.clip()
