"""Work off the GUI thread: results come home, edits keep their order, bugs are told once."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.gui.bridge.collector import Collector
from viralclip_desktop.gui.bridge.context import make_context
from viralclip_desktop.gui.bridge.edits import EditQueue
from viralclip_desktop.gui.bridge.slices import Slices
from viralclip_desktop.gui.bridge.tasks import Tasks, Urgent
from viralclip_desktop.gui.common.snapping import WordEdges
from viralclip_desktop.gui.shell.errors import BugReporter


def test_work_runs_elsewhere_and_its_result_comes_back_here(qtbot) -> None:
    home, came = QObject(), []
    tasks = Tasks(home, 2, on_trouble=came.append)
    tasks.run(threading.current_thread, lambda thread: came.append((thread, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(came), timeout=2000)
    worked, told = came[0]
    assert worked is not told
    assert told is threading.main_thread()
    assert tasks.close()


def test_trouble_goes_to_whoever_cares_and_cancel_to_nobody(qtbot) -> None:
    home, troubles, own = QObject(), [], []
    tasks = Tasks(home, 1, on_trouble=troubles.append)

    def fail(error: Exception) -> None:
        raise error

    tasks.run(lambda: fail(BadInput("one")))
    tasks.run(lambda: fail(BadInput("two")), failed=own.append)
    tasks.run(lambda: fail(Cancelled()))
    qtbot.waitUntil(lambda: tasks.idle, timeout=2000)
    assert [error.message for error in troubles] == ["one"]
    assert [error.message for error in own] == ["two"]
    tasks.close()


def test_what_was_worked_on_is_let_go(qtbot) -> None:
    class Recording:
        """Something large."""

    home, seen = QObject(), []
    tasks = Tasks(home, 1, on_trouble=seen.append)
    recording = Recording()
    gone = weakref.ref(recording)
    tickets = [
        tasks.run(lambda kept=recording: kept, lambda result: seen.append(type(result))),
        tasks.run(
            lambda kept=recording: 1 / 0, failed=lambda error, _kept=recording: seen.append(type(error))
        ),
    ]
    del recording
    qtbot.waitUntil(lambda: tasks.idle, timeout=2000)
    assert seen == [Recording, ZeroDivisionError]
    assert gone() is None
    assert len(tickets) == 2
    assert tasks.close()


def test_pieces_are_done_in_order_between_the_events(qtbot) -> None:
    home, done, rounds = QObject(), list[int](), list[int]()
    slices = Slices(home)
    slices.add(*(partial(done.append, number) for number in range(5)))
    QTimer.singleShot(0, home, lambda: rounds.append(len(done)))
    qtbot.waitUntil(lambda: len(done) >= 2, timeout=2000)
    assert rounds[0] < 5
    slices.add(partial(done.append, 5))
    slices.finish()
    assert done == list(range(6))
    assert slices.idle


def test_no_full_collection_holds_up_the_window(qtbot) -> None:
    home, full = QObject(), list[int]()
    before = gc.get_threshold()
    collector = Collector(home, lambda: False)

    def watch(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            full.append(gc.get_freeze_count())

    gc.callbacks.append(watch)
    try:
        read = [_words((number, number + 1)) for number in range(60_000)]
        collector.set_aside()
        assert full == []
        assert len(read) == 60_000
        cycle = QObject()
        cycle.itself = cycle
        gone = weakref.ref(cycle)
        del cycle
        collector.sweep()
        assert gone() is None
        assert full == [0]
    finally:
        gc.callbacks.remove(watch)
        collector.close()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_forgotten_work_is_never_heard_of(qtbot) -> None:
    home, came, gate = QObject(), [], threading.Event()
    tasks = Tasks(home, 1, on_trouble=came.append)
    ticket = tasks.run(gate.wait, came.append)
    ticket.forget()
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle, timeout=2000)
    assert came == []
    tasks.close()


def test_edits_keep_their_order_and_a_drag_becomes_its_last_step(qtbot) -> None:
    home, done, gate = QObject(), [], threading.Event()
    edits = EditQueue(home, done.append)
    edits.submit(lambda: (gate.wait(), done.append("first")))
    for step in range(50):
        edits.submit(lambda step=step: done.append(step), merge_key="drag")
    last = edits.submit(lambda: done.append("last"))
    gate.set()
    last.wait()
    assert done == ["first", 49, "last"]
    edits.close()


def test_a_commit_hands_back_what_the_edit_returned_or_raised(qtbot) -> None:
    home, troubles, came = QObject(), [], []
    edits = EditQueue(home, troubles.append)

    def fail() -> None:
        raise BadInput("It can't be done.")

    good = edits.submit(lambda: 7).then(came.append)
    bad, taken = edits.submit(fail), edits.submit(fail).then(came.append, came.append)
    assert good.wait() == 7
    with pytest.raises(BadInput):
        taken.wait()
    assert [str(trouble) for trouble in troubles] == ["It can't be done."]  # of the one nobody took
    assert bad.settled
    assert came[0] == 7
    assert isinstance(came[1], BadInput)
    good.then(came.append)  # over already: at once
    assert came[-1] == 7
    edits.close()


def test_edits_that_wait_are_stored_on_closing(qtbot) -> None:
    home, done = QObject(), []
    edits = EditQueue(home, done.append)
    for number in range(5):
        edits.submit(lambda number=number: done.append(number))
    edits.close()
    assert done == [0, 1, 2, 3, 4]


def test_an_edit_that_fails_on_closing_does_not_lose_the_ones_behind_it(qtbot) -> None:
    home, done = QObject(), []
    edits, fault = EditQueue(home, done.append), BadInput("The disk is full.")

    def fail() -> None:
        raise fault

    for work in (lambda: done.append("first"), fail, lambda: done.append("last")):
        edits.submit(work)
    edits.close()
    assert done == ["first", fault, "last"]


def test_context_tells_faults_and_reports_bugs(qtbot, services) -> None:
    home, told, bugs = QWidget(), [], []
    context = make_context(services, home, told.append, bugs.append)
    context.trouble(BadInput("The file is empty.", "Choose another."))
    context.trouble(ValueError("ours"))
    context.trouble(Cancelled())
    assert [(text.message, text.hint, text.kind) for text in told] == [
        ("The file is empty.", "Choose another.", "bad")
    ]
    assert len(bugs) == 1
    context.close()


@pytest.mark.logs_errors
def test_uncaught_bug_is_logged_and_told_with_folded_details(qtbot, tmp_path, caplog) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    reporter = BugReporter(tmp_path, home)
    before = sys.excepthook
    reporter.install()
    try:
        with caplog.at_level(logging.ERROR):
            sys.excepthook(ValueError, ValueError("a slip"), None)
        qtbot.waitUntil(lambda: reporter.dialog is not None, timeout=2000)
        reporter.dialog.accept()
        qtbot.waitUntil(lambda: reporter.dialog is None, timeout=2000)
    finally:
        reporter.uninstall()
    assert "a slip" in caplog.text
    assert sys.excepthook is before


def test_a_patient_pool_begins_when_nothing_is_urgent(qtbot) -> None:
    home, urgent, came = QObject(), Urgent(), []
    tasks = Tasks(home, 1, on_trouble=came.append, patient=urgent)
    urgent.begin()
    tasks.run(lambda: None, lambda _result: came.append("picture"))
    qtbot.wait(80)
    assert came == []
    urgent.end()
    qtbot.waitUntil(lambda: came == ["picture"], timeout=2000)
    assert tasks.close()


def _words(*times: tuple[float, float]) -> list[Word]:
    return [Word("w", Time.from_seconds(start), Time.from_seconds(end)) for start, end in times]


@pytest.mark.parametrize(
    ("edge", "at_s", "rests_s"),
    [("in", 0.9, 0.92), ("in", 2.4, 2.5), ("out", 1.55, 1.65), ("out", 9.0, 3.15)],
)
def test_handles_rest_between_words(edge: str, at_s: float, rests_s: float) -> None:
    edges = WordEdges(_words((1.0, 1.5), (2.0, 2.5), (2.5, 3.0)))
    assert edges.nearest(edge, Time.from_seconds(at_s)) == Time.from_seconds(rests_s)


def test_a_cut_never_takes_part_of_a_neighbour() -> None:
    edges = WordEdges(_words((1.0, 1.5), (1.52, 2.0)))
    assert edges.at_word("in", 1) == Time.from_seconds(1.5)
    assert edges.at_word("out", 0) == Time.from_seconds(1.52)
    assert edges.neighbour("out", Time.from_seconds(5), -1) == Time.from_seconds(2.15)
    assert edges.neighbour("out", Time.from_seconds(5), +1) == Time.from_seconds(5)


def test_without_words_a_handle_goes_where_it_is_put() -> None:
    assert WordEdges(()).nearest("in", Time.from_seconds(3)) == Time.from_seconds(3)
