"""What lies inside a network becomes an output of it, and the part that makes it stands alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.kokoro import toy_kokoro

from viralclip_desktop.engines.tts.onnx_graph import up_to

LENGTHS = "/encoder/Clip_output_0"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    models = tmp_path_factory.mktemp("models")
    toy_kokoro(models)
    return (models / "kokoro" / "kokoro-toy.onnx").read_bytes()


def ran(model: bytes, wanted: list[str]) -> list[Any]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    given_names = {node.name for node in session.get_inputs()}
    feed = {
        "tokens": np.array([[0, 50, 51, 16, 52, 0]], np.int64),
        "style": np.zeros((1, 256), np.float32),
        "speed": np.array([1.5], np.float32),
    }
    return list(session.run(wanted, {name: feed[name] for name in given_names}))


def test_the_part_that_makes_it_stands_alone_and_says_the_same(network: bytes) -> None:
    part = up_to(network, LENGTHS, "duration")
    (lengths,) = ran(part, ["duration"])
    assert lengths.tolist() == [[8, 2, 2, 1, 2, 8]]
    assert len(part) < len(network) / 2
    session = onnxruntime.InferenceSession(part, providers=["CPUExecutionProvider"])
    assert [node.name for node in session.get_outputs()] == ["duration"]


def test_lengths_at_every_speed_come_of_one_run(network: bytes) -> None:
    part = up_to(network, LENGTHS, "duration", column="speed")
    session = onnxruntime.InferenceSession(part, providers=["CPUExecutionProvider"])
    feed = {"tokens": np.array([[0, 50, 51, 16, 52, 0]]), "style": np.zeros((1, 256), np.float32)}
    feed["speed"] = np.array([[1.5], [1.0]], np.float32)
    (rows,) = session.run(["duration"], feed)
    assert rows.tolist() == [[8, 2, 2, 1, 2, 8], [12, 3, 3, 2, 3, 12]]


def test_what_is_not_there_is_told(network: bytes) -> None:
    with pytest.raises(ValueError, match="no /x in the network"):
        up_to(network, "/x", "duration")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_a_value_error_or_another_network(network: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(network)))
    junk = data.draw(st.binary(max_size=20))
    with suppress(ValueError):  # UnicodeDecodeError is one, too
        up_to(network[:cut] + junk, LENGTHS, "duration")


def test_the_file_itself_is_left_alone(tmp_path: Path, network: bytes) -> None:
    before = bytes(network)
    up_to(network, LENGTHS, "duration")
    assert network == before
