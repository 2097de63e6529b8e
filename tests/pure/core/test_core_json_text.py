"""JSON from outside."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import loads
from viralclip_desktop.engines.http.faults import what_is_said


def test_a_value_is_read_from_text_and_bytes() -> None:
    assert read_json('{"a": [1]}') == read_json(b'{"a": [1]}') == {"a": [1]}
    assert read_json("1.5", parse_float=str) == "1.5"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000, "9" * 10_000])
def test_what_is_no_json_is_told_in_one_way(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_json(text)


@pytest.mark.parametrize("depth", [300, 450, 700, 100_000])
def test_a_service_s_error_may_be_nested_as_deeply_as_it_likes(depth: int) -> None:
    assert what_is_said(b"[" * depth + b"]" * depth).code == ""


def test_a_stored_message_that_is_damaged_stays_as_it_is() -> None:
    damaged = '{"say":' + "[" * 100_000
    assert loads(damaged) == damaged
