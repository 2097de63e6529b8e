"""Answers of the network on the window's own event loop, against a service on loopback."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from support.loopback_http import LoopbackService, answer, loopback_service, silent, streaming

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.client import Http
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.gui.bridge.network import Network


@pytest.fixture
def loopback() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


@pytest.fixture
def troubles() -> list[Exception]:
    return []


@pytest.fixture
def network(qapp, troubles: list[Exception]) -> Iterator[Network]:
    home = QObject()
    made = Network(home, troubles.append)
    yield made
    assert made.close()


async def fetched(loopback: LoopbackService, path: str = "/") -> int:
    async with Http(Service("Example", loopback.url), NetworkGate()) as http:
        return (await http.request("GET", path)).value("n", kind=int)


async def streamed(loopback: LoopbackService, came: list[str], cancel: CancelToken | None = None) -> str:
    async with Http(Service("Example", loopback.url), NetworkGate()) as http:
        async for event in http.events("POST", "/stream", cancel=cancel):
            came.append(event.data)
    return "end"


def test_an_answer_comes_home_on_this_thread_and_no_thread_is_made(
    qtbot, network: Network, loopback: LoopbackService
) -> None:
    loopback.usual = answer({"n": 7})
    before, came, threads = set(threading.enumerate()), [], set()

    def done(number: int) -> None:
        came.append((number, threading.current_thread()))
        threads.update(threading.enumerate())

    for _ in range(10):
        network.run(fetched(loopback), done)
    assert not network.idle
    qtbot.waitUntil(lambda: network.idle, timeout=10_000)
    assert came == [(7, threading.main_thread())] * 10
    serving = {one for one in threads - before if "process_request_thread" in one.name}
    assert threads - before - serving == set()


def test_streamed_words_arrive_one_after_the_other(
    qtbot, network: Network, loopback: LoopbackService
) -> None:
    loopback.usual = streaming(b"data: one\n\n", b"data: two\n\n")
    came: list[str] = []
    network.run(streamed(loopback, came), came.append)
    qtbot.waitUntil(lambda: network.idle, timeout=10_000)
    assert came == ["one", "two", "end"]


def test_trouble_goes_to_whoever_cares(
    qtbot, network: Network, loopback: LoopbackService, troubles: list[Exception]
) -> None:
    loopback.usual = answer({"error": "no"}, 401)
    own: list[Exception] = []
    network.run(fetched(loopback), failed=own.append)
    network.run(fetched(loopback))
    qtbot.waitUntil(lambda: network.idle, timeout=10_000)
    assert [str(error) for error in own] == [str(error) for error in troubles]
    assert isinstance(own[0], Fault)


def test_a_cancel_and_a_forgotten_ticket_end_it(
    qtbot, network: Network, loopback: LoopbackService, troubles: list[Exception]
) -> None:
    loopback.usual = silent()
    cancel, told = CancelToken(), []
    network.run(fetched(loopback), failed=told.append, cancel=cancel)
    ticket = network.run(fetched(loopback), told.append, told.append)
    qtbot.waitUntil(lambda: len(loopback.heard) == 2, timeout=10_000)
    cancel.cancel()
    ticket.forget()
    qtbot.waitUntil(lambda: network.idle, timeout=10_000)
    assert [type(error) for error in told] == [Cancelled]
    assert troubles == []


def test_at_the_end_everything_under_way_cleans_up(qtbot, loopback: LoopbackService) -> None:
    home, told, cleaned = QObject(), [], []
    network = Network(home, told.append)
    loopback.usual = streaming(b"data: one\n\n", then_wait=True)
    came: list[str] = []

    async def careful() -> None:
        try:
            await streamed(loopback, came)
        finally:
            await asyncio.sleep(0)
            cleaned.append("clean")

    network.run(careful(), told.append, told.append)
    qtbot.waitUntil(lambda: came == ["one"], timeout=10_000)
    assert network.close()
    assert network.close()
    assert cleaned == ["clean"]
    ticket = network.run(careful(), told.append)
    assert ticket.forgotten
    assert told == []


def test_names_are_looked_up_aside(qtbot, network: Network, loopback: LoopbackService) -> None:
    loopback.usual = answer({"n": 7})
    loopback.url = loopback.url.replace("127.0.0.1", "localhost")
    came: list[int] = []
    network.run(fetched(loopback), came.append)
    qtbot.waitUntil(lambda: network.idle, timeout=10_000)
    assert came == [7]


def test_another_loop_may_run_meanwhile(qtbot, network: Network, loopback: LoopbackService) -> None:
    loopback.usual = streaming(b"data: one\n\n", then_wait=True)
    came: list[str] = []
    network.run(streamed(loopback, came))
    qtbot.waitUntil(lambda: came == ["one"], timeout=10_000)

    async def number() -> int:
        return 7

    assert asyncio.run(number()) == 7


def test_the_window_has_one_and_ends_it(qtbot, open_window, loopback: LoopbackService) -> None:
    loopback.usual = streaming(b"data: one\n\n", then_wait=True)
    window, came = open_window(), []
    window.context.network.run(streamed(loopback, came))
    qtbot.waitUntil(lambda: came == ["one"], timeout=10_000)
    window.end_work()
    assert window.context.network.idle


def test_another_thread_may_collect_what_is_left_of_the_loop(qtbot, loopback: LoopbackService) -> None:
    """Qt's objects would end on that thread, and the process with them."""
    home, came = QObject(), []
    loopback.usual = answer({"n": 7})

    def use() -> None:
        network = Network(home, came.append)
        network.run(fetched(loopback), came.append)
        qtbot.waitUntil(lambda: network.idle, timeout=10_000)
        assert network.close()

    gc.disable()
    try:
        use()
        collecting = threading.Thread(target=gc.collect)
        collecting.start()
        collecting.join()
    finally:
        gc.enable()
    qtbot.wait(1)
    assert came == [7]
