"""A language model's text on the window's own event loop, as it is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from support.loopback_http import FakeTime, answer, loopback_service
from support.loopback_llm import CITIES, QUESTION, SHAPES, Shape, streamed

from viralclip_desktop.engines.http.faults import ServiceLacks
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.gui.bridge.network import Network


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.id)
def test_text_arrives_on_the_window_s_thread_and_so_does_trouble(qtbot, shape: Shape) -> None:
    home, troubles, came, got = QObject(), [], [], []
    network = Network(home, troubles.append)
    with loopback_service() as service:
        service.script = [streamed(shape, [CITIES[:9], CITIES[9:]])]
        service.usual = answer({"error": {"message": "x"}}, 403)
        model = shape.model(service, Policy(attempts=1), FakeTime().clock)
        network.run(model.ask_async(QUESTION, came.append), got.append)
        qtbot.waitUntil(lambda: network.idle, timeout=10_000)
        network.run(model.ask_async(QUESTION, came.append), got.append)
        qtbot.waitUntil(lambda: network.idle, timeout=10_000)
    assert network.close()
    assert came == [CITIES[:9], CITIES[9:]]
    assert [one.data["cities"] for one in got] == [["Jakarta", "Bangkok"]]
    assert [type(one) for one in troubles] == [ServiceLacks]
