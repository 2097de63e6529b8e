"""Worker processes: answers, noise, crashes, cancel, and what is left behind (nothing)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest
from support.patience import patiently

from viralclip_desktop.core.errors import BadInput, Cancelled, Fault
from viralclip_desktop.core.messages import Message
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.jobs import worker
from viralclip_desktop.jobs.worker import WorkerBug, run_in_worker

FUNCTIONS = "support.worker_functions"


def gone(pids: list[int]) -> bool:
    """Whether all processes end, or are dead and unclaimed."""
    alive = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    return patiently(lambda: not any(_runs(process) for process in alive))


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def test_result_progress_and_messages_come_back() -> None:
    events: list[ProgressEvent] = []
    messages: list[dict[str, Any]] = []
    request = {"text": "naïve ☃ \u2028", "number": 1.5, "nested": {"a": [1, None]}}
    result = run_in_worker(f"{FUNCTIONS}:echo", request, events.append, None, messages.append)
    assert result == request
    assert events == [ProgressEvent("echo", 0.5, "half", 3.0)]
    assert messages == [{"type": "word", "text": "héllo\u2028\nworld"}]


def test_a_worker_loads_no_window_toolkit_and_leads_its_own_group() -> None:
    answer = run_in_worker(f"{FUNCTIONS}:modules", {})
    assert answer["group_leader"]
    heavy = {"PySide6", "sqlalchemy", "numpy", "faster_whisper", "av", "viralclip_desktop.app"}
    assert not heavy & set(answer["modules"])


def test_whatever_is_printed_does_not_disturb_the_answers() -> None:
    assert run_in_worker(f"{FUNCTIONS}:noisy", {}) == {"genuine": True}


def test_big_messages_and_results() -> None:
    parts: list[dict[str, Any]] = []
    result = run_in_worker(f"{FUNCTIONS}:big", {"big": "z" * 2_000_000}, on_message=parts.append)
    assert len(result["text"]) == 5_000_000
    assert [part["index"] for part in parts] == list(range(5))
    assert all(len(part["text"]) == 1_000_000 for part in parts)


def test_a_fault_keeps_its_class_and_words() -> None:
    with pytest.raises(BadInput) as caught:
        run_in_worker(f"{FUNCTIONS}:bad_input", {})
    assert (caught.value.message, caught.value.hint) == ("The file is empty.", "Choose another.")
    assert caught.value.details == "log"


def test_messages_keep_their_values_on_the_way() -> None:
    told: list[ProgressEvent] = []
    with pytest.raises(BadInput) as caught:
        run_in_worker(f"{FUNCTIONS}:bad_values", {}, progress=told.append)
    found = (told[0].message, caught.value.message, caught.value.hint)
    assert found == ("Packing a.mp4", "a.mp4 has no sound.", "Use b.")
    assert [message.template for message in found if isinstance(message, Message)] == [
        "Packing {name}",
        "{name} has no {what}.",
        "Use {known}.",
    ]


def test_a_bug_comes_with_its_traceback() -> None:
    with pytest.raises(WorkerBug, match="KeyError: 'no such key'"):
        run_in_worker(f"{FUNCTIONS}:bug", {})


def test_an_unknown_target_is_a_bug() -> None:
    with pytest.raises(WorkerBug, match="no_such_module"):
        run_in_worker("no_such_module:run", {})


def test_a_crash_is_a_fault_with_the_last_words() -> None:
    with pytest.raises(Fault) as caught:
        run_in_worker(f"{FUNCTIONS}:abort", {}, name="speech recogniser")
    assert type(caught.value) is Fault
    assert caught.value.message == "The speech recogniser stopped unexpectedly."
    assert "last words" in caught.value.details
    assert "abort" in caught.value.details  # where it crashed, by the fault handler


def test_an_end_without_an_answer_is_a_fault() -> None:
    with pytest.raises(Fault, match="stopped unexpectedly"):
        run_in_worker(f"{FUNCTIONS}:quiet_exit", {})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_kill_from_outside_points_to_memory() -> None:
    with pytest.raises(Fault) as caught:
        run_in_worker(f"{FUNCTIONS}:killed", {})
    assert "emory" in caught.value.hint


def test_cancel_ends_the_whole_tree() -> None:
    cancel = CancelToken()
    pids: list[int] = []

    def on_message(message: dict[str, Any]) -> None:
        pids.extend(message["pids"])
        threading.Thread(target=cancel.cancel).start()

    with pytest.raises(Cancelled):
        run_in_worker(f"{FUNCTIONS}:slow_tree", {}, cancel=cancel, on_message=on_message)
    assert len(pids) == 2
    assert gone(pids)


def test_a_cancel_beforehand_starts_nothing() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_in_worker("no_such_module:run", {}, cancel=cancel)


def test_an_error_in_the_caller_ends_the_tree() -> None:
    pids: list[int] = []

    def on_message(message: dict[str, Any]) -> None:
        pids.extend(message["pids"])
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run_in_worker(f"{FUNCTIONS}:slow_tree", {}, on_message=on_message)
    assert gone(pids)


def test_a_worker_dies_with_its_parent(tmp_path: Path) -> None:
    pid_file = tmp_path / "pids"
    code = (
        "from viralclip_desktop.jobs.worker import run_in_worker\n"
        f"run_in_worker('{FUNCTIONS}:slow_tree', {{'pid_file': {str(pid_file)!r}}})"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path})
    assert patiently(pid_file.exists)
    parent.kill()
    parent.wait()
    pids = [int(pid) for pid in pid_file.read_text(encoding="utf-8").split()]
    assert gone(pids[:1] if sys.platform == "win32" else pids)


def test_nothing_is_left_open() -> None:
    before = threading.active_count()
    run_in_worker(f"{FUNCTIONS}:echo", {})
    assert threading.active_count() == before
    assert not psutil.Process().children()


def test_the_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker.command("a.b:c") == [sys.executable, "--worker", "a.b:c"]
