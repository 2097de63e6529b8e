"""Messages: English as a string, whole again after a file, a pipe or a copy."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import FileSize, Length, Message, Number, dumps, loads, say, say_n
from viralclip_desktop.core.time import Time

names = st.text(st.characters(exclude_categories=["Cs"]))
values = st.one_of(
    names,
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False),
    st.builds(Time, st.integers(0, 10**15)),
    st.builds(Length, st.builds(Time, st.integers(0, 10**15))),
    st.builds(Number, st.floats(allow_nan=False), st.none() | st.integers(0, 6)),
    st.builds(FileSize, st.integers(0, 10**15)),
)
flat = st.builds(lambda text, a, b: say(text, a=a, b=b), names, values, values)
messages = st.one_of(
    names,
    flat,
    st.builds(lambda inner, name: say("{what} of {name}", what=inner, name=name), flat, names),
    st.builds(
        lambda n, name: say_n(n, "{n} clip of {name}", "{n} clips of {name}", name=name),
        st.integers(0, 9),
        names,
    ),
)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (say("“{title}” has no sound.", title="My talk"), "“My talk” has no sound."),
        (say("{path}: {size}", path=Path("a/b"), size=FileSize(1_640_000_000)), f"{Path('a/b')}: 1.6 GB"),
        (say("{a}, {b}", a=FileSize(18_400_000), b=FileSize(20_000)), "18 MB, 0.1 MB"),
        (say("at {at}, {long} long", at=Time.from_seconds(61.5), long=Length(Time.from_seconds(61.5))),
         "at 1:01.5, 1 min 02 s long"),
        (say("{a} and {b} of {c}", a=Number(2.5), b=Number(2, 1), c=3), "2.5 and 2.0 of 3"),
        (say("{{{field}}}", field="rank"), "{rank}"),
        (say("May hold {rank}."), "May hold {rank}."),
        (say("{name} and {other}", name="{other}"), "{other} and {other}"),
        (say_n(1, "{n} clip", "{n} clips"), "1 clip"),
        (say_n(0, "{n} clip", "{n} clips"), "0 clips"),
        (say_n(2, "{n} clip of {name}", "{n} clips of {name}", name="A"), "2 clips of A"),
    ],
)  # fmt: skip
def test_a_message_is_its_english_text(message, text) -> None:
    assert message == text
    assert str(message) == text
    assert json.dumps([message], ensure_ascii=False) == json.dumps([text], ensure_ascii=False)
    assert f"{message}" == text


def _parts(message: str) -> object:
    if not isinstance(message, Message):
        return str(message)
    inner = {name: _parts(one) if isinstance(one, str) else one for name, one in message.values.items()}
    return (message.template, inner, message.many, message.number) if inner else str(message)


@given(messages)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_message_is_whole_again_after_json_a_copy_and_a_pipe(message) -> None:
    for again in (loads(dumps(message)), copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert again == message
        assert _parts(again) == _parts(message)


@pytest.mark.parametrize("text", ["Trim clip", '{"say":', '{"say":1}', '{"say":"x","values":[]}', "{}"])
def test_text_that_is_no_message_stays_as_it_is(text) -> None:
    assert loads(text) == text
    assert loads(dumps(text)) == text


def test_a_name_that_looks_like_a_stored_message_stays_a_name() -> None:
    name = dumps(say("{name} is empty.", name="x"))
    assert loads(dumps(name)) == name
    assert loads(dumps(say("Delete {name}", name=name))) == f"Delete {name}"


def test_plain_text_is_stored_plain() -> None:
    assert dumps("Trim clip") == "Trim clip"
    assert dumps(say("Trim clip")) == "Trim clip"


def test_a_message_stays_the_message_it_is() -> None:
    inner = say("{name} is empty.", name="a.mp4")
    assert say(inner) is inner
    assert say("Not backed up: {why}", why=say(inner)) == "Not backed up: a.mp4 is empty."


def test_a_fault_reads_as_a_sentence() -> None:
    fault = BadInput(say("{name} is empty.", name="a.mp4"), "Choose another.")
    assert str(fault) == "a.mp4 is empty. Choose another."
    assert isinstance(fault.message, Message)
